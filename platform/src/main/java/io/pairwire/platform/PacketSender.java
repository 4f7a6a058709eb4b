package io.pairwire.platform;

import static io.pairwire.platform.CLibrary.LONG;
import static io.pairwire.platform.CLibrary.POINTER;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Sends whole frames at an interface through a packet socket, many in one call ({@code sendmmsg}). Frames are gathered by
 * {@link #add} and leave with {@link #flush}, or when the batch is full. One thread at a time; needs {@code CAP_NET_RAW}.
 */
public final class PacketSender implements AutoCloseable {
    /** Frames that leave with one call. */
    public static final int BATCH = 64;

    private static final int MESSAGE = 64;
    private static final int VECTOR = 16;
    private static final int VECTOR_LENGTH = 8;
    private static final int MESSAGE_VECTORS = 16;
    private static final int MESSAGE_VECTOR_COUNT = 24;
    private static final int MOST_TRIES = 1_000_000;
    private static final CFunction SENDMMSG = CFunction.named("sendmmsg");

    private final KernelSocket socket;
    private final Arena arena = Arena.ofShared();
    private final int longestFrame;
    private final MemorySegment frames;
    private final MemorySegment vectors;
    private final MemorySegment messages;
    private int gathered;
    private int first; // of the gathered ones that has not left

    /**
     * Opens a sender.
     *
     * @param interfaceIndex as {@link NetworkDevices} tells it
     * @param longestFrame bytes, link header included
     * @param bypass whether frames go to the driver directly and not through the queueing discipline
     */
    public PacketSender(int interfaceIndex, int longestFrame, boolean bypass) throws SystemCallException {
        if (longestFrame < 1) throw new IllegalArgumentException("longestFrame is below 1: " + longestFrame);
        this.longestFrame = longestFrame;
        frames = arena.allocate((long) BATCH * longestFrame, 64);
        vectors = arena.allocate(BATCH * VECTOR, 8);
        messages = arena.allocate(BATCH * MESSAGE, 8);
        for (int i = 0; i < BATCH; i++) {
            vectors.set(POINTER, (long) i * VECTOR, frames.asSlice((long) i * longestFrame));
            messages.set(POINTER, (long) i * MESSAGE + MESSAGE_VECTORS, vectors.asSlice((long) i * VECTOR));
            messages.set(LONG, (long) i * MESSAGE + MESSAGE_VECTOR_COUNT, 1);
        }
        socket = KernelSocket.open(Linux.AF_PACKET, Linux.SOCK_RAW, 0, "packet socket for sending");
        try {
            if (bypass) socket.option(Linux.SOL_PACKET, Linux.PACKET_QDISC_BYPASS, 1, "PACKET_QDISC_BYPASS");
            socket.bind(PacketAddress.of(arena, 0, interfaceIndex), "interface " + interfaceIndex);
        } catch (SystemCallException e) {
            close();
            throw e;
        }
    }

    /** Where the next frame goes, {@code longestFrame} bytes; fill it, then {@link #add}. */
    public MemorySegment next() {
        return frames.asSlice((long) gathered * longestFrame, longestFrame);
    }

    /** Takes the frame that lies in {@link #next}, and sends when the batch is full. */
    public void add(int length) throws SystemCallException {
        gather(length);
        if (gathered == BATCH) flush();
    }

    /** Takes the frame that lies in {@link #next}, of {@value #BATCH} at most. */
    public void gather(int length) {
        if (gathered == BATCH) throw new IllegalStateException("the batch is full");
        if (length < 1 || length > longestFrame) {
            throw new IllegalArgumentException("length is not in 1.." + longestFrame + ": " + length);
        }
        vectors.set(LONG, (long) gathered * VECTOR + VECTOR_LENGTH, length);
        gathered++;
    }

    /** Sends what was gathered, all of it; waits while the interface's queue is full. */
    public void flush() throws SystemCallException {
        int tries = 0;
        while (gathered() > 0) {
            int before = gathered();
            int errno = trySend();
            if (gathered() < before) {
                tries = 0;
            } else if (!mayTryAgain(errno) || ++tries == MOST_TRIES) {
                gathered = first = 0;
                throw new SystemCallException("sendmmsg", errno);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** Frames that are gathered and have not left; no others may be added once some of them have. */
    public int gathered() {
        return gathered - first;
    }

    /**
     * Sends what was gathered as far as the kernel takes it now, from the first frame on.
     *
     * @return an {@link Errno}, why the first frame that is left was not taken; 0 if none is left, or nobody said why
     */
    public int trySend() {
        if (gathered == first) return 0;
        long from = messages.address() + (long) first * MESSAGE;
        int answer = (int) SENDMMSG.call(socket.descriptor().number(), from, gathered - first);
        if (answer < 0) return CLibrary.errno();
        left(answer);
        return 0;
    }

    /** Gives up the first frame that has not left. */
    public void skip() {
        if (gathered == first) throw new IllegalStateException("no frame is left");
        left(1);
    }

    private void left(int frames) {
        first += frames;
        if (first == gathered) gathered = first = 0;
    }

    private static boolean mayTryAgain(int errno) {
        return errno == Errno.EAGAIN || errno == Errno.ENOBUFS || errno == Errno.EINTR;
    }

    @Override
    public void close() throws SystemCallException {
        try {
            socket.close();
        } finally {
            arena.close();
        }
    }
}
