package io.pairwire.memory.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.memory.pool.BufferEvent.Kind;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Memory that fails, pools that are empty, programs that are wrong: what the pool does about it in production. */
class PoolFaultsTest {
    private static MemorySource failing(Random random, int oneOf) {
        return new MemorySource() {
            @Override
            public MemoryBlock allocate(long bytes) {
                if (random.nextInt(oneOf) == 0) throw new MemoryUnavailableException("on purpose", null);
                return MemorySource.heap().allocate(bytes);
            }

            @Override
            public String description() {
                return "fails at times";
            }
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void memory_that_fails_at_times_costs_growth_and_nothing_else(long seed) {
        var random = new Random(seed);
        var none = new SizeClass(64, 0, 500, 10);
        var settings = new PoolSettings(
                List.of(none), 0, 4, true, true, failing(random, 3), new Exhausted.Empty(), Safety.PRODUCTION);
        try (var pool = new PacketPool(settings)) {
            int[] held = new int[500];
            int count = 0;
            for (int step = 0; step < 4_000; step++) {
                if (random.nextBoolean() && count < held.length) {
                    int handle = pool.local().allocate(64);
                    if (handle != PacketPool.NONE) held[count++] = handle;
                } else if (count > 0) {
                    pool.local().release(held[--count]);
                }
                if (step % 500 == 499) pool.shrink();
                assertTrue(count <= pool.statistics().classes().getFirst().buffers());
            }
            PoolStatistics.ForClass numbers = pool.statistics().classes().getFirst();
            assertNotEquals(0, numbers.failedGrowths());
            assertNotEquals(0, numbers.growths());
            assertEquals(count, pool.outstanding());
            pool.local().release(held, 0, count);
            assertEquals(0, pool.outstanding());
        }
    }

    /** Two caches with the same handle, as two threads leave them that release at the same time with one reference. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_handle_in_two_caches_is_handed_out_once_and_told(boolean metadata) {
        try (var pool = new PacketPool(PoolSettings.of(1, 1, 64).withMetadata(metadata))) {
            LocalPool here = pool.newLocal();
            LocalPool there = pool.newLocal();
            int handle = here.allocate(1);
            here.release(handle);
            there.cache(0).push(Handle.successor(handle)); // the other one was as fast
            int first = here.allocate(1);
            assertNotEquals(PacketPool.NONE, first);
            assertEquals(PacketPool.NONE, there.allocate(1));
            assertEquals(1, pool.findings().size());
            assertTrue(
                    pool.findings().getFirst().contains("two threads"),
                    pool.findings().getFirst());
            there.release(first);
            int[] all = new int[2];
            assertEquals(1, there.allocate(1, all, 0, 2));
            there.release(all[0]);
            assertEquals(0, pool.outstanding());
        }
    }

    @Test
    void a_buffer_that_was_released_gets_no_room_and_no_length_back() {
        try (var pool = new PacketPool(PoolSettings.of(1, 1, 128).withHeadroom(32))) {
            PacketBuffer buffer = pool.allocate(10);
            buffer.release();
            assertEquals(List.of(0, 0, 0), List.of(buffer.length(), buffer.headroom(), buffer.tailroom()));
            assertThrows(IllegalArgumentException.class, () -> buffer.append(1));
            assertThrows(IllegalArgumentException.class, () -> buffer.prepend(1));
            assertThrows(BufferMisuseException.class, () -> buffer.putU8(0, 1));
            assertThrows(BufferMisuseException.class, buffer::release);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void events_are_written_down_from_the_moment_they_are_asked_for_by_caches_long_in_use(boolean metadata) {
        try (var pool = new PacketPool(PoolSettings.of(40, 80, 64).withMetadata(metadata))) {
            LocalPool local = pool.local();
            int[] handles = new int[32];
            local.allocate(1, handles, 0, 32);
            local.release(handles, 0, 32);
            pool.trace(Tracing.EVENTS);
            int single = local.allocate(1);
            local.release(single);
            assertEquals(List.of(Kind.ALLOCATED, Kind.FREED), kinds(pool, single));
            local.allocate(1, handles, 0, 32);
            local.release(handles, 0, 32);
            assertEquals(List.of(Kind.ALLOCATED, Kind.FREED), kinds(pool, handles[7]));
            pool.trace(Tracing.SITES);
            int sited = local.allocate(1);
            assertTrue(pool.active(1).getFirst().site().isPresent());
            local.release(sited);
            pool.trace(Tracing.OFF);
            local.release(local.allocate(1));
            assertEquals(List.of(Kind.ALLOCATED, Kind.FREED), kinds(pool, sited), "and nothing after it");
        }
    }

    private static List<Kind> kinds(PacketPool pool, int handle) {
        return pool.life(handle).stream()
                .filter(each -> each.handle() == handle)
                .map(BufferEvent::kind)
                .toList();
    }

    @Test
    void a_pool_that_is_closed_still_tells_who_leaked() {
        var pool = new PacketPool(PoolSettings.of(4, 4, 64));
        pool.trace(Tracing.SITES);
        pool.local().allocate(1);
        pool.close();
        assertEquals(1, pool.leaks().buffers());
        assertTrue(
                pool.leaks().toString().contains("PoolFaultsTest"), pool.leaks().toString());
    }

    @Test
    void a_pool_without_metadata_notices_the_same_misuse() {
        try (var pool = new PacketPool(PoolSettings.of(4, 4, 64, 128).withMetadata(false))) {
            LocalPool local = pool.local();
            int handle = local.allocate(100);
            local.release(handle);
            assertThrows(BufferMisuseException.class, () -> local.release(handle));
            int next = local.allocate(100);
            assertThrows(BufferMisuseException.class, () -> local.release(handle));
            assertThrows(BufferMisuseException.class, () -> local.release(new int[] {next, handle}, 0, 2));
            assertFalse(pool.isLive(next), "what comes before the wrong one was released");
            assertEquals(0, pool.outstanding());
        }
    }

    @Test
    void batches_of_several_classes_are_released_each_to_its_own() {
        try (var pool = new PacketPool(PoolSettings.of(50, 50, 64, 128, 256))) {
            LocalPool local = pool.local();
            int[] handles = new int[60];
            for (int i = 0; i < handles.length; i++) handles[i] = local.allocate(64 << i % 3);
            int shared = handles[31];
            pool.retain(shared);
            local.release(handles, 0, handles.length);
            assertEquals(1, pool.outstanding());
            local.release(shared);
            for (PoolStatistics.ForClass each : pool.statistics().classes().subList(0, 3)) {
                assertEquals(20, each.allocations());
                assertEquals(20, each.releases());
            }
        }
    }
}
