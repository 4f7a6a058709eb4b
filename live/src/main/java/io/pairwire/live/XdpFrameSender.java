package io.pairwire.live;

import io.pairwire.capture.LinkType;
import io.pairwire.memory.Pause;
import io.pairwire.platform.Errno;
import io.pairwire.platform.NetworkDevice;
import io.pairwire.platform.SystemCallException;
import io.pairwire.platform.xdp.ReceiveQueues;
import io.pairwire.platform.xdp.XdpSocket;
import io.pairwire.platform.xdp.XdpSocketSettings;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Sends through the TX ring of an AF_XDP socket. A frame counts as sent when the kernel has given its memory back. */
final class XdpFrameSender implements FrameSender {
    private static final int ETHERNET_HEADER = 14;
    private static final int VLAN_TAG = 4;
    private static final int FRAMES = 2_048;
    private static final int SMALL_FRAME = 2_048;
    private static final int LARGE_FRAME = 4_096;
    private static final long PATIENCE_NANOS = 2_000_000_000;
    private static final long BUSY_PATIENCE_NANOS = 2_000_000_000;
    private static final long BUSY_PAUSE_NANOS = 10_000_000;

    private final TransmitSettings settings;
    private final XdpSocket socket;
    private final int longestFrame;
    private long put;
    private long bytes;
    private long waits;
    private int gathered;

    private XdpFrameSender(TransmitSettings settings, XdpSocket socket, int longestFrame) {
        this.settings = settings;
        this.socket = socket;
        this.longestFrame = longestFrame;
    }

    static FrameSender open(TransmitSettings settings) throws IOException {
        NetworkDevice device = TransmitRefusals.find(settings.device());
        int wanted = device.mtu() + ETHERNET_HEADER + VLAN_TAG;
        int frameLength = wanted <= SMALL_FRAME ? SMALL_FRAME : LARGE_FRAME;
        var frames = new XdpSocketSettings(0, FRAMES, frameLength, true, XdpSocketSettings.Copy.AUTO, true, false);
        int longest = Math.min(wanted, frameLength) - VLAN_TAG;
        for (long waited = 0; ; waited += BUSY_PAUSE_NANOS) {
            try {
                XdpSocket socket = XdpSocket.open(device.index(), settings.queue(), frames);
                return new XdpFrameSender(settings, socket, longest);
            } catch (SystemCallException e) {
                if (e.errno() != Errno.EBUSY || waited >= BUSY_PATIENCE_NANOS) {
                    int queues = ReceiveQueues.count(device.name());
                    throw XdpRefusals.opening(device, settings.queue(), queues, frames.memoryLength(), e);
                }
            }
            Pause.PARK.nanos(BUSY_PAUSE_NANOS); // the kernel lets go of a queue a moment after its last user has gone
        }
    }

    @Override
    public int longestFrame() {
        return longestFrame;
    }

    @Override
    public int linkType() {
        return LinkType.ETHERNET;
    }

    @Override
    public void send(MemorySegment memory, long at, int length) throws IOException {
        if (length < 1 || length > longestFrame + VLAN_TAG) {
            throw new IllegalArgumentException("length is not in 1.." + (longestFrame + VLAN_TAG) + ": " + length);
        }
        if (!socket.transmit(memory, at, length)) {
            await(FRAMES - BATCH);
            if (!socket.transmit(memory, at, length)) throw TransmitRefusals.stuck(settings.device());
        }
        put++;
        bytes += length;
        if (++gathered == BATCH) flush();
    }

    @Override
    public void flush() throws IOException {
        gathered = 0;
        check(socket.flush());
    }

    /** Until no more than that many frames are with the kernel. */
    private void await(int frames) throws IOException {
        gathered = 0;
        int before = socket.inTransmission();
        long since = System.nanoTime();
        while (socket.inTransmission() > frames) {
            check(socket.flush());
            waits++;
            int now = socket.inTransmission();
            if (now < before) {
                before = now;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > PATIENCE_NANOS) {
                throw TransmitRefusals.stuck(settings.device());
            }
            Thread.onSpinWait();
        }
    }

    private void check(int errno) throws IOException {
        if (errno == 0
                || errno == Errno.EAGAIN
                || errno == Errno.EBUSY
                || errno == Errno.ENOBUFS
                || errno == Errno.EINTR) {
            return;
        }
        throw TransmitRefusals.of(settings.device(), new SystemCallException("sendto(AF_XDP)", errno));
    }

    @Override
    public int gathered() {
        return gathered;
    }

    @Override
    public TransmitCounts counts() {
        return new TransmitCounts(put - socket.inTransmission(), bytes, 0, waits);
    }

    @Override
    public void drain() throws IOException {
        await(0);
    }

    @Override
    public String description() {
        return "AF_XDP, queue " + settings.queue() + ", " + (socket.isZeroCopy() ? "zero-copy" : "copy") + ", " + FRAMES
                + " frames in " + socket.pages().text();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
