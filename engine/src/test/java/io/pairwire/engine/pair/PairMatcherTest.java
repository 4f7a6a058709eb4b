package io.pairwire.engine.pair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.craft.Frame;
import io.pairwire.engine.Eligibility;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.PacketBatch;
import io.pairwire.engine.Pairing;
import io.pairwire.engine.Prefix;
import io.pairwire.engine.RequestSide;
import io.pairwire.engine.ShardMatcher;
import io.pairwire.engine.store.PacketReference;
import io.pairwire.engine.store.UnmatchedTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PairMatcherTest {
    private static final long NOON = 1_700_000_000_000_000_000L;
    private static final String OUTSIDE = "203.0.113.9";
    private static final String INSIDE = "192.168.0.5";
    private static final String INSIDE_TOO = "192.168.7.7";
    private static final byte[] PAYLOAD = "how long did it take?".getBytes(StandardCharsets.US_ASCII);
    private static final EngineSettings SETTINGS = EngineSettings.defaults();

    private final Layers layers = new Layers();

    /** One matcher with its shard; packets are numbered as they arrive. */
    private final class Bench {
        final PairMatcher matcher;
        final ShardMatcher shard;
        final PacketBatch batch = PacketBatch.standalone(64);
        final MatchedPair pair = new MatchedPair();
        Eligibility lastAnswer = Eligibility.ELIGIBLE;
        private long clock = Long.MIN_VALUE;
        private long number;

        Bench(EngineSettings settings) {
            matcher = new PairMatcher(settings, new Random(1));
            shard = matcher.shard(new UnmatchedTable(settings.expiry().toNanos(), 1_000));
        }

        Eligibility describes(Packet packet) {
            new LayerDecoder().decode(packet, layers);
            return matcher.describe(packet, layers, batch);
        }

        /** Answers whether the frame completed a pair, which is then in {@link #pair}. */
        boolean sees(Frame frame, long epochNanos) {
            int index = batch.length();
            assertEquals(Eligibility.ELIGIBLE, describes(packet(frame).from(0, ++number)));
            clock = Math.max(clock, epochNanos);
            batch.append(epochNanos, clock, 1);
            shard.touch(batch, index);
            lastAnswer = shard.match(batch, index);
            if (!batch.isPaired(index)) return false;
            matcher.read(batch, index, file -> "file " + file, pair);
            assertEquals(pair.latencyNanos(), matcher.latencyNanos(batch, index));
            return true;
        }
    }

    private static Packet packet(Frame frame) {
        byte[] bytes = frame.toEthernet();
        return cut(bytes, bytes.length);
    }

    private static Packet cut(byte[] bytes, int captured) {
        byte[] memory = Arrays.copyOf(bytes, captured);
        return new Packet()
                .moveTo(MemorySegment.ofArray(memory), 0, captured, bytes.length, NOON)
                .linkType(LinkType.ETHERNET);
    }

    private static Frame udp(String source, int sourcePort, String destination, int destinationPort) {
        return Frame.udp(source, sourcePort, destination, destinationPort).payload(PAYLOAD);
    }

    private static Frame tcp(String source, int sourcePort, String destination, int destinationPort) {
        return Frame.tcp(source, sourcePort, destination, destinationPort).payload(PAYLOAD);
    }

    private Eligibility eligibility(Packet packet) {
        return new Bench(SETTINGS).describes(packet);
    }

    @Test
    void udp_and_tcp_with_payload_are_eligible() {
        for (Frame frame : List.of(
                udp(OUTSIDE, 1, INSIDE, 2),
                tcp(OUTSIDE, 1, INSIDE, 2),
                udp("2001:db8::1", 1, "2001:db8::2", 2),
                tcp(OUTSIDE, 1, INSIDE, 2).vlan(7).vlan(8).mpls(9),
                tcp(OUTSIDE, 1, INSIDE, 2).payload(new byte[] {1}).padTo(60, 0xff))) {
            assertEquals(Eligibility.ELIGIBLE, eligibility(packet(frame)));
        }
    }

    @Test
    void what_is_no_ip_says_so() {
        assertEquals(Eligibility.NOT_IP, eligibility(packet(Frame.arp("10.0.0.1", "10.0.0.2"))));
        assertEquals(
                Eligibility.NOT_IP, eligibility(packet(Frame.ethernet(0x88cc).payload(PAYLOAD))));
    }

    @Test
    void every_piece_of_a_datagram_is_a_fragment() {
        assertEquals(
                Eligibility.FRAGMENT,
                eligibility(packet(udp(OUTSIDE, 1, INSIDE, 2).fragment(7, 0, true))));
        assertEquals(
                Eligibility.FRAGMENT,
                eligibility(packet(udp(OUTSIDE, 1, INSIDE, 2).fragment(7, 64, false))));
        assertEquals(
                Eligibility.FRAGMENT,
                eligibility(packet(tcp("2001:db8::1", 1, "2001:db8::2", 2).fragment(7, 64, true))));
    }

    /** A simple packet block of pcapng has no room for a time. */
    @Test
    void a_packet_without_a_time_cannot_have_a_latency() throws IOException {
        byte[] frame = udp(OUTSIDE, 1, INSIDE, 2).toEthernet();
        int padded = (frame.length + 3) / 4 * 4;
        var file = ByteBuffer.allocate(28 + 20 + 16 + padded).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0x0a0d_0d0a)
                .putInt(28)
                .putInt(0x1a2b_3c4d)
                .putInt(1)
                .putLong(-1)
                .putInt(28);
        file.putInt(1).putInt(20).putInt(LinkType.ETHERNET).putInt(0).putInt(20);
        file.putInt(3).putInt(16 + padded).putInt(frame.length).put(frame);
        file.putInt(file.capacity() - 4, 16 + padded).rewind();

        var packet = new Packet();
        try (var reader = CaptureFormat.open(Channels.newChannel(new ByteArrayInputStream(file.array())))) {
            assertTrue(reader.next(packet));
            assertEquals(Eligibility.NO_TIME, eligibility(packet));
        }
    }

    @Test
    void other_transports_are_none_for_this_kind() {
        assertEquals(Eligibility.NO_TRANSPORT, eligibility(packet(Frame.icmpEcho(OUTSIDE, INSIDE, 1, 2))));
        assertEquals(
                Eligibility.NO_TRANSPORT,
                eligibility(packet(Frame.ip(OUTSIDE, INSIDE, 47).payload(PAYLOAD))));
        assertEquals(
                Eligibility.NO_TRANSPORT,
                eligibility(packet(Frame.sctp(OUTSIDE, 1, INSIDE, 2).payload(PAYLOAD))));
    }

    @Test
    void without_payload_there_is_nothing_to_compare_and_padding_is_none() {
        assertEquals(Eligibility.NO_PAYLOAD, eligibility(packet(Frame.tcp(OUTSIDE, 1, INSIDE, 2))));
        assertEquals(Eligibility.NO_PAYLOAD, eligibility(packet(Frame.udp(OUTSIDE, 1, INSIDE, 2))));
        assertEquals(
                Eligibility.NO_PAYLOAD,
                eligibility(packet(Frame.tcp(OUTSIDE, 1, INSIDE, 2).flags(2).padTo(60, 0x55))));
    }

    @Test
    void a_payload_cut_by_the_snapshot_length_is_truncated_unless_enough_of_it_is_there() {
        byte[] bytes = udp(OUTSIDE, 1, INSIDE, 2).toEthernet();
        int headers = bytes.length - PAYLOAD.length;
        for (int captured = headers; captured < bytes.length; captured++) {
            assertEquals(Eligibility.TRUNCATED, eligibility(cut(bytes, captured)), "captured " + captured);
        }
        for (int hashed = 1; hashed <= PAYLOAD.length; hashed++) {
            var bench = new Bench(SETTINGS.withHashBytes(hashed));
            assertEquals(Eligibility.ELIGIBLE, bench.describes(cut(bytes, headers + hashed)));
            assertEquals(Eligibility.TRUNCATED, bench.describes(cut(bytes, headers + hashed - 1)));
        }
        assertEquals(
                Eligibility.ELIGIBLE,
                new Bench(SETTINGS.withHashBytes(10_000)).describes(cut(bytes, bytes.length)),
                "more than there is means all");
    }

    @Test
    void a_header_cut_by_the_snapshot_length_is_a_cut_header() {
        byte[] bytes = tcp(OUTSIDE, 1, INSIDE, 2).toEthernet();
        for (int captured = 0; captured < bytes.length - PAYLOAD.length; captured++) {
            assertEquals(Eligibility.CUT_HEADER, eligibility(cut(bytes, captured)), "captured " + captured);
        }
    }

    @Test
    void a_header_that_contradicts_itself_is_malformed() {
        assertEquals(
                Eligibility.MALFORMED,
                eligibility(packet(udp(OUTSIDE, 1, INSIDE, 2).udpLength(3))));
        byte[] bytes = udp(OUTSIDE, 1, INSIDE, 2).toEthernet();
        bytes[14] = 0x43; // an IPv4 header of twelve bytes
        assertEquals(Eligibility.MALFORMED, eligibility(cut(bytes, bytes.length)));
    }

    @Test
    void an_unknown_link_type_says_so() {
        assertEquals(
                Eligibility.UNSUPPORTED_LINK_TYPE,
                eligibility(packet(udp(OUTSIDE, 1, INSIDE, 2)).linkType(9_999)));
    }

    @Test
    void more_headers_than_anyone_needs_are_too_deep() {
        Frame frame = udp(OUTSIDE, 1, INSIDE, 2);
        for (int i = 0; i < 40; i++) frame.vlan(i);
        assertEquals(Eligibility.TOO_DEEP, eligibility(packet(frame)));
    }

    /** u is UDP, t is TCP; first what waits, then what comes the other way. */
    @ParameterizedTest
    @CsvSource({
        "FLIP, uu, false", "FLIP, tt, false", "FLIP, ut, true", "FLIP, tu, true",
        "SAME, uu, true", "SAME, tt, true", "SAME, ut, false", "SAME, tu, false",
        "ANY, uu, true", "ANY, tt, true", "ANY, ut, true", "ANY, tu, true"
    })
    void the_pairing_says_which_protocols_go_together(Pairing pairing, String protocols, boolean pairs) {
        for (String[] ends : new String[][] {{OUTSIDE, INSIDE}, {INSIDE, OUTSIDE}, {"2001:db8::1", "2001:db8::2"}}) {
            var bench = new Bench(SETTINGS.withPairing(pairing));
            assertFalse(bench.sees(of(protocols.charAt(0), ends[0], 1_111, ends[1], 53), NOON));
            assertEquals(pairs, bench.sees(of(protocols.charAt(1), ends[1], 53, ends[0], 1_111), NOON + 5));
            if (!pairs) continue;
            assertEquals(protocols.charAt(0) == 't' ? 6 : 17, bench.pair.requestProtocol());
            assertEquals(protocols.charAt(1) == 't' ? 6 : 17, bench.pair.responseProtocol());
            assertEquals(5, bench.pair.latencyNanos());
        }
    }

    private static Frame of(char protocol, String source, int sourcePort, String destination, int destinationPort) {
        return protocol == 't'
                ? tcp(source, sourcePort, destination, destinationPort).sequence(sourcePort)
                : udp(source, sourcePort, destination, destinationPort);
    }

    @ParameterizedTest
    @EnumSource(Pairing.class)
    void two_packets_of_one_direction_never_pair(Pairing pairing) {
        for (String protocols : List.of("uu", "tt", "ut", "tu")) {
            var bench = new Bench(SETTINGS.withPairing(pairing));
            bench.sees(of(protocols.charAt(0), OUTSIDE, 1, INSIDE, 2), NOON);
            Frame second = of(protocols.charAt(1), OUTSIDE, 1, INSIDE, 2).sequence(99);
            assertFalse(bench.sees(second, NOON + 1), protocols);
        }
    }

    /** From a port to itself there is no direction; only under FLIP do the protocols tell the sides apart. */
    @ParameterizedTest
    @CsvSource({
        "FLIP, uu, false", "FLIP, tt, false", "FLIP, ut, true", "FLIP, tu, true",
        "SAME, uu, true", "SAME, tt, true", "SAME, ut, false", "SAME, tu, false",
        "ANY, uu, true", "ANY, tt, true", "ANY, ut, true", "ANY, tu, true"
    })
    void a_packet_to_its_own_endpoint_pairs_as_the_pairing_says(Pairing pairing, String protocols, boolean pairs) {
        for (String end : new String[] {"127.0.0.1", "::1"}) {
            var bench = new Bench(SETTINGS.withPairing(pairing));
            assertFalse(bench.sees(of(protocols.charAt(0), end, 7, end, 7).sequence(1), NOON));
            assertEquals(
                    pairs, bench.sees(of(protocols.charAt(1), end, 7, end, 7).sequence(2), NOON + 5));
        }
    }

    @Test
    void any_difference_keeps_two_packets_apart() {
        byte[] other = PAYLOAD.clone();
        other[other.length - 1] ^= 1;
        for (Frame response : List.of(
                udp(INSIDE, 53, OUTSIDE, 1_112),
                udp(INSIDE, 54, OUTSIDE, 1_111),
                udp(INSIDE, 53, "203.0.113.8", 1_111),
                udp(INSIDE_TOO, 53, OUTSIDE, 1_111),
                udp(INSIDE, 53, OUTSIDE, 1_111).payload(other),
                udp(INSIDE, 53, OUTSIDE, 1_111).payload(PAYLOAD, 0, PAYLOAD.length - 1),
                udp("::ffff:0:c0a8:5", 53, "::ffff:0:cb00:7109", 1_111))) {
            var bench = new Bench(SETTINGS);
            bench.sees(udp(OUTSIDE, 1_111, INSIDE, 53), NOON);
            assertFalse(bench.sees(response, NOON + 1));
        }
    }

    @Test
    void what_lies_around_the_payload_does_not_matter() {
        var bench = new Bench(SETTINGS);
        bench.sees(udp(OUTSIDE, 1_111, INSIDE, 53).vlan(7).ttl(3).padTo(200, new Random(2)), NOON);
        assertTrue(bench.sees(udp(INSIDE, 53, OUTSIDE, 1_111).vlan(8).mpls(4).padTo(100, new Random(3)), NOON + 1));
    }

    @Test
    void with_a_bound_on_hashing_only_so_many_bytes_and_the_length_count() {
        byte[] other = PAYLOAD.clone();
        other[8] ^= 1;
        var bench = new Bench(SETTINGS.withHashBytes(8));
        bench.sees(udp(OUTSIDE, 1, INSIDE, 2), NOON);
        assertFalse(bench.sees(udp(INSIDE, 2, OUTSIDE, 1).payload(PAYLOAD, 0, 20), NOON + 1), "another length");
        assertTrue(bench.sees(udp(INSIDE, 2, OUTSIDE, 1).payload(other), NOON + 1));
    }

    @Test
    void both_directions_of_a_flow_come_to_one_shard() {
        var bench = new Bench(SETTINGS);
        var random = new Random(4);
        for (int i = 0; i < 30; i++) {
            byte[] one = new byte[i % 2 == 0 ? 4 : 16];
            byte[] two = new byte[one.length];
            random.nextBytes(one);
            random.nextBytes(two);
            int port = random.nextInt(1 << 16);
            bench.batch.clear();
            bench.describes(packet(Frame.udp(one, port, two, 53).payload(PAYLOAD)));
            bench.batch.append(NOON, NOON, 1_024);
            bench.describes(packet(Frame.tcp(two, 53, one, port).payload(new byte[] {9})));
            bench.batch.append(NOON, NOON, 1_024);
            assertEquals(bench.batch.shard(0), bench.batch.shard(1));
            assertNotEquals(
                    PacketReference.isDownward(bench.batch.reference(0)),
                    PacketReference.isDownward(bench.batch.reference(1)));
        }
    }

    /** Who asks: first and second packet as i(nside) or o(utside) to i or o; 1 if the first read is the request. */
    @ParameterizedTest
    @CsvSource({
        "EARLIER, oi, 1", "EARLIER, io, 1", "EARLIER, ii, 1", "EARLIER, oo, 1",
        "EXTERNAL, oi, 1", "EXTERNAL, io, 2", "EXTERNAL, ii, 1", "EXTERNAL, oo, 1",
        "INTERNAL, oi, 2", "INTERNAL, io, 1", "INTERNAL, ii, 1", "INTERNAL, oo, 1"
    })
    void the_request_side_says_who_asks(RequestSide side, String way, int request) {
        String source = way.charAt(0) == 'i' ? INSIDE : OUTSIDE;
        String destination = way.charAt(1) == 'i' ? INSIDE_TOO : "198.51.100.1";
        var bench = new Bench(SETTINGS.withRequestSide(side));
        bench.sees(udp(source, 1_111, destination, 53), NOON);
        assertTrue(bench.sees(tcp(destination, 53, source, 1_111), NOON + 40));
        MatchedPair pair = bench.pair;
        assertEquals(request, pair.requestPacket());
        assertEquals(3 - request, pair.responsePacket());
        assertEquals("file 0", pair.requestFile());
        assertEquals(request == 1 ? 17 : 6, pair.requestProtocol());
        assertEquals(request == 1 ? 6 : 17, pair.responseProtocol());
        assertEquals(request == 1 ? 1_111 : 53, pair.clientPort());
        assertEquals(request == 1 ? 53 : 1_111, pair.serverPort());
        Prefix client = Prefix.parse(request == 1 ? source : destination);
        Prefix server = Prefix.parse(request == 1 ? destination : source);
        assertEquals(client.low(), pair.clientLow());
        assertEquals(server.low(), pair.serverLow());
        assertEquals(request == 1 ? 40 : -40, pair.latencyNanos());
        assertEquals(request == 2, pair.isNegative());
        assertFalse(pair.isReordered());
        boolean fromInside = (request == 1 ? way.charAt(0) : way.charAt(1)) == 'i';
        boolean toInside = (request == 1 ? way.charAt(1) : way.charAt(0)) == 'i';
        assertEquals(toInside && !fromInside, pair.isInbound());
    }

    @Test
    void of_equal_times_the_one_read_first_asks() {
        var bench = new Bench(SETTINGS);
        bench.sees(udp(INSIDE, 53, OUTSIDE, 1_111), NOON);
        assertTrue(bench.sees(udp(OUTSIDE, 1_111, INSIDE, 53), NOON));
        assertEquals(1, bench.pair.requestPacket());
        assertEquals(0, bench.pair.latencyNanos());
        assertFalse(bench.pair.isInbound());
        assertFalse(bench.pair.isReordered());
    }

    @Test
    void a_response_read_before_its_request_is_still_the_response() {
        var bench = new Bench(SETTINGS);
        bench.sees(udp(INSIDE, 53, OUTSIDE, 1_111), NOON + 70);
        assertTrue(bench.sees(udp(OUTSIDE, 1_111, INSIDE, 53), NOON));
        assertEquals(2, bench.pair.requestPacket());
        assertEquals(70, bench.pair.latencyNanos());
        assertEquals(NOON, bench.pair.requestEpochNanos());
        assertTrue(bench.pair.isReordered());
        assertTrue(bench.pair.isInbound());
    }

    @Test
    void a_response_as_late_as_the_expiry_matches_and_a_later_one_does_not() {
        long expiry = SETTINGS.expiry().toNanos();
        for (int more = 0; more < 2; more++) {
            var bench = new Bench(SETTINGS);
            bench.sees(udp(OUTSIDE, 1, INSIDE, 2), NOON);
            assertEquals(more == 0, bench.sees(udp(INSIDE, 2, OUTSIDE, 1), NOON + expiry + more));
        }
    }

    @Test
    void a_repeated_tcp_segment_is_a_retransmission_and_the_latency_is_told_from_both() {
        var bench = new Bench(SETTINGS);
        Frame request = tcp(OUTSIDE, 1, INSIDE, 2).sequence(1_000);
        bench.sees(request, NOON);
        assertFalse(bench.sees(request, NOON + 30));
        assertEquals(Eligibility.RETRANSMISSION, bench.lastAnswer);
        assertTrue(bench.sees(tcp(INSIDE, 2, OUTSIDE, 1).sequence(5_000), NOON + 100));
        assertEquals(1, bench.pair.requestPacket());
        assertEquals(100, bench.pair.latencyNanos());
        assertEquals(70, bench.pair.latencyLastNanos());
        assertTrue(bench.pair.isRetransmitted());
    }

    @Test
    void a_retransmission_after_the_answer_starts_no_new_pair() {
        var bench = new Bench(SETTINGS);
        Frame request = tcp(OUTSIDE, 1, INSIDE, 2).sequence(1_000);
        Frame response = tcp(INSIDE, 2, OUTSIDE, 1).sequence(5_000);
        bench.sees(request, NOON);
        assertTrue(bench.sees(response, NOON + 100));
        for (Frame again : List.of(request, response)) {
            assertFalse(bench.sees(again, NOON + 200));
            assertEquals(Eligibility.RETRANSMISSION, bench.lastAnswer);
        }
    }

    @Test
    void the_same_words_at_another_sequence_number_are_another_request() {
        var bench = new Bench(SETTINGS);
        for (int i = 0; i < 3; i++) {
            assertFalse(bench.sees(tcp(OUTSIDE, 1, INSIDE, 2).sequence(1_000 + i), NOON + i));
            assertEquals(Eligibility.ELIGIBLE, bench.lastAnswer);
        }
        for (int i = 0; i < 3; i++) {
            assertTrue(bench.sees(tcp(INSIDE, 2, OUTSIDE, 1).sequence(5_000 + i), NOON + 10));
            assertEquals(i + 1, bench.pair.requestPacket());
        }
    }

    @Test
    void repeated_udp_requests_are_requests_of_their_own() {
        var bench = new Bench(SETTINGS);
        for (int i = 0; i < 3; i++) {
            assertFalse(bench.sees(udp(OUTSIDE, 1, INSIDE, 2), NOON + i));
            assertEquals(Eligibility.ELIGIBLE, bench.lastAnswer);
        }
        assertTrue(bench.sees(udp(INSIDE, 2, OUTSIDE, 1), NOON + 10));
        assertEquals(1, bench.pair.requestPacket());
        assertFalse(bench.pair.isRetransmitted());
    }

    @Test
    void ipv6_endpoints_are_told_whole_and_the_internal_networks_may_be_ipv6() {
        var bench = new Bench(SETTINGS.withInternal(List.of(Prefix.parse("2001:db8:5::/48"))));
        bench.sees(udp("2001:db8::9", 1_111, "2001:db8:5::1", 53), NOON);
        assertTrue(bench.sees(udp("2001:db8:5::1", 53, "2001:db8::9", 1_111), NOON + 1));
        assertTrue(bench.pair.isIpv6());
        assertTrue(bench.pair.isInbound());
        assertEquals(0x2001_0db8_0000_0000L, bench.pair.clientHigh());
        assertEquals(9, bench.pair.clientLow());
        assertEquals(0x2001_0db8_0005_0000L, bench.pair.serverHigh());
        assertEquals(1, bench.pair.serverLow());
    }
}
