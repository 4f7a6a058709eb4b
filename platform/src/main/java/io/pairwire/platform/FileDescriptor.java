package io.pairwire.platform;

import java.util.concurrent.atomic.AtomicInteger;

/** A descriptor of the kernel, closed once. Thread-safe; closing from any thread, and a second time, does no harm. */
public final class FileDescriptor implements AutoCloseable {
    private static final int CLOSED = -1;
    private static final CFunction CLOSE = CFunction.named("close");

    private final AtomicInteger number;
    private final String name;

    /**
     * @param number an open descriptor; this object owns it from now on
     * @param name what errors call it: {@code "packet socket"}
     */
    public FileDescriptor(int number, String name) {
        if (number < 0) throw new IllegalArgumentException("not a descriptor: " + number);
        this.number = new AtomicInteger(number);
        this.name = name;
    }

    /** @throws IllegalStateException after {@link #close} */
    public int number() {
        int open = number.get();
        if (open == CLOSED) throw new IllegalStateException(name + " is closed");
        return open;
    }

    public String name() {
        return name;
    }

    @Override
    public void close() throws SystemCallException {
        int open = number.getAndSet(CLOSED);
        if (open == CLOSED) return;
        if ((int) CLOSE.call(open) != 0) throw new SystemCallException("close(" + name + ")", CLibrary.errno());
    }
}
