package io.pairwire.memory.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.memory.pool.BufferEvent.Kind;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PoolSafetyTest {
    private final PacketPool pool =
            new PacketPool(PoolSettings.of(4, 400, 64, 128).withSafety(Safety.DEBUG));
    private final LocalPool local = pool.local();

    @AfterEach
    void everything_came_back() {
        assertEquals(0, pool.outstanding());
        pool.close();
    }

    private static void contains(String text, String part) {
        assertTrue(text.contains(part), text);
    }

    private void poke(int handle, int at) {
        pool.memory(handle).set(ValueLayout.JAVA_BYTE, pool.position(handle) + at, (byte) 1);
    }

    @Test
    void a_buffer_used_well_is_not_suspected() {
        for (int i = 0; i < 300; i++) {
            int[] handles = new int[10];
            assertEquals(10, local.allocate(64, handles, 0, 10));
            for (int handle : handles) {
                poke(handle, 0);
                poke(handle, 63);
            }
            local.release(handles, 0, 10);
        }
        assertEquals(List.of(), pool.findings());
    }

    @Test
    void a_write_after_release_is_found_with_its_place_and_sites() {
        pool.trace(Tracing.SITES);
        int handle = local.allocate(100);
        local.release(handle);
        poke(handle, 77);
        int next = local.allocate(100);
        assertEquals(1, pool.findings().size());
        String finding = pool.findings().getFirst();
        contains(finding, "written after its release, at byte 77");
        local.release(next);
        assertEquals(1, pool.findings().size(), "told once");
        contains(finding, "allocated at " + PoolSafetyTest.class.getName());
        contains(finding, "released at " + PoolSafetyTest.class.getName());
    }

    @Test
    void a_write_behind_the_end_hits_the_guard_and_not_the_neighbour() {
        int[] handles = new int[4];
        local.allocate(64, handles, 0, 4);
        for (int handle : handles) pool.buffer(handle).putU8(0, 9);
        poke(handles[1], 64);
        for (int handle : handles) assertEquals(9, pool.buffer(handle).u8(0));
        local.release(handles, 0, 4);
        assertEquals(1, pool.findings().size());
        contains(pool.findings().getFirst(), "behind its end, at byte 64");
    }

    /** Without the checks this is the one misuse a pool cannot tell: both see one reference. */
    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void of_two_threads_with_one_reference_one_is_told() throws InterruptedException {
        int rounds = 2_000;
        int[] handles = new int[1];
        var told = new AtomicInteger();
        var start = new CyclicBarrier(2, () -> handles[0] = local.allocate(1));
        var end = new CyclicBarrier(2);
        Runnable racer = () -> {
            try (LocalPool mine = pool.newLocal()) {
                for (int i = 0; i < rounds; i++) {
                    start.await();
                    try {
                        mine.release(handles[0]);
                    } catch (BufferMisuseException e) {
                        told.incrementAndGet();
                    }
                    end.await();
                }
            } catch (InterruptedException | BrokenBarrierException e) {
                throw new AssertionError(e);
            }
        };
        var other = new Thread(racer);
        other.start();
        racer.run();
        other.join();
        assertEquals(rounds, told.get());
        assertEquals(List.of(), pool.findings());
    }

    @Test
    void misuse_names_where_the_buffer_came_from_and_went() {
        pool.trace(Tracing.SITES);
        PacketBuffer buffer = pool.allocate(1);
        buffer.release();
        var thrown = assertThrows(BufferMisuseException.class, buffer::release);
        contains(String.valueOf(thrown.getMessage()), "PoolSafetyTest.misuse_names_where");
    }

    @Test
    void leaks_are_told_by_site_most_first() {
        PacketBuffer before = pool.allocate(1);
        pool.trace(Tracing.SITES);
        int[] leaked = new int[3];
        for (int i = 0; i < 3; i++) leaked[i] = local.allocate(1);
        PacketBuffer slice = before.slice(0, 1);
        LeakReport report = pool.leaks();
        assertEquals(5, report.buffers());
        assertEquals(List.of(3, 1, 1), List.copyOf(report.sites().values()));
        contains(report.toString(), "  3 from " + PoolSafetyTest.class.getName() + ".leaks_are_told");
        contains(report.toString(), LeakReport.UNKNOWN);
        List<ActiveBuffer> dump = pool.active(100);
        assertEquals(5, dump.size());
        assertEquals(2, pool.active(2).size());
        contains(dump.toString(), "64 bytes, 2 references");
        contains(dump.toString(), "a slice, 1 reference");
        pool.trace(Tracing.OFF);
        local.release(leaked, 0, 3);
        slice.release();
        before.release();
        assertEquals("0 buffers in use\n", pool.leaks().toString());
    }

    @Test
    void the_life_of_a_buffer_is_told_in_order_whoever_had_it_and_only_while_tracing_is_on() throws Exception {
        local.release(local.allocate(1));
        pool.trace(new Tracing(1024, 0));
        int first = local.allocate(1);
        var thread = new Thread(() -> pool.local().release(first), "the other");
        thread.start();
        thread.join();
        int[] all = new int[400];
        assertEquals(400, local.allocate(1, all, 0, 400));
        List<BufferEvent> life = pool.life(first);
        pool.trace(Tracing.OFF);
        local.release(all, 0, 400);
        assertEquals(
                List.of(Kind.ALLOCATED, Kind.FREED, Kind.ALLOCATED),
                life.stream().map(BufferEvent::kind).toList());
        assertEquals("the other", life.get(1).thread());
        contains(
                life.get(0).toString(),
                " allocated by " + Thread.currentThread().getName());
        assertTrue(life.get(0).handle() != life.get(2).handle());
    }

    @Test
    void a_site_is_taken_of_every_nth_allocation() {
        pool.trace(new Tracing(0, 4));
        int[] handles = new int[8];
        for (int i = 0; i < 8; i++) handles[i] = local.allocate(1);
        assertEquals(
                2,
                pool.active(100).stream()
                        .filter(each -> each.site().isPresent())
                        .count());
        local.release(handles, 0, 8);
    }

    @Test
    void wrong_tracing_is_refused() {
        for (int kept : new int[] {-1, 3, Integer.MIN_VALUE, 1 << 21}) {
            assertThrows(IllegalArgumentException.class, () -> new Tracing(kept, 0));
        }
        assertThrows(IllegalArgumentException.class, () -> new Tracing(0, -1));
    }
}
