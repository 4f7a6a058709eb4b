package io.pairwire.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A file that is written past the page cache of Linux: open(2), {@code O_DIRECT}. The device takes bytes from where they lie, and a
 * write lasts until it has them. Position, length and address have to be multiples of what the file system says, which
 * {@link #ALIGNMENT} is on nearly all. Not thread-safe.
 */
public final class DirectFile implements AutoCloseable {
    /** Bytes of a page, and of the largest block of most file systems and disks. */
    public static final int ALIGNMENT = 4096;

    private static final int O_WRONLY = 1;
    private static final int O_CLOEXEC = 0x8_0000;
    private static final int NO_SUCH_FLAG = -1;

    private static final CFunction OPEN = CFunction.variadic("open");
    private static final CFunction WRITE_AT = CFunction.named("pwrite");

    private final FileDescriptor descriptor;
    private final Path path;

    private DirectFile(FileDescriptor descriptor, Path path) {
        this.descriptor = descriptor;
        this.path = path;
    }

    /**
     * Opens a file that is there.
     *
     * @throws SystemCallException with {@link Errno#EINVAL} if its file system knows no such way, with {@link Errno#ENOSYS} if this system
     *     does not
     */
    public static DirectFile open(Path path) throws SystemCallException {
        int flag = flag(System.getProperty("os.name"), System.getProperty("os.arch"));
        if (flag == NO_SUCH_FLAG) throw new SystemCallException("open(" + path + ")", Errno.ENOSYS);
        try (Arena arena = Arena.ofConfined()) {
            long name = CFunction.pointer(CLibrary.text(arena, path.toString()));
            int answer = (int) OPEN.call(name, O_WRONLY | O_CLOEXEC | flag, 0);
            if (answer < 0) throw new SystemCallException("open(" + path + ")", CLibrary.errno());
            return new DirectFile(new FileDescriptor(answer, path.toString()), path);
        }
    }

    /** The bit {@code O_DIRECT}, which machines number differently. */
    static int flag(String system, String machine) {
        if (!system.startsWith("Linux")) return NO_SUCH_FLAG;
        return switch (machine) {
            case "amd64", "x86_64", "riscv64" -> 0x4000;
            case "aarch64" -> 0x1_0000;
            default -> NO_SUCH_FLAG;
        };
    }

    /**
     * Writes at a position; it may lie at the end of the file.
     *
     * @return bytes written, which may be fewer
     * @throws SystemCallException with {@link Errno#EINVAL} if something is not at a multiple of what the file system wants
     */
    public long write(MemorySegment bytes, long position) throws SystemCallException {
        long written;
        do {
            written = WRITE_AT.call(descriptor.number(), CFunction.pointer(bytes), bytes.byteSize(), position);
        } while (written < 0 && CLibrary.errno() == Errno.EINTR);
        if (written < 0) throw new SystemCallException("pwrite(" + path + ")", CLibrary.errno());
        return written;
    }

    @Override
    public void close() throws SystemCallException {
        descriptor.close();
    }
}
