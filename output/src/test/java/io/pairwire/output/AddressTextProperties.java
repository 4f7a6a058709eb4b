package io.pairwire.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AddressTextProperties {

    @Property
    void an_ipv4_address_reads_back(@ForAll int address) throws UnknownHostException {
        var bytes = new byte[15];
        String text = new String(bytes, 0, AddressText.ipv4(bytes, 0, address), StandardCharsets.US_ASCII);
        assertEquals(
                InetAddress.getByAddress(ByteBuffer.allocate(4).putInt(address).array())
                        .getHostAddress(),
                text);
    }

    @Property
    void an_ipv6_address_reads_back_and_is_as_short_as_rfc_5952_wants(
            @ForAll("halves") long high, @ForAll("halves") long low) throws UnknownHostException {
        String text = ipv6(high, low);
        byte[] address = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        assertTrue(
                Arrays.equals(
                        InetAddress.getByAddress(address).getAddress(),
                        InetAddress.getByName(text).getAddress()),
                text);
        assertEquals(shortest(InetAddress.getByAddress(address).getHostAddress()), text);
    }

    @Example
    void the_examples_of_rfc_5952_come_out_as_printed_there() {
        assertEquals("2001:db8::1", ipv6(0x20010db800000000L, 1));
        assertEquals("2001:db8::1:0:0:1", ipv6(0x20010db800000000L, 0x0001000000000001L));
        assertEquals("2001:db8:0:1:1:1:1:1", ipv6(0x20010db800000001L, 0x0001000100010001L));
        assertEquals("2001:0:0:1::1", ipv6(0x2001000000000001L, 1));
        assertEquals("::", ipv6(0, 0));
        assertEquals("::1", ipv6(0, 1));
        assertEquals("1::", ipv6(0x0001000000000000L, 0));
        assertEquals("0:1:1:1:1:1:1:1", ipv6(0x0000000100010001L, 0x0001000100010001L));
        assertEquals("1:1:1:1:1:1::", ipv6(0x0001000100010001L, 0x0001000100000000L));
        assertEquals("::ffff:192.0.2.1", ipv6(0, 0xffffc0000201L));
        assertFalse(ipv6(-1, -1).contains("F"));
        assertEquals(AddressText.LONGEST, ipv6(-1, -1).length());
    }

    /** Groups are often zero, so that runs of every length and place come up. */
    @Provide
    Arbitrary<Long> halves() {
        var group = Arbitraries.of(0, 0, 0, 1, 0xf, 0x10, 0xff, 0x100, 0xfff, 0x1000, 0xffff);
        return group.list().ofSize(4).map(groups -> {
            long half = 0;
            for (int value : groups) half = half << 16 | value;
            return half;
        });
    }

    /** The rules of RFC 5952 section 4 on the eight groups that Java prints. */
    private static String shortest(String groups) {
        if (!groups.contains(":")) return "::ffff:" + groups; // Java takes mapped addresses for IPv4
        for (int run = 8; run >= 2; run--) {
            String[] parts = groups.split(":");
            for (int start = 0; start + run <= 8; start++) {
                if (Arrays.stream(parts, start, start + run).allMatch("0"::equals)) {
                    return String.join(":", Arrays.copyOfRange(parts, 0, start))
                            + "::"
                            + String.join(":", Arrays.copyOfRange(parts, start + run, 8));
                }
            }
        }
        return groups;
    }

    private static String ipv6(long high, long low) {
        var bytes = new byte[AddressText.LONGEST];
        return new String(bytes, 0, AddressText.ipv6(bytes, 0, high, low), StandardCharsets.US_ASCII);
    }
}
