package io.pairwire.memory.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.memory.SpscRing;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PoolConcurrencyTest {
    private static final int THREADS = 4;

    private interface Work {
        void run(int thread) throws InterruptedException;
    }

    private static void together(int threads, Work work) throws InterruptedException {
        var failed = new AtomicReference<Throwable>();
        var running = new ArrayList<Thread>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            var thread = new Thread(() -> {
                try {
                    work.run(number);
                } catch (Throwable e) {
                    failed.compareAndSet(null, e);
                }
            });
            running.add(thread);
            thread.start();
        }
        for (Thread thread : running) thread.join();
        if (failed.get() != null) throw new AssertionError(failed.get());
    }

    /** With two magazines, each pop and push meets the same few ids again: the case that a tag is for. */
    @Test
    void a_magazine_is_never_with_two_threads() throws InterruptedException {
        var depot = new Depot(4);
        var owned = new AtomicIntegerArray(8);
        for (int i = 0; i < 3; i++) {
            Magazine magazine = depot.popEmpty();
            magazine.add(i);
            depot.push(magazine);
        }
        together(THREADS, thread -> {
            var random = new Random(thread);
            for (int i = 0; i < 100_000; i++) {
                Magazine first = depot.popFilled();
                Magazine second = random.nextBoolean() ? depot.popFilled() : null;
                for (Magazine each : new Magazine[] {first, second}) {
                    if (each != null) assertEquals(1, owned.incrementAndGet(each.id), "owners of " + each.id);
                }
                for (Magazine each : new Magazine[] {first, second}) {
                    if (each == null) continue;
                    owned.decrementAndGet(each.id);
                    depot.push(each);
                }
            }
        });
        for (int i = 0; i < 3; i++) assertTrue(depot.popFilled() != null, "magazine " + i);
        assertNull(depot.popFilled());
        assertEquals(3, depot.made());
    }

    /** Magazines of 1 and a pool that is always short: every operation goes to the depot. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 32})
    void a_buffer_is_never_with_two_owners(int cache) throws InterruptedException {
        int buffers = 200;
        try (var pool = new PacketPool(PoolSettings.of(10, buffers, 64).withCache(cache))) {
            var owners = new AtomicIntegerArray(1 << 12);
            together(THREADS, thread -> {
                var random = new Random(thread);
                LocalPool local = pool.local();
                int[] held = new int[100];
                int count = 0;
                for (int i = 0; i < 20_000; i++) {
                    int wanted = random.nextInt(held.length - count + 1);
                    int got = local.allocate(64, held, count, wanted);
                    for (int at = count; at < count + got; at++) {
                        assertEquals(1, owners.incrementAndGet(Handle.place(held[at])), "owners of a buffer");
                        pool.memory(held[at]).setAtIndex(ValueLayout.JAVA_INT, pool.position(held[at]) / 4, thread);
                    }
                    count += got;
                    int released = random.nextInt(count + 1);
                    for (int each = 0; each < released; each++) {
                        int handle = held[--count];
                        assertEquals(
                                thread,
                                pool.memory(handle).getAtIndex(ValueLayout.JAVA_INT, pool.position(handle) / 4));
                        owners.decrementAndGet(Handle.place(handle));
                        local.release(handle);
                    }
                }
                for (int at = 0; at < count; at++) owners.decrementAndGet(Handle.place(held[at]));
                local.release(held, 0, count);
            });
            assertEquals(0, pool.outstanding());
            assertEquals(buffers, pool.local().allocate(64, new int[buffers + 1], 0, buffers + 1));
        }
    }

    @Test
    void buffers_allocated_by_one_thread_are_released_by_another() throws InterruptedException {
        int batches = 20_000;
        try (var pool = new PacketPool(PoolSettings.of(100, 2_000, 64))) {
            var ring = new SpscRing<int[]>(8);
            var done = new AtomicBoolean();
            together(2, thread -> {
                LocalPool local = pool.local();
                if (thread == 0) {
                    for (int i = 0; i < batches; i++) {
                        int[] batch = new int[8];
                        while (local.allocate(64, batch, 0, 8) < 8) throw new AssertionError("exhausted");
                        for (int handle : batch)
                            pool.buffer(handle).userWord(0, handle).putU32(0, handle);
                        while (!ring.offer(batch)) Thread.yield();
                    }
                    done.set(true);
                } else {
                    while (!done.get() || ring.length() > 0) {
                        int taken = ring.drain(
                                batch -> {
                                    for (int handle : batch) {
                                        PacketBuffer buffer = pool.buffer(handle);
                                        assertEquals(handle, buffer.userWord(0));
                                        assertEquals(handle, (int) buffer.u32(0));
                                        buffer.release();
                                    }
                                },
                                8);
                        if (taken == 0) Thread.yield();
                    }
                }
            });
            assertEquals(0, pool.outstanding());
        }
    }

    /** All release the same buffer at once; exactly one of them returns it. */
    @Test
    void the_last_of_many_references_frees_the_buffer_once() throws InterruptedException {
        int rounds = 20_000;
        try (var pool = new PacketPool(PoolSettings.of(4, 4, 64))) {
            var rings = new ArrayList<SpscRing<Integer>>();
            for (int i = 0; i < THREADS; i++) rings.add(new SpscRing<>(2));
            together(THREADS + 1, thread -> {
                LocalPool local = pool.newLocal();
                if (thread == THREADS) {
                    for (int i = 0; i < rounds; i++) {
                        int handle = local.allocate(1);
                        while (handle == PacketPool.NONE) {
                            Thread.yield();
                            handle = local.allocate(1);
                        }
                        for (int each = 1; each < THREADS; each++) pool.retain(handle);
                        for (SpscRing<Integer> ring : rings) {
                            while (!ring.offer(handle)) Thread.yield();
                        }
                    }
                } else {
                    for (int left = rounds; left > 0; ) {
                        int taken = rings.get(thread).drain(local::release, 1);
                        if (taken == 0) Thread.yield();
                        local.close();
                        local = pool.newLocal();
                        left -= taken;
                    }
                }
                local.close();
            });
            assertEquals(0, pool.outstanding());
            assertEquals(4, pool.local().allocate(1, new int[9], 0, 9));
        }
    }

    @Test
    void shrinking_while_others_work_loses_nothing() throws InterruptedException {
        try (var pool = new PacketPool(PoolSettings.of(10, 500, 64).withCache(2))) {
            together(3, thread -> {
                if (thread == 0) {
                    for (int i = 0; i < 2_000; i++) pool.shrink();
                    return;
                }
                var random = new Random(thread);
                LocalPool local = pool.local();
                int[] held = new int[100];
                for (int i = 0; i < 2_000; i++) {
                    int got = local.allocate(64, held, 0, 1 + random.nextInt(99));
                    for (int at = 0; at < got; at++) pool.buffer(held[at]).putU8(63, at);
                    for (int at = 0; at < got; at++)
                        assertEquals(at, pool.buffer(held[at]).u8(63));
                    local.release(held, 0, got);
                }
            });
            assertEquals(0, pool.outstanding());
            assertEquals(500, pool.local().allocate(64, new int[501], 0, 501));
        }
    }
}
