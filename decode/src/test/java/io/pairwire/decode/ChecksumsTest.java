package io.pairwire.decode;

import static io.pairwire.decode.ChecksumVerdict.ABSENT;
import static io.pairwire.decode.ChecksumVerdict.INVALID;
import static io.pairwire.decode.ChecksumVerdict.NOT_COVERED;
import static io.pairwire.decode.ChecksumVerdict.VALID;
import static io.pairwire.decode.Packets.cut;
import static io.pairwire.decode.Packets.hex;
import static io.pairwire.decode.Packets.join;
import static io.pairwire.decode.Packets.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.Checksum;
import io.pairwire.decode.wire.IpProtocol;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumsTest {
    private static final byte[] ODD = hex("0102030405");

    private final Checksums checksums = new Checksums();
    private final Layers layers = new Layers();

    private List<ChecksumVerdict> verify(Packet packet) {
        new DeepDecoder().decode(packet, layers);
        var verdicts = new ArrayList<ChecksumVerdict>();
        for (int i = 0; i < layers.depth(); i++) verdicts.add(checksums.verify(packet, layers, i));
        return verdicts;
    }

    private List<ChecksumVerdict> verify(byte[] bytes) {
        return verify(packet(bytes, LinkType.RAW));
    }

    private ChecksumVerdict last(byte[] bytes) {
        return verify(bytes).getLast();
    }

    /** Each from IP on, its last header with a checksum over all that follows. */
    static Stream<byte[]> good() {
        return Stream.of("10.0.0.1", "2001:db8::1")
                .flatMap(address -> Stream.of(
                        Frame.udp(address, 1, address, 2).payload(ODD).toRaw(),
                        Frame.tcp(address, 1, address, 2)
                                .options(new byte[12])
                                .payload(ODD)
                                .toRaw(),
                        Frame.sctp(address, 1, address, 2)
                                .payload(hex("0000001100000001000200030000000461000000"))
                                .toRaw(),
                        Frame.icmpEcho(address, address, 1, 2).payload(ODD).toRaw(),
                        lite(address, 0),
                        dccp(address, 0)));
    }

    private static byte[] lite(String address, int coverage) {
        byte[] segment = join("00010002", new byte[] {0, (byte) coverage}, "0000", "c0ffee0001");
        return finished(address, IpProtocol.UDP_LITE, segment, coverage == 0 ? segment.length : coverage);
    }

    private static byte[] dccp(String address, int coverage) {
        byte[] segment = join("0001000203", new byte[] {(byte) coverage}, "0000 04000007", "c0ffee0001020304");
        return finished(address, IpProtocol.DCCP, segment, coverage == 0 ? segment.length : 12 + (coverage - 1) * 4);
    }

    /** With the checksum, which both keep at the same place, over the first bytes. */
    private static byte[] finished(String address, int protocol, byte[] segment, int covered) {
        byte[] packet = Frame.ip(address, address, protocol).payload(segment).toRaw();
        int at = packet.length - segment.length;
        int checksum = Checksum.fold(Checksum.sum(segment, 0, covered) + addresses(packet) + protocol + segment.length);
        packet[at + 6] = (byte) (checksum >>> 8);
        packet[at + 7] = (byte) checksum;
        return packet;
    }

    private static long addresses(byte[] packet) {
        return packet[0] >> 4 == 4 ? Checksum.sum(packet, 12, 8) : Checksum.sum(packet, 8, 32);
    }

    @ParameterizedTest
    @MethodSource("good")
    void a_good_checksum_is_valid_and_any_flipped_bit_makes_it_invalid(byte[] bytes) {
        assertEquals(VALID, last(bytes));
        assertEquals(bytes[0] >> 4 == 4 ? VALID : ABSENT, verify(bytes).getFirst(), "IPv6 has none");
        int from = layers.at(layers.depth() - 1);
        Layer kind = layers.kind(layers.depth() - 1);
        for (int bit = from * 8; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (0x80 >> bit % 8);
            List<ChecksumVerdict> verdicts = verify(flipped);
            if (layers.depth() == 0 || layers.kind(layers.depth() - 1) != kind) continue; // a length that lies now
            assertTrue(verdicts.getLast() == INVALID || verdicts.getLast() == NOT_COVERED, "bit " + bit);
        }
    }

    @ParameterizedTest
    @MethodSource("good")
    void what_the_capture_cut_is_not_covered(byte[] bytes) {
        verify(bytes);
        int depth = layers.depth();
        for (int length = 0; length < bytes.length; length++) {
            List<ChecksumVerdict> verdicts = verify(cut(bytes, length, LinkType.RAW));
            if (layers.depth() == depth) assertEquals(NOT_COVERED, verdicts.getLast(), "captured " + length);
        }
    }

    @Test
    void a_flipped_bit_in_the_ipv4_header_is_seen() {
        byte[] good = Frame.ip("10.0.0.1", "10.0.0.2", 253)
                .ipv4Options(hex("94040000"))
                .toRaw();
        assertEquals(VALID, verify(good).getFirst());
        for (int bit = 64; bit < 24 * 8; bit++) { // lengths come before
            byte[] flipped = good.clone();
            flipped[bit / 8] ^= (byte) (0x80 >> bit % 8);
            assertEquals(INVALID, verify(flipped).getFirst(), "bit " + bit);
        }
        good[10] = 0;
        good[11] = 0;
        assertEquals(ABSENT, verify(good).getFirst(), "left to the network card");
    }

    @Test
    void addresses_count_as_well() {
        byte[] bytes =
                Frame.udp("2001:db8::1", 1, "2001:db8::2", 2).payload(ODD).toRaw();
        bytes[23] ^= 1;
        assertEquals(INVALID, last(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "2001:db8::1"})
    void a_udp_checksum_of_zero_is_none(String address) {
        assertEquals(
                ABSENT,
                last(Frame.udp(address, 1, address, 2).payload(ODD).checksum(0).toRaw()));
    }

    @Test
    void what_a_network_card_would_have_filled_in_is_absent() {
        assertEquals(
                ABSENT, last(Frame.tcp("10.0.0.1", 1, "10.0.0.2", 2).checksum(0).toRaw()));
        long pseudo = Checksum.pseudoHeader(0, 0x0a000001, 0, 0x0a000002, IpProtocol.TCP, 25);
        int left = ~Checksum.fold(pseudo) & 0xffff;
        Frame frame = Frame.tcp("10.0.0.1", 1, "10.0.0.2", 2).payload(ODD);
        assertEquals(ABSENT, last(frame.checksum(left).toRaw()));
        assertEquals(INVALID, last(frame.checksum(left + 1).toRaw()));
        byte[] sctp = Frame.sctp("10.0.0.1", 1, "10.0.0.2", 2)
                .payload(hex("0e000004"))
                .toRaw();
        for (int i = 28; i < 32; i++) sctp[i] = 0;
        assertEquals(ABSENT, last(sctp));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "2001:db8::1"})
    void a_fragment_is_not_covered(String address) {
        Frame frame = Frame.udp(address, 1, address, 2).payload(new byte[16]);
        assertEquals(NOT_COVERED, last(frame.fragment(7, 0, true).toRaw()));
        assertEquals(VALID, last(frame.fragment(7, 0, false).toRaw()), "alone it is whole");
    }

    @Test
    void a_udp_length_behind_the_end_is_not_covered() {
        assertEquals(
                NOT_COVERED,
                last(Frame.udp("10.0.0.1", 1, "10.0.0.2", 2)
                        .payload(ODD)
                        .udpLength(100)
                        .toRaw()));
    }

    @Test
    void only_the_covered_part_of_udp_lite_counts() {
        byte[] bytes = lite("10.0.0.1", 9);
        assertEquals(VALID, last(bytes));
        bytes[bytes.length - 1] ^= 1;
        assertEquals(VALID, last(bytes));
        bytes[bytes.length - 5] ^= 1;
        assertEquals(INVALID, last(bytes));
        bytes[25] = 100;
        assertEquals(INVALID, last(bytes), "a coverage behind the end");
        byte[] cut = lite("10.0.0.1", 8);
        assertEquals(VALID, verify(cut(cut, cut.length - 3, LinkType.RAW)).getLast(), "what was cut is not covered");
        cut[26] = 0;
        cut[27] = 0;
        assertEquals(INVALID, last(cut), "there is no zero in UDP-Lite");
    }

    @Test
    void only_the_covered_part_of_dccp_counts() {
        byte[] bytes = dccp("10.0.0.1", 2);
        assertEquals(VALID, last(bytes));
        bytes[bytes.length - 1] ^= 1;
        assertEquals(VALID, last(bytes));
        bytes[bytes.length - 8] ^= 1;
        assertEquals(INVALID, last(bytes));
        bytes[25] = 15;
        assertEquals(INVALID, last(bytes), "a coverage behind the end");
    }

    @Test
    void igmp_and_gre_have_checksums_of_their_own() {
        byte[] igmp = Frame.ip("10.0.0.1", "224.0.0.22", 2)
                .payload(hex("1600 0904 e00000fb"))
                .toRaw();
        assertEquals(VALID, last(igmp));
        igmp[27] ^= 4;
        assertEquals(INVALID, last(igmp));
        byte[] body = join("8000 0800 0000 0000", Tunnelled.udp("10.1.0.1", "10.1.0.2"));
        int checksum = Checksum.fold(Checksum.sum(body, 0, body.length));
        body[4] = (byte) (checksum >>> 8);
        body[5] = (byte) checksum;
        byte[] gre = Frame.ip("10.0.0.1", "10.0.0.2", 47).payload(body).toRaw();
        assertEquals(List.of(VALID, VALID, VALID, VALID), verify(gre));
        gre[gre.length - 1] ^= 1;
        assertEquals(List.of(VALID, INVALID, VALID, INVALID), verify(gre));
        byte[] without =
                Frame.ip("10.0.0.1", "10.0.0.2", 47).payload(hex("0000 0800")).toRaw();
        assertEquals(ABSENT, last(without));
    }

    @Test
    void of_a_pim_register_only_the_header_counts() {
        byte[] register = Tunnelled.named("PIM register").bytes();
        assertEquals(List.of(VALID, VALID, VALID, VALID), verify(register));
        register[register.length - 1] ^= 1;
        assertEquals(List.of(VALID, VALID, VALID, INVALID), verify(register));
        register[27] ^= 1;
        assertEquals(INVALID, verify(register).get(1));
        byte[] hello = Frame.ip("10.0.0.1", "224.0.0.13", 103)
                .payload(hex("2000 dfff"))
                .toRaw();
        assertEquals(VALID, last(hello));
        byte[] ipv6 = Frame.ip("2001:db8::1", "ff02::d", 103)
                .payload(hex("2000 0000"))
                .toRaw();
        int checksum = Checksum.fold(0x2000 + addresses(ipv6) + 103 + 4);
        ipv6[42] = (byte) (checksum >>> 8);
        ipv6[43] = (byte) checksum;
        assertEquals(VALID, last(ipv6));
    }

    @Test
    void in_a_tunnel_every_header_has_its_own() {
        byte[] bytes = Tunnelled.named("GTP-U in VXLAN").bytes();
        assertEquals(List.of(VALID, VALID, ABSENT, ABSENT, VALID, VALID, ABSENT, VALID, VALID), verify(bytes));
        bytes[bytes.length - 1] ^= 1;
        assertEquals(List.of(VALID, INVALID, ABSENT, ABSENT, VALID, INVALID, ABSENT, VALID, INVALID), verify(bytes));
    }

    @Test
    void a_routed_packet_is_summed_with_its_last_station() {
        byte[] direct =
                Frame.udp("2001:db8::1", 1, "2001:db8::3", 2).payload(ODD).toRaw();
        byte[] datagram = java.util.Arrays.copyOfRange(direct, 40, direct.length);
        String station = "20010db8000000000000000000000003";
        String next = "20010db8000000000000000000000002";
        for (String routing : List.of(
                "1104 0002 00000000" + next + station,
                "1102 0201 00000000" + station,
                "1104 0401 01000000" + station + next)) {
            byte[] routed = Frame.ip("2001:db8::1", "2001:db8::2", 43)
                    .payload(join(routing, datagram))
                    .toRaw();
            assertEquals(VALID, last(routed), routing);
            routed[43] = 0; // arrived: no station is left, so the packet should be addressed to it
            assertEquals(INVALID, last(routed), routing);
        }
    }

    @Test
    void a_mobile_sender_is_summed_with_its_home() {
        byte[] direct =
                Frame.udp("2001:db8::1", 1, "2001:db8::3", 2).payload(ODD).toRaw();
        byte[] datagram = java.util.Arrays.copyOfRange(direct, 40, direct.length);
        byte[] away = Frame.ip("2001:db8::77", "2001:db8::3", 60)
                .payload(join("1102 0102 0000 c910 20010db8000000000000000000000001", datagram))
                .toRaw();
        assertEquals(VALID, last(away));
    }

    @Test
    void a_header_without_checksum_has_none() {
        assertEquals(ABSENT, verify(Tunnelled.named("ESP").bytes()).getLast());
    }
}
