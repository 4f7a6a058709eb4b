package io.pairwire.live;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.bpf.Bpf;
import io.pairwire.capture.bpf.BpfInstruction;
import io.pairwire.capture.bpf.BpfProgram;
import io.pairwire.platform.Errno;
import io.pairwire.platform.KernelSocket;
import io.pairwire.platform.Linux;
import io.pairwire.platform.MappedMemory;
import io.pairwire.platform.NetworkDevice;
import io.pairwire.platform.NetworkDevices;
import io.pairwire.platform.PacketAddress;
import io.pairwire.platform.SystemCallException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Optional;

/**
 * A packet socket of Linux with its ring, packet(7). Lets nothing in until it is bound, shares its traffic as asked, and has its
 * filter, so that no packet comes that is not wanted. Its statistics add up what the kernel resets with each reading.
 */
final class PacketSocket implements AutoCloseable {
    private static final int TPACKET_V3 = 2;
    private static final int RING_REQUEST = 28;
    private static final int FRAME = 2048;
    private static final int SMALLEST_BLOCK = 1 << 17; // holds what segmentation offload makes: 64 KiB and more
    private static final int LARGEST_BLOCK = 1 << 20;
    private static final int BLOCKS_WANTED = 512; // each may be given with one packet in it while the reader is held up
    private static final int STATISTICS = 12;
    private static final int MEMBERSHIP = 16;
    private static final int HARDWARE_STAMPS = 1 << 6;
    private static final int INSTRUCTION = 8;

    private static final int ARPHRD_ETHER = 1;
    private static final int ARPHRD_RAWIP = 519;
    private static final int ARPHRD_TUNNEL = 768;
    private static final int ARPHRD_TUNNEL6 = 769;
    private static final int ARPHRD_LOOPBACK = 772;
    private static final int ARPHRD_SIT = 776;
    private static final int ARPHRD_IPGRE = 778;
    private static final int ARPHRD_IEEE80211 = 801;
    private static final int ARPHRD_IEEE80211_RADIOTAP = 803;
    private static final int ARPHRD_NONE = 0xfffe;

    private final LiveSettings settings;
    private final KernelSocket socket;
    private final int linkType;
    private final int interfaceIndex;
    private final int loopback;
    private final boolean stampsInHardware;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment counters = arena.allocate(STATISTICS, 8);
    private Optional<MappedMemory> ring = Optional.empty();
    private String place = "";
    private int blockBytes;
    private int blocks;
    private long received;
    private long dropped;
    private long freezes;
    private boolean closed;

    private PacketSocket(LiveSettings settings, KernelSocket socket, int linkType, int interfaceIndex, int loopback) {
        this.settings = settings;
        this.socket = socket;
        this.linkType = linkType;
        this.interfaceIndex = interfaceIndex;
        this.loopback = loopback;
        stampsInHardware = settings.timestamps() == TimestampSource.ADAPTER && askForHardwareStamps();
    }

    /** Opens the socket with everything but its filter and its place at the interface: see {@link #begin}. */
    static PacketSocket open(LiveSettings settings) throws IOException {
        Optional<NetworkDevice> device = settings.isAny() ? Optional.empty() : Optional.of(Refusals.find(settings));
        int linkType = device.map(PacketSocket::linkTypeOf).orElse(LinkType.LINUX_SLL2);
        if (settings.monitor()) Refusals.refuseUnlessMonitoring(settings, linkType);
        int loopback = device.isPresent()
                ? device.filter(NetworkDevice::isLoopback)
                        .map(NetworkDevice::index)
                        .orElse(0)
                : NetworkDevices.named("lo").map(NetworkDevice::index).orElse(0);
        int type = linkType == LinkType.LINUX_SLL2 ? Linux.SOCK_DGRAM : Linux.SOCK_RAW;
        KernelSocket socket;
        try {
            socket = KernelSocket.open(Linux.AF_PACKET, type, 0, "packet socket");
        } catch (SystemCallException e) {
            throw Refusals.opening(settings, e);
        }
        int index = device.map(NetworkDevice::index).orElse(0);
        var made = new PacketSocket(settings, socket, linkType, index, loopback);
        try {
            made.prepare();
        } catch (SystemCallException e) {
            made.close();
            throw Refusals.opening(settings, e);
        }
        return made;
    }

