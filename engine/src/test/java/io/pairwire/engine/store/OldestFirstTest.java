package io.pairwire.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OldestFirstTest {
    private record Entry(long time, long number) {
        static final Comparator<Entry> ORDER =
                Comparator.comparingLong(Entry::time).thenComparingLong(Entry::number);
    }

    private static Entry random(SplittableRandom random, long number) {
        return new Entry(random.nextInt(50), number); // many equal times
    }

    private static void offer(OldestFirst oldest, Entry entry) {
        oldest.offer(entry.time, reference(entry), entry.number * 3, ~entry.number);
    }

    private static void join(OldestFirst oldest, Entry entry) {
        oldest.join(entry.time, reference(entry), entry.number * 3, ~entry.number);
    }

    /** Flags beside the number have no part in the order. */
    private static long reference(Entry entry) {
        return PacketReference.of(0, entry.number, entry.number % 2 == 0, entry.number % 3 == 0, false);
    }

    private static void assertIs(Entry expected, OldestFirst oldest) {
        assertEquals(reference(expected), oldest.reference());
        assertEquals(expected.number * 3, oldest.keyLow());
        assertEquals(~expected.number, oldest.keyHigh());
    }

    @Test
    void the_oldest_come_out_as_a_sort_would_give_them() {
        for (int seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            int capacity = 1 + random.nextInt(40);
            var oldest = new OldestFirst(capacity);
            List<Entry> all = new ArrayList<>();
            int entries = random.nextInt(120);
            for (int number = 1; number <= entries; number++) all.add(random(random, number));
            for (Entry entry : all) offer(oldest, entry);
            oldest.sort();
            all.sort(Entry.ORDER);
            for (Entry entry : all.subList(0, Math.min(capacity, entries))) {
                assertTrue(oldest.advance());
                assertIs(entry, oldest);
            }
            assertFalse(oldest.advance());
            assertFalse(oldest.isListed(), "the next pass gathers anew");
        }
    }

    /** Entries come in between; what is told must always be the oldest of all, until a new pass is asked for. */
    @Test
    void whoever_joins_later_comes_out_at_its_place() {
        int told = 0;
        for (int seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            var oldest = new OldestFirst(1 + random.nextInt(30));
            List<Entry> waiting = new ArrayList<>();
            long number = 0;
            for (int i = 0; i < 60; i++) waiting.add(random(random, ++number));
            for (Entry entry : waiting) offer(oldest, entry);
            oldest.sort();
            for (int step = 0; step < 200; step++) {
                if (random.nextInt(3) > 0) {
                    var entry = random(random, ++number);
                    waiting.add(entry);
                    join(oldest, entry);
                } else if (oldest.advance()) {
                    waiting.sort(Entry.ORDER);
                    assertIs(waiting.removeFirst(), oldest);
                    told++;
                } else {
                    for (Entry entry : waiting) offer(oldest, entry);
                    oldest.sort();
                }
            }
        }
        assertTrue(told > 10_000, "told " + told);
    }
}
