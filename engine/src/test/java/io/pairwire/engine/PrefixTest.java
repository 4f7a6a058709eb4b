package io.pairwire.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {
    @Test
    void ipv4_networks_are_read() {
        assertEquals(new Prefix(false, 0, 0xc0a80000L, 16), Prefix.parse("192.168.0.0/16"));
        assertEquals(new Prefix(false, 0, 0, 0), Prefix.parse("0.0.0.0/0"));
        assertEquals(new Prefix(false, 0, 0xffffffffL, 32), Prefix.parse("255.255.255.255/32"));
        assertEquals(new Prefix(false, 0, 0x0a010203L, 32), Prefix.parse("10.1.2.3"), "an address alone");
    }

    @Test
    void ipv6_networks_are_read() {
        assertEquals(new Prefix(true, 0xfd00L << 48, 0, 8), Prefix.parse("fd00::/8"));
        assertEquals(new Prefix(true, 0, 0, 0), Prefix.parse("::/0"));
        assertEquals(new Prefix(true, 0, 1, 128), Prefix.parse("::1"));
        assertEquals(new Prefix(true, 0x20010db8_00000000L, 0x1234L << 48, 80), Prefix.parse("2001:DB8:0:0:1234::/80"));
        assertEquals(new Prefix(true, 0x20010db8_00000000L, 0x01020304L, 128), Prefix.parse("2001:db8::1.2.3.4"));
    }

    /** They stand in IPv6 packets, which is where they are compared. */
    @Test
    void ipv4_mapped_addresses_are_ipv6() {
        assertEquals(new Prefix(true, 0, 0xffff_0a000000L, 104), Prefix.parse("::ffff:10.0.0.0/104"));
        assertEquals(new Prefix(true, 0, 0xffff_00000000L, 96), Prefix.parse("::ffff:0:0/96"));
        assertTrue(Prefix.parse("::ffff:10.0.0.0/104").contains(true, 0, 0xffff_0a010203L));
        assertFalse(Prefix.parse("::ffff:10.0.0.0/104").contains(false, 0, 0x0a010203L));
    }

    @Test
    void bits_behind_the_length_do_not_count() {
        assertEquals(Prefix.parse("192.168.0.0/16"), Prefix.parse("192.168.99.7/16"));
        assertEquals(Prefix.parse("2001:db8::/33"), Prefix.parse("2001:db8:7fff:1::1/33"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0.0/ 8",
                "10.0.0.0/99999999999",
                "10.0.0/8",
                "10.0.0.256/8",
                "999.1.1.1",
                "10.0.0.0.0/8",
                "1",
                "localhost",
                "example.org/24",
                "fd00::/129",
                "fd00::/-1",
                "fd00::/x",
                "fd00:::/8",
                ":",
                "1:2:3",
                "::%lo",
                "[::1]/128",
                " 10.0.0.0/8"
            })
    void what_is_no_network_is_refused_with_its_text(String text) {
        var thrown = assertThrows(IllegalArgumentException.class, () -> Prefix.parse(text));
        assertTrue(thrown.getMessage().contains("'" + text + "'"), thrown.getMessage());
    }

    @Test
    void a_length_out_of_range_is_refused_with_its_value() {
        for (int length : new int[] {-1, 33}) {
            var thrown = assertThrows(IllegalArgumentException.class, () -> new Prefix(false, 0, 0, length));
            assertTrue(thrown.getMessage().endsWith(": " + length), thrown.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> new Prefix(true, 0, 0, 129));
    }

    private static BigInteger number(long high, long low) {
        var mask = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
        return BigInteger.valueOf(high)
                .and(mask)
                .shiftLeft(64)
                .or(BigInteger.valueOf(low).and(mask));
    }

    private static boolean contains(boolean ipv6, long high, long low, int length, long otherHigh, long otherLow) {
        int behind = (ipv6 ? 128 : 32) - length;
        return number(high, low)
                .shiftRight(behind)
                .equals(number(otherHigh, otherLow).shiftRight(behind));
    }

    /** An address of which a random number of leading bits is that of the other. */
    private static long[] near(SplittableRandom random, boolean ipv6, long high, long low) {
        int bit = random.nextInt(ipv6 ? 130 : 34) - 1;
        if (!ipv6) return new long[] {0, bit < 0 || bit > 31 ? low : low ^ 1L << bit};
        return new long[] {bit < 64 ? high : high ^ 1L << bit - 64, bit < 0 || bit > 63 ? low : low ^ 1L << bit};
    }

    @Test
    void a_network_contains_what_shares_its_leading_bits() {
        var random = new SplittableRandom(8);
        for (int i = 0; i < 200_000; i++) {
            boolean ipv6 = random.nextBoolean();
            long high = ipv6 ? random.nextLong() : 0;
            long low = ipv6 ? random.nextLong() : random.nextLong(1L << 32);
            int length = random.nextInt(ipv6 ? 129 : 33);
            long[] other = near(random, ipv6, high, low);
            var prefix = new Prefix(ipv6, high, low, length);
            assertEquals(
                    contains(ipv6, high, low, length, other[0], other[1]),
                    prefix.contains(ipv6, other[0], other[1]),
                    () -> prefix + " and " + other[0] + " " + other[1]);
            assertFalse(prefix.contains(!ipv6, high, low));
        }
    }

    @Test
    void internal_networks_contain_what_one_of_them_contains() {
        var random = new SplittableRandom(9);
        for (int i = 0; i < 20_000; i++) {
            List<Prefix> networks = random.ints(random.nextInt(5), 0, 2)
                    .mapToObj(family -> family == 0
                            ? new Prefix(false, 0, random.nextLong(1L << 32), edge(random, 32))
                            : new Prefix(true, random.nextLong(), random.nextLong(), edge(random, 128)))
                    .toList();
            var internal = new InternalNetworks(networks);
            for (int j = 0; j < 10; j++) {
                boolean ipv6 = random.nextBoolean();
                long[] address = {ipv6 ? random.nextLong() : 0, ipv6 ? random.nextLong() : random.nextLong(1L << 32)};
                if (!networks.isEmpty() && random.nextInt(4) > 0) {
                    Prefix one = networks.get(random.nextInt(networks.size()));
                    ipv6 = one.ipv6();
                    address = near(random, ipv6, one.high(), one.low());
                }
                boolean wide = ipv6;
                long high = address[0];
                long low = address[1];
                assertEquals(
                        networks.stream().anyMatch(network -> network.contains(wide, high, low)),
                        ipv6 ? internal.containsIpv6(high, low) : internal.containsIpv4(low),
                        () -> networks + " and " + high + " " + low);
            }
        }
    }

    @Test
    void its_text_is_read_as_the_same_network() {
        assertEquals("192.168.0.0/16", Prefix.parse("192.168.3.4/16").toString());
        assertEquals("255.128.0.1/32", Prefix.parse("255.128.0.1").toString());
        assertEquals("fd00:0:0:0:0:0:0:0/8", Prefix.parse("fd00::/8").toString());
        assertEquals("0:0:0:0:0:ffff:a00:1/128", Prefix.parse("::ffff:10.0.0.1").toString());
        var random = new SplittableRandom(7);
        for (int i = 0; i < 1_000; i++) {
            boolean ipv6 = random.nextBoolean();
            var network = new Prefix(
                    ipv6,
                    ipv6 ? random.nextLong() : 0,
                    ipv6 ? random.nextLong() : random.nextLong(1L << 32),
                    edge(random, ipv6 ? 128 : 32));
            assertEquals(network, Prefix.parse(network.toString()));
        }
    }

    /** Lengths at the edges more often than chance would have them. */
    private static int edge(SplittableRandom random, int bits) {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> bits;
            case 2 -> bits / 2;
            default -> random.nextInt(bits + 1);
        };
    }
}
