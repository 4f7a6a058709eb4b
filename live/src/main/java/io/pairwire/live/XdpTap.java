package io.pairwire.live;

import io.pairwire.live.DeviceException.Reason;
import io.pairwire.memory.Pause;
import io.pairwire.platform.Errno;
import io.pairwire.platform.KernelSocket;
import io.pairwire.platform.Linux;
import io.pairwire.platform.NetworkDevice;
import io.pairwire.platform.SystemCallException;
import io.pairwire.platform.numa.PlacedMemory;
import io.pairwire.platform.xdp.XdpLink;
import io.pairwire.platform.xdp.XdpMode;
import io.pairwire.platform.xdp.XdpProgram;
import io.pairwire.platform.xdp.XdpSocket;
import io.pairwire.platform.xdp.XdpSocketSettings;
import io.pairwire.platform.xdp.XskMap;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Our program on an interface, and the map that leads from it to sockets. Shared by the sources of an interface; the last that
 * lets go takes the program off, and so does the kernel when this process ends, however it ends. Thread-safe.
 */
final class XdpTap {
    private static final String NAME = "pairwire_xdp";
    private static final long FIRST_PAUSE_NANOS = 1_000_000;
    private static final long LONGEST_PAUSE_NANOS = 64_000_000;
    private static final int MEMBERSHIP = 16;
    private static final int LINK_HEADER = 22; // Ethernet with two VLAN tags
    private static final int SMALL_FRAME = 2_048;
    private static final int LARGE_FRAME = 4_096;
    private static final int SMALLEST_RING = 64;
    private static final int LARGEST_RING = 1 << 16;

    private final NetworkDevice device;
    private final LiveSettings settings;
    private final XdpSettings xdp;
    private final int queues;
    private final Pause pause;
    private final XdpMode mode;
    private final boolean fragments;
    private final Nearby near;
    private final List<String> notices = new ArrayList<>();
    private final XskMap map;
    private @Nullable KernelSocket promiscuous;
    private @Nullable XdpProgram program;
    private @Nullable XdpLink link;
    private @Nullable PlacedMemory frames;
    private int users;

    /** @param queues how many the interface has */
    XdpTap(NetworkDevice device, LiveSettings settings, XdpSettings xdp, int queues, Pause pause) throws IOException {
        this.device = device;
        this.settings = settings;
        this.xdp = xdp;
        this.queues = queues;
        this.pause = pause;
        fragments = xdp.fragments() && isLong();
        near = Nearby.of(settings);
        int highest = xdp.queues().stream().mapToInt(Integer::intValue).max().orElse(0);
        map = make(device, Math.max(queues, highest + 1));
        boolean done = false;
        try {
            mode = attach();
            if (settings.promiscuous()) beginPromiscuous();
            done = true;
        } finally {
            if (!done) close();
        }
        notices.addFirst(takes());
    }

    private static XskMap make(NetworkDevice device, int entries) throws IOException {
        try {
            return XskMap.create(entries);
        } catch (SystemCallException e) {
            throw XdpRefusals.loading(device.name(), e);
        }
    }

    private XdpMode attach() throws IOException {
        switch (xdp.where()) {
            case NATIVE -> attach(XdpMode.NATIVE);
            case GENERIC -> attach(XdpMode.GENERIC);
            case OFFLOAD -> attach(XdpMode.OFFLOAD);
            case AUTO -> {
                try {
                    attach(XdpMode.NATIVE);
                } catch (DeviceException e) {
                    if (e.reason() != Reason.NOT_SUPPORTED) throw e;
                    attach(XdpMode.GENERIC);
                    notices.add(e.getMessage() + ": runs in generic mode now, which is slower");
                    return XdpMode.GENERIC;
                }
                return XdpMode.NATIVE;
            }
        }
        return XdpMode.valueOf(xdp.where().name());
    }

    private void attach(XdpMode wanted) throws IOException {
        XdpProgram loaded = load(xdp.filter(), wanted);
        try {
            link = patiently(() -> XdpLink.attach(loaded, device.index(), wanted));
            program = loaded;
        } catch (SystemCallException e) {
            loaded.close();
            throw XdpRefusals.attaching(device, wanted, e);
        }
    }

    private XdpProgram load(XdpFilter filter, XdpMode wanted) throws IOException {
        byte[] instructions = filter.program().apply(map.descriptor()).bytes(ByteOrder.nativeOrder());
        int card = wanted == XdpMode.OFFLOAD ? device.index() : 0;
        try {
            return XdpProgram.load(instructions, new XdpProgram.Settings(NAME, fragments, card));
        } catch (SystemCallException e) {
            if (wanted == XdpMode.OFFLOAD && e.errno() != Errno.EPERM) throw XdpRefusals.attaching(device, wanted, e);
            throw XdpRefusals.loading(device.name(), e);
        }
    }

