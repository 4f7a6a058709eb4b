package io.pairwire.memory.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What 64 threads of a large machine do to one pool, one step at a time in an order that a seed decides, beside a model that
 * knows who owns what. How fast that is on 64 processors, no machine here can tell.
 */
class PoolOwnersTest {
    private static final int OWNERS = 64;
    private static final int CEILING = 6_000;
    private static final int STEPS = 12_000;

    private record Owner(LocalPool local, ArrayList<Integer> held, ArrayDeque<Integer> given) {}

    private final BitSet owned = new BitSet();

    private void take(PacketPool pool, int handle) {
        assertTrue(pool.isLive(handle), "handed out and not in use");
        assertEquals(1, pool.references(handle));
        assertTrue(!owned.get(Handle.place(handle)), "a buffer with two owners");
        owned.set(Handle.place(handle));
    }

    private void giveBack(LocalPool local, int handle) {
        owned.clear(Handle.place(handle));
        local.release(handle);
    }

    @ParameterizedTest
    @CsvSource({"1, true, 1", "32, true, 2", "32, false, 3", "7, false, 4"})
    void sixty_four_owners_never_hold_the_same_buffer_and_all_come_back(int cache, boolean metadata, long seed) {
        var random = new Random(seed);
        var settings = PoolSettings.of(100, CEILING, 64, 256)
                .withCache(cache)
                .withMetadata(metadata)
                .withSource(MemorySource.heap());
        try (var pool = new PacketPool(settings)) {
            List<Owner> owners = new ArrayList<>();
            for (int i = 0; i < OWNERS; i++)
                owners.add(new Owner(pool.newLocal(), new ArrayList<>(), new ArrayDeque<>()));
            int[] batch = new int[48];
            for (int step = 0; step < STEPS; step++) {
                int number = random.nextInt(OWNERS);
                Owner owner = owners.get(number);
                switch (random.nextInt(6)) {
                    case 0, 1 -> {
                        int got = owner.local().allocate(1 + random.nextInt(256), batch, 0, 1 + random.nextInt(48));
                        for (int i = 0; i < got; i++) {
                            take(pool, batch[i]);
                            owner.held().add(batch[i]);
                        }
                    }
                    case 2 -> {
                        int handle = owner.local().allocate(64);
                        if (handle == PacketPool.NONE) break;
                        take(pool, handle);
                        owner.held().add(handle);
                    }
                    case 3 -> { // to another owner, who releases it
                        Owner other = owners.get(random.nextInt(OWNERS));
                        other.given().addAll(owner.held());
                        owner.held().clear();
                    }
                    case 4 -> {
                        while (!owner.given().isEmpty())
                            giveBack(owner.local(), owner.given().remove());
                    }
                    default -> {
                        if (random.nextInt(50) > 0) break;
                        owner.local().close(); // a thread that ends, and a new one in its place
                        owners.set(number, new Owner(pool.newLocal(), owner.held(), owner.given()));
                    }
                }
                if (step % 2_000 == 0) pool.trace(step % 4_000 == 0 ? Tracing.EVENTS : Tracing.OFF);
                if (step % 3_000 == 0) pool.shrink();
                if (step % 1_000 == 0) assertEquals(owned.cardinality(), pool.outstanding());
            }
            for (Owner owner : owners) {
                for (int handle : owner.held()) giveBack(owner.local(), handle);
                for (int handle : owner.given()) giveBack(owner.local(), handle);
                owner.local().close();
            }
            assertEquals(0, pool.outstanding());
            assertEquals(List.of(), pool.findings());
            int[] all = new int[2 * CEILING + 1];
            int got = pool.local().allocate(64, all, 0, all.length);
            assertEquals(2 * CEILING, got, "all there are, each once");
            for (int i = 0; i < got; i++) take(pool, all[i]);
            assertNotEquals(0, pool.statistics().classes().get(1).larger());
            for (int i = 0; i < got; i++) giveBack(pool.local(), all[i]);
        }
    }
}