    private static int linkTypeOf(NetworkDevice device) {
        return switch (device.hardwareType()) {
            case ARPHRD_ETHER, ARPHRD_LOOPBACK -> LinkType.ETHERNET;
            case ARPHRD_NONE, ARPHRD_RAWIP, ARPHRD_TUNNEL, ARPHRD_TUNNEL6, ARPHRD_SIT, ARPHRD_IPGRE -> LinkType.RAW;
            case ARPHRD_IEEE80211 -> LinkType.IEEE802_11;
            case ARPHRD_IEEE80211_RADIOTAP -> LinkType.IEEE802_11_RADIOTAP;
            default -> LinkType.LINUX_SLL2;
        };
    }

    private boolean askForHardwareStamps() {
        if (settings.isAny()) return false;
        try {
            if (!NetworkDevices.stampsInHardware(settings.device())) return false;
            NetworkDevices.stampInHardware(socket, settings.device());
            socket.option(Linux.SOL_PACKET, Linux.PACKET_TIMESTAMP, HARDWARE_STAMPS, "PACKET_TIMESTAMP");
            return true;
        } catch (SystemCallException refused) {
            return false; // the kernel stamps then, and the source says so
        }
    }

    private void prepare() throws SystemCallException {
        socket.option(Linux.SOL_PACKET, Linux.PACKET_VERSION, TPACKET_V3, "PACKET_VERSION");
        socket.option(Linux.SOL_PACKET, Linux.PACKET_RESERVE, TpacketRing.HEADROOM, "PACKET_RESERVE");
        attach(KernelProgram.NOTHING);
        Nearby near = Nearby.of(settings);
        ring = Optional.of(near.request(this::makeRing));
        place = near.text();
    }

    /** As large as asked for, or the half of it while there is not so much memory in one piece. */
    private MappedMemory makeRing() throws SystemCallException {
        long wanted = settings.ringBytes();
        while (true) {
            long block = Long.highestOneBit(Math.max(1, wanted / BLOCKS_WANTED));
            blockBytes = Math.clamp(block, SMALLEST_BLOCK, LARGEST_BLOCK);
            blocks = (int) Math.max(2, Math.min(wanted / blockBytes, Integer.MAX_VALUE / (LARGEST_BLOCK / FRAME)));
            try {
                requestRing();
                break;
            } catch (SystemCallException e) {
                if (e.errno() != Errno.ENOMEM || blocks == 2) throw e;
                wanted = (long) blocks * blockBytes / 2;
            }
        }
        long bytes = (long) blocks * blockBytes;
        return MappedMemory.of(socket.descriptor(), 0, bytes, Linux.PROT_READ | Linux.PROT_WRITE, Linux.MAP_SHARED);
    }

    private void requestRing() throws SystemCallException {
        long third = settings.latency().toMillis() / 3; // a block is given up to two of these after its first packet
        int retireMillis = settings.immediate() ? 1 : (int) Math.max(1, third);
        try (Arena request = Arena.ofConfined()) {
            MemorySegment asked = request.allocate(RING_REQUEST, 8);
            int[] values = {blockBytes, blocks, FRAME, blockBytes / FRAME * blocks, retireMillis, 0, 0};
            MemorySegment.copy(values, 0, asked, ValueLayout.JAVA_INT, 0, values.length);
            socket.option(Linux.SOL_PACKET, Linux.PACKET_RX_RING, asked, "PACKET_RX_RING");
        }
    }

    /** Takes its place at the interface, and then lets in what the program passes. */
    void begin(List<BpfInstruction> program) throws IOException {
        try (Arena address = Arena.ofConfined()) {
            socket.bind(PacketAddress.of(address, Linux.ETH_P_ALL, interfaceIndex), settings.device());
            if (settings.promiscuous() && !settings.isAny()) beginPromiscuous(address);
            if (settings.fanoutGroup() >= 0) {
                int group = settings.fanoutGroup() | Linux.PACKET_FANOUT_HASH << 16;
                socket.option(Linux.SOL_PACKET, Linux.PACKET_FANOUT, group, "PACKET_FANOUT");
            }
            attach(program);
        } catch (SystemCallException e) {
            throw Refusals.opening(settings, e);
        }
    }

    /** By membership: the kernel ends it with the socket, however this process ends. */
    private void beginPromiscuous(Arena arena) throws SystemCallException {
        MemorySegment membership = arena.allocate(MEMBERSHIP, 8);
        membership.set(ValueLayout.JAVA_INT, 0, interfaceIndex);
        membership.set(ValueLayout.JAVA_SHORT, 4, (short) Linux.PACKET_MR_PROMISC);
        socket.option(Linux.SOL_PACKET, Linux.PACKET_ADD_MEMBERSHIP, membership, "PACKET_ADD_MEMBERSHIP");
    }

