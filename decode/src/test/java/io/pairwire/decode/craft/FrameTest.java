package io.pairwire.decode.craft;

import static io.pairwire.decode.Packets.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameTest {
    private static final byte[] HELLO = {'h', 'e', 'l', 'l', 'o'};

    @Test
    void a_udp_frame_has_its_lengths_and_checksums() {
        assertArrayEquals(
                hex("020000000002 020000000001 0800"
                        + "45000021 00070000 4011f8ac c0a80001 c0a800c7"
                        + "0457 0035 000d 0000 68656c6c6f"),
                Frame.udp("192.168.0.1", 1111, "192.168.0.199", 53)
                        .identification(7)
                        .checksum(0)
                        .payload(HELLO)
                        .toEthernet());
    }

    @Test
    void addresses_as_text_bytes_and_numbers_make_the_same_frame() {
        byte[] expected = Frame.udp("10.0.0.1", 1, "192.168.0.5", 2).toRaw();
        assertArrayEquals(
                expected,
                Frame.udp(new byte[] {10, 0, 0, 1}, 1, new byte[] {(byte) 192, (byte) 168, 0, 5}, 2)
                        .toRaw());
        assertArrayEquals(expected, Frame.udp(0x0a000001L, 1, 0xc0a80005L, 2).toRaw());
        assertArrayEquals(
                Frame.tcp("2001:db8::1", 1, "fe80::2", 2).toRaw(),
                Frame.tcp(0L, 1, 0L, 2)
                        .between(0x20010db8_00000000L, 1, 0xfe80_0000_0000_0000L, 2)
                        .toRaw());
    }

    @Test
    void tags_and_labels_stand_between_link_and_network() {
        byte[] frame = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2)
                .vlan(5)
                .vlan(6)
                .mpls(16)
                .mpls(17)
                .toEthernet();
        assertArrayEquals(hex("88a8 0005 8100 0006 8847 00010040 00011140 45"), Arrays.copyOfRange(frame, 12, 31));
    }

    @Test
    void extension_headers_are_chained_and_filled_up() {
        byte[] frame = Frame.udp("::1", 1, "::2", 2)
                .ipv6Extension(0, new byte[] {1, 4, 0, 0, 0, 0})
                .ipv6Extension(60, new byte[7])
                .fragment(0x01020304, 0, true)
                .toRaw();
        assertEquals(0, frame[6]);
        assertArrayEquals(
                hex("3c00 0104 0000 0000" + "2c01 0000 0000 0000 0000 0000 0000 0000" + "1100 0001 01020304"
                        + "0001 0002"),
                Arrays.copyOfRange(frame, 40, 76));
    }

    @Test
    void a_later_fragment_has_no_transport_header() {
        byte[] frame = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2)
                .payload(HELLO)
                .fragment(1, 1480, false)
                .toRaw();
        assertEquals(25, frame.length);
        assertArrayEquals(hex("0001 00b9"), Arrays.copyOfRange(frame, 4, 8));
        assertArrayEquals(HELLO, Arrays.copyOfRange(frame, 20, 25));
    }

    @Test
    void padding_fills_the_frame_and_counts_in_no_header() {
        Frame frame = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).payload(HELLO);
        byte[] bare = frame.toEthernet();
        byte[] padded = frame.padTo(60, 0xcc).toEthernet();
        assertEquals(60, padded.length);
        assertArrayEquals(bare, Arrays.copyOf(padded, bare.length));
        for (int i = bare.length; i < 60; i++) assertEquals((byte) 0xcc, padded[i]);
        byte[] random = frame.padTo(60, new Random(1)).toEthernet();
        assertArrayEquals(bare, Arrays.copyOf(random, bare.length));
    }

    @Test
    void loopback_is_written_in_both_orders() {
        Frame frame = Frame.udp("::1", 1, "::2", 2);
        assertArrayEquals(hex("1e000000"), Arrays.copyOf(frame.toNull(ByteOrder.LITTLE_ENDIAN), 4));
        assertArrayEquals(hex("0000001e"), Arrays.copyOf(frame.toNull(ByteOrder.BIG_ENDIAN), 4));
    }

    @Test
    void an_arp_request_and_its_answer_differ_in_operation_and_target() {
        Frame frame = Frame.arp("10.0.0.1", "10.0.0.2");
        assertArrayEquals(
                hex("0001 0800 0604 0001 020000000001 0a000001 000000000000 0a000002"),
                Arrays.copyOfRange(frame.toEthernet(), 14, 42));
        assertArrayEquals(
                hex("0001 0800 0604 0002 020000000001 0a000001 020000000002 0a000002"),
                Arrays.copyOfRange(frame.reply().toEthernet(), 14, 42));
    }

    @Test
    void lengths_may_lie() {
        byte[] frame = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2)
                .ipLength(1000)
                .udpLength(7)
                .toRaw();
        assertArrayEquals(hex("03e8"), Arrays.copyOfRange(frame, 2, 4));
        assertArrayEquals(hex("0007"), Arrays.copyOfRange(frame, 24, 26));
    }

    @Test
    void what_cannot_be_written_is_refused_at_the_door() {
        assertThrows(IllegalArgumentException.class, () -> Frame.udp("10.0.0.1", 1, "::1", 2));
        assertThrows(IllegalArgumentException.class, () -> Frame.udp("localhost", 1, "10.0.0.1", 2));
        assertThrows(IllegalArgumentException.class, () -> Frame.arp("::1", "::2"));
        assertThrows(IllegalArgumentException.class, () -> Frame.ip("::1", "::2", 6));
        Frame frame = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2);
        assertThrows(IllegalArgumentException.class, () -> frame.fragment(1, 12, true));
        assertThrows(IllegalArgumentException.class, () -> frame.ipv4Options(new byte[41]));
        assertThrows(IllegalArgumentException.class, () -> frame.macs("02:00:00:00:00", "02:00:00:00:00:01"));
        assertThrows(
                IllegalStateException.class,
                () -> frame.payload(new byte[65508]).toRaw());
        assertThrows(
                IllegalStateException.class,
                () -> Frame.arp("10.0.0.1", "10.0.0.2").toRaw());
        assertThrows(
                IllegalStateException.class,
                () -> Frame.udp("::1", 1, "::2", 2).vlan(1).toNull(ByteOrder.BIG_ENDIAN));
    }
}
