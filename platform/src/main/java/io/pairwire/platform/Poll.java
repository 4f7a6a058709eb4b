package io.pairwire.platform;

import static io.pairwire.platform.CLibrary.LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Waits until one of a few descriptors has something to read, with {@code ppoll}. Belongs to one thread, which may be another
 * than the one that made it; allocates nothing while it waits.
 */
public final class Poll implements AutoCloseable {
    /** There is something to read. */
    public static final int READABLE = 0x001;

    /** An error is pending at the descriptor; told without being asked for. */
    public static final int ERROR = 0x008;

    private static final int LENGTH = 8;
    private static final int ASKED = 4;
    private static final int TOLD = 6;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final CFunction PPOLL = CFunction.named("ppoll");

    private final Arena arena = Arena.ofShared();
    private final MemorySegment descriptors;
    private final MemorySegment timeout;
    private final long count;

    /** Waits for any of these; they stay open as long as this is used. */
    public Poll(FileDescriptor... watched) {
        count = watched.length;
        descriptors = arena.allocate((long) LENGTH * Math.max(1, watched.length), 8);
        timeout = arena.allocate(16, 8);
        for (int i = 0; i < watched.length; i++) {
            descriptors.set(CLibrary.INT, (long) i * LENGTH, watched[i].number());
            descriptors.set(CLibrary.SHORT, (long) i * LENGTH + ASKED, (short) READABLE);
        }
    }

    /**
     * Waits until a descriptor is ready.
     *
     * @param nanos longest wait, 0 not to wait at all
     * @return how many are ready; 0 after the time, or when a signal came
     */
    public int await(long nanos) throws SystemCallException {
        if (nanos < 0) throw new IllegalArgumentException("nanos is negative: " + nanos);
        timeout.set(LONG, 0, nanos / NANOS_PER_SECOND);
        timeout.set(LONG, 8, nanos % NANOS_PER_SECOND);
        int ready = (int) PPOLL.call(descriptors.address(), count, timeout.address(), 0);
        if (ready >= 0) return ready;
        if (CLibrary.errno() == Errno.EINTR) return 0;
        throw new SystemCallException("ppoll", CLibrary.errno());
    }

    /** What the last wait found at a descriptor, by its place in the constructor: {@link #READABLE}, {@link #ERROR} and others. */
    public int found(int index) {
        if (index < 0 || index >= count) throw new IndexOutOfBoundsException(index);
        return descriptors.get(CLibrary.SHORT, (long) index * LENGTH + TOLD) & 0xffff;
    }

    @Override
    public void close() {
        arena.close();
    }
}
