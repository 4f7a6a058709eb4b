package io.pairwire.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A socket of families that {@code java.net} does not know: packet sockets, AF_XDP. It belongs to the network namespace of the
 * thread that opened it. Calls may come from any thread; {@link #close} is not to overlap with them.
 */
public final class KernelSocket implements AutoCloseable {
    private final FileDescriptor descriptor;

    private KernelSocket(FileDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Opens a socket that programs started from here do not inherit.
     *
     * @param name what errors call it: {@code "packet socket"}
     */
    public static KernelSocket open(int domain, int type, int protocol, String name) throws SystemCallException {
        int number = SystemCalls.socket(domain, type | Linux.SOCK_CLOEXEC, protocol, "socket(" + name + ")");
        return new KernelSocket(new FileDescriptor(number, name));
    }

    public FileDescriptor descriptor() {
        return descriptor;
    }

    /** @param address a whole {@code sockaddr} of the family, in native memory */
    public void bind(MemorySegment address, String what) throws SystemCallException {
        SystemCalls.bind(descriptor.number(), address, "bind(" + what + ")");
    }

    /** Sets an option whose value is an int. */
    public void option(int level, int option, int value, String what) throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            option(level, option, arena.allocateFrom(ValueLayout.JAVA_INT, value), what);
        }
    }

    /** @param value in native memory, as long as the kernel wants it */
    public void option(int level, int option, MemorySegment value, String what) throws SystemCallException {
        SystemCalls.setOption(descriptor.number(), level, option, value, "setsockopt(" + what + ")");
    }

    /**
     * Reads an option.
     *
     * @param into native memory that receives it
     * @return its bytes
     */
    public int readOption(int level, int option, MemorySegment into, String what) throws SystemCallException {
        try (Arena arena = Arena.ofConfined()) {
            var length = arena.allocateFrom(ValueLayout.JAVA_INT, (int) into.byteSize());
            SystemCalls.getOption(descriptor.number(), level, option, into, length, "getsockopt(" + what + ")");
            return length.get(ValueLayout.JAVA_INT, 0);
        }
    }

    /** @param argument in native memory; the kernel may write into it */
    public int ioctl(long request, MemorySegment argument, String what) throws SystemCallException {
        return SystemCalls.ioctl(descriptor.number(), request, argument, "ioctl(" + what + ")");
    }

    @Override
    public void close() throws SystemCallException {
        descriptor.close();
    }
}
