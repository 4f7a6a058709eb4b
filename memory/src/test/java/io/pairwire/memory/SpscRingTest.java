package io.pairwire.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpscRingTest {
    private static List<Integer> drain(SpscRing<Integer> ring, int limit) {
        var taken = new ArrayList<Integer>();
        assertEquals(ring.drain(taken::add, limit), taken.size());
        return taken;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1000})
    void it_holds_exactly_what_was_asked_for_in_every_turn(int capacity) {
        var ring = new SpscRing<Integer>(capacity);
        assertEquals(capacity, ring.capacity());
        for (int turn = 0; turn < 5; turn++) {
            for (int i = 0; i < capacity; i++) {
                assertEquals(i, ring.length());
                assertTrue(ring.hasRoom());
                assertTrue(ring.offer(i), "item " + i);
            }
            assertEquals(capacity, ring.length());
            assertFalse(ring.hasRoom());
            assertFalse(ring.offer(-1));
            assertEquals(capacity, drain(ring, Integer.MAX_VALUE).size());
            assertEquals(0, ring.length());
        }
    }

    @Test
    void items_leave_in_the_order_they_came() {
        var ring = new SpscRing<Integer>(3);
        var out = new ArrayList<Integer>();
        int next = 0;
        while (out.size() < 100) {
            while (ring.offer(next)) next++;
            out.addAll(drain(ring, 1 + out.size() % 3));
        }
        for (int i = 0; i < out.size(); i++) assertEquals(i, out.get(i));
    }

    @Test
    void drain_takes_no_more_than_its_limit() {
        var ring = new SpscRing<Integer>(8);
        for (int i = 0; i < 8; i++) ring.offer(i);
        assertEquals(List.of(), drain(ring, 0));
        assertEquals(List.of(0, 1, 2), drain(ring, 3));
        assertEquals(List.of(3, 4, 5, 6, 7), drain(ring, 100));
        assertEquals(List.of(), drain(ring, 100));
    }

    @Test
    void an_item_counts_and_holds_its_place_until_its_taker_returns() {
        var ring = new SpscRing<Integer>(2);
        ring.offer(1);
        ring.offer(2);
        var lengths = new ArrayList<Integer>();
        ring.drain(
                item -> {
                    lengths.add(ring.length());
                    assertEquals(item == 2, ring.hasRoom(), "while taking " + item);
                },
                2);
        assertEquals(List.of(2, 1), lengths);
        assertEquals(0, ring.length());
    }

    @Test
    void an_item_whose_taker_fails_stays_and_those_before_it_are_gone() {
        var ring = new SpscRing<Integer>(4);
        for (int i = 0; i < 4; i++) ring.offer(i);
        assertThrows(
                IllegalStateException.class,
                () -> ring.drain(
                        item -> {
                            if (item == 2) throw new IllegalStateException("on purpose");
                        },
                        4));
        assertEquals(List.of(2, 3), drain(ring, 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, (1 << 30) + 1})
    void a_capacity_out_of_range_is_refused_with_its_value(int capacity) {
        var thrown = assertThrows(IllegalArgumentException.class, () -> new SpscRing<>(capacity));
        assertTrue(thrown.getMessage().contains(String.valueOf(capacity)), thrown.getMessage());
    }

    /** What the producer wrote into an item before the offer is seen by the consumer, and places are reused in order. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1000})
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void two_threads_see_every_item_once_and_in_order(int capacity) throws InterruptedException {
        int items = 200_000;
        var ring = new SpscRing<long[]>(capacity);
        var wrong = new AtomicLong();
        var longest = new AtomicLong();
        var producer = new Thread(() -> {
            for (long i = 0; i < items; i++) {
                long[] item = {i, ~i};
                while (!ring.hasRoom()) Thread.yield();
                if (!ring.offer(item)) wrong.incrementAndGet(); // there was room, and it does not go away
            }
        });
        producer.start();
        var seen = new AtomicLong();
        while (seen.get() < items) {
            int taken = ring.drain(
                    item -> {
                        if (item[0] != seen.getPlain() || item[1] != ~item[0]) wrong.incrementAndGet();
                        seen.setPlain(seen.getPlain() + 1);
                    },
                    7);
            longest.accumulateAndGet(ring.length(), Math::max);
            if (taken == 0) Thread.yield();
        }
        producer.join();
        assertEquals(0, wrong.get());
        assertEquals(0, ring.length());
        assertTrue(longest.get() <= capacity, "length " + longest + " of " + capacity);
    }

    @Test
    void after_the_close_nothing_is_taken_and_what_is_there_is_drained() {
        var ring = new SpscRing<Integer>(4);
        ring.offer(1);
        ring.offer(2);
        assertFalse(ring.isClosed());
        ring.close();
        ring.close();
        assertTrue(ring.isClosed());
        assertFalse(ring.isDrained());
        assertFalse(ring.offer(3));
        assertFalse(ring.offer(3, new WaitStrategy.Spin()));
        assertEquals(2, ring.refusals());
        assertEquals(List.of(1, 2), drain(ring, 10));
        assertTrue(ring.isDrained());
        assertEquals(0, ring.drain(item -> {}, 1, new WaitStrategy.Spin()));
    }

    @Test
    void a_ring_that_wants_no_more_is_closed_by_the_next_offer_and_not_before() {
        var ring = new SpscRing<Integer>(4);
        ring.offer(1);
        ring.refuse();
        assertEquals(List.of(1), drain(ring, 10));
        assertFalse(ring.isDrained(), "the producer may be in the middle of an offer");
        assertFalse(ring.offer(2));
        assertTrue(ring.isDrained());
        assertEquals(1, ring.refusals());
        assertThrows(IllegalArgumentException.class, () -> ring.drain(item -> {}, 0, new WaitStrategy.Spin()));
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void a_producer_that_waits_for_room_is_woken_when_no_more_is_wanted() throws InterruptedException {
        var ring = new SpscRing<Integer>(1);
        ring.offer(1);
        var accepted = new AtomicLong();
        Thread producer = Thread.ofPlatform().start(() -> {
            if (ring.offer(2, new WaitStrategy.Yield())) accepted.incrementAndGet();
        });
        ring.refuse();
        producer.join();
        assertEquals(0, accepted.get());
        assertEquals(1, ring.refusals());
        assertEquals(List.of(1), drain(ring, 10));
        assertTrue(ring.isDrained());
    }

    /** A consumer that loses interest at any moment: every item for which offer said yes is drained, and no other. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void an_end_in_the_middle_loses_nothing_that_was_taken() throws InterruptedException {
        for (int round = 0; round < 100; round++) {
            var ring = new SpscRing<Integer>(8);
            var accepted = new AtomicLong();
            Thread producer = Thread.ofPlatform().start(() -> {
                while (ring.offer(1, new WaitStrategy.Yield())) accepted.incrementAndGet();
            });
            var taken = new AtomicLong();
            for (int i = 0; i < 20; i++) taken.addAndGet(ring.drain(item -> {}, 8));
            ring.refuse();
            for (int last = 1; last > 0; ) {
                last = ring.drain(item -> {}, 8, new WaitStrategy.Yield());
                taken.addAndGet(last);
            }
            producer.join();
            assertEquals(accepted.get(), taken.get());
            assertEquals(1, ring.refusals());
        }
    }
}
