package io.pairwire.memory.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolStatisticsTest {
    @Test
    void every_buffer_is_counted_whoever_allocates_and_releases_it() throws InterruptedException {
        try (var pool = new PacketPool(PoolSettings.of(100, 100, 64, 128))) {
            for (int i = 0; i < 40; i++) { // more threads than are remembered one by one
                var thread = new Thread(() -> {
                    int[] handles = new int[10];
                    pool.local().allocate(64, handles, 0, 10);
                    pool.local().release(handles, 0, 9);
                    pool.allocate(100).release();
                    try (LocalPool other = pool.newLocal()) {
                        other.release(handles[9]);
                    }
                });
                thread.start();
                thread.join();
            }
            PacketBuffer kept = pool.allocate(64);
            PacketBuffer slice = kept.slice(0, 4);
            PoolStatistics statistics = pool.statistics();
            assertEquals(
                    List.of(401L, 40L, 1L),
                    statistics.classes().stream()
                            .map(PoolStatistics.ForClass::allocations)
                            .toList());
            assertEquals(
                    List.of(400L, 40L, 0L),
                    statistics.classes().stream()
                            .map(PoolStatistics.ForClass::releases)
                            .toList());
            assertEquals(2, statistics.inUse());
            assertEquals(pool.outstanding(), statistics.inUse());
            assertEquals(0.01, statistics.classes().getFirst().utilisation());
            assertEquals(64.0 / (100 * 192), statistics.utilisation());
            slice.release();
            kept.release();
            assertEquals(0, pool.statistics().inUse());
        }
    }

    @Test
    void the_cache_serves_nearly_all_of_a_thread_that_works_in_its_own_circle() {
        try (var pool = new PacketPool(PoolSettings.of(100, 100, 64))) {
            assertEquals(1, pool.statistics().cacheHitRate());
            for (int i = 0; i < 1_000; i++) pool.allocate(1).release();
            PoolStatistics statistics = pool.statistics();
            assertEquals(1, statistics.classes().getFirst().refills());
            assertEquals(0.999, statistics.cacheHitRate());
        }
    }

    @Test
    void a_pool_that_does_not_count_still_knows_what_is_in_use_and_why_it_failed() {
        try (var pool = new PacketPool(PoolSettings.of(2, 4, 64).withStatistics(false))) {
            int[] handles = new int[5];
            assertEquals(4, pool.local().allocate(64, handles, 0, 5));
            PoolStatistics.ForClass numbers = pool.statistics().classes().getFirst();
            assertEquals(0, numbers.allocations());
            assertEquals(4, numbers.inUse());
            assertEquals(1, numbers.growths());
            assertEquals(1, numbers.exhausted());
            assertEquals(4, numbers.ceiling());
        }
    }

    @Test
    void exporters_are_told_in_intervals_of_the_callers_clock() {
        try (var pool = new PacketPool(PoolSettings.of(2, 4, 64))) {
            var monitor = new PoolMonitor(pool);
            var told = new ArrayList<PoolStatistics>();
            PoolExporter exporter = told::add;
            monitor.every(Duration.ofNanos(10), exporter);
            long start = Long.MAX_VALUE - 15; // the origin of a clock is anywhere
            for (int nanos = 0; nanos < 30; nanos++) monitor.tick(start + nanos);
            assertEquals(3, told.size());
            assertSame(true, monitor.remove(exporter));
            assertFalse(monitor.remove(exporter));
            monitor.tick(start + 1_000);
            assertEquals(3, told.size());
        }
    }

    @Test
    void a_threshold_is_told_once_until_use_fell_again() {
        try (var pool = new PacketPool(PoolSettings.of(10, 10, 64))) {
            var monitor = new PoolMonitor(pool);
            var told = new ArrayList<Double>();
            monitor.whenAbove(0.8, 0.5, statistics -> told.add(statistics.utilisation()));
            int[] handles = new int[10];
            int held = 0;
            for (int wanted : new int[] {7, 8, 10, 6, 9, 4, 8}) {
                if (wanted > held) pool.local().allocate(64, handles, held, wanted - held);
                else pool.local().release(handles, wanted, held - wanted);
                held = wanted;
                monitor.tick(0);
            }
            assertEquals(List.of(0.8, 0.8), told);
        }
    }

    @Test
    void an_exporter_that_fails_keeps_nobody_from_being_told() {
        try (var pool = new PacketPool(PoolSettings.of(1, 1, 64))) {
            var monitor = new PoolMonitor(pool);
            var told = new ArrayList<PoolStatistics>();
            for (String name : List.of("first", "second")) {
                monitor.every(Duration.ofSeconds(1), _ -> {
                    throw new IllegalStateException(name);
                });
            }
            monitor.every(Duration.ofSeconds(1), told::add);
            var thrown = assertThrows(IllegalStateException.class, () -> monitor.tick(0));
            assertEquals("first", thrown.getMessage());
            assertEquals("second", thrown.getSuppressed()[0].getMessage());
            assertEquals(1, told.size());
        }
    }

    @Test
    void intervals_and_thresholds_that_cannot_be_are_refused() {
        try (var pool = new PacketPool(PoolSettings.of(1, 1, 64).withSource(MemorySource.heap()))) {
            var monitor = new PoolMonitor(pool);
            PoolExporter nobody = _ -> {};
            assertThrows(IllegalArgumentException.class, () -> monitor.every(Duration.ZERO, nobody));
            assertThrows(IllegalArgumentException.class, () -> monitor.whenAbove(0.5, 0.6, nobody));
            assertThrows(IllegalArgumentException.class, () -> monitor.whenAbove(Double.NaN, 0, nobody));
            assertThrows(IllegalArgumentException.class, () -> monitor.whenAbove(1.1, 0, nobody));
            assertTrue(pool.statistics().source().contains("heap"));
        }
    }
}
