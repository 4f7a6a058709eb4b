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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MpscRingTest {
    private static List<Integer> drain(MpscRing<Integer> ring, int limit) {
        var taken = new ArrayList<Integer>();
        assertEquals(ring.drain(taken::add, limit), taken.size());
        return taken;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1000})
    void it_holds_exactly_what_was_asked_for_in_every_turn(int capacity) {
        var ring = new MpscRing<Integer>(capacity);
        assertEquals(capacity, ring.capacity());
        for (int turn = 0; turn < 5; turn++) {
            for (int i = 0; i < capacity; i++) {
                assertEquals(i, ring.length());
                assertTrue(ring.offer(i), "item " + i);
            }
            assertFalse(ring.offer(-1));
            assertEquals(List.of(), drain(ring, 0));
            List<Integer> taken = drain(ring, Integer.MAX_VALUE);
            for (int i = 0; i < capacity; i++) assertEquals(i, taken.get(i));
            assertEquals(0, ring.length());
        }
    }

    @Test
    void after_the_close_nothing_is_taken_and_what_is_there_is_drained() {
        var ring = new MpscRing<Integer>(4);
        ring.offer(1);
        ring.offer(2);
        ring.close();
        ring.close();
        assertTrue(ring.isClosed());
        assertFalse(ring.isDrained());
        assertFalse(ring.offer(3));
        assertFalse(ring.offer(3, new WaitStrategy.Spin()));
        assertEquals(2, ring.refusals());
        assertEquals(2, ring.length());
        assertEquals(List.of(1, 2), drain(ring, 10));
        assertTrue(ring.isDrained());
        assertEquals(0, ring.drain(item -> {}, 1, new WaitStrategy.Spin()));
    }

    @Test
    void an_item_whose_taker_fails_stays_and_those_before_it_are_gone() {
        var ring = new MpscRing<Integer>(4);
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
        var thrown = assertThrows(IllegalArgumentException.class, () -> new MpscRing<>(capacity));
        assertTrue(thrown.getMessage().contains(String.valueOf(capacity)), thrown.getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> new MpscRing<Integer>(1).drain(item -> {}, 0, new WaitStrategy.Spin()));
    }

    /** Each producer's items arrive once and in its order, whole, however they mix. */
    @ParameterizedTest
    @CsvSource({"1, yield", "2, park", "3, yield", "1000, yield", "64, sleep"})
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void every_item_of_every_producer_arrives_once_and_in_order(int capacity, String waiting)
            throws InterruptedException {
        int producers = 3;
        int items = waiting.equals("sleep") ? 1_000 : 10_000;
        var wait = WaitStrategy.parse(waiting);
        var ring = new MpscRing<long[]>(capacity);
        var threads = new ArrayList<Thread>();
        var refused = new AtomicLong();
        for (int i = 0; i < producers; i++) {
            int number = i;
            threads.add(new Thread(() -> {
                for (long item = 0; item < items; item++) {
                    if (!ring.offer(new long[] {number, item, ~item}, wait)) refused.incrementAndGet();
                }
            }));
        }
        threads.forEach(Thread::start);
        var closer = new Thread(() -> {
            for (Thread thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            ring.close();
        });
        closer.start();
        long[] next = new long[producers];
        var wrong = new AtomicLong();
        while (true) {
            int taken = ring.drain(
                    item -> {
                        if (item[1] != next[(int) item[0]]++ || item[2] != ~item[1]) wrong.incrementAndGet();
                    },
                    7,
                    wait);
            if (taken == 0) break;
            if (ring.length() > capacity) wrong.incrementAndGet();
        }
        closer.join();
        assertEquals(0, wrong.get());
        assertEquals(0, refused.get());
        for (long each : next) assertEquals(items, each);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void producers_that_wait_for_room_are_woken_by_the_close_and_counted_as_refused() throws InterruptedException {
        var ring = new MpscRing<Integer>(1);
        assertTrue(ring.offer(1));
        assertFalse(ring.offer(2));
        assertEquals(0, ring.refusals(), "full is not closed");
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < 3; i++) {
            threads.add(Thread.ofPlatform().start(() -> ring.offer(2, new WaitStrategy.Yield())));
        }
        ring.close();
        for (Thread thread : threads) thread.join();
        assertEquals(3, ring.refusals());
        assertEquals(List.of(1), drain(ring, 10));
        assertTrue(ring.isDrained());
    }

    /** Producers that race with the close: every item for which offer said yes is drained, and no other. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void a_close_in_the_middle_loses_nothing_that_was_taken() throws InterruptedException {
        for (int round = 0; round < 100; round++) {
            var ring = new MpscRing<Integer>(8);
            var accepted = new AtomicLong();
            Runnable producer = () -> {
                while (!ring.isClosed()) {
                    if (ring.offer(1)) accepted.incrementAndGet();
                    else Thread.yield();
                }
            };
            var threads = List.of(new Thread(producer), new Thread(producer));
            threads.forEach(Thread::start);
            var taken = new AtomicLong();
            for (int i = 0; i < 20; i++) taken.addAndGet(ring.drain(item -> {}, 8));
            ring.close();
            while (!ring.isDrained()) taken.addAndGet(ring.drain(item -> {}, 8));
            for (Thread thread : threads) thread.join();
            assertEquals(accepted.get(), taken.get());
            assertFalse(ring.offer(1));
        }
    }
}
