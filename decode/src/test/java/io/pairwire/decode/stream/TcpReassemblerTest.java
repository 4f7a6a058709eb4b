package io.pairwire.decode.stream;

import static io.pairwire.decode.stream.Wire.client;
import static io.pairwire.decode.stream.Wire.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.Packets;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.Tcp;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TcpReassemblerTest {
    private static final int SYN_ACK = Tcp.SYN | Tcp.ACK;
    private static final int FIN_ACK = Tcp.FIN | Tcp.ACK;

    private final Wire wire = new Wire();

    private List<String> events(int stream) {
        return wire.recorder.streams.get(stream).events;
    }

    @Test
    void a_connection_has_two_streams_that_end_with_their_fins() {
        wire.send(client(99, Tcp.SYN, "")).send(server(499, SYN_ACK, ""));
        wire.send(client(100, "GET")).send(server(500, "200 ")).send(server(504, FIN_ACK, "OK"));
        assertEquals(List.of("#4 200 ", "#5 OK", "end FIN"), events(1));
        wire.send(client(103, FIN_ACK, ""));
        assertEquals(List.of("#3 GET", "end FIN"), events(0));
        assertEquals(Direction.ORIGINATOR, wire.recorder.streams.get(0).direction);
        assertEquals(Direction.RESPONDER, wire.recorder.streams.get(1).direction);
        wire.finish();
        assertEquals(2, wire.recorder.streams.size());
    }

    @Test
    void who_answers_a_syn_is_the_responder_though_heard_first() {
        wire.send(server(499, SYN_ACK, "")).send(client(100, "GET"));
        assertEquals(Direction.RESPONDER, wire.recorder.streams.get(0).direction);
        assertEquals(Direction.ORIGINATOR, wire.recorder.streams.get(1).direction);
    }

    @Test
    void bytes_that_come_early_wait_and_keep_their_packet_and_time() {
        wire.send(client(0xffff_fffeL, Tcp.SYN, "")).send(client(2, "DEF")).send(client(0xffff_ffffL, "ABC"));
        assertEquals(List.of("#3 ABC", "#2 DEF"), events(0));
    }

    @Test
    void data_on_the_syn_belong_to_the_stream() {
        wire.send(client(99, Tcp.SYN, "fast")).send(client(104, "open"));
        assertEquals("fastopen", wire.recorder.only().text());
    }

    @Test
    void a_keep_alive_and_a_probe_of_a_zero_window_change_nothing() {
        wire.send(client(99, Tcp.SYN, "")).send(client(100, "abc"));
        wire.send(client(102, "?")).send(client(102, ""));
        wire.send(client(103, "d")).send(client(103, "def"));
        assertEquals("abcdef", wire.recorder.only().text());
        assertEquals(2, wire.statistics().keepAlives());
        assertEquals(2, wire.statistics().duplicateBytes());
    }

    @Test
    void a_gap_is_given_up_after_its_timeout_in_event_time() {
        var wire = new Wire(Wire.withGapTimeout(Duration.ofMillis(100)));
        wire.send(client(99, Tcp.SYN, "")).at(1000).send(client(103, "def"));
        wire.at(1100).send(Frame.udp("10.0.0.9", 1, "10.0.0.8", 2));
        assertEquals("", wire.recorder.only().text());
        wire.at(1101).send(Frame.udp("10.0.0.9", 1, "10.0.0.8", 2));
        assertEquals(List.of("gap 3 TIMEOUT", "#2 def"), wire.recorder.only().events);
        wire.send(client(100, "abc"));
        assertEquals(3, wire.statistics().duplicateBytes(), "too late");
    }

    @Test
    void a_fin_behind_a_gap_waits_like_bytes() {
        wire.send(client(99, Tcp.SYN, "")).send(client(103, FIN_ACK, ""));
        assertEquals(List.of(), events(0));
        wire.at(20_000).send(client(103, ""));
        assertEquals(List.of("gap 3 TIMEOUT", "end FIN"), events(0));
    }

    @Test
    void a_reset_ends_both_streams_and_what_waits_is_handed_over() {
        wire.send(client(99, Tcp.SYN, "")).send(server(499, SYN_ACK, "")).send(client(102, "c"));
        wire.send(server(500, Tcp.RST, "why"));
        assertEquals(List.of("gap 2 END", "#3 c", "end RESET"), events(0));
        assertEquals(List.of("end RESET"), events(1));
        wire.send(client(103, "late"));
        assertEquals(7, wire.statistics().droppedBytes().get(SegmentDrop.AFTER_END));
    }

    @Test
    void a_reset_out_of_the_window_is_not_believed() {
        wire.send(client(99, Tcp.SYN, ""))
                .send(client(0x7000_0000, Tcp.RST, ""))
                .send(client(100, "abc"));
        assertEquals("abc", wire.recorder.only().text());
        assertEquals(1, wire.statistics().ignoredResets());
    }

    @Test
    void a_segment_far_away_is_believed_only_if_the_next_one_follows_it() {
        wire.send(client(99, Tcp.SYN, "")).send(client(0x4000_0000, "XX")).send(client(100, "abc"));
        assertEquals(List.of("#3 abc"), events(0));
        wire.send(client(0x5000_0000, "XX")).send(client(0x5000_0002, "YY")).send(client(0x5000_0004, "ZZ"));
        assertEquals(List.of("#3 abc", "gap " + (0x5000_0002 - 103) + " JUMP", "#5 YY", "#6 ZZ"), events(0));
        assertEquals(4, wire.statistics().droppedBytes().get(SegmentDrop.OUT_OF_WINDOW));
    }

    @Test
    void the_window_counts_from_the_farthest_byte_that_waits() {
        var wire = new Wire(Wire.SETTINGS.withWindow(1000));
        wire.send(client(99, Tcp.SYN, ""));
        for (int i = 1; i <= 5; i++) wire.send(client(100 + 900 * i, "" + i));
        assertEquals(5, wire.statistics().heldBytes());
        wire.send(client(100 + 5700, "6"));
        assertEquals(1, wire.statistics().droppedBytes().get(SegmentDrop.OUT_OF_WINDOW));
    }

    @Test
    void a_new_syn_on_the_same_ports_begins_a_new_connection() {
        wire.send(client(99, Tcp.SYN, "")).send(client(100, "one"));
        wire.send(client(99, Tcp.SYN, "")).send(client(103, "two"));
        wire.send(client(7777, Tcp.SYN, "")).send(client(7778, "new"));
        assertEquals(List.of("#2 one", "#4 two", "end REUSED"), events(0));
        assertEquals("new", wire.recorder.streams.get(1).text());
    }

    @Test
    void of_two_attempts_before_any_byte_the_later_one_counts() {
        wire.send(client(99, Tcp.SYN, "")).send(server(499, SYN_ACK, ""));
        wire.send(client(5000, Tcp.SYN, "")).send(server(700, SYN_ACK, ""));
        wire.send(client(5001, "ask")).send(server(701, "say"));
        assertEquals("ask", wire.recorder.streams.get(0).text());
        assertEquals("say", wire.recorder.streams.get(1).text());
        assertEquals(1, wire.statistics().begun());
    }

    @Test
    void an_idle_connection_ends_in_event_time() {
        wire.send(client(99, Tcp.SYN, "")).at(300_000).send(client(100, "a"));
        wire.at(600_001).send(server(1, ""));
        assertEquals(List.of("#2 a", "end IDLE"), events(0));
        assertEquals(0, wire.statistics().connections());
        assertEquals(1, wire.statistics().ignoredSegments(), "an acknowledgment alone begins nothing");
    }

    @Test
    void of_too_many_connections_the_one_not_heard_of_longest_is_evicted() {
        var wire = new Wire(Wire.SETTINGS.withConnections(2));
        wire.send(client(1, "a").ports(1, 80)).send(client(1, "b").ports(2, 80));
        wire.send(client(2, "A").ports(1, 80)).send(client(1, "c").ports(3, 80));
        assertEquals(List.of("#2 b", "end EVICTED"), wire.recorder.streams.get(1).events);
        assertEquals(2, wire.statistics().connections());
    }

    @Test
    void a_flood_of_syns_stays_bounded() {
        var wire = new Wire(Wire.SETTINGS.withConnections(100));
        for (int i = 0; i < 5000; i++) wire.send(client(i, Tcp.SYN, "").ports(i, 80));
        assertEquals(100, wire.statistics().connections());
        assertEquals(4900, wire.statistics().ends().get(EndReason.EVICTED));
        wire.finish();
    }

    @Test
    void a_stream_that_holds_too_much_gives_up_its_first_gap() {
        var wire = new Wire(Wire.SETTINGS.withMemory(8 * 2048, 2 * 2048));
        wire.send(client(99, Tcp.SYN, ""));
        for (int i = 0; i < 3; i++) wire.send(client(101 + 10 * i, "" + i));
        assertEquals(List.of("gap 1 STREAM_FULL", "#2 0"), wire.recorder.only().events);
        assertEquals(2 * 2048, wire.statistics().memory());
        wire.send(client(111, "1")).send(client(100, "x"));
        assertEquals(2, wire.statistics().duplicateBytes(), "copies of what waits or is gone need no room");
    }

    @Test
    void with_all_memory_in_use_the_stream_that_waits_longest_gives_up_its_first_gap() {
        var wire = new Wire(Wire.SETTINGS.withMemory(2 * 2048, 2 * 2048));
        for (int port = 1; port <= 3; port++) wire.send(client(99, Tcp.SYN, "").ports(port, 80));
        for (int port = 1; port <= 3; port++) wire.send(client(101, "b").ports(port, 80));
        assertEquals(List.of("gap 1 POOL_FULL", "#4 b"), wire.recorder.streams.get(0).events);
        assertEquals(List.of(), wire.recorder.streams.get(1).events);
        wire.finish();
    }

    @Test
    void one_byte_segments_out_of_order_stay_bounded() {
        var wire = new Wire(Wire.SETTINGS.withMemory(64 * 2048, 16 * 2048));
        wire.send(client(99, Tcp.SYN, ""));
        for (int i = 1999; i > 0; i -= 2) {
            wire.send(client(100 + i, "x"));
            assertTrue(wire.statistics().memory() <= 16 * 2048);
        }
        wire.finish();
    }

    @Test
    void what_the_capture_cut_off_is_a_gap_at_once() {
        wire.send(client(99, Tcp.SYN, ""))
                .sendCut(client(100, "abcdef"), 54 + 2)
                .send(client(106, "g"));
        assertEquals(List.of("#2 ab", "gap 4 CUT", "#3 g"), events(0));
        wire.sendCut(client(109, "jkl"), 54 + 1).send(client(107, "hi")).sendCut(client(112, "mn"), 54);
        assertEquals(
                List.of("#5 hi", "#4 j", "gap 2 CUT", "gap 2 CUT"), events(0).subList(3, 7));
    }

    /** What was cut off behind a piece that waited is in the segment that comes now: nothing is missing, nothing twice. */
    @Test
    void what_was_cut_off_is_taken_from_a_copy_that_has_it() {
        wire.send(client(99, Tcp.SYN, ""))
                .sendCut(client(102, "cdefgh"), 54 + 2)
                .send(client(110, Tcp.ACK | Tcp.FIN, ""))
                .send(client(100, "abcdefghij"));
        assertEquals(List.of("#4 ab", "#2 cd", "#4 efghij", "end FIN"), events(0));
        wire.finish();
    }

    @Test
    void urgent_data_are_left_out_if_so_wanted() {
        var wire = new Wire(Wire.SETTINGS.withUrgent(UrgentPolicy.LEAVE_OUT));
        wire.recorder.urgentLeftOut = true;
        wire.send(client(99, Tcp.SYN, ""));
        wire.send(urgent(client(100, Tcp.ACK | Tcp.URG, "ab!c"), 3));
        wire.send(urgent(client(106, Tcp.ACK | Tcp.URG, "fg!"), 3)).send(client(104, "de"));
        assertEquals(List.of("#2 ab", "#2 c", "#4 de", "#3 fg"), wire.recorder.only().events);
        assertEquals(2, wire.statistics().droppedBytes().get(SegmentDrop.URGENT));
    }

    private static byte[] urgent(Frame frame, int pointer) {
        byte[] bytes = frame.toEthernet();
        bytes[14 + 20 + 19] = (byte) pointer;
        return bytes;
    }

    @Test
    void connections_whose_beginning_was_not_seen_may_be_left_alone() {
        var wire = new Wire(Wire.SETTINGS.withPickUp(false));
        wire.send(client(100, "abc")).send(client(99, Tcp.SYN, "").ports(2, 80));
        assertEquals(1, wire.statistics().connections());
        assertEquals(3, wire.statistics().droppedBytes().get(SegmentDrop.NOT_PICKED_UP));
    }

    @Test
    void vlans_tell_connections_apart_if_so_wanted() {
        for (boolean byVlan : new boolean[] {false, true}) {
            var wire = new Wire(Wire.SETTINGS.withByVlan(byVlan));
            wire.send(client(1, "a").vlan(5)).send(client(1, "a").vlan(6));
            assertEquals(byVlan ? 2 : 1, wire.statistics().connections());
        }
    }

    @Test
    void bytes_behind_a_fin_are_no_part_of_the_stream() {
        wire.send(client(99, Tcp.SYN, "")).send(client(103, FIN_ACK, "d")).send(client(105, "X"));
        wire.send(client(102, "cdY")).send(client(100, "ab"));
        assertEquals(List.of("#5 ab", "#4 c", "#2 d", "end FIN"), events(0));
        assertEquals(2, wire.statistics().droppedBytes().get(SegmentDrop.AFTER_END));
        wire.send(client(102, "cd"));
        assertEquals(3, wire.statistics().duplicateBytes());
    }

    @Test
    void bytes_in_order_are_handed_over_from_the_memory_of_the_packet() {
        byte[] frame = client(1, "abc").toEthernet();
        var inPlace = new StreamHandler() {
            private int calls;

            @Override
            public void bytes(TcpStream stream, MemorySegment memory, long at, int length, long nanos, long number) {
                assertSame(frame, memory.heapBase().orElseThrow());
                assertEquals(54, at);
                assertEquals(3, length);
                calls++;
            }
        };
        Packet packet = Packets.packet(frame, LinkType.ETHERNET);
        var layers = new Layers();
        new LayerDecoder().decode(packet, layers);
        new TcpReassembler(Wire.SETTINGS, inPlace, new Random(1)).offer(packet, layers);
        assertEquals(1, inPlace.calls);
    }

    @Test
    void a_handler_that_throws_leaves_sound_accounts() {
        var thrower = new StreamHandler() {
            @Override
            public void bytes(TcpStream stream, MemorySegment memory, long at, int length, long nanos, long number) {
                throw new IllegalStateException("full");
            }
        };
        var reassembler = new TcpReassembler(Wire.SETTINGS, thrower, new Random(1));
        offer(reassembler, client(99, Tcp.SYN, ""));
        offer(reassembler, client(104, "ef"));
        assertThrows(IllegalStateException.class, () -> offer(reassembler, client(100, "abcdef")));
        assertTrue(
                reassembler.statistics().balances(),
                () -> reassembler.statistics().toString());
        assertEquals(4, reassembler.statistics().deliveredBytes());
        assertEquals(2, reassembler.statistics().heldBytes());
    }

    @Test
    void a_connection_that_somebody_else_followed_goes_on_where_he_got_to() {
        Packet packet = Packets.packet(client(105, "FG").toEthernet(), LinkType.ETHERNET);
        var layers = new Layers();
        new LayerDecoder().decode(packet, layers);
        var positions = new ArrayList<String>();
        var handler = new StreamHandler() {
            @Override
            public void bytes(TcpStream stream, MemorySegment memory, long at, int length, long nanos, long number) {
                positions.add(stream.position() + "+" + length);
            }
        };
        var reassembler = new TcpReassembler(Wire.SETTINGS, handler, new Random(1));
        TcpConnection connection =
                reassembler.resume(packet, layers, new StreamPlace(true, 103, 3, true), StreamPlace.UNSEEN);
        reassembler.offer(packet, layers);
        assertEquals(List.of(), positions, "two bytes before it are missing");
        offer(reassembler, client(100, "ABC"));
        offer(reassembler, client(103, "DE"));
        assertEquals(List.of("3+2", "5+2"), positions, "what he had does not come again");
        offer(reassembler, client(110, "KL"));
        reassembler.end(connection, connection.serial() + 1);
        assertEquals(2, positions.size(), "that is another one");
        reassembler.end(connection, connection.serial());
        assertEquals("10+2", positions.getLast(), "what waits is handed over");
        assertTrue(reassembler.statistics().balances());
        reassembler.end(connection, connection.serial());
        assertEquals(3, positions.size());
    }

    private static void offer(TcpReassembler reassembler, Frame frame) {
        Packet packet = Packets.packet(frame.toEthernet(), LinkType.ETHERNET);
        var layers = new Layers();
        new LayerDecoder().decode(packet, layers);
        reassembler.offer(packet, layers);
    }

    @Test
    void settings_out_of_range_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> Wire.SETTINGS.withMemory(2047, 2047));
        assertThrows(IllegalArgumentException.class, () -> Wire.SETTINGS.withMemory(4096, 8192));
        assertThrows(IllegalArgumentException.class, () -> Wire.SETTINGS.withConnections(0));
        assertThrows(IllegalArgumentException.class, () -> Wire.SETTINGS.withWindow(-1));
        assertThrows(IllegalArgumentException.class, () -> Wire.withGapTimeout(Duration.ofNanos(-1)));
    }
}
