package io.pairwire.dpi.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.registry.Catalogue;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is made to fool an observer is counted and told; what everybody does is not. */
class EvasionTest {
    private final List<ErrorCode> told = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private final Inspector inspector;
    private long now = Wire.START;

    EvasionTest() {
        var listener = new SessionListener() {
            @Override
            public void evasion(ErrorCode code, Packet packet) {
                told.add(code);
            }

            @Override
            public void ended(Session session, EndCause cause) {
                labels.add(String.join(".", session.label()));
            }
        };
        inspector =
                new Inspector(Catalogue.builtIn(), SessionSettings.defaults(), Wanted.NONE, listener, new Random(3));
    }

    private EvasionTest send(Frame frame) {
        return send(frame.toEthernet());
    }

    private EvasionTest send(byte[] bytes) {
        now += Wire.MILLISECOND;
        inspector.offer(new Packet()
                .moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, now)
                .linkType(LinkType.ETHERNET));
        return this;
    }

    private static Frame piece(int identification, int offset, boolean more, int length, int fill) {
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) fill);
        return Frame.udp("10.0.0.1", 9, "10.0.0.2", 9)
                .fragment(identification, offset, more)
                .payload(bytes);
    }

    private static Frame segment(long sequence, String payload) {
        return Frame.tcp("10.0.0.1", 4000, "10.0.0.2", 8080)
                .sequence(sequence)
                .payload(payload.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Test
    void honest_fragments_are_no_evasion() {
        send(piece(1, 0, true, 800, 1)).send(piece(1, 808, true, 800, 1)).send(piece(1, 1608, false, 5, 1));
        assertEquals(List.of(), told);
    }

    @Test
    void overlapping_fragments_are_told_in_both_versions_of_ip() {
        send(piece(1, 0, true, 800, 1)).send(piece(1, 400, true, 800, 2));
        assertEquals(List.of(ErrorCode.FRAGMENT_OVERLAP), told);
        send(piece(2, 800, false, 80, 1)).send(piece(2, 1600, false, 80, 1));
        assertEquals(2, told.size(), "two ends of one datagram");
        for (int offset : new int[] {0, 400}) {
            send(Frame.udp("2001:db8::1", 9, "2001:db8::2", 9)
                    .fragment(3, offset, true)
                    .payload(new byte[800]));
        }
        assertEquals(3, told.size());
        assertEquals(Set.of(ErrorCode.FRAGMENT_OVERLAP), EnumSet.copyOf(told));
    }

    @Test
    void fragments_that_no_link_needs_are_told() {
        send(piece(70, 0, true, 16, 1));
        assertEquals(List.of(ErrorCode.FRAGMENT_TINY), told);
        send(piece(71, 800, false, 3, 1));
        assertEquals(1, told.size(), "the last one may be short");
    }

    @Test
    void more_incomplete_datagrams_than_are_kept_are_a_flood() {
        for (int i = 0; i < 4_000; i++) send(piece(i, 0, true, 48, 1));
        assertEquals(List.of(), told);
        for (int i = 4_000; i < 4_100; i++) send(piece(i, 0, true, 48, 1));
        assertEquals(Set.of(ErrorCode.FRAGMENT_FLOOD), EnumSet.copyOf(told));
    }

    @Test
    void a_fragment_that_comes_twice_is_told() {
        send(piece(1, 0, true, 800, 1)).send(piece(1, 0, true, 800, 1));
        assertEquals(List.of(ErrorCode.FRAGMENT_DUPLICATE), told);
    }

    @Test
    void time_that_goes_back_by_more_than_a_second_is_told() {
        send(segment(1, "abc"));
        now -= Wire.SECOND;
        send(segment(4, "abc"));
        assertEquals(List.of(), told);
        now -= Wire.SECOND;
        send(segment(7, "abc"));
        assertEquals(List.of(ErrorCode.TIME_WENT_BACK), told);
    }

    @Test
    void segments_that_wait_and_come_again_with_other_bytes_are_told() {
        send(segment(1, "GET /")).send(segment(20, "waiting")).send(segment(20, "another"));
        assertEquals(List.of(ErrorCode.SEGMENT_CONTRADICTS), told);
    }

    @Test
    void segments_that_were_passed_on_are_compared_if_asked_for() {
        inspector.watchClosely(true);
        send(segment(1, "GET /good")).send(segment(1, "GET /good"));
        assertEquals(List.of(), told, "a retransmission");
        send(segment(1, "GET /evil"));
        assertEquals(List.of(ErrorCode.SEGMENT_CONTRADICTS), told);
        send(segment(9, "d")).send(segment(9, "\0"));
        assertEquals(1, told.size(), "one byte may be a keep-alive");
        inspector.watchClosely(false);
        send(segment(1, "GET /evil again"));
        assertEquals(1, told.size());
    }

    @Test
    void what_a_wrong_checksum_brings_is_counted_and_not_looked_into() {
        byte[] bad = segment(1, "GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").toEthernet();
        bad[bad.length - 3] ^= 0x20; // behind what recognises it
        assertEquals(List.of(), send(bad).told, "nobody asked");
        inspector.finish();
        inspector.watchClosely(true);
        send(bad);
        assertEquals(List.of(ErrorCode.CHECKSUM_WRONG), told);
        inspector.finish();
        assertEquals("HTTP", labels.getFirst());
        assertFalse(labels.getLast().startsWith("HTTP"), labels.toString());
        assertEquals(2, inspector.statistics().counted());
    }

    @Test
    void what_is_told_is_what_is_counted() {
        for (ErrorCode code : allErrors())
            assertTrue(code.isEvasion() || code.category().equals("packet"), code.name());
    }

    /** Everything that happens when all of the above is done to one inspector. */
    static Set<ErrorCode> allErrors() {
        var test = new EvasionTest();
        test.overlapping_fragments_are_told_in_both_versions_of_ip();
        test.told.clear();
        test.fragments_that_no_link_needs_are_told();
        for (int i = 0; i < 5_000; i++) test.send(piece(i, 0, true, 48, 1));
        test.send(piece(4_999, 0, true, 48, 1));
        test.send(segment(1, "GET /")).send(segment(20, "waiting")).send(segment(20, "another"));
        test.now -= 3 * Wire.SECOND;
        test.inspector.watchClosely(true);
        byte[] bad = segment(1, "GET / HTTP/1.1\r\n").toEthernet();
        bad[bad.length - 1] ^= 1;
        test.send(bad);
        return test.inspector.errors().keySet();
    }
}
