package io.pairwire.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FileDescriptorTest {
    @Test
    void an_error_of_the_kernel_carries_its_number_and_what_was_asked() {
        var never = new FileDescriptor(Integer.MAX_VALUE, "a descriptor nobody opened");
        var refused = assertThrows(SystemCallException.class, never::close);
        assertEquals(Errno.EBADF, refused.errno());
        assertTrue(refused.getMessage().contains("a descriptor nobody opened"), refused.getMessage());
    }

    @Test
    void a_closed_descriptor_is_not_closed_again() throws SystemCallException {
        var never = new FileDescriptor(Integer.MAX_VALUE, "a descriptor nobody opened");
        assertThrows(SystemCallException.class, never::close);
        never.close();
        assertThrows(IllegalStateException.class, never::number);
    }
}
