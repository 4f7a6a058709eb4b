package io.pairwire.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class NetworkDevicesTest {
    private static final int ARPHRD_LOOPBACK = 772;

    @Test
    void the_loopback_is_listed_with_its_kind() throws IOException {
        var loopback = NetworkDevices.named("lo").orElseThrow();
        assertTrue(loopback.isLoopback());
        assertEquals(ARPHRD_LOOPBACK, loopback.hardwareType());
        assertTrue(loopback.index() > 0 && loopback.mtu() > 0, loopback.toString());
        assertFalse(NetworkDevices.stampsInHardware("lo"));
        assertTrue(NetworkDevices.lost("any") >= NetworkDevices.lost("lo"));
    }

    @Test
    void an_interface_that_is_not_there_is_not_found() throws IOException {
        assertTrue(NetworkDevices.named("nosuchdevice").isEmpty());
    }

    /** Offsets as the C compiler lays out {@code struct sockaddr_ll}: family 0, protocol 2, interface 4, length 20. */
    @Test
    void an_address_lies_in_memory_as_the_kernel_wants_it() {
        try (Arena arena = Arena.ofConfined()) {
            var address = PacketAddress.of(arena, Linux.ETH_P_ALL, 7);
            assertEquals(20, address.byteSize());
            assertEquals(17, address.get(ValueLayout.JAVA_SHORT, 0));
            assertEquals(0, address.get(ValueLayout.JAVA_BYTE, 2)); // network order
            assertEquals(3, address.get(ValueLayout.JAVA_BYTE, 3));
            assertEquals(7, address.get(ValueLayout.JAVA_INT, 4));
        }
    }
}
