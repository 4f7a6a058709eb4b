package io.pairwire.platform.xdp;

import static io.pairwire.platform.CLibrary.INT;
import static io.pairwire.platform.CLibrary.LONG;
import static io.pairwire.platform.CLibrary.SHORT;

import io.pairwire.platform.Errno;
import io.pairwire.platform.FileDescriptor;
import io.pairwire.platform.KernelSocket;
import io.pairwire.platform.Linux;
import io.pairwire.platform.MappedMemory;
import io.pairwire.platform.SystemCallException;
import io.pairwire.platform.numa.Pages;
import io.pairwire.platform.numa.PlacedMemory;
import io.pairwire.platform.numa.Placement;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A socket of the family AF_XDP on one queue of an interface, with its own memory of frames (UMEM) and the four rings.
 *
 * <p>A frame for receiving is in the fill ring, then with the kernel, then in the RX ring, and goes back into the fill ring when
 * its packet has been looked at. A frame for sending is on the list of free ones, then in the TX ring, then with the kernel, then in
 * the completion ring, and back on the list. So neither is lost or used twice.
 *
 * <p>One thread receives, one sends, which may be the same. {@link #counters} and {@link #close} may be called from any
 * thread; a call in progress then ends with an {@link IllegalStateException}.
 */
public final class XdpSocket implements AutoCloseable {
    // sxdp_flags
    private static final int COPY = 1 << 1;
    private static final int ZERO_COPY = 1 << 2;
    private static final int USE_NEED_WAKEUP = 1 << 3;
    private static final int USE_FRAGMENTS = 1 << 4;

    private static final int IS_ZERO_COPY = 1;
    private static final int CONTINUED = 1;
    private static final int SHORTEST_RING = 64;
    private static final int LONGEST_PACKET = 1 << 16;

    private final Arena arena = Arena.ofShared();
    private final XdpSocketSettings settings;
    private final KernelSocket socket;
    private final List<MappedMemory> mappings = new ArrayList<>();
    private final PlacedMemory.Piece frames;
    private final MemorySegment memory;
    private final boolean zeroCopy;
    private final XdpRing fill;
    private final XdpRing completion;
    private final XdpRing received;
    private final XdpRing transmitted;
    private final MemorySegment assembly;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final long[] free;
    private int freeCount;
    private int assembled;
    private boolean assemblyInUse;
    private int taken; // seen, and not given back yet
    private int available; // as far as was looked
    private MemorySegment packetMemory = MemorySegment.NULL;
    private long packetAt;
    private int packetLength;
    private long tooLong;

    /**
     * Opens a socket and binds it. Packets come as soon as it is in the {@link XskMap} of a program that is attached.
     *
     * @param interfaceIndex the interface's number
     * @param queue one of its receive queues, for sending one of its transmit queues, from 0
     * @throws SystemCallException with {@code EBUSY} if the queue is taken, {@code EINVAL} if there is no such queue,
     *     {@code ENOBUFS} if the kernel may not lock as much memory, {@code EOPNOTSUPP} if the driver cannot do without copies
     */
    public static XdpSocket open(int interfaceIndex, int queue, XdpSocketSettings settings) throws SystemCallException {
        return open(interfaceIndex, queue, settings, PlacedMemory.here(placement(settings), _ -> {}));
    }

    /** As {@link #open(int, int, XdpSocketSettings)}, with frames in memory that is used for nothing else than frames. */
    public static XdpSocket open(int interfaceIndex, int queue, XdpSocketSettings settings, PlacedMemory memory)
            throws SystemCallException {
        return new XdpSocket(interfaceIndex, queue, settings, memory);
    }

    /** What these settings want of memory, on whatever node: it is all there at once, as the kernel locks it. */
    public static Placement placement(XdpSocketSettings settings) {
        Pages pages = settings.hugePages() ? Pages.HUGE_2M : Pages.DEFAULT;
        return Placement.DEFAULT.withPages(pages).withPrefault(true);
    }

    private XdpSocket(int interfaceIndex, int queue, XdpSocketSettings settings, PlacedMemory placed)
            throws SystemCallException {
        this.settings = settings;
        boolean done = false;
        socket = KernelSocket.open(XdpCalls.AF_XDP, Linux.SOCK_RAW, 0, "AF_XDP socket");
        try {
            frames = placed.allocate(settings.memoryLength());
        } catch (SystemCallException e) {
            socket.close();
            throw e;
        }
        memory = frames.memory();
        try {
            register();
            int rx = settings.receiveFrames();
            int tx = settings.transmitFrames();
            int fillEntries = Math.max(rx, SHORTEST_RING);
            int completionEntries = Math.max(tx, SHORTEST_RING);
            setEntries(XdpCalls.UMEM_FILL_RING, fillEntries, "XDP_UMEM_FILL_RING");
            setEntries(XdpCalls.UMEM_COMPLETION_RING, completionEntries, "XDP_UMEM_COMPLETION_RING");
            if (rx > 0) setEntries(XdpCalls.RX_RING, rx, "XDP_RX_RING");
            if (tx > 0) setEntries(XdpCalls.TX_RING, tx, "XDP_TX_RING");
            MemorySegment offsets = arena.allocate(XdpCalls.RING_OFFSETS);
            socket.readOption(XdpCalls.SOL_XDP, XdpCalls.MMAP_OFFSETS, offsets, "XDP_MMAP_OFFSETS");
            fill = ring(offsets, "fr", XdpCalls.FILL_AT, fillEntries, XdpRing.ADDRESS_ENTRY);
            completion = ring(offsets, "cr", XdpCalls.COMPLETION_AT, completionEntries, XdpRing.ADDRESS_ENTRY);
            received = rx > 0 ? ring(offsets, "rx", XdpCalls.RX_AT, rx, XdpRing.DESCRIPTOR_ENTRY) : fill;
            transmitted = tx > 0 ? ring(offsets, "tx", XdpCalls.TX_AT, tx, XdpRing.DESCRIPTOR_ENTRY) : fill;
            assembly = settings.fragments() ? arena.allocate(LONGEST_PACKET) : MemorySegment.NULL;
            for (long i = 0; i < rx; i++) fill.put(i * settings.frameLength());
            fill.publish();
            free = new long[tx];
            for (int i = 0; i < tx; i++) free[i] = (long) (rx + i) * settings.frameLength();
            freeCount = tx;
            bind(interfaceIndex, queue);
            MemorySegment options = arena.allocate(INT);
            socket.readOption(XdpCalls.SOL_XDP, XdpCalls.OPTIONS, options, "XDP_OPTIONS");
            zeroCopy = (options.get(INT, 0) & IS_ZERO_COPY) != 0;
            done = true;
        } finally {
            if (!done) close();
        }
    }

    private void register() throws SystemCallException {
        MemorySegment umem = arena.allocate(XdpCalls.UMEM);
        umem.set(LONG, XdpCalls.UMEM.byteOffset(PathElement.groupElement("addr")), memory.address());
        umem.set(LONG, XdpCalls.UMEM.byteOffset(PathElement.groupElement("len")), memory.byteSize());
        umem.set(INT, XdpCalls.UMEM.byteOffset(PathElement.groupElement("chunk_size")), settings.frameLength());
        socket.option(XdpCalls.SOL_XDP, XdpCalls.UMEM_REG, umem, "XDP_UMEM_REG, " + memory.byteSize() + " bytes");
    }

    private void setEntries(int option, int entries, String what) throws SystemCallException {
        socket.option(XdpCalls.SOL_XDP, option, entries, what);
    }

    private XdpRing ring(MemorySegment offsets, String name, long at, int entries, int entryLength)
            throws SystemCallException {
        var path = PathElement.groupElement(name);
        MemorySegment own = offsets.asSlice(XdpCalls.RING_OFFSETS.byteOffset(path), XdpCalls.RING_OFFSETS.select(path));
        var mapping = MappedMemory.of(
                socket.descriptor(),
                at,
                XdpRing.mappedLength(own, entries, entryLength),
                Linux.PROT_READ | Linux.PROT_WRITE,
                Linux.MAP_SHARED | Linux.MAP_POPULATE);
        mappings.add(mapping);
        return XdpRing.of(mapping.memory(), own, entries, entryLength);
    }

    private void bind(int interfaceIndex, int queue) throws SystemCallException {
        int flags = (settings.needWakeup() ? USE_NEED_WAKEUP : 0)
                | (settings.fragments() ? USE_FRAGMENTS : 0)
                | switch (settings.copy()) {
                    case AUTO -> 0;
                    case NEVER -> ZERO_COPY;
                    case ALWAYS -> COPY;
                };
        MemorySegment address = arena.allocate(XdpCalls.ADDRESS);
        address.set(SHORT, 0, (short) XdpCalls.AF_XDP);
        address.set(SHORT, 2, (short) flags);
        address.set(INT, 4, interfaceIndex);
        address.set(INT, 8, queue);
        socket.bind(address, "AF_XDP, queue " + queue);
    }

    int descriptor() {
        return socket.descriptor().number();
    }

    /** Does the card write into the memory itself? */
    public boolean isZeroCopy() {
        return zeroCopy;
    }

    /** In what pages the frames lie. */
    public Pages pages() {
        return frames.pages();
    }

    /**
     * Moves to the next packet that has come: {@link #packetMemory}, {@link #packetAt}, {@link #packetLength}. Those before stay valid
     * until {@link #release}. Does not wait.
     *
     * @return false if none has come, or if the last one was put together from several frames: then release first
     * @throws IllegalStateException if the socket has no frames to receive into
     */
    public boolean next() {
        if (settings.receiveFrames() == 0) throw new IllegalStateException("the socket was opened to send only");
        if (assemblyInUse) return false;
        while (taken < available || isReady()) {
            long at = received.address(taken);
            int length = received.length(taken);
            boolean continued = (received.options(taken) & CONTINUED) != 0;
            fill.put(at & -(long) settings.frameLength()); // the kernel sees it when it is released
            taken++;
            if (!continued && assembled == 0) {
                packetMemory = memory;
                packetAt = at;
                packetLength = length;
                return true;
            }
            append(at, length);
            if (!continued && isAssembled()) return true;
        }
        return false;
    }

    private void append(long at, int length) {
        if (LONGEST_PACKET - assembled >= length) {
            MemorySegment.copy(memory, at, assembly, assembled, length);
            assembled += length;
        } else {
            assembled = LONGEST_PACKET + 1;
        }
    }

    private boolean isAssembled() {
        packetMemory = assembly;
        packetAt = 0;
        packetLength = assembled;
        assembled = 0;
        if (packetLength > LONGEST_PACKET) {
            tooLong++;
            return false;
        }
        assemblyInUse = true;
        return true;
    }

    /** Has a packet come that {@link #next} has not seen? */
    public boolean isReady() {
        available = received.waiting();
        return taken < available;
    }

    /** Where the packet lies. */
    public MemorySegment packetMemory() {
        return packetMemory;
    }

    /** Its first byte there. */
    public long packetAt() {
        return packetAt;
    }

    /** Its bytes. */
    public int packetLength() {
        return packetLength;
    }

    /** Gives the frames of packets that were seen back to the kernel; they are not valid any more. */
    public void release() {
        assemblyInUse = false;
        if (taken > 0) {
            received.release(taken);
            available -= taken;
            taken = 0;
            fill.publish();
        }
        if (fill.needsWakeup()) XdpCalls.wakeReceive(descriptor());
    }

    /** Frames to receive into. */
    public int receiveFrames() {
        return settings.receiveFrames();
    }

    /** Frames that wait to be seen, 0 to the number of frames. */
    public int waiting() {
        return settings.receiveFrames() == 0 ? 0 : Math.max(0, received.waiting() - taken);
    }

    /** Packets of several frames that were longer than 64 KB, and not handed over. */
    public long tooLong() {
        return tooLong;
    }

    /** How many frames may be filled and sent now. */
    public int transmitRoom() {
        return Math.min(freeCount, transmitted.room());
    }

    /**
     * Copies a packet into a free frame and puts it into the TX ring; {@link #flush} sends it.
     *
     * @param length 1 to the length of a frame
     * @return false if there is no free frame now
     */
    public boolean transmit(MemorySegment packet, long at, int length) {
        if (length < 1 || length > settings.frameLength()) {
            throw new IllegalArgumentException("length is not in 1.." + settings.frameLength() + ": " + length);
        }
        if (transmitRoom() == 0) {
            reclaim();
            if (transmitRoom() == 0) return false;
        }
        long frame = free[--freeCount];
        MemorySegment.copy(packet, at, memory, frame, length);
        transmitted.put(frame, length);
        return true;
    }

    /**
     * Tells the kernel to send what was put, and takes back the frames of what it has sent. Does not wait for it.
     *
     * @return an {@link Errno}; 0 if the kernel took the call. {@code EAGAIN}, {@code EBUSY} and {@code ENOBUFS} mean: call again
     */
    public int flush() {
        transmitted.publish();
        int errno = settings.needWakeup() && !transmitted.needsWakeup() ? 0 : XdpCalls.wakeTransmit(descriptor());
        reclaim();
        return errno;
    }

    /** How many frames have been put and not yet been sent. */
    public int inTransmission() {
        return free.length - freeCount;
    }

    private void reclaim() {
        int sent = completion.waiting();
        for (int i = 0; i < sent; i++) free[freeCount++] = completion.address(i) & -(long) settings.frameLength();
        if (sent > 0) completion.release(sent);
    }

    /** For waiting until packets come, alone or with others: see {@link io.pairwire.platform.Poll}. */
    public FileDescriptor watched() {
        return socket.descriptor();
    }

    /** What the kernel counted since the socket was opened. */
    public XdpCounters counters() throws SystemCallException {
        try (var confined = Arena.ofConfined()) {
            MemorySegment counters = confined.allocate(XdpCalls.COUNTERS);
            socket.readOption(XdpCalls.SOL_XDP, XdpCalls.STATISTICS, counters, "XDP_STATISTICS");
            return new XdpCounters(
                    counters.getAtIndex(LONG, 0),
                    counters.getAtIndex(LONG, 1),
                    counters.getAtIndex(LONG, 2),
                    counters.getAtIndex(LONG, 3),
                    counters.getAtIndex(LONG, 4),
                    counters.getAtIndex(LONG, 5));
        }
    }

    /** Closes the socket; the kernel may hold the queue a moment longer. A second time does no harm. */
    @Override
    public void close() throws SystemCallException {
        socket.close();
        for (MappedMemory mapping : mappings) mapping.close();
        if (!closed.compareAndSet(false, true)) return;
        arena.close();
        frames.close();
    }
}
