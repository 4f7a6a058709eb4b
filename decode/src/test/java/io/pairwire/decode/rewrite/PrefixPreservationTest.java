package io.pairwire.decode.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrefixPreservationTest {
    /** The key of the sample that comes with the reference implementation of Crypto-PAn. */
    static final AnonymizationKey SAMPLE =
            AnonymizationKey.parse("1522178d33a4cf80130a5b1649907d10d8988f837979652762574c2d2a842202");

    @ParameterizedTest
    @CsvSource({
        "128.11.68.132, 135.242.180.132",
        "129.118.74.4, 134.136.186.123",
        "130.132.252.244, 133.68.164.234",
        "141.223.7.43, 141.167.8.160",
        "152.163.225.39, 151.140.114.167",
        "192.102.249.13, 252.138.62.131",
        "24.5.0.80, 100.9.15.210"
    })
    void without_kept_networks_the_answers_are_those_of_crypto_pan(String address, String expected) {
        var plain = new PrefixPreservation(SAMPLE, List.of(), MappingListener.NONE);
        assertEquals(ipv4(expected), plain.ipv4(ipv4(address)));
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0",
        "127.0.0.1",
        "224.0.0.251",
        "239.255.255.250",
        "255.255.255.255",
    })
    void special_addresses_stay(String address) {
        assertEquals(ipv4(address), special().ipv4(ipv4(address)));
    }

    @ParameterizedTest
    @CsvSource({"::", "::1", "ff02::1", "ff02::fb", "ff05::2:1"})
    void special_addresses_of_version_6_stay(String address) throws Exception {
        var mapping = special();
        long[] halves = ipv6(address);
        mapping.ipv6(halves[0], halves[1]);
        assertEquals(halves[0], mapping.mappedHigh());
        assertEquals(halves[1], mapping.mappedLow());
    }

    @ParameterizedTest
    @CsvSource({"fe80::211:22ff:fe33:4455, 64", "ff02::1:ff33:4455, 104"})
    void special_addresses_that_are_made_of_others_keep_their_prefix_only(String address, int prefix) throws Exception {
        var mapping = special();
        long[] halves = ipv6(address);
        mapping.ipv6(halves[0], halves[1]);
        assertEquals(halves[0], mapping.mappedHigh());
        assertNotEquals(halves[1], mapping.mappedLow());
        if (prefix > 64) assertEquals(halves[1] >>> 128 - prefix, mapping.mappedLow() >>> 128 - prefix);
    }

    @Test
    void who_was_in_a_kept_network_still_is_and_nobody_else_comes_in() {
        var network = new KeptNetwork(false, 0, ipv4("10.1.0.0"), 16, false);
        var mapping = new PrefixPreservation(SAMPLE, List.of(network), MappingListener.NONE);
        assertEquals(ipv4("10.1.0.0") >>> 16, mapping.ipv4(ipv4("10.1.2.3")) >>> 16);
        assertNotEquals(ipv4("10.1.2.3"), mapping.ipv4(ipv4("10.1.2.3")));
        assertNotEquals(ipv4("10.1.0.0") >>> 16, mapping.ipv4(ipv4("10.2.2.3")) >>> 16);
    }

    @Test
    void every_address_is_told_once_as_long_as_it_is_remembered() {
        var told = new ArrayList<String>();
        var mapping = new PrefixPreservation(
                SAMPLE, List.of(), (kind, _, low, _, mapped) -> told.add(kind + " " + low + " " + mapped));
        long mapped = mapping.ipv4(ipv4("24.5.0.80"));
        mapping.ipv4(ipv4("24.5.0.80"));
        assertEquals(List.of("IPV4 " + ipv4("24.5.0.80") + " " + mapped), told);
    }

    @Test
    void a_key_has_32_bytes_and_does_not_show_itself() {
        assertEquals("AnonymizationKey", SAMPLE.toString());
        assertEquals(
                SAMPLE.toHex(),
                AnonymizationKey.parse(" " + SAMPLE.toHex() + "\n").toHex());
        assertThrows(IllegalArgumentException.class, () -> AnonymizationKey.of(new byte[31]));
        assertThrows(IllegalArgumentException.class, () -> AnonymizationKey.parse("00"));
    }

    private static PrefixPreservation special() {
        return new PrefixPreservation(SAMPLE, KeptNetwork.special(), MappingListener.NONE);
    }

    static long ipv4(String address) {
        return Integer.toUnsignedLong(
                ByteBuffer.wrap(InetAddress.ofLiteral(address).getAddress()).getInt());
    }

    static long[] ipv6(String address) {
        var bytes = ByteBuffer.wrap(InetAddress.ofLiteral(address).getAddress());
        return new long[] {bytes.getLong(), bytes.getLong()};
    }
}
