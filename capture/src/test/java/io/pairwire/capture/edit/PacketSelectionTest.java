package io.pairwire.capture.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Packet;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class PacketSelectionTest {
    private static final Predicate<Packet> ANY = _ -> true;

    @Test
    void the_beginning_belongs_to_a_span_of_time_and_the_end_does_not() {
        var selection = new PacketSelection(
                PacketNumbers.ALL, Optional.of(new TimeBound.At(20)), Optional.of(new TimeBound.At(40)), ANY);
        assertEquals(List.of(20L, 39L, 20L), picked(selection, 10, 19, 20, 39, 40, 20));
    }

    @Test
    void relative_times_count_from_the_first_packet_whatever_its_number() {
        var selection = new PacketSelection(
                PacketNumbers.parse("2-"),
                Optional.of(new TimeBound.AfterFirst(0)),
                Optional.of(new TimeBound.AfterFirst(10)),
                ANY);
        assertEquals(List.of(105L, 109L), picked(selection, 100, 105, 99, 109, 110));
    }

    @Test
    void a_further_condition_is_asked_only_for_what_is_picked() {
        var asked = new ArrayList<Long>();
        var selection = new PacketSelection(PacketNumbers.parse("2"), Optional.empty(), Optional.empty(), packet -> {
            asked.add(packet.epochNanos());
            return false;
        });
        assertEquals(List.of(), picked(selection, 1, 2, 3));
        assertEquals(List.of(2L), asked);
    }

    @Test
    void it_is_over_after_the_last_number() {
        var selection = new PacketSelection(PacketNumbers.parse("1-2"), Optional.empty(), Optional.empty(), ANY);
        assertFalse(selection.isOver());
        picked(selection, 1, 2);
        assertTrue(selection.isOver());
    }

    @Test
    void moments_saturate_and_none_lies_before_the_first_packet() {
        assertEquals(Long.MAX_VALUE, new TimeBound.AfterFirst(Long.MAX_VALUE).epochNanos(5));
        assertThrows(IllegalArgumentException.class, () -> new TimeBound.AfterFirst(-1));
    }

    private static List<Long> picked(PacketSelection selection, long... times) {
        var picked = new ArrayList<Long>();
        for (long time : times) {
            if (selection.test(new Packet().moveTo(MemorySegment.NULL, 0, 0, 0, time))) picked.add(time);
        }
        return picked;
    }
}