    /** Replaces the program that the kernel asks for each packet. */
    void attach(List<BpfInstruction> program) throws SystemCallException {
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment instructions = memory.allocate((long) INSTRUCTION * program.size(), 8);
            for (int i = 0; i < program.size(); i++) {
                BpfInstruction instruction = program.get(i);
                long at = (long) i * INSTRUCTION;
                instructions.set(ValueLayout.JAVA_SHORT, at, (short) instruction.code());
                instructions.set(ValueLayout.JAVA_BYTE, at + 2, (byte) instruction.jt());
                instructions.set(ValueLayout.JAVA_BYTE, at + 3, (byte) instruction.jf());
                instructions.set(ValueLayout.JAVA_INT, at + 4, instruction.k());
            }
            MemorySegment whole = memory.allocate(16, 8);
            whole.set(ValueLayout.JAVA_SHORT, 0, (short) program.size());
            whole.set(ValueLayout.ADDRESS, 8, instructions);
            socket.option(Linux.SOL_SOCKET, Linux.SO_ATTACH_FILTER, whole, "SO_ATTACH_FILTER");
        }
    }

    /** The program for a filter; without the filter's own part if that is too long. */
    List<BpfInstruction> program(LiveFilter filter, boolean asksAll) {
        int snaplen = asksAll ? LiveSettings.LONGEST_SNAPLEN : settings.snaplen();
        var program = KernelProgram.of(
                forKernel(filter), linkType, snaplen, settings.direction(), loopback, settings.isAny());
        if (program.size() <= Bpf.MOST_INSTRUCTIONS) return program;
        return KernelProgram.of(Optional.empty(), linkType, snaplen, settings.direction(), loopback, settings.isAny());
    }

    /** What the kernel can decide: it does not see the cooked header, which is made here. */
    private Optional<BpfProgram> forKernel(LiveFilter filter) {
        return linkType == LinkType.LINUX_SLL2 ? filter.kernel().flatMap(CookedProgram::of) : filter.kernel();
    }

    /** Does the kernel's program leave something to decide? */
    boolean asksAll(LiveFilter filter) {
        if (filter.kernel().isEmpty() || !filter.kernelIsExact()) return !filter.kernelIsExact();
        Optional<BpfProgram> wanted = forKernel(filter);
        return wanted.isEmpty() || wanted.get().instructions().size() >= Bpf.MOST_INSTRUCTIONS - 16;
    }

    KernelSocket socket() {
        return socket;
    }

    int linkType() {
        return linkType;
    }

    int interfaceIndex() {
        return interfaceIndex;
    }

    boolean stampsInHardware() {
        return stampsInHardware;
    }

    TpacketRing ring() {
        return new TpacketRing(ring.orElseThrow().memory(), blockBytes, blocks, linkType);
    }

    long ringBytes() {
        return (long) blocks * blockBytes;
    }

    /** Where the ring was asked to lie, as the end of a sentence; empty if nobody asked. */
    String place() {
        return place;
    }

    /** The error that waits at the socket, a number of {@link Errno}; reading takes it away. */
    int pendingError() throws SystemCallException {
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment error = memory.allocate(ValueLayout.JAVA_INT);
            socket.readOption(Linux.SOL_SOCKET, Linux.SO_ERROR, error, "SO_ERROR");
            return error.get(ValueLayout.JAVA_INT, 0);
        }
    }

    /** Adds what the kernel has counted since the last time: packets with the lost ones, lost ones, freezes. */
    synchronized LiveStatistics count() throws SystemCallException {
        if (!closed) {
            socket.readOption(Linux.SOL_PACKET, Linux.PACKET_STATISTICS, counters, "PACKET_STATISTICS");
            received += Integer.toUnsignedLong(counters.get(ValueLayout.JAVA_INT, 0));
            dropped += Integer.toUnsignedLong(counters.get(ValueLayout.JAVA_INT, 4));
            freezes += Integer.toUnsignedLong(counters.get(ValueLayout.JAVA_INT, 8));
        }
        return new LiveStatistics(received, 0, 0, dropped, 0, 0, 0, freezes, 0, 0);
    }

    @Override
    public synchronized void close() throws SystemCallException {
        if (closed) return;
        try {
            count();
        } finally {
            closed = true;
            try {
                ring.ifPresent(MappedMemory::close);
            } finally {
                arena.close();
                socket.close();
            }
        }
    }
}
