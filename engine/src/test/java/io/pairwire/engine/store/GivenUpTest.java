package io.pairwire.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GivenUpTest {
    private static final long EXPIRY = 1_000;

    private final List<Long> expired = new ArrayList<>();
    private final List<Long> evicted = new ArrayList<>();
    private final List<Long> unmatched = new ArrayList<>();

    private final GivenUp listener = new GivenUp() {
        @Override
        public void expired(long reference, long epochNanos, long key) {
            add(expired, reference, epochNanos, key);
        }

        @Override
        public void evicted(long reference, long epochNanos, long key) {
            add(evicted, reference, epochNanos, key);
        }

        @Override
        public void unmatched(long reference, long epochNanos, long key) {
            add(unmatched, reference, epochNanos, key);
        }

        private void add(List<Long> list, long reference, long epochNanos, long key) {
            long number = PacketReference.number(reference);
            assertEquals(number * 3, epochNanos, "the time of the entry");
            assertEquals(number % 50 * 7, key, "the key of the entry");
            list.add(number);
        }
    };

    /** Few keys, so that many packets share one; sweeps and a bound, so that every way of giving up is taken. */
    @Test
    void every_entry_is_told_once_and_as_often_as_it_is_counted() {
        var seen = new HashSet<String>();
        for (int seed = 0; seed < 20; seed++) {
            expired.clear();
            evicted.clear();
            unmatched.clear();
            var table = new UnmatchedTable(EXPIRY, seed % 2 == 0 ? 40 : 10_000, listener);
            var random = new Random(seed);
            var partner = new Partner();
            var taken = new HashSet<Long>();
            for (long number = 1; number <= 3_000; number++) {
                long time = number * 3;
                long reference = PacketReference.of(0, number, false, random.nextInt(5) == 0, false);
                if (table.takeOrStore(number % 50, number % 50 * 7, time, reference, time, partner)) {
                    taken.add(number);
                    taken.add(PacketReference.number(partner.reference()));
                }
                if (random.nextInt(10) == 0) table.retransmitted(number % 50, number % 50 * 7, reference, time);
                table.sweep(time, 2);
            }
            assertEquals(table.finish(9_000), unmatched.size());
            assertEquals(table.expired(), expired.size());
            assertEquals(table.evicted(), evicted.size());
            var all = new HashSet<>(taken);
            for (var list : List.of(expired, evicted, unmatched)) {
                for (long number : list) assertTrue(all.add(number), "packet " + number + " once, seed " + seed);
            }
            assertEquals(3_000, all.size());
            if (!expired.isEmpty()) seen.add("expired");
            if (!evicted.isEmpty()) seen.add("evicted");
            if (!unmatched.isEmpty()) seen.add("unmatched");
        }
        assertEquals(3, seen.size(), seen.toString());
    }
}
