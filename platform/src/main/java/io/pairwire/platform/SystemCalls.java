package io.pairwire.platform;

import static io.pairwire.platform.CLibrary.INT;
import static io.pairwire.platform.CLibrary.LONG;
import static io.pairwire.platform.CLibrary.POINTER;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The calls that sockets, devices and rings share; each answers as the C function does or throws with {@code errno}. */
final class SystemCalls {
    private static final MethodHandle SOCKET = CLibrary.function("socket", FunctionDescriptor.of(INT, INT, INT, INT));
    private static final MethodHandle BIND = CLibrary.function("bind", FunctionDescriptor.of(INT, INT, POINTER, INT));
    private static final MethodHandle SET_OPTION =
            CLibrary.function("setsockopt", FunctionDescriptor.of(INT, INT, INT, INT, POINTER, INT));
    private static final MethodHandle GET_OPTION =
            CLibrary.function("getsockopt", FunctionDescriptor.of(INT, INT, INT, INT, POINTER, POINTER));
    private static final MethodHandle IOCTL =
            CLibrary.function("ioctl", FunctionDescriptor.of(INT, INT, LONG, POINTER), 2);
    private static final MethodHandle READ = CLibrary.function("read", FunctionDescriptor.of(LONG, INT, POINTER, LONG));
    private static final MethodHandle WRITE =
            CLibrary.function("write", FunctionDescriptor.of(LONG, INT, POINTER, LONG));
    private static final MethodHandle OPEN =
            CLibrary.function("open", FunctionDescriptor.of(INT, POINTER, INT, INT), 2);

    private SystemCalls() {}

    static int socket(int domain, int type, int protocol, String what) throws SystemCallException {
        try {
            return answer((int) SOCKET.invokeExact(CLibrary.errnoMemory(), domain, type, protocol), what);
        } catch (SystemCallException e) {
            throw e;
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
    }

    static void bind(int descriptor, MemorySegment address, String what) throws SystemCallException {
        try {
            answer((int) BIND.invokeExact(CLibrary.errnoMemory(), descriptor, address, (int) address.byteSize()), what);
        } catch (SystemCallException e) {
            throw e;
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
    }

    static void setOption(int descriptor, int level, int option, MemorySegment value, String what)
            throws SystemCallException {
        int length = (int) value.byteSize();
        try {
            answer(
                    (int) SET_OPTION.invokeExact(CLibrary.errnoMemory(), descriptor, level, option, value, length),
                    what);
        } catch (SystemCallException e) {
            throw e;
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
    }

    static void getOption(int descriptor, int level, int option, MemorySegment value, MemorySegment length, String what)
            throws SystemCallException {
        try {
            answer(
                    (int) GET_OPTION.invokeExact(CLibrary.errnoMemory(), descriptor, level, option, value, length),
                    what);
        } catch (SystemCallException e) {
            throw e;
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
    }

    static int ioctl(int descriptor, long request, MemorySegment argument, String what) throws SystemCallException {
        try {
            return answer((int) IOCTL.invokeExact(CLibrary.errnoMemory(), descriptor, request, argument), what);
        } catch (SystemCallException e) {
            throw e;
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
    }

    static long read(int descriptor, MemorySegment into, String what) throws SystemCallException {
        try {
            long length = (long) READ.invokeExact(CLibrary.errnoMemory(), descriptor, into, into.byteSize());
            if (length < 0) throw new SystemCallException(what, CLibrary.errno());
            return length;
        } catch (SystemCallException e) {
            throw e;
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
    }

    static long write(int descriptor, MemorySegment bytes, String what) throws SystemCallException {
        try {
            long length = (long) WRITE.invokeExact(CLibrary.errnoMemory(), descriptor, bytes, bytes.byteSize());
            if (length < 0) throw new SystemCallException(what, CLibrary.errno());
            return length;
        } catch (SystemCallException e) {
            throw e;
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
    }

    static int open(MemorySegment path, int flags, String what) throws SystemCallException {
        try {
            return answer((int) OPEN.invokeExact(CLibrary.errnoMemory(), path, flags, 0), what);
        } catch (SystemCallException e) {
            throw e;
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
    }

    private static int answer(int answer, String what) throws SystemCallException {
        if (answer < 0) throw new SystemCallException(what, CLibrary.errno());
        return answer;
    }
}
