package io.pairwire.engine.analyse;

import static io.pairwire.engine.analyse.TcpEvent.ACK_LOST_SEGMENT;
import static io.pairwire.engine.analyse.TcpEvent.DUPLICATE_ACK;
import static io.pairwire.engine.analyse.TcpEvent.FAST_RETRANSMISSION;
import static io.pairwire.engine.analyse.TcpEvent.KEEP_ALIVE;
import static io.pairwire.engine.analyse.TcpEvent.KEEP_ALIVE_ACK;
import static io.pairwire.engine.analyse.TcpEvent.LOST_SEGMENT;
import static io.pairwire.engine.analyse.TcpEvent.OUT_OF_ORDER;
import static io.pairwire.engine.analyse.TcpEvent.RETRANSMISSION;
import static io.pairwire.engine.analyse.TcpEvent.REUSED_PORTS;
import static io.pairwire.engine.analyse.TcpEvent.SPURIOUS_RETRANSMISSION;
import static io.pairwire.engine.analyse.TcpEvent.WINDOW_FULL;
import static io.pairwire.engine.analyse.TcpEvent.WINDOW_UPDATE;
import static io.pairwire.engine.analyse.TcpEvent.ZERO_WINDOW;
import static io.pairwire.engine.analyse.TcpEvent.ZERO_WINDOW_PROBE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.decode.wire.Tcp;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each exchange was shown to tshark 4.0 as well, which said the same. */
class TcpExpertTest {
    private static final Set<TcpEvent> NOTHING = Set.of();
    private static final long SECOND = 1_000_000_000;

    private final TcpExchange exchange = new TcpExchange();

    @AfterEach
    void close() throws Exception {
        exchange.close();
    }

    @Test
    void nothing_happens_to_segments_in_order() {
        exchange.greet();
        assertEquals(NOTHING, exchange.client(101, 501, 100));
        assertEquals(NOTHING, exchange.server(501, 201, 1_400));
        assertEquals(NOTHING, exchange.client(201, 1_901, 0));
        assertEquals(NOTHING, exchange.client(201, 1_901, 0, Tcp.FIN | Tcp.ACK));
        assertEquals(NOTHING, exchange.server(1_901, 202, 0, Tcp.FIN | Tcp.ACK));
        assertEquals(NOTHING, exchange.client(202, 1_902, 0));
        assertEquals(1, exchange.streams());
        assertEquals(2_000_000, exchange.counter().handshakes().distribution().most());
    }

    @Test
    void the_same_bytes_again_are_a_retransmission_and_a_spurious_one_once_they_are_acknowledged() {
        exchange.greet();
        exchange.client(101, 501, 100);
        exchange.after(SECOND);
        assertEquals(Set.of(RETRANSMISSION), exchange.client(101, 501, 100));
        exchange.server(501, 201, 0);
        exchange.after(SECOND);
        assertEquals(Set.of(RETRANSMISSION, SPURIOUS_RETRANSMISSION), exchange.client(101, 501, 100));
    }

    @Test
    void a_gap_is_a_lost_segment_and_what_fills_it_at_once_is_out_of_order() {
        exchange.greet();
        exchange.client(101, 501, 100);
        assertEquals(Set.of(LOST_SEGMENT), exchange.client(301, 501, 100));
        assertEquals(Set.of(OUT_OF_ORDER), exchange.client(201, 501, 100));
    }

    @Test
    void what_fills_a_gap_later_than_a_handshake_takes_is_a_retransmission() {
        exchange.greet();
        exchange.client(101, 501, 100);
        exchange.client(301, 501, 100);
        exchange.after(SECOND);
        assertEquals(Set.of(RETRANSMISSION), exchange.client(201, 501, 100));
    }

    @Test
    void after_two_duplicate_acknowledgments_the_segment_asked_for_is_a_fast_retransmission() {
        exchange.greet();
        exchange.client(101, 501, 100);
        exchange.client(301, 501, 100);
        assertEquals(NOTHING, exchange.server(501, 201, 0));
        assertEquals(Set.of(DUPLICATE_ACK), exchange.server(501, 201, 0));
        assertEquals(Set.of(DUPLICATE_ACK), exchange.server(501, 201, 0));
        assertEquals(Set.of(RETRANSMISSION, FAST_RETRANSMISSION), exchange.client(201, 501, 100));
    }

