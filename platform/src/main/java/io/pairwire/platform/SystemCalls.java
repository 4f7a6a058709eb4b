package io.pairwire.platform;

import static io.pairwire.platform.CFunction.pointer;

import java.lang.foreign.MemorySegment;

/** The calls that sockets, devices and rings share; each answers as the C function does or throws with {@code errno}. */
final class SystemCalls {
    private static final CFunction SOCKET = CFunction.named("socket");
    private static final CFunction BIND = CFunction.named("bind");
    private static final CFunction SET_OPTION = CFunction.named("setsockopt");
    private static final CFunction GET_OPTION = CFunction.named("getsockopt");
    private static final CFunction IOCTL = CFunction.variadic("ioctl");
    private static final CFunction READ = CFunction.named("read");
    private static final CFunction WRITE = CFunction.named("write");
    private static final CFunction OPEN = CFunction.variadic("open");

    private SystemCalls() {}

    static int socket(int domain, int type, int protocol, String what) throws SystemCallException {
        return answer(SOCKET.call(domain, type, protocol), what);
    }

    static void bind(int descriptor, MemorySegment address, String what) throws SystemCallException {
        answer(BIND.call(descriptor, pointer(address), address.byteSize()), what);
    }

    static void setOption(int descriptor, int level, int option, MemorySegment value, String what)
            throws SystemCallException {
        answer(SET_OPTION.call(descriptor, level, option, pointer(value), value.byteSize()), what);
    }

    static void getOption(int descriptor, int level, int option, MemorySegment value, MemorySegment length, String what)
            throws SystemCallException {
        answer(GET_OPTION.call(descriptor, level, option, pointer(value), pointer(length)), what);
    }

    static int ioctl(int descriptor, long request, MemorySegment argument, String what) throws SystemCallException {
        return answer(IOCTL.call(descriptor, request, pointer(argument)), what);
    }

    static long read(int descriptor, MemorySegment into, String what) throws SystemCallException {
        long length = READ.call(descriptor, pointer(into), into.byteSize());
        if (length < 0) throw new SystemCallException(what, CLibrary.errno());
        return length;
    }

    static long write(int descriptor, MemorySegment bytes, String what) throws SystemCallException {
        long length = WRITE.call(descriptor, pointer(bytes), bytes.byteSize());
        if (length < 0) throw new SystemCallException(what, CLibrary.errno());
        return length;
    }

    static int open(MemorySegment path, int flags, String what) throws SystemCallException {
        return answer(OPEN.call(pointer(path), flags, 0), what);
    }

    private static int answer(long word, String what) throws SystemCallException {
        int answer = (int) word;
        if (answer < 0) throw new SystemCallException(what, CLibrary.errno());
        return answer;
    }
}
