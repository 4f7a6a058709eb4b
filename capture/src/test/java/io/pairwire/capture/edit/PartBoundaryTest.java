package io.pairwire.capture.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pairwire.capture.Packet;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartBoundaryTest {

    @Test
    void a_part_has_so_many_packets_and_the_last_may_have_fewer() {
        assertEquals(List.of(0, 3, 6), cuts(new PartBoundary(3, 0, Duration.ZERO), 1, 10, 20, 30, 40, 50, 60, 70));
    }

    @Test
    void a_part_never_exceeds_its_bytes_unless_one_packet_alone_does() {
        var boundary = new PartBoundary(0, 100, Duration.ZERO);
        assertEquals(List.of(0, 2, 3, 4), cutsByLength(boundary, 34, 34, 34, 200, 10));
    }

    @Test
    void intervals_begin_with_the_first_packet_and_empty_ones_make_no_part() {
        var boundary = new PartBoundary(0, 0, Duration.ofNanos(10));
        assertEquals(List.of(0, 2, 3), cuts(boundary, 1, 105, 114, 115, 146, 154));
    }

    @Test
    void a_late_packet_stays_in_the_part_that_is_open() {
        var boundary = new PartBoundary(0, 0, Duration.ofNanos(10));
        assertEquals(List.of(0, 2), cuts(boundary, 1, 100, 90, 110, 100, 115));
    }

    @Test
    void limits_apply_together() {
        assertEquals(List.of(0, 2, 3), cuts(new PartBoundary(2, 0, Duration.ofNanos(10)), 1, 100, 101, 102, 110, 111));
    }

    @Test
    void times_at_the_ends_of_a_long_do_not_overflow() {
        var boundary = new PartBoundary(0, 0, Duration.ofNanos(10));
        assertEquals(List.of(0, 1), cuts(boundary, 1, Long.MIN_VALUE, Long.MAX_VALUE - 1, Long.MAX_VALUE - 1));
    }

    @Test
    void negative_limits_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> new PartBoundary(-1, 0, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new PartBoundary(0, -1, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new PartBoundary(0, 0, Duration.ofNanos(-1)));
    }

    private static List<Integer> cuts(PartBoundary boundary, int length, long... times) {
        var cuts = new ArrayList<Integer>();
        for (int i = 0; i < times.length; i++) {
            if (boundary.isBefore(packet(times[i], length))) cuts.add(i);
        }
        return cuts;
    }

    private static List<Integer> cutsByLength(PartBoundary boundary, int... lengths) {
        var cuts = new ArrayList<Integer>();
        for (int i = 0; i < lengths.length; i++) {
            if (boundary.isBefore(packet(0, lengths[i]))) cuts.add(i);
        }
        return cuts;
    }

    private static Packet packet(long time, int length) {
        return new Packet().moveTo(MemorySegment.NULL, 0, length, length, time);
    }
}
