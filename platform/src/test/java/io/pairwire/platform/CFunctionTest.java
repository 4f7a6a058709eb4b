package io.pairwire.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

final class CFunctionTest {
    @Test
    void a_function_of_narrow_arguments_gets_their_values_and_its_sign() {
        var absolute = CFunction.named("abs");
        for (int value : new int[] {0, 1, -1, 12_345, -12_345, Integer.MAX_VALUE, -Integer.MAX_VALUE}) {
            assertEquals(Math.abs(value), (int) absolute.call(value), "abs of " + value);
        }
        assertEquals(-12_345, (int) CFunction.named("atoi").call(text("-12345").address()));
        assertEquals(Long.MAX_VALUE, CFunction.named("labs").call(-Long.MAX_VALUE));
    }

    @Test
    void a_function_gets_its_arguments_in_their_order() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment from = arena.allocateFrom("abcdef");
            MemorySegment to = arena.allocate(8);
            long answer = CFunction.named("memcpy").call(to.address(), CFunction.pointer(from), 3);
            assertEquals(to.address(), answer);
            assertEquals("abc", to.getString(0));
        }
    }

    /** {@code snprintf} takes three before its {@code ...}, so these travel on the stack of the machines that pass them there. */
    @Test
    void the_last_of_seven_words_arrives() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment to = arena.allocate(64);
            MemorySegment format = arena.allocateFrom("%ld %ld %ld %ld");
            org.junit.jupiter.api.Assumptions.assumeTrue(
                    System.getProperty("os.name").startsWith("Linux"), "macOS passes what stands behind ... otherwise");
            CFunction.named("snprintf").call(to.address(), to.byteSize(), format.address(), 1, -2, 3, Long.MIN_VALUE);
            assertEquals("1 -2 3 " + Long.MIN_VALUE, to.getString(0));
        }
    }

    @Test
    void a_call_that_fails_leaves_its_errno_with_its_thread() throws InterruptedException {
        assertEquals(-1, (int) CFunction.named("close").call(-1));
        var other = Thread.ofPlatform().start(() -> CFunction.variadic("ioctl").call(-1, Linux.SIOCGIFFLAGS, 0));
        other.join();
        assertEquals(Errno.EBADF, CLibrary.errno());
    }

    @Test
    void what_is_not_native_memory_is_no_pointer() {
        assertThrows(IllegalArgumentException.class, () -> CFunction.pointer(MemorySegment.ofArray(new byte[8])));
    }

    @Test
    void a_function_that_is_not_there_is_named() {
        var thrown = assertThrows(UnsatisfiedLinkError.class, () -> CFunction.named("no_such_function"));
        assertEquals("the C library has no no_such_function()", thrown.getMessage());
    }

    private static MemorySegment text(String text) {
        return Arena.ofAuto()
                .allocateFrom(
                        ValueLayout.JAVA_BYTE, (text + "\0").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }
}
