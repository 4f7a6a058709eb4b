package io.pairwire.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Ends the wait of a {@link Poll} from another thread, with an {@code eventfd}. Thread-safe; once signalled it stays so. */
public final class Wakeup implements AutoCloseable {
    private static final int NONBLOCK_AND_CLOEXEC = 0x80800;
    private static final CFunction EVENTFD = CFunction.named("eventfd");

    private final Arena arena = Arena.ofShared();
    private final MemorySegment one = arena.allocateFrom(CLibrary.LONG, 1);
    private final FileDescriptor descriptor;
    private boolean closed;

    public Wakeup() throws SystemCallException {
        int number = (int) EVENTFD.call(0, NONBLOCK_AND_CLOEXEC);
        if (number < 0) throw new SystemCallException("eventfd", CLibrary.errno());
        descriptor = new FileDescriptor(number, "wakeup");
    }

    /** What the {@link Poll} watches. */
    public FileDescriptor descriptor() {
        return descriptor;
    }

    /** Makes the descriptor readable; does nothing after {@link #close}. */
    public synchronized void signal() throws SystemCallException {
        if (!closed) SystemCalls.write(descriptor.number(), one, "write(wakeup)");
    }

    @Override
    public synchronized void close() throws SystemCallException {
        if (closed) return;
        closed = true;
        arena.close();
        descriptor.close();
    }
}
