package io.pairwire.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.memory.HandOver.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class HandOverTest {
    private static final BooleanSupplier NEVER = () -> false;
    private static final int MORE_THAN_THE_SPINS = 10_000;

    /** Waits no time at all and writes down how long it should have been. */
    private static final class RecordingPause implements Pause {
        final List<Long> nanos = new ArrayList<>();
        int spins;

        @Override
        public void nanos(long nanos) {
            this.nanos.add(nanos);
        }

        @Override
        public void spin() {
            spins++;
        }

        List<Long> millis() {
            return nanos.stream().map(n -> n / 1_000_000).toList();
        }
    }

    /** Has room from the given attempt on, counted from 1. */
    private static final class RoomAt implements BooleanSupplier {
        private final int at;
        int attempts;

        RoomAt(int at) {
            this.at = at;
        }

        @Override
        public boolean getAsBoolean() {
            return ++attempts >= at;
        }
    }

    private final RecordingPause pause = new RecordingPause();

    private HandOver handOver(OverflowPolicy policy) {
        return new HandOver(policy, pause, NEVER);
    }

    private static OverflowPolicy adaptive(int millis) {
        return new OverflowPolicy.Adaptive(Duration.ofMillis(millis));
    }

    private static void assertCounts(int waits, int refusals, HandOver handOver) {
        assertEquals(waits, handOver.waits(), "waits");
        assertEquals(refusals, handOver.refusals(), "refusals");
    }

    @Test
    void with_room_every_policy_takes_the_item_at_the_first_attempt() {
        for (OverflowPolicy policy : List.of(new OverflowPolicy.Drop(), new OverflowPolicy.Block(), adaptive(64))) {
            var handOver = handOver(policy);
            var room = new RoomAt(1);
            assertEquals(Result.TAKEN, handOver.offer(room));
            assertEquals(1, room.attempts);
            assertCounts(0, 0, handOver);
        }
        assertEquals(0, pause.spins);
        assertEquals(List.of(), pause.nanos);
    }

    @Test
    void drop_refuses_at_once_and_counts() {
        var handOver = handOver(new OverflowPolicy.Drop());
        var room = new RoomAt(2);
        assertEquals(Result.REFUSED, handOver.offer(room));
        assertEquals(1, room.attempts);
        assertCounts(0, 1, handOver);
        assertEquals(Result.TAKEN, handOver.offer(room));
        assertEquals(Result.REFUSED, handOver.offer(NEVER));
        assertCounts(0, 2, handOver);
        assertEquals(0, pause.spins);
        assertEquals(List.of(), pause.nanos);
    }

    @Test
    void block_waits_until_there_is_room_and_counts_one_wait() {
        var handOver = handOver(new OverflowPolicy.Block());
        var room = new RoomAt(MORE_THAN_THE_SPINS);
        assertEquals(Result.TAKEN, handOver.offer(room));
        assertCounts(1, 0, handOver);
        assertTrue(pause.spins > 0 && pause.nanos.size() > 1000, pause.spins + " spins, then short waits");
        assertEquals(MORE_THAN_THE_SPINS, 1 + pause.spins + pause.nanos.size(), "one attempt after each");
        assertEquals(Result.TAKEN, handOver.offer(new RoomAt(MORE_THAN_THE_SPINS)));
        assertCounts(2, 0, handOver);
    }

    @Test
    void room_that_comes_while_spinning_is_no_wait() {
        for (OverflowPolicy policy : List.of(new OverflowPolicy.Block(), adaptive(64))) {
            var handOver = handOver(policy);
            assertEquals(Result.TAKEN, handOver.offer(new RoomAt(10)));
            assertCounts(0, 0, handOver);
        }
        assertEquals(List.of(), pause.nanos);
    }

    @Test
    void adaptive_spins_then_waits_longer_and_longer_then_refuses() {
        var handOver = handOver(adaptive(64));
        assertEquals(Result.REFUSED, handOver.offer(NEVER));
        assertTrue(pause.spins > 0);
        assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L), pause.millis());
        assertEquals(
                127_000_000, pause.nanos.stream().mapToLong(Long::longValue).sum());
        assertCounts(7, 1, handOver);
        assertEquals(Result.REFUSED, handOver.offer(NEVER));
        assertCounts(14, 2, handOver);
    }

    @Test
    void the_longest_wait_of_adaptive_is_what_was_asked_for() {
        assertEquals(Result.REFUSED, handOver(adaptive(4)).offer(NEVER));
        assertEquals(List.of(1L, 2L, 4L), pause.millis());
        pause.nanos.clear();
        assertEquals(Result.REFUSED, handOver(adaptive(1)).offer(NEVER));
        assertEquals(List.of(1L), pause.millis());
        pause.nanos.clear();
        assertEquals(Result.REFUSED, handOver(adaptive(7)).offer(NEVER));
        assertEquals(List.of(1L, 2L, 4L), pause.millis(), "8 would be longer than 7");
    }

    @Test
    void adaptive_stops_waiting_when_room_comes_and_refuses_nothing() {
        var handOver = handOver(adaptive(64));
        BooleanSupplier roomAfterTwoWaits = () -> pause.nanos.size() == 2;
        assertEquals(Result.TAKEN, handOver.offer(roomAfterTwoWaits));
        assertEquals(List.of(1L, 2L), pause.millis());
        assertCounts(2, 0, handOver);
    }

    @Test
    void room_in_the_last_wait_of_adaptive_is_still_used() {
        var handOver = handOver(adaptive(4));
        assertEquals(Result.TAKEN, handOver.offer(() -> pause.nanos.size() == 3));
        assertCounts(3, 0, handOver);
    }

    @Test
    void a_cancelled_producer_waits_no_more_and_nothing_is_refused() {
        for (OverflowPolicy policy : List.of(new OverflowPolicy.Block(), adaptive(64))) {
            pause.nanos.clear();
            var handOver = new HandOver(policy, pause, () -> pause.nanos.size() == 3);
            assertEquals(Result.CANCELLED, handOver.offer(NEVER));
            assertEquals(3, pause.nanos.size());
            assertEquals(0, handOver.refusals());
        }
    }

    @Test
    void a_cancelled_producer_still_hands_over_where_there_is_room() {
        for (OverflowPolicy policy : List.of(new OverflowPolicy.Drop(), new OverflowPolicy.Block(), adaptive(64))) {
            var handOver = new HandOver(policy, pause, () -> true);
            assertEquals(Result.TAKEN, handOver.offer(() -> true));
        }
    }

    @Test
    void a_producer_cancelled_before_it_waits_has_not_waited() {
        for (OverflowPolicy policy : List.of(new OverflowPolicy.Block(), adaptive(64))) {
            var handOver = new HandOver(policy, pause, () -> true);
            assertEquals(Result.CANCELLED, handOver.offer(NEVER));
            assertCounts(0, 0, handOver);
        }
        assertEquals(List.of(), pause.nanos);
    }
}
