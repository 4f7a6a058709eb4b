package io.pairwire.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.decode.rewrite.MappingListener.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MappingFileTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void every_kind_of_address_is_listed_once() throws IOException {
        try (var file = new MappingFile(Channels.newChannel(bytes))) {
            file.mapped(Kind.IPV4, 0, 0x0a000001, 0, 0xc0a80001L);
            file.mapped(Kind.IPV6, 0x2001_0db8_0000_0000L, 1, 0xfe80_0000_0000_0000L, 2);
            file.mapped(Kind.MAC, 0, 0x0011_2233_4455L, 0, 0x0266_7788_99aaL);
            file.mapped(Kind.IPV4, 0, 0x0a000001, 0, 0xc0a80001L);
            assertEquals(3, file.listed());
        }
        assertEquals("""
                kind\taddress\tmapped
                ipv4\t10.0.0.1\t192.168.0.1
                ipv6\t2001:db8::1\tfe80::2
                mac\t00:11:22:33:44:55\t02:66:77:88:99:aa
                """, bytes.toString(StandardCharsets.US_ASCII));
    }

    @Test
    void addresses_beyond_the_limit_are_counted() throws IOException {
        try (var file = new MappingFile(Channels.newChannel(bytes), 2)) {
            for (int address : new int[] {1, 2, 3, 1, 3}) file.mapped(Kind.IPV4, 0, address, 0, address);
            assertEquals(2, file.listed());
            assertEquals(2, file.leftOut());
        }
        assertEquals(3, bytes.toString(StandardCharsets.US_ASCII).lines().count());
    }
}
