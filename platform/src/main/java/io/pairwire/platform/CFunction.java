package io.pairwire.platform;

import static io.pairwire.platform.CLibrary.LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Set;

/**
 * A function of the C library that takes up to seven words, which are integers and pointers, and answers one. Any thread may call it; its
 * errors are told by {@link CLibrary#errno}.
 *
 * <p>All of these share one handle: the code that goes from Java to C is made for each list of types anew, which takes some ten
 * milliseconds of processor time, and a capture calls twenty functions before its first packet. Words are what C passes on
 * the machines we know, whatever type a function gives them, and it does not look at those it has no name for. An answer narrower
 * than a word is to be cast: what stands above it has no meaning.
 *
 * <p>A pointer goes as its address, so nothing holds the memory while the call lasts: it must not be closed meanwhile.
 */
public final class CFunction {
    private static final FunctionDescriptor WORDS =
            FunctionDescriptor.of(LONG, LONG, LONG, LONG, LONG, LONG, LONG, LONG);
    private static final MethodHandle CALL = CLibrary.handle(WORDS, -1);

    /** Where Linux passes arguments behind {@code ...} as it does others. Apple's machines do not. */
    private static final Set<String> ALIKE = Set.of("amd64", "x86_64", "aarch64", "riscv64");

    private static final boolean VARIADIC_IS_ALIKE =
            System.getProperty("os.name").startsWith("Linux") && ALIKE.contains(System.getProperty("os.arch"));

    private final MemorySegment address;
    private final boolean plain;

    private CFunction(MemorySegment address, boolean plain) {
        this.address = address;
        this.plain = plain;
    }

    /** @throws UnsatisfiedLinkError if this C library has no such function */
    public static CFunction named(String name) {
        return new CFunction(CLibrary.address(name), true);
    }

    /** One whose third argument is the first behind {@code ...}, such as {@code ioctl}. */
    public static CFunction variadic(String name) {
        return new CFunction(CLibrary.address(name), VARIADIC_IS_ALIKE);
    }

    /** The address of native memory, as an argument. */
    public static long pointer(MemorySegment memory) {
        if (!memory.isNative()) throw new IllegalArgumentException("not native memory: " + memory);
        return memory.address();
    }

    public long call() {
        return call(0, 0, 0, 0, 0, 0, 0);
    }

    public long call(long a) {
        return call(a, 0, 0, 0, 0, 0, 0);
    }

    public long call(long a, long b) {
        return call(a, b, 0, 0, 0, 0, 0);
    }

    public long call(long a, long b, long c) {
        return call(a, b, c, 0, 0, 0, 0);
    }

    public long call(long a, long b, long c, long d) {
        return call(a, b, c, d, 0, 0, 0);
    }

    public long call(long a, long b, long c, long d, long e) {
        return call(a, b, c, d, e, 0, 0);
    }

    public long call(long a, long b, long c, long d, long e, long f) {
        return call(a, b, c, d, e, f, 0);
    }

    public long call(long a, long b, long c, long d, long e, long f, long g) {
        MemorySegment errno = CLibrary.errnoMemory();
        try {
            return plain
                    ? (long) CALL.invokeExact(address, errno, a, b, c, d, e, f, g)
                    : (long) Variadic.CALL.invokeExact(address, errno, a, b, c, d, e, f, g);
        } catch (Throwable thrown) {
            throw CLibrary.unexpected(thrown);
        }
    }

    /** Made where it is needed. */
    private static final class Variadic {
        private static final MethodHandle CALL = CLibrary.handle(WORDS, 2);

        private Variadic() {}
    }
}
