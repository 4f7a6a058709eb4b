package io.pairwire.decode.rewrite;

import static io.pairwire.decode.Packets.cut;
import static io.pairwire.decode.Packets.hex;
import static io.pairwire.decode.Packets.packet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.rewrite.AnonymizerSettings.Macs;
import io.pairwire.decode.rewrite.AnonymizerSettings.Payload;
import io.pairwire.decode.wire.Checksum;
import io.pairwire.decode.wire.Udp;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnonymizerTest {
    private static final String CLIENT = "203.0.113.77";
    private static final String SERVER = "198.51.100.99";
    private static final String CLIENT_6 = "2001:db8:aaaa:bbbb:cccc:dddd:1234:5678";
    private static final String SERVER_6 = "2001:db8:9999:8888:7777:6666:5555:4444";
    private static final String CLIENT_HEX = "cb00714d";
    private static final String SERVER_HEX = "c6336463";
    private static final byte[] SECRET =
            "the secret that was sent".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

    @Test
    void addresses_of_all_headers_are_mapped_and_payload_is_zeroed() {
        byte[] frame = udp().vlan(7).toEthernet();
        Packet rewritten = rewrite(frame);
        var before = layers(packet(frame, LinkType.ETHERNET));
        var after = layers(rewritten);
        assertEquals(mapped(CLIENT), after.sourceLow());
        assertEquals(mapped(SERVER), after.destinationLow());
        assertEquals(before.sourcePort(), after.sourcePort());
        assertEquals(7, rewritten.u16(14) & 0xfff);
        assertEquals(before.payloadLength(), after.payloadLength());
        for (int i = 0; i < after.payloadLength(); i++) assertEquals(0, rewritten.u8(after.payloadAt() + i));
        assertEquals(List.of("ip true", "UDP true"), Sums.judge(rewritten));
    }

    @Test
    void no_byte_of_an_address_remains_in_any_header() {
        byte[] quoted = Frame.udp(CLIENT, 1, SERVER, 2).payload(new byte[8]).toRaw();
        byte[] unreachable = concat(hex("0301 0000 0000 0000"), quoted);
        assertGone(Frame.arp(CLIENT, SERVER)
                .macs("02:11:22:33:44:55", "02:66:77:88:99:aa")
                .toEthernet());
        assertGone(icmp(unreachable, "192.0.2.1", CLIENT));
        assertGone(Frame.ip(CLIENT, SERVER, 47)
                .payload(concat(hex("0000 0800"), quoted))
                .toEthernet());
        assertGone(Frame.ip("192.0.2.1", "192.0.2.2", 4).payload(quoted).toEthernet());
        byte[] route = concat(hex("0707 04"), HexFormat.of().parseHex(CLIENT_HEX), hex("00"));
        assertGone(udp().ipv4Options(route).toEthernet());
        byte[] inner = Frame.udp(CLIENT, 1, SERVER, 2).toEthernet();
        assertGone(Frame.udp("192.0.2.1", 9, "192.0.2.2", 4789)
                .payload(concat(hex("08000000 00000100"), inner))
                .toEthernet());
    }

    private static void assertGone(byte[] frame) {
        var keeping = new AnonymizerSettings(Macs.HASH, Payload.KEEP, KeptNetwork.special(), true);
        String before = HexFormat.of().formatHex(frame);
        assertTrue(before.contains(CLIENT_HEX), "the test has nothing to look for");
        for (var settings : List.of(AnonymizerSettings.defaults(), keeping)) {
            String after = HexFormat.of().formatHex(bytes(rewrite(frame, frame.length, settings)));
            assertFalse(after.contains(CLIENT_HEX), after);
            assertFalse(after.contains(SERVER_HEX), after);
            assertFalse(after.contains("0211223344"), after);
            assertFalse(after.contains("02667788"), after);
        }
    }

    @Test
    void a_quoted_packet_is_mapped_as_the_packet_it_quotes() {
        byte[] original = udp().toRaw();
        byte[] quote = Arrays.copyOf(original, 28);
        byte[] frame = icmp(concat(hex("0303 0000 0000 0000"), quote), SERVER, CLIENT);
        Packet rewritten = rewrite(frame);
        byte[] alone = bytes(rewrite(original, LinkType.RAW));
        byte[] inside = Arrays.copyOfRange(bytes(rewritten), 14 + 28, 14 + 28 + 20);
        assertArrayEquals(Arrays.copyOf(alone, 20), inside);
        assertEquals(List.of("ip true", "ICMP true"), Sums.judge(rewritten));
    }

    @Test
    void neighbour_discovery_is_mapped_with_its_target_and_its_mac() {
        byte[] target = address(SERVER_6);
        byte[] message = concat(hex("8700 0000 0000 0000"), target, hex("0101 021122334455"));
        byte[] frame = Frame.icmpEcho(CLIENT_6, "ff02::1:ff55:4444", 0, 0).toEthernet();
        byte[] whole = concat(Arrays.copyOf(frame, 54), message);
        whole[18] = 0;
        whole[19] = (byte) message.length;
        long pseudo = Checksum.sum(whole, 22, 32) + 58 + message.length;
        ByteBuffer.wrap(whole).putShort(56, (short) Checksum.fold(pseudo + Checksum.sum(whole, 54, message.length)));

        Packet rewritten = rewrite(whole);
        assertEquals(List.of("ICMPV6 true"), Sums.judge(rewritten));
        var mapping = mapping();
        long[] halves = PrefixPreservationTest.ipv6(SERVER_6);
        mapping.ipv6(halves[0], halves[1]);
        assertEquals(mapping.mappedHigh(), rewritten.u64(54 + 8));
        assertEquals(mapping.mappedLow(), rewritten.u64(54 + 16));
        assertNotEquals(0x0211_2233, rewritten.u32(54 + 26));
    }

    @Test
    void checksums_that_were_wrong_stay_wrong_and_do_not_tell_by_how_much() {
        for (int wrong : new int[] {1, 0x1234, 0xfffe}) {
            Packet rewritten = rewrite(udp().checksum(wrong).toEthernet());
            assertEquals(List.of("ip true", "UDP false"), Sums.judge(rewritten), "checksum " + wrong);
        }
    }

    @Test
    void a_datagram_without_checksum_stays_without() {
        assertEquals(0, Udp.checksum(rewrite(udp().checksum(0).toEthernet()), 34));
    }

    /** The card would have filled it in; the sum of the addresses stands there, and after it that of the new ones. */
    @Test
    void an_unfinished_checksum_becomes_that_of_the_new_addresses() {
        byte[] frame = udp().toEthernet();
        int partial = ~Checksum.fold(Checksum.sum(frame, 26, 8) + 17 + frame.length - 34) & 0xffff;
        byte[] unfinished = udp().checksum(partial).toEthernet();
        for (int captured : new int[] {unfinished.length, 44}) {
            Packet rewritten = rewrite(unfinished, captured, AnonymizerSettings.defaults());
            byte[] after = bytes(rewritten);
            assertEquals(
                    ~Checksum.fold(Checksum.sum(after, 26, 8) + 17 + frame.length - 34) & 0xffff,
                    Udp.checksum(rewritten, 34));
        }
    }

    @Test
    void payload_can_be_kept_or_cut() {
        byte[] frame = udp().toEthernet();
        Packet kept = rewrite(frame, frame.length, settings(Payload.KEEP));
        assertArrayEquals(SECRET, Arrays.copyOfRange(bytes(kept), 42, frame.length));
        assertEquals(List.of("ip true", "UDP true"), Sums.judge(kept));
        Packet cut = rewrite(frame, frame.length, settings(Payload.CUT));
        assertEquals(42, cut.capturedLength());
        assertEquals(frame.length, cut.originalLength());
    }

    @Test
    void mac_addresses_can_stay_or_keep_their_vendor() {
        byte[] frame = udp().macs("00:11:22:33:44:55", "01:00:5e:00:00:fb").toEthernet();
        Packet hashed = rewrite(frame);
        assertNotEquals(0x0011_2233_4455L, hashed.u64(6) >>> 16);
        assertEquals(0x0100_5e00_00fbL, hashed.u64(0) >>> 16, "a group stays");
        var vendor = new AnonymizerSettings(Macs.OUI, Payload.ZERO, List.of(), true);
        assertEquals(0x001122, rewrite(frame, frame.length, vendor).u32(6) >>> 8);
        var kept = new AnonymizerSettings(Macs.KEEP, Payload.ZERO, List.of(), true);
        assertEquals(0x0011_2233_4455L, rewrite(frame, frame.length, kept).u64(6) >>> 16);
    }

    @Test
    void from_a_header_that_is_cut_on_a_packet_is_cleared() {
        byte[] frame = udp().toEthernet();
        var anonymizer = anonymizer(settings(Payload.KEEP));
        Packet rewritten = anonymizer.rewrite(cut(frame, 14 + 17, LinkType.ETHERNET)); // inside the destination
        assertEquals(31, rewritten.capturedLength());
        for (int at = 14; at < 31; at++) assertEquals(0, rewritten.u8(at));
        assertEquals(1, anonymizer.statistics().cleared());
    }

    @Test
    void a_packet_of_an_unknown_link_type_is_cleared_whole() {
        var anonymizer = anonymizer(settings(Payload.KEEP));
        byte[] after = bytes(anonymizer.rewrite(packet(udp().toEthernet(), LinkType.IEEE802_11)));
        assertArrayEquals(new byte[after.length], after);
        assertEquals(1, anonymizer.statistics().unsupported());
    }

    private static Frame udp() {
        return Frame.udp(CLIENT, 4444, SERVER, 5555).payload(SECRET);
    }

    /** An ICMP message with its right checksum. */
    private static byte[] icmp(byte[] message, String source, String destination) {
        byte[] frame = Frame.icmpEcho(source, destination, 0, 0)
                .payload(new byte[message.length - 8])
                .toEthernet();
        System.arraycopy(message, 0, frame, 34, message.length);
        ByteBuffer.wrap(frame).putShort(36, (short) Checksum.fold(Checksum.sum(message, 0, message.length)));
        return frame;
    }

    private static Packet rewrite(byte[] frame) {
        return rewrite(frame, frame.length, AnonymizerSettings.defaults());
    }

    private static Packet rewrite(byte[] packet, int linkType) {
        return anonymizer(AnonymizerSettings.defaults()).rewrite(packet(packet, linkType));
    }

    private static Packet rewrite(byte[] frame, int captured, AnonymizerSettings settings) {
        return anonymizer(settings).rewrite(cut(frame, captured, LinkType.ETHERNET));
    }

    private static Anonymizer anonymizer(AnonymizerSettings settings) {
        return new Anonymizer(PrefixPreservationTest.SAMPLE, settings, MappingListener.NONE);
    }

    private static AnonymizerSettings settings(Payload payload) {
        return new AnonymizerSettings(Macs.HASH, payload, KeptNetwork.special(), true);
    }

    private static PrefixPreservation mapping() {
        return new PrefixPreservation(PrefixPreservationTest.SAMPLE, KeptNetwork.special(), MappingListener.NONE);
    }

    private static long mapped(String address) {
        return mapping().ipv4(PrefixPreservationTest.ipv4(address));
    }

    private static byte[] address(String ipv6) {
        long[] halves = PrefixPreservationTest.ipv6(ipv6);
        return ByteBuffer.allocate(16).putLong(halves[0]).putLong(halves[1]).array();
    }

    private static Layers layers(Packet packet) {
        var layers = new Layers();
        new LayerDecoder().decode(packet, layers);
        return layers;
    }

    static byte[] bytes(Packet packet) {
        return packet.memory().asSlice(packet.start(), packet.capturedLength()).toArray(ValueLayout.JAVA_BYTE);
    }

    private static byte[] concat(byte[]... parts) {
        var all = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) all.put(part);
        return all.array();
    }
}
