package io.pairwire.platform;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What changes in folders, told by Linux: inotify(7).
 *
 * <pre>
 *   0               3 4               7 8              11 12             15
 *  +-----------------+-----------------+-----------------+-----------------+
 *  |      watch      |      mask       |     cookie      |  name length    |
 *  +-----------------+-----------------+-----------------+-----------------+
 *  | name, ended and padded by zeros…                                      |
 * </pre>
 *
 * <p>One thread reads; {@link #close} may be called from any once that one has left. Unlike the JDK's watch service it says
 * when a writer has closed a file, and that events were lost.
 */
public final class Inotify implements AutoCloseable {
    /** Content was written. */
    public static final int IN_MODIFY = 0x0000_0002;

    /** Permissions or owner changed. */
    public static final int IN_ATTRIB = 0x0000_0004;

    /** A file that was open for writing was closed. */
    public static final int IN_CLOSE_WRITE = 0x0000_0008;

    public static final int IN_MOVED_FROM = 0x0000_0040;
    public static final int IN_MOVED_TO = 0x0000_0080;
    public static final int IN_CREATE = 0x0000_0100;
    public static final int IN_DELETE = 0x0000_0200;

    /** The queue was full and events were lost; comes with watch -1. */
    public static final int IN_Q_OVERFLOW = 0x0000_4000;

    /** The watch is gone, as its folder is. */
    public static final int IN_IGNORED = 0x0000_8000;

    /** The event is about a folder. */
    public static final int IN_ISDIR = 0x4000_0000;

    private static final int IN_ONLYDIR = 0x0100_0000;
    private static final int IN_NONBLOCK = 0x800;
    private static final int IN_CLOEXEC = 0x8_0000;
    private static final short POLLIN = 1;
    private static final int EVENT = 16;
    private static final int BUFFER = 64 << 10;

    private static final CFunction INIT = CFunction.named("inotify_init1");
    private static final CFunction ADD_WATCH = CFunction.named("inotify_add_watch");
    private static final CFunction POLL = CFunction.named("poll");
    private static final CFunction READ = CFunction.named("read");

    private final FileDescriptor descriptor;
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment buffer = arena.allocate(BUFFER, 8);
    private final MemorySegment waiting = arena.allocate(8, 8);

    /** Receives events, on the thread that reads. */
    @FunctionalInterface
    public interface Handler {
        /**
         * @param watch as {@link #watch} answered; -1 if events were lost
         * @param mask what happened, bits of the constants here
         * @param name the file in the folder; empty if it is the folder itself
         */
        void onEvent(int watch, int mask, String name);
    }

    private Inotify(FileDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * Begins to listen.
     *
     * @throws SystemCallException if this user has too many listeners ({@link Errno#EMFILE}), or there is no inotify
     */
    public static Inotify open() throws SystemCallException {
        int answer = (int) INIT.call(IN_NONBLOCK | IN_CLOEXEC);
        if (answer < 0) throw new SystemCallException("inotify_init1", CLibrary.errno());
        return new Inotify(new FileDescriptor(answer, "inotify"));
    }

    /**
     * Listens to a folder, not to those inside it.
     *
     * @param mask what to tell, bits of the constants here
     * @return the number by which events name the folder; the same if it is watched already
     * @throws SystemCallException {@link Errno#ENOSPC} if this user may watch no more folders
     */
    public int watch(Path folder, int mask) throws SystemCallException {
        int number = descriptor.number();
        int answer;
        try (Arena call = Arena.ofConfined()) {
            MemorySegment path = CLibrary.text(call, folder.toString());
            answer = (int) ADD_WATCH.call(number, CFunction.pointer(path), mask | IN_ONLYDIR);
        }
        if (answer < 0) throw new SystemCallException("inotify_add_watch(" + folder + ")", CLibrary.errno());
        return answer;
    }

    /**
     * Hands over the events that are there; waits for some if there are none.
     *
     * @param limitMillis the longest wait, at least 0
     * @return how many were handed over
     */
    public int poll(int limitMillis, Handler handler) throws SystemCallException {
        if (limitMillis < 0) throw new IllegalArgumentException("limit is negative: " + limitMillis);
        if (!waits(limitMillis)) return 0;
        int number = descriptor.number();
        long length = READ.call(number, buffer.address(), BUFFER);
        if (length < 0) {
            int errno = CLibrary.errno();
            if (errno == Errno.EAGAIN || errno == Errno.EINTR) return 0;
            throw new SystemCallException("read(inotify)", errno);
        }
        return handOver(length, handler);
    }

    private boolean waits(int limitMillis) throws SystemCallException {
        waiting.set(ValueLayout.JAVA_INT, 0, descriptor.number());
        waiting.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
        int ready = (int) POLL.call(waiting.address(), 1, limitMillis);
        if (ready >= 0) return ready > 0;
        int errno = CLibrary.errno();
        if (errno == Errno.EINTR) return false;
        throw new SystemCallException("poll(inotify)", errno);
    }

    private int handOver(long length, Handler handler) {
        int events = 0;
        long at = 0;
        while (length - at >= EVENT) {
            int watch = buffer.get(ValueLayout.JAVA_INT, at);
            int mask = buffer.get(ValueLayout.JAVA_INT, at + 4);
            int nameLength = buffer.get(ValueLayout.JAVA_INT, at + 12);
            if (nameLength < 0 || nameLength > length - at - EVENT) break; // the kernel does not do that
            handler.onEvent(watch, mask, name(at + EVENT, nameLength));
            events++;
            at += EVENT + nameLength;
        }
        return events;
    }

    private String name(long at, int length) {
        byte[] bytes = buffer.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) end++;
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws SystemCallException {
        descriptor.close();
    }
}
