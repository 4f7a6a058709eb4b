package io.pairwire.live;

import io.pairwire.capture.LinkType;
import io.pairwire.platform.Errno;
import io.pairwire.platform.NetworkDevice;
import io.pairwire.platform.PacketSender;
import io.pairwire.platform.SystemCallException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Sends through a packet socket, {@code sendmmsg}: why not through a TX ring is told in docs/decisions/0021. */
final class PacketFrameSender implements FrameSender {
    private static final int ETHERNET_HEADER = 14;
    private static final int VLAN_TAG = 4;
    private static final int ARPHRD_NONE = 0xfffe;
    private static final int ARPHRD_RAWIP = 519;
    private static final long PATIENCE_NANOS = 2_000_000_000;

    private final TransmitSettings settings;
    private final PacketSender sender;
    private final int linkType;
    private final int longestFrame;
    private final int[] lengths = new int[BATCH];
    private int gathered;
    private long sent;
    private long bytes;
    private long refused;
    private long waits;

    private PacketFrameSender(TransmitSettings settings, NetworkDevice device) throws SystemCallException {
        this.settings = settings;
        boolean bare = device.hardwareType() == ARPHRD_NONE || device.hardwareType() == ARPHRD_RAWIP;
        linkType = bare ? LinkType.RAW : LinkType.ETHERNET;
        longestFrame = device.mtu() + (bare ? 0 : ETHERNET_HEADER);
        sender = new PacketSender(device.index(), longestFrame + VLAN_TAG, !settings.queueing());
    }

    static FrameSender open(TransmitSettings settings) throws IOException {
        NetworkDevice device = TransmitRefusals.find(settings.device());
        try {
            return new PacketFrameSender(settings, device);
        } catch (SystemCallException e) {
            throw TransmitRefusals.of(settings.device(), e);
        }
    }

    @Override
    public int longestFrame() {
        return longestFrame;
    }

    @Override
    public int linkType() {
        return linkType;
    }

    @Override
    public void send(MemorySegment memory, long at, int length) throws IOException {
        if (length < 1 || length > longestFrame + VLAN_TAG) {
            throw new IllegalArgumentException("length is not in 1.." + (longestFrame + VLAN_TAG) + ": " + length);
        }
        if (gathered == BATCH) flush(); // only after a failure that the caller outlived
        MemorySegment.copy(memory, at, sender.next(), 0, length);
        lengths[gathered++] = length;
        sender.gather(length);
        if (gathered == BATCH) flush();
    }

    @Override
    public void flush() throws IOException {
        int first = 0;
        long stuckSince = 0;
        while (sender.gathered() > 0) {
            int before = sender.gathered();
            int errno = sender.trySend();
            int left = before - sender.gathered();
            for (int i = 0; i < left; i++) bytes += lengths[first++];
            sent += left;
            if (left > 0) {
                stuckSince = 0;
            } else if (errno == Errno.EMSGSIZE || errno == Errno.EINVAL) {
                sender.skip();
                first++;
                refused++;
            } else if (isTransient(errno)) {
                long now = System.nanoTime();
                waits++;
                if (stuckSince == 0) stuckSince = now;
                if (now - stuckSince > PATIENCE_NANOS) {
                    forget();
                    throw TransmitRefusals.stuck(settings.device());
                }
                Thread.onSpinWait();
            } else {
                forget();
                throw TransmitRefusals.of(settings.device(), new SystemCallException("sendmmsg", errno));
            }
        }
        gathered = 0;
    }

    private static boolean isTransient(int errno) {
        return errno == Errno.EAGAIN || errno == Errno.ENOBUFS || errno == Errno.EINTR || errno == 0;
    }

    /** After a failure nothing that is gathered will leave: it counts as refused. */
    private void forget() {
        while (sender.gathered() > 0) {
            sender.skip();
            refused++;
        }
        gathered = 0;
    }

    @Override
    public void drain() throws IOException {
        flush();
    }

    @Override
    public int gathered() {
        return gathered;
    }

    @Override
    public TransmitCounts counts() {
        return new TransmitCounts(sent, bytes, refused, waits);
    }

    @Override
    public String description() {
        return "packet socket, " + BATCH + " frames a call, "
                + (settings.queueing() ? "queued" : "straight to the driver");
    }

    @Override
    public void close() throws IOException {
        sender.close();
    }
}
