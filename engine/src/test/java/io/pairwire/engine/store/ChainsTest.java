package io.pairwire.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.testkit.Allocations;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChainsTest {
    private record Entry(long time, long reference, long last) {}

    /** A chain and what it should hold. */
    private record Modelled(int chain, List<List<Entry>> queues) {}

    private final Chains chains = new Chains();

    private void assertHolds(Modelled modelled) {
        long entries = 0;
        for (int queue = 0; queue < 2; queue++) {
            int node = chains.first(modelled.chain, queue);
            for (Entry entry : modelled.queues.get(queue)) {
                assertTrue(node >= 0);
                assertEquals(entry, new Entry(chains.time(node), chains.reference(node), chains.last(node)));
                node = chains.next(node);
                entries++;
            }
            assertEquals(-1, node);
        }
        assertEquals(entries, chains.entries(modelled.chain));
    }

    private int[] nodeAndPrevious(int chain, int queue, int index) {
        int previous = -1;
        int node = chains.first(chain, queue);
        for (int i = 0; i < index; i++) {
            previous = node;
            node = chains.next(node);
        }
        return new int[] {node, previous};
    }

    @Test
    void chains_are_lists_that_do_not_disturb_each_other() {
        var random = new SplittableRandom(7);
        List<Modelled> all = new ArrayList<>();
        for (int step = 0; step < 60_000; step++) {
            if (all.isEmpty() || random.nextInt(20) == 0) {
                all.add(new Modelled(chains.create(), List.of(new ArrayList<>(), new ArrayList<>())));
                continue;
            }
            Modelled modelled = all.get(random.nextInt(all.size()));
            int queue = random.nextInt(2);
            List<Entry> entries = modelled.queues.get(queue);
            int choice = random.nextInt(10);
            if (choice < 5 || entries.isEmpty()) {
                var entry = new Entry(random.nextLong(), random.nextLong() >>> 1, step);
                entries.add(entry);
                chains.append(modelled.chain, queue, entry.time, entry.reference, entry.last);
            } else if (choice < 9) {
                int index = random.nextInt(entries.size());
                int[] found = nodeAndPrevious(modelled.chain, queue, index);
                entries.remove(index);
                chains.remove(modelled.chain, queue, found[0], found[1]);
            } else {
                int index = random.nextInt(entries.size());
                Entry old = entries.get(index);
                chains.retransmitted(nodeAndPrevious(modelled.chain, queue, index)[0], step);
                entries.set(index, new Entry(old.time, PacketReference.retransmitted(old.reference), step));
            }
            assertHolds(modelled);
            if (chains.entries(modelled.chain) == 0 && random.nextBoolean()) {
                chains.free(modelled.chain);
                all.remove(modelled);
            }
        }
        assertTrue(all.size() > 100);
        for (Modelled modelled : all) assertHolds(modelled);
    }

    @Test
    void nodes_are_used_again() {
        double bytes = Allocations.bytesPerCall(
                () -> {
                    int chain = chains.create();
                    for (int i = 0; i < 20; i++) chains.append(chain, i & 1, i, i, i);
                    for (int queue = 0; queue < 2; queue++) {
                        while (chains.first(chain, queue) >= 0) {
                            chains.remove(chain, queue, chains.first(chain, queue), -1);
                        }
                    }
                    chains.free(chain);
                },
                20_000);
        assertEquals(0.0, bytes);
    }
}
