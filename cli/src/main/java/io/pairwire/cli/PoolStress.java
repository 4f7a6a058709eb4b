package io.pairwire.cli;

import io.pairwire.memory.MpscRing;
import io.pairwire.memory.pool.PacketBuffer;
import io.pairwire.memory.pool.PacketPool;
import io.pairwire.memory.pool.PoolSettings;
import io.pairwire.memory.pool.PoolStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Threads that do everything a buffer allows, at random, and check the bytes before each release. */
final class PoolStress {
    private static final int LEAST = 8;
    private static final int MOST = 9_000;
    private static final int HELD = 64;
    private static final int BETWEEN_LOOKS = 64;

    private final PacketPool pool;
    private final boolean shrinks;
    private final long nanos;
    private final long start = System.nanoTime();
    private final List<MpscRing<PacketBuffer>> rings = new ArrayList<>();
    private final CountDownLatch producing;
    private final List<String> troubles = new ArrayList<>();
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicLong handedOver = new AtomicLong();

    /**
     * How it ended.
     *
     * @param wrong buffers whose bytes were not the ones written
     * @param troubles what threads failed with, and what the pool's own checks found
     */
    record Result(
            long allocations, long handedOver, long exhausted, long wrong, int outstanding, List<String> troubles) {
        boolean isClean() {
            return wrong == 0 && outstanding == 0 && troubles.isEmpty();
        }
    }

    private PoolStress(PacketPool pool, int threads, long nanos, boolean shrinks) {
        this.pool = pool;
        this.shrinks = shrinks;
        this.nanos = nanos;
        this.producing = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) rings.add(new MpscRing<>(HELD));
    }

    static Result run(PoolSettings settings, int threads, long nanos, long seed) throws InterruptedException {
        return run(settings, threads, nanos, seed, false);
    }

    /** @param shrinks whether one thread gives idle slabs back all the time, so that there is growing to do */
    static Result run(PoolSettings settings, int threads, long nanos, long seed, boolean shrinks)
            throws InterruptedException {
        try (var pool = new PacketPool(settings)) {
            var stress = new PoolStress(pool, threads, nanos, shrinks);
            var running = new ArrayList<Thread>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                running.add(Thread.ofPlatform().name("stress-" + i).start(() -> stress.work(number, seed + number)));
            }
            for (Thread thread : running) thread.join();
            PoolStatistics statistics = pool.statistics();
            stress.troubles.addAll(pool.findings());
            if (pool.outstanding() > 0) stress.troubles.add(pool.leaks().toString());
            return new Result(
                    statistics.allocations(),
                    stress.handedOver.get(),
                    statistics.exhausted(),
                    stress.wrong.get(),
                    pool.outstanding(),
                    List.copyOf(stress.troubles));
        }
    }

    private void work(int number, long seed) {
        var held = new ArrayList<PacketBuffer>();
        try {
            var random = new Random(seed);
            while (System.nanoTime() - start < nanos) {
                for (int i = 0; i < BETWEEN_LOOKS; i++) step(number, random, held);
                if (shrinks && number == 0) pool.shrink();
            }
        } catch (RuntimeException e) { // the edge of the thread: told, and the exit code shows it
            tell(e);
        } finally {
            producing.countDown();
        }
        try {
            producing.await(); // from here on nobody offers
            rings.get(number).drain(this::finish, Integer.MAX_VALUE);
            held.forEach(this::finish);
        } catch (InterruptedException | RuntimeException e) {
            tell(e);
        }
    }

    private void tell(Exception e) {
        synchronized (troubles) {
            troubles.add(Thread.currentThread().getName() + ": " + e);
        }
    }

    private void step(int number, Random random, List<PacketBuffer> held) {
        int choice = random.nextInt(8);
        if (held.isEmpty() || choice < 3 && held.size() < HELD) {
            allocate(random, held);
            return;
        }
        PacketBuffer any = held.remove(random.nextInt(held.size()));
        switch (choice) {
            case 3 -> {
                held.add(any);
                PacketBuffer slice = any.slice(0, any.length()).userWord(0, any.userWord(0));
                held.add(slice);
            }
            case 4 -> {
                PacketBuffer head = PacketBuffer.NONE;
                if (!held.isEmpty()) head = held.getLast();
                if (!head.isNone() && !head.isShared() && head.parts() < 4) {
                    head.chain(any);
                } else {
                    finish(any);
                }
            }
            case 5 -> {
                MpscRing<PacketBuffer> other = rings.get(random.nextInt(rings.size()));
                if (other.offer(any)) handedOver.incrementAndGet();
                else finish(any);
            }
            case 6 -> {
                rings.get(number).drain(this::finish, 4);
                held.add(any);
            }
            default -> {
                any.retain().release();
                finish(any);
            }
        }
    }

    private void allocate(Random random, List<PacketBuffer> held) {
        int length = LEAST + random.nextInt(random.nextInt(1, MOST));
        PacketBuffer buffer = pool.allocate(length);
        if (buffer.isNone()) return;
        int word = buffer.handle();
        buffer.userWord(0, word).putU32(0, word);
        buffer.putU32(length - Integer.BYTES, word);
        held.add(buffer);
    }

    /** Checks a chain and gives up one reference. */
    private void finish(PacketBuffer head) {
        for (PacketBuffer part = head; !part.isNone(); part = part.next()) {
            int word = (int) part.userWord(0);
            if ((int) part.u32(0) != word || (int) part.u32(part.length() - Integer.BYTES) != word) {
                wrong.incrementAndGet();
            }
        }
        head.release();
    }
}
