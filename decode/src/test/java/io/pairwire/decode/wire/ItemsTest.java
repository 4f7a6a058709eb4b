package io.pairwire.decode.wire;

import static io.pairwire.decode.Packets.cut;
import static io.pairwire.decode.Packets.hex;
import static io.pairwire.decode.Packets.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemsTest {
    private final TcpOptions tcp = new TcpOptions();
    private final Ipv4Options ipv4 = new Ipv4Options();
    private final Ipv6Options ipv6 = new Ipv6Options();

    private static Packet tcp(String options) {
        byte[] frame =
                Frame.tcp("10.0.0.1", 1, "10.0.0.2", 2).options(hex(options)).toRaw();
        return packet(frame, 101);
    }

    private static Packet ipv4(String options) {
        byte[] frame = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2)
                .ipv4Options(hex(options))
                .toRaw();
        return packet(frame, 101);
    }

    private static List<Integer> types(Items items) {
        var types = new ArrayList<Integer>();
        while (items.next()) types.add(items.type());
        return types;
    }

    @Test
    void every_tcp_option_tells_its_fields() {
        Packet packet = tcp("020405b4 01 03030e 0402 080affffffff00000007");
        tcp.moveTo(packet, 20);
        assertTrue(tcp.next());
        assertEquals(1460, tcp.maximumSegmentSize());
        assertEquals(4, tcp.length());
        assertEquals(40, tcp.at());
        assertTrue(tcp.next());
        assertEquals(TcpOptions.NO_OPERATION, tcp.type());
        assertTrue(tcp.next());
        assertEquals(14, tcp.windowScale());
        assertTrue(tcp.next());
        assertEquals(TcpOptions.SACK_PERMITTED, tcp.type());
        assertTrue(tcp.next());
        assertEquals(0xffffffffL, tcp.timestamp());
        assertEquals(7, tcp.timestampEcho());
        assertFalse(tcp.next());
        assertEquals(Verdict.OK, tcp.verdict());
    }

    @Test
    void sack_blocks_are_read_by_number() {
        tcp.moveTo(tcp("0101 0512 00000001 00000002 80000000 80000005"), 20);
        tcp.next();
        tcp.next();
        assertTrue(tcp.next());
        assertEquals(2, tcp.sackBlocks());
        assertEquals(1, tcp.sackLeft(0));
        assertEquals(0x80000005L, tcp.sackRight(1));
    }

    @Test
    void rarer_tcp_options_are_told_apart() {
        tcp.moveTo(tcp("1e0c 10 8100000000000000 00 220a0102030405060708 1d04 0507 1c04 803c fd04 f989 2202"), 20);
        assertTrue(tcp.next());
        assertEquals(1, tcp.multipathSubtype());
        assertTrue(tcp.next());
        assertEquals(8, tcp.fastOpenCookieLength());
        assertTrue(tcp.next());
        assertEquals(5, tcp.authenticationKey());
        assertTrue(tcp.next());
        assertEquals(0x803c, tcp.userTimeout());
        assertTrue(tcp.next());
        assertEquals(0xf989, tcp.experiment());
        assertTrue(tcp.next());
        assertEquals(0, tcp.fastOpenCookieLength());
        assertEquals(List.of(TcpOptions.MD5_SIGNATURE), types(tcp.moveTo(tcp("1312" + "00".repeat(16)), 20)));
    }

    @ParameterizedTest
    @CsvSource({
        "01020300, a segment size of three bytes",
        "01030400, a window scale of four bytes",
        "01050000, no length at all",
        "01050100, a length of one",
        "01050b00000000000000000000000000, a block and a half",
        "01080b00000000000000000000000000, time stamps of eleven bytes",
        "01fe0400, behind the end",
        "010101fe, no room for a length"
    })
    void a_tcp_option_with_a_lying_length_ends_the_walk(String options, String why) {
        tcp.moveTo(tcp(options), 20);
        assertTrue(tcp.next());
        assertTrue(types(tcp).stream().allMatch(type -> type == TcpOptions.NO_OPERATION), why);
        assertEquals(Verdict.MALFORMED, tcp.verdict(), why);
        assertFalse(tcp.next(), "and there it stays");
    }

    @Test
    void the_end_of_options_is_the_end() {
        tcp.moveTo(tcp("01 00 0204 05b4"), 20);
        assertEquals(List.of(1), types(tcp));
        assertEquals(Verdict.OK, tcp.verdict());
    }

    @Test
    void a_header_without_options_has_none() {
        assertFalse(tcp.moveTo(tcp(""), 20).next());
        assertFalse(ipv4.moveTo(ipv4(""), 0).next());
    }

    @Test
    void ipv4_routes_are_read_by_number() {
        ipv4.moveTo(ipv4("01 070b08 0a000001 ff000002 83070400000000 0000"), 0);
        assertTrue(ipv4.next());
        assertTrue(ipv4.next());
        assertEquals(Ipv4Options.RECORD_ROUTE, ipv4.type());
        assertFalse(ipv4.isCopied());
        assertEquals(8, ipv4.pointer());
        assertEquals(2, ipv4.addresses());
        assertEquals(0xff000002L, ipv4.address(1));
        assertTrue(ipv4.next());
        assertEquals(Ipv4Options.LOOSE_ROUTE, ipv4.type());
        assertTrue(ipv4.isCopied());
        assertEquals(1, ipv4.addresses());
        assertFalse(ipv4.next());
    }

    @Test
    void ipv4_time_stamps_and_router_alerts_tell_their_fields() {
        ipv4.moveTo(ipv4("440c0571 0a000001 00000001 94040000 890300 5e02"), 0);
        assertTrue(ipv4.next());
        assertEquals(5, ipv4.pointer());
        assertEquals(7, ipv4.overflow());
        assertEquals(1, ipv4.timestampFlag());
        assertTrue(ipv4.next());
        assertEquals(Ipv4Options.ROUTER_ALERT, ipv4.type());
        assertEquals(0, ipv4.alert());
        assertTrue(ipv4.next());
        assertEquals(0, ipv4.addresses());
        assertTrue(ipv4.next(), "one we do not know");
        assertEquals(0x5e, ipv4.type());
        assertFalse(ipv4.next());
        assertEquals(Verdict.OK, ipv4.verdict());
    }

    @ParameterizedTest
    @CsvSource({"07020000", "07010000", "07000000", "44030000", "07280000", "94030000"})
    void an_ipv4_option_with_a_lying_length_ends_the_walk(String options) {
        assertEquals(List.of(), types(ipv4.moveTo(ipv4(options), 0)));
        assertEquals(Verdict.MALFORMED, ipv4.verdict());
    }

    @Test
    void ipv6_options_tell_their_fields() {
        Packet packet =
                packet(hex("3b03 0502 0001 c204 00011178 00 0102 0000 5e02 1234 8a00 0100 0103 000000 0000"), 1);
        ipv6.moveTo(packet, 0);
        assertTrue(ipv6.next());
        assertEquals(1, ipv6.alert());
        assertTrue(ipv6.next());
        assertEquals(70008, ipv6.jumboLength());
        assertEquals(3, ipv6.actionIfUnknown());
        assertFalse(ipv6.isChangeable());
        assertEquals(List.of(0, 1, 0x5e, 0x8a, 1, 1, 0, 0), types(ipv6));
        assertEquals(Verdict.OK, ipv6.verdict());
        ipv6.moveTo(packet(hex("3b02 c910 0000000000000001 0000000000000002 01020000"), 1), 0);
        assertTrue(ipv6.next());
        assertEquals(1, ipv6.homeAddressHigh());
        assertEquals(2, ipv6.homeAddressLow());
    }

    @ParameterizedTest
    @CsvSource({"3b00 0503 00000000", "3b00 0105 00000000", "3b00 0000 000000c2", "3b00 c904 00000000"})
    void an_ipv6_option_with_a_lying_length_ends_the_walk(String header) {
        types(ipv6.moveTo(packet(hex(header), 1), 0));
        assertEquals(Verdict.MALFORMED, ipv6.verdict());
    }

    @Test
    void sctp_chunks_are_walked_with_their_filling() {
        byte[] chunks = hex("0003 0013 fffffffe 0005 0007 00000012 616263 00 0400 0008 00010004 "
                + "4003 0016 00000001 0002 0000 80000003 0000002e 6162 0000 0700 0004");
        var items = new SctpChunks().moveTo(packet(chunks, 1), 0, chunks.length, chunks.length);
        assertTrue(items.next());
        assertEquals(SctpChunks.DATA, items.type());
        assertEquals(3, items.flags());
        assertTrue(items.isBeginning() && items.isEnding());
        assertEquals(19, items.chunkLength());
        assertEquals(20, items.length());
        assertEquals(0xfffffffeL, items.transmissionSequence());
        assertEquals(5, items.stream());
        assertEquals(7, items.streamSequence());
        assertEquals(18, items.payloadProtocol());
        assertEquals(16, items.bodyAt());
        assertEquals(3, items.bodyLength());
        assertTrue(items.next());
        assertEquals(SctpChunks.HEARTBEAT, items.type());
        assertTrue(items.next());
        assertEquals(0x80000003L, items.streamSequence());
        assertEquals(46, items.payloadProtocol());
        assertEquals(2, items.bodyLength());
        assertEquals(List.of(SctpChunks.SHUTDOWN), types(items));
        assertEquals(Verdict.OK, items.verdict());
    }

    @Test
    void sctp_chunks_that_the_capture_cut_are_truncated_and_lying_ones_malformed() {
        byte[] chunks = hex("0400 0008 00010004 0003 0013 fffffffe 0005 0007 00000012 616263 00");
        for (int captured = 0; captured < chunks.length - 1; captured++) {
            Packet cut = cut(chunks, captured, 1);
            var items = new SctpChunks().moveTo(cut, 0, chunks.length, captured);
            types(items);
            assertEquals(Verdict.TRUNCATED, items.verdict(), "captured " + captured);
        }
        for (String lie : List.of("0400 0003 00000000", "0000 000f" + "00".repeat(12), "0400 0100", "040000")) {
            var items = new SctpChunks().moveTo(packet(hex(lie), 1), 0, hex(lie).length, hex(lie).length);
            assertEquals(List.of(), types(items));
            assertEquals(Verdict.MALFORMED, items.verdict(), lie);
        }
    }

    @Test
    void geneve_options_tell_class_type_and_body() {
        var items = new GeneveOptions().moveTo(packet(hex("0300 6558 00000000 0102 80 01 0000002a ffff 01 00"), 1), 0);
        assertTrue(items.next());
        assertEquals(0x0102, items.optionClass());
        assertTrue(items.isCritical());
        assertEquals(12, items.bodyAt());
        assertEquals(4, items.bodyLength());
        assertTrue(items.next());
        assertEquals(1, items.type());
        assertEquals(0, items.bodyLength());
        assertFalse(items.next());
        items.moveTo(packet(hex("0100 6558 00000000 0102 80 1f"), 1), 0);
        assertFalse(items.next());
        assertEquals(Verdict.MALFORMED, items.verdict());
    }

    @Test
    void gtp_extension_headers_have_the_type_that_the_one_before_says() {
        var items = new GtpExtensions()
                .moveTo(packet(hex("34ff 0010 00000001 0000 00 85 01 1009 c0 02 000000000000 00"), 1), 0);
        assertTrue(items.next());
        assertEquals(GtpExtensions.PDU_SESSION_CONTAINER, items.type());
        assertEquals(9, items.qosFlow());
        assertEquals(13, items.bodyAt());
        assertEquals(2, items.bodyLength());
        assertTrue(items.next());
        assertEquals(GtpExtensions.PDCP_NUMBER, items.type());
        assertEquals(8, items.length());
        assertFalse(items.next());
        assertFalse(items.moveTo(packet(hex("30ff 0000 00000001"), 1), 0).next());
    }
}
