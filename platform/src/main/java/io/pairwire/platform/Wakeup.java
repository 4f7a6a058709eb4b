package io.pairwire.platform;

import static io.pairwire.platform.CLibrary.INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Ends the wait of a {@link Poll} from another thread, with an {@code eventfd}. Thread-safe; once signalled it stays so. */
public final class Wakeup implements AutoCloseable {
    private static final int NONBLOCK_AND_CLOEXEC = 0x80800;
    private static final MethodHandle EVENTFD = CLibrary.function("eventfd", FunctionDescriptor.of(INT, INT, INT));

    private final Arena arena = Arena.ofShared();
    private final MemorySegment one = arena.allocateFrom(CLibrary.LONG, 1);
    private final FileDescriptor descriptor;
    private boolean closed;

    public Wakeup() throws SystemCallException {
        int number;
        try {
            number = (int) EVENTFD.invokeExact(CLibrary.errnoMemory(), 0, NONBLOCK_AND_CLOEXEC);
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
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
