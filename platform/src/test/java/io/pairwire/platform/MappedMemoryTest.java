package io.pairwire.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class MappedMemoryTest {
    @Test
    void pages_of_no_file_are_zeroed_and_writable_to_their_end() throws SystemCallException {
        try (var mapped = MappedMemory.anonymous(1 << 16, 0)) {
            var memory = mapped.memory();
            assertEquals(1 << 16, memory.byteSize());
            assertEquals(0, memory.get(ValueLayout.JAVA_LONG, (1 << 16) - 8));
            memory.set(ValueLayout.JAVA_LONG, (1 << 16) - 8, 42);
            assertEquals(42, memory.get(ValueLayout.JAVA_LONG, (1 << 16) - 8));
        }
    }

    @Test
    void memory_that_was_given_back_cannot_be_touched() throws SystemCallException {
        var mapped = MappedMemory.anonymous(4096, 0);
        var memory = mapped.memory();
        mapped.close();
        mapped.close();
        assertThrows(IllegalStateException.class, () -> memory.get(ValueLayout.JAVA_BYTE, 0));
    }

    @Test
    void a_refusal_carries_the_number_of_the_kernel() {
        var refused = assertThrows(SystemCallException.class, () -> MappedMemory.anonymous(1L << 60, 0));
        assertEquals(Errno.ENOMEM, refused.errno());
    }
}