    /** By membership: the kernel ends it with the socket. */
    private void beginPromiscuous() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            var socket = KernelSocket.open(Linux.AF_PACKET, Linux.SOCK_RAW, 0, "packet socket");
            promiscuous = socket;
            MemorySegment membership = arena.allocate(MEMBERSHIP, Integer.BYTES);
            membership.set(ValueLayout.JAVA_INT, 0, device.index());
            membership.set(ValueLayout.JAVA_SHORT, 4, (short) Linux.PACKET_MR_PROMISC);
            socket.option(Linux.SOL_PACKET, Linux.PACKET_ADD_MEMBERSHIP, membership, "PACKET_ADD_MEMBERSHIP");
        } catch (SystemCallException e) {
            throw XdpRefusals.loading(device.name(), e);
        }
    }

    private boolean isLong() {
        return device.mtu() + LINK_HEADER > LARGE_FRAME - XdpSocketSettings.HEADROOM;
    }

    /** Opens a socket on a queue and lets its packets in. */
    synchronized XdpSocket open(int queue, int sharers) throws IOException {
        XdpSocketSettings socketSettings = socketSettings(sharers);
        PlacedMemory frames = frames(socketSettings);
        XdpSocket socket;
        try {
            socket = patiently(() -> near.request(() -> XdpSocket.open(device.index(), queue, socketSettings, frames)));
        } catch (SystemCallException e) {
            throw XdpRefusals.opening(device, queue, queues, socketSettings.memoryLength(), e);
        }
        try {
            map.put(queue, socket);
        } catch (SystemCallException e) {
            socket.close();
            throw XdpRefusals.opening(device, queue, queues, socketSettings.memoryLength(), e);
        }
        users++;
        return socket;
    }

    /** Next to the card or to the thread that was given a processor; all sockets share it. */
    private PlacedMemory frames(XdpSocketSettings socketSettings) {
        if (frames == null) {
            var wanted = XdpSocket.placement(socketSettings).withNodes(near.policy());
            frames = PlacedMemory.here(wanted, line -> note(device.name() + ": " + line));
        }
        return frames;
    }

    private void note(String notice) {
        if (!notices.contains(notice)) notices.add(notice);
    }

    private XdpSocketSettings socketSettings(int sharers) {
        boolean small = device.mtu() + LINK_HEADER <= SMALL_FRAME - XdpSocketSettings.HEADROOM;
        int frameLength = small ? SMALL_FRAME : LARGE_FRAME;
        long frames = settings.ringBytes() / frameLength / sharers;
        int ring = Math.clamp(Long.highestOneBit(frames), SMALLEST_RING, LARGEST_RING);
        var copy = mode == XdpMode.GENERIC
                ? XdpSocketSettings.Copy.ALWAYS
                : switch (xdp.copy()) {
                    case AUTO -> XdpSocketSettings.Copy.AUTO;
                    case ZERO_COPY -> XdpSocketSettings.Copy.NEVER;
                    case COPY -> XdpSocketSettings.Copy.ALWAYS;
                };
        return new XdpSocketSettings(ring, 0, frameLength, xdp.hugePages(), copy, xdp.needWakeup(), fragments);
    }

    /** From now on another program decides, without a packet that meets none. */
    synchronized void replace(XdpFilter filter) throws IOException {
        XdpProgram next = load(filter, mode);
        try {
            if (link == null) throw new IllegalStateException(device.name() + ": the program was taken off");
            link.replace(next);
        } catch (SystemCallException e) {
            next.close();
            throw XdpRefusals.attaching(device, mode, e);
        }
        if (program != null) program.close();
        program = next;
    }

    /** Lets no more packets of these queues in; they go on to the network stack. */
    synchronized void shut(List<Integer> ofQueues) throws SystemCallException {
        for (int queue : ofQueues) {
            try {
                map.remove(queue);
            } catch (SystemCallException e) {
                if (e.errno() == Errno.ENOENT) continue; // the kernel forgets sockets of an interface that went away
                if (e.errno() != Errno.EPERM || link == null) throw e;
                link.close(); // rights were given up, and before Linux 5.19 that means that maps stay as they are
                return;
            }
        }
    }

    /** Called once for each socket that was opened. */
    synchronized void leave() throws IOException {
        if (--users == 0) close();
    }

    /** Takes the program off, unless sockets are open. */
    synchronized void closeIfUnused() throws IOException {
        if (users == 0) close();
    }

    private void close() throws IOException {
        try {
            if (link != null) link.close();
        } finally {
            if (program != null) program.close();
            if (promiscuous != null) promiscuous.close();
            map.close();
        }
    }

    /** Busy often means that the last user has gone and the kernel has not yet tidied up. */
    private <T> T patiently(Opening<T> opening) throws SystemCallException {
        long left = xdp.patience().toNanos();
        long wait = FIRST_PAUSE_NANOS;
        while (true) {
            try {
                return opening.open();
            } catch (SystemCallException e) {
                if (e.errno() != Errno.EBUSY || left <= 0) throw e;
            }
            long now = Math.min(wait, left);
            pause.nanos(now);
            left -= now;
            wait = Math.min(2 * wait, LONGEST_PAUSE_NANOS);
        }
    }

    @FunctionalInterface
    private interface Opening<T> {
        T open() throws SystemCallException;
    }

    private String takes() {
        String what =
                xdp.filter() == XdpFilter.EVERYTHING ? "ALL traffic that comes in" : "traffic that matches the filter";
        return device.name() + ": AF_XDP takes " + what + (xdp.queues().isEmpty() ? "" : " on queues " + xdp.queues())
                + ": this machine's own network stack does not see it while the capture runs";
    }

    XdpMode mode() {
        return mode;
    }

    NetworkDevice device() {
        return device;
    }

    /** Lines that somebody should read. */
    synchronized List<String> notices() {
        return List.copyOf(notices);
    }
}
