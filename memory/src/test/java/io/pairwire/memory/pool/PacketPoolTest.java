package io.pairwire.memory.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketPoolTest {
    private static PacketPool pool(int initial, int ceiling, int... lengths) {
        return new PacketPool(PoolSettings.of(initial, ceiling, lengths));
    }

    private static PacketPool pool(PoolSettings settings) {
        return new PacketPool(settings);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 65, 128, 129, 1500, 2048, 2049, 9216})
    void a_buffer_comes_from_the_shortest_class_that_holds_it(int length) {
        try (var pool = pool(2, 2, 64, 128, 256, 512, 1024, 2048, 9216)) {
            PacketBuffer buffer = pool.allocate(length);
            int expected = Arrays.stream(new int[] {64, 128, 256, 512, 1024, 2048, 9216})
                    .filter(each -> each >= length)
                    .findFirst()
                    .orElseThrow();
            assertEquals(expected, buffer.capacity());
            assertEquals(length, buffer.length());
            assertEquals(0, buffer.position() % 64);
            buffer.release();
            assertEquals(0, pool.outstanding());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 9217 - 32, Integer.MAX_VALUE})
    void a_length_no_class_holds_is_refused_with_its_value(int length) {
        try (var pool = pool(PoolSettings.of(1, 1, 64, 9216).withHeadroom(32))) {
            var thrown = assertThrows(IllegalArgumentException.class, () -> pool.allocate(length));
            assertTrue(thrown.getMessage().contains(String.valueOf(length)), thrown.getMessage());
        }
    }

    @Test
    void buffers_do_not_overlap() {
        try (var pool = pool(100, 150, 64, 128)) {
            var buffers = new PacketBuffer[250];
            for (int i = 0; i < buffers.length; i++) {
                buffers[i] = pool.allocate(i % 2 == 0 ? 64 : 128);
                for (int at = 0; at < buffers[i].length(); at++) buffers[i].putU8(at, i);
            }
            for (int i = 0; i < buffers.length; i++) {
                for (int at = 0; at < buffers[i].length(); at++) assertEquals(i & 0xFF, buffers[i].u8(at));
            }
        }
    }

    @Test
    void it_grows_in_steps_up_to_the_ceiling_then_takes_the_next_larger_class_and_then_is_empty() {
        try (var pool = pool(10, 35, 64, 256)) {
            LocalPool local = pool.local();
            var seen = new HashSet<Integer>();
            for (int i = 0; i < 70; i++) {
                int handle = local.allocate(64);
                assertNotEquals(PacketPool.NONE, handle, "buffer " + i);
                assertEquals(i < 35 ? 64 : 256, pool.capacity(handle), "buffer " + i);
                assertTrue(seen.add(handle));
            }
            assertEquals(PacketPool.NONE, local.allocate(64));
            assertSame(PacketBuffer.NONE, pool.allocate(1));
            assertEquals(35, pool.statistics().classes().get(1).larger());
            assertEquals(70, pool.outstanding());
            for (int handle : seen) local.release(handle);
            assertEquals(0, pool.outstanding());
            assertEquals(70, local.allocate(64, new int[100], 0, 100), "all are there again");
        }
    }

    @Test
    void an_exhausted_pool_throws_if_asked_to_and_a_batch_is_all_or_nothing() {
        try (var pool = pool(PoolSettings.of(5, 5, 64).withExhausted(new Exhausted.Throw()))) {
            assertThrows(PoolExhaustedException.class, () -> pool.local().allocate(64, new int[6], 0, 6));
            assertEquals(0, pool.outstanding());
            assertEquals(5, pool.local().allocate(64, new int[5], 0, 5));
            assertThrows(PoolExhaustedException.class, () -> pool.allocate(1));
        }
    }

    @Test
    void an_exhausted_pool_waits_if_asked_to_until_a_buffer_comes_back_or_time_is_up() {
        var waited = new AtomicLong();
        Runnable[] meanwhile = {() -> {}};
        var settings = PoolSettings.of(1, 1, 64).withExhausted(new Exhausted.Wait(Duration.ofMillis(2), nanos -> {
            waited.addAndGet(nanos);
            meanwhile[0].run();
        }));
        try (var pool = pool(settings)) {
            int only = pool.local().allocate(64);
            assertEquals(PacketPool.NONE, pool.local().allocate(64));
            assertEquals(2_000_000, waited.get());
            meanwhile[0] = () -> {
                if (pool.isLive(only)) pool.local().release(only);
            };
            assertNotEquals(PacketPool.NONE, pool.local().allocate(64));
            assertEquals(2_050_000, waited.get());
        }
    }

    @Test
    void a_source_without_memory_at_the_start_is_told_and_later_is_counted_and_survived() {
        int[] left = {2};
        MemorySource failing = new MemorySource() {
            @Override
            public MemoryBlock allocate(long bytes) {
                if (left[0]-- <= 0) throw new MemoryUnavailableException("on purpose", null);
                return MemorySource.heap().allocate(bytes);
            }

            @Override
            public String description() {
                return "fails";
            }
        };
        try (var pool = pool(PoolSettings.of(3, 100, 64, 128).withSource(failing))) {
            assertEquals(6, pool.local().allocate(1, new int[10], 0, 10));
            assertEquals(PacketPool.NONE, pool.local().allocate(1));
            assertTrue(pool.statistics().classes().get(0).failedGrowths() > 0);
            left[0] = 1;
            assertNotEquals(PacketPool.NONE, pool.local().allocate(1), "a source that recovered");
        }
        left[0] = 1;
        assertThrows(
                MemoryUnavailableException.class,
                () -> pool(PoolSettings.of(3, 100, 64, 128).withSource(failing)));
    }

    @Test
    void what_an_ended_thread_had_cached_is_reclaimed_before_anything_is_made() throws InterruptedException {
        try (var pool = pool(40, 40, 64)) {
            var thread = new Thread(() -> pool.allocate(64).release());
            thread.start();
            thread.join();
            assertEquals(40, pool.local().allocate(64, new int[50], 0, 50));
        }
    }

    @Test
    void a_closed_local_pool_gives_back_what_it_cached_and_refuses_further_work() {
        try (var pool = pool(40, 40, 64)) {
            LocalPool local = pool.newLocal();
            local.release(local.allocate(1));
            local.close();
            local.close();
            assertThrows(BufferMisuseException.class, () -> local.allocate(1));
            assertEquals(40, pool.local().allocate(64, new int[50], 0, 50));
        }
    }

    @Test
    void shrinking_frees_slabs_that_are_idle_and_they_come_back_with_stale_handles_still_stale() {
        try (var pool = pool(PoolSettings.of(10, 40, 64).withCache(1))) {
            LocalPool local = pool.newLocal();
            int[] handles = new int[40];
            assertEquals(40, local.allocate(64, handles, 0, 40));
            local.release(handles, 10, 30);
            assertEquals(0, pool.shrink() % 64);
            assertEquals(10, pool.outstanding());
            local.release(handles, 0, 10);
            local.close();
            pool.shrink();
            assertEquals(10, pool.statistics().classes().get(0).buffers());
            int[] again = new int[40];
            assertEquals(40, pool.local().allocate(64, again, 0, 40));
            for (int handle : handles) assertFalse(pool.isLive(handle));
            for (int handle : again) assertTrue(pool.isLive(handle));
        }
    }

    @Test
    void closing_tells_what_was_in_use_and_every_later_use_is_named() {
        var pool = pool(10, 10, 64);
        PacketBuffer kept = pool.allocate(10);
        LocalPool local = pool.local();
        pool.close();
        pool.close();
        assertEquals(1, pool.outstanding());
        for (Runnable use : new Runnable[] {
            () -> pool.allocate(1),
            kept::release,
            () -> kept.u8(0),
            () -> local.allocate(1),
            () -> pool.newLocal().allocate(1)
        }) {
            var thrown = assertThrows(BufferMisuseException.class, use::run);
            assertTrue(thrown.getMessage().contains("closed"), thrown.getMessage());
        }
    }

    @Test
    void without_metadata_there_are_handles_alone() {
        try (var pool = pool(PoolSettings.of(10, 10, 64).withMetadata(false))) {
            int handle = pool.local().allocate(64);
            assertThrows(IllegalStateException.class, () -> pool.buffer(handle));
            pool.memory(handle).set(ValueLayout.JAVA_BYTE, pool.position(handle) + 63, (byte) 1);
            pool.retain(handle);
            assertEquals(2, pool.references(handle));
            pool.local().release(handle);
            pool.local().release(handle);
            assertEquals(0, pool.references(handle));
            assertEquals(0, pool.outstanding());
        }
    }

    @Test
    void the_shared_pool_is_one() {
        PacketBuffer buffer = PacketPool.shared().allocate(1500);
        assertEquals(2048, buffer.capacity());
        buffer.release();
        assertSame(PacketPool.shared(), PacketPool.shared());
    }

    /** A thousand random steps against a set of handles, with every length of magazine. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 32})
    void it_behaves_as_a_set_of_free_buffers_does(int cache) {
        var random = new Random(cache);
        try (var pool = pool(PoolSettings.of(20, 90, 64).withCache(cache))) {
            var locals = new LocalPool[] {pool.newLocal(), pool.newLocal()};
            var held = new ArrayList<Integer>();
            int[] batch = new int[40];
            for (int step = 0; step < 5_000; step++) {
                LocalPool local = locals[random.nextInt(2)];
                int count = 1 + random.nextInt(batch.length);
                if (random.nextBoolean()) {
                    int got = local.allocate(64, batch, 0, count);
                    assertTrue(got == count || held.size() + got >= 90 - 2 * cache * 2, "empty with " + held.size());
                    for (int i = 0; i < got; i++) {
                        assertFalse(held.contains(batch[i]));
                        held.add(batch[i]);
                    }
                } else {
                    for (int i = 0; i < count && !held.isEmpty(); i++) {
                        local.release(held.remove(random.nextInt(held.size())));
                    }
                }
                if (step % 100 == 0) assertEquals(held.size(), pool.outstanding());
            }
            for (int handle : held) locals[0].release(handle);
            assertEquals(0, pool.outstanding());
        }
    }

    @Test
    void nothing_is_allocated_on_the_heap() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (var pool = pool(200, 200, 64, 2048)) {
            LocalPool local = pool.local();
            int[] handles = new int[100];
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 200 && least > 0; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int turn = 0; turn < 100; turn++) {
                    local.allocate(1500, handles, 0, handles.length);
                    local.release(handles, 0, handles.length);
                    PacketBuffer buffer = pool.allocate(10).ingressPort(turn);
                    buffer.retain().release();
                    buffer.release();
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertEquals(0, least);
        }
    }
}
