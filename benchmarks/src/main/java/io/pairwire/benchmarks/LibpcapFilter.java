package io.pairwire.benchmarks;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** An expression as libpcap runs it, by {@code filterloop.c}, whose place the property {@code filterloop} tells. */
@SuppressWarnings("restricted") // a foreign library is what it is for
final class LibpcapFilter {
    private static final MethodHandle COUNT;
    private static final MethodHandle OPEN;
    private static final MethodHandle LENGTH;

    static {
        var library = SymbolLookup.libraryLookup(
                Path.of(System.getProperty("filterloop", "benchmarks/target/filterloop.so")), Arena.global());
        var linker = Linker.nativeLinker();
        OPEN = linker.downcallHandle(library.findOrThrow("filter_open"), FunctionDescriptor.of(ADDRESS, ADDRESS));
        LENGTH = linker.downcallHandle(library.findOrThrow("filter_length"), FunctionDescriptor.of(JAVA_INT, ADDRESS));
        COUNT = linker.downcallHandle(
                library.findOrThrow("filter_count"),
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
    }

    private final MemorySegment program;

    LibpcapFilter(String expression) {
        try (var arena = Arena.ofConfined()) {
            program = (MemorySegment) OPEN.invokeExact(arena.allocateFrom(expression));
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        if (program.address() == 0) throw new IllegalArgumentException("libpcap refuses " + expression);
    }

    /** Instructions of the program. */
    int length() {
        try {
            return (int) LENGTH.invokeExact(program);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many packets it accepts. */
    int count(MemorySegment memory, MemorySegment starts, MemorySegment lengths, int count) {
        try {
            return (int) COUNT.invokeExact(program, memory, starts, lengths, count);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