    @Test
    void an_acknowledgment_of_what_was_not_seen_is_told_once() {
        exchange.greet();
        exchange.client(101, 501, 100);
        assertEquals(Set.of(ACK_LOST_SEGMENT), exchange.server(501, 900, 0));
        assertEquals(NOTHING, exchange.server(501, 1_000, 0));
        assertEquals(Set.of(LOST_SEGMENT), exchange.client(1_000, 501, 100));
        assertEquals(Set.of(ACK_LOST_SEGMENT), exchange.server(501, 1_100, 0));
        assertEquals(NOTHING, exchange.client(1_100, 501, 100));
        assertEquals(NOTHING, exchange.server(501, 1_200, 0));
    }

    @Test
    void beyond_a_gap_an_acknowledgment_counts_as_far_as_segments_were_seen() {
        exchange.greet();
        exchange.client(101, 501, 100);
        exchange.client(301, 501, 100);
        exchange.client(501, 501, 100);
        assertEquals(Set.of(ACK_LOST_SEGMENT), exchange.server(501, 401, 0));
        assertEquals(NOTHING, exchange.server(501, 501, 0));
        assertEquals(NOTHING, exchange.server(501, 601, 0));
        assertEquals(Set.of(ACK_LOST_SEGMENT), exchange.server(501, 602, 0));
    }

    @Test
    void a_closed_window_is_told_probed_and_opened_again() {
        exchange.greet();
        exchange.client(101, 501, 100);
        assertEquals(Set.of(ZERO_WINDOW), exchange.window(0).server(501, 201, 0));
        assertEquals(Set.of(ZERO_WINDOW_PROBE), exchange.window(1_000).client(201, 501, 1));
        assertEquals(Set.of(WINDOW_UPDATE), exchange.window(500).server(501, 201, 0));
    }

    @Test
    void a_reset_with_window_0_closes_no_window() {
        exchange.greet();
        assertEquals(NOTHING, exchange.window(0).client(101, 501, 0, Tcp.RST));
    }

    @Test
    void one_byte_before_the_next_is_a_keep_alive_and_is_answered() {
        exchange.greet();
        exchange.client(101, 501, 100);
        exchange.server(501, 201, 0);
        assertEquals(Set.of(KEEP_ALIVE), exchange.client(200, 501, 1));
        assertEquals(Set.of(KEEP_ALIVE_ACK), exchange.server(501, 201, 0));
    }

    @Test
    void a_segment_to_the_end_of_the_window_fills_it_if_the_scale_is_known() {
        exchange.greet();
        assertEquals(NOTHING, exchange.client(101, 501, 999));
        assertEquals(Set.of(WINDOW_FULL), exchange.client(1_100, 501, 1));
    }

    @Test
    void windows_are_scaled_if_both_offered_it() {
        exchange.options(3, 3, 2, 1).greet().options();
        exchange.window(10).server(501, 101, 0);
        assertEquals(NOTHING, exchange.client(101, 501, 10));
        assertEquals(Set.of(WINDOW_FULL), exchange.client(111, 501, 30));
    }

    @Test
    void a_syn_with_another_number_begins_another_stream() {
        exchange.greet();
        assertEquals(Set.of(RETRANSMISSION), exchange.after(SECOND).client(100, 0, 0, Tcp.SYN));
        assertEquals(Set.of(REUSED_PORTS), exchange.client(9_000, 0, 0, Tcp.SYN));
        assertEquals(NOTHING, exchange.server(7_000, 9_001, 0, Tcp.SYN | Tcp.ACK));
        assertEquals(2, exchange.streams());
    }

    @Test
    void sequence_numbers_wrap_around() {
        exchange.client(-101, 501, 100);
        assertEquals(NOTHING, exchange.client(-1, 501, 101));
        assertEquals(NOTHING, exchange.client(100, 501, 100));
        assertEquals(Set.of(LOST_SEGMENT), exchange.client(300, 501, 100));
    }

    @Test
    void the_first_packets_of_each_event_are_kept_as_evidence() {
        exchange.greet();
        for (int i = 0; i < 15; i++) exchange.client(101 + 200L * i, 501, 100);
        Evidence lost = exchange.counter().seen(LOST_SEGMENT);
        assertEquals(14, lost.count());
        assertEquals(Evidence.KEPT, lost.packets().size());
        assertEquals(5L, lost.packets().getFirst());
    }
}
