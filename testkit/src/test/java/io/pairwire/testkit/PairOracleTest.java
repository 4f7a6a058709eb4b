package io.pairwire.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.testkit.PairOracle.Endpoint;
import io.pairwire.testkit.PairOracle.Outcome;
import io.pairwire.testkit.PairOracle.Packet;
import io.pairwire.testkit.PairOracle.Pair;
import io.pairwire.testkit.PairOracle.Pairing;
import io.pairwire.testkit.PairOracle.RequestSide;
import io.pairwire.testkit.PairOracle.Rules;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairOracleTest {
    private static final Endpoint OUTSIDE = new Endpoint("10.0.0.1", 4000, false);
    private static final Endpoint INSIDE = new Endpoint("192.168.0.1", 53, true);
    private static final Rules ANY = new Rules(Pairing.ANY, RequestSide.EARLIER, 100);

    private final List<Packet> packets = new ArrayList<>();

    private void udp(long time, Endpoint source, Endpoint destination, String payload) {
        packets.add(new Packet(packets.size() + 1, time, PairOracle.UDP, source, destination, payload, 0));
    }

    private void tcp(long time, Endpoint source, Endpoint destination, String payload, long sequence) {
        packets.add(new Packet(packets.size() + 1, time, PairOracle.TCP, source, destination, payload, sequence));
    }

    private Outcome judge(Rules rules) {
        return PairOracle.judge(packets, rules);
    }

    private static String numbers(Outcome outcome) {
        var text = new StringBuilder();
        for (Pair pair : outcome.pairs()) {
            text.append(pair.request().number())
                    .append('>')
                    .append(pair.response().number())
                    .append(' ');
        }
        return text.toString().strip();
    }

    @Test
    void a_swapped_packet_with_the_same_payload_answers() {
        udp(10, OUTSIDE, INSIDE, "aa");
        udp(12, INSIDE, OUTSIDE, "bb");
        tcp(15, INSIDE, OUTSIDE, "aa", 1);
        Outcome outcome = judge(ANY);
        assertEquals("1>3", numbers(outcome));
        assertEquals(5, outcome.pairs().getFirst().latencyNanos());
        assertTrue(outcome.pairs().getFirst().inbound());
        assertEquals(1, outcome.unmatched());
    }

    @Test
    void a_packet_of_the_same_direction_does_not_answer() {
        udp(10, OUTSIDE, INSIDE, "aa");
        udp(11, OUTSIDE, INSIDE, "aa");
        assertEquals("", numbers(judge(ANY)));
    }

    @Test
    void the_pairing_chooses_protocols() {
        udp(10, OUTSIDE, INSIDE, "aa");
        tcp(11, INSIDE, OUTSIDE, "aa", 1);
        udp(12, INSIDE, OUTSIDE, "aa");
        assertEquals("1>2", numbers(judge(new Rules(Pairing.FLIP, RequestSide.EARLIER, 100))));
        assertEquals("1>3", numbers(judge(new Rules(Pairing.SAME, RequestSide.EARLIER, 100))));
        assertEquals("1>2", numbers(judge(ANY)));
    }

    @Test
    void equal_payloads_pair_first_in_first_out() {
        udp(10, OUTSIDE, INSIDE, "aa");
        udp(11, OUTSIDE, INSIDE, "aa");
        udp(12, INSIDE, OUTSIDE, "aa");
        udp(13, INSIDE, OUTSIDE, "aa");
        assertEquals("1>3 2>4", numbers(judge(ANY)));
    }

    @Test
    void a_latency_equal_to_the_expiry_matches_and_one_more_does_not() {
        udp(10, OUTSIDE, INSIDE, "aa");
        udp(110, INSIDE, OUTSIDE, "aa");
        udp(200, OUTSIDE, INSIDE, "bb");
        udp(301, INSIDE, OUTSIDE, "bb");
        Outcome outcome = judge(ANY);
        assertEquals("1>2", numbers(outcome));
        assertEquals(1, outcome.expired());
        assertEquals(1, outcome.unmatched());
    }

    @Test
    void a_retransmission_is_not_eligible_and_moves_the_last_transmission() {
        tcp(10, OUTSIDE, INSIDE, "aa", 7);
        tcp(14, OUTSIDE, INSIDE, "aa", 7);
        tcp(20, INSIDE, OUTSIDE, "aa", 1);
        tcp(21, INSIDE, OUTSIDE, "aa", 1);
        Outcome outcome = judge(ANY);
        assertEquals("1>3", numbers(outcome));
        Pair pair = outcome.pairs().getFirst();
        assertEquals(10, pair.latencyNanos());
        assertEquals(6, pair.latencyLastNanos());
        assertTrue(pair.retransmitted());
        assertEquals(2, outcome.retransmissions());
        assertEquals(0, outcome.unmatched() + outcome.expired());
    }

    @Test
    void a_copy_is_measured_from_the_last_transmission_and_beyond_the_expiry_is_a_new_request() {
        tcp(0, OUTSIDE, INSIDE, "aa", 7);
        tcp(100, OUTSIDE, INSIDE, "aa", 7);
        tcp(200, OUTSIDE, INSIDE, "aa", 7);
        tcp(301, OUTSIDE, INSIDE, "aa", 7);
        tcp(302, INSIDE, OUTSIDE, "aa", 1);
        Outcome outcome = judge(ANY);
        assertEquals("4>5", numbers(outcome));
        assertEquals(2, outcome.retransmissions());
        assertFalse(outcome.pairs().getFirst().retransmitted());
        assertEquals(1, outcome.expired());
    }

    @Test
    void another_sequence_number_is_another_request() {
        tcp(10, OUTSIDE, INSIDE, "aa", 7);
        tcp(11, OUTSIDE, INSIDE, "aa", 8);
        Outcome outcome = judge(ANY);
        assertEquals(0, outcome.retransmissions());
        assertEquals(2, outcome.unmatched());
    }

    @Test
    void the_request_is_the_earlier_packet_whatever_was_read_first() {
        udp(20, INSIDE, OUTSIDE, "aa");
        udp(10, OUTSIDE, INSIDE, "aa");
        Outcome outcome = judge(ANY);
        assertEquals("2>1", numbers(outcome));
        assertTrue(outcome.pairs().getFirst().reordered());
        assertEquals(10, outcome.pairs().getFirst().latencyNanos());
    }

    @Test
    void of_equal_times_the_packet_read_first_is_the_request() {
        udp(10, INSIDE, OUTSIDE, "aa");
        udp(10, OUTSIDE, INSIDE, "aa");
        Outcome outcome = judge(ANY);
        assertEquals("1>2", numbers(outcome));
        assertFalse(outcome.pairs().getFirst().inbound());
    }

    @Test
    void a_request_side_decides_where_exactly_one_end_is_inside() {
        udp(10, INSIDE, OUTSIDE, "aa");
        udp(13, OUTSIDE, INSIDE, "aa");
        Outcome external = judge(new Rules(Pairing.ANY, RequestSide.EXTERNAL, 100));
        assertEquals("2>1", numbers(external));
        assertEquals(-3, external.pairs().getFirst().latencyNanos());
        assertFalse(external.pairs().getFirst().reordered());
        assertEquals("1>2", numbers(judge(new Rules(Pairing.ANY, RequestSide.INTERNAL, 100))));
    }

    @Test
    void a_request_side_leaves_pairs_with_both_ends_outside_to_time() {
        var other = new Endpoint("10.0.0.2", 53, false);
        udp(10, other, OUTSIDE, "aa");
        udp(13, OUTSIDE, other, "aa");
        assertEquals("1>2", numbers(judge(new Rules(Pairing.ANY, RequestSide.INTERNAL, 100))));
        assertEquals("1>2", numbers(judge(new Rules(Pairing.ANY, RequestSide.EXTERNAL, 100))));
    }

    @Test
    void packets_from_an_endpoint_to_itself_answer_each_other() {
        udp(10, INSIDE, INSIDE, "aa");
        udp(11, INSIDE, INSIDE, "aa");
        udp(12, INSIDE, INSIDE, "aa");
        Outcome outcome = judge(ANY);
        assertEquals("1>2", numbers(outcome));
        assertEquals(1, outcome.unmatched());
    }

    @Test
    void a_late_read_packet_finds_its_partner_by_time_not_by_how_far_the_reading_is() {
        udp(10, OUTSIDE, INSIDE, "aa");
        udp(500, OUTSIDE, INSIDE, "zz");
        udp(60, INSIDE, OUTSIDE, "aa");
        assertEquals("1>3", numbers(judge(ANY)));
    }

    @Test
    void pairs_come_in_the_order_of_their_second_packet() {
        udp(10, OUTSIDE, INSIDE, "aa");
        udp(11, OUTSIDE, INSIDE, "bb");
        udp(12, INSIDE, OUTSIDE, "bb");
        udp(13, INSIDE, OUTSIDE, "aa");
        assertEquals("2>3 1>4", numbers(judge(ANY)));
    }
}
