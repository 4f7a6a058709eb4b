package io.pairwire.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.testkit.Allocations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnmatchedTableTest extends UnmatchedStoreContract {
    private static final int MILLION = 1_000_000;
    private static final double MOST_BYTES_AN_ENTRY = 60.5; // and what is added to a page for the sake of touch

    @Override
    protected UnmatchedStore.Factory factory() {
        return UnmatchedTable::new;
    }

    /** Any number of different keys without remembering them. */
    private static long scrambled(long i) {
        long x = (i ^ i >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        x = (x ^ x >>> 27) * 0x94d0_49bb_1331_11ebL;
        return x ^ x >>> 31;
    }

    @Test
    void what_makes_no_sense_is_refused_with_its_value() {
        assertThrows(IllegalArgumentException.class, () -> new UnmatchedTable(-1, 1));
        var thrown = assertThrows(IllegalArgumentException.class, () -> new UnmatchedTable(1, 0));
        assertTrue(thrown.getMessage().endsWith(": 0"), thrown.getMessage());
    }

    /** Grows to many pages and shrinks again, twice, with chains and removals everywhere. */
    @Test
    void it_does_what_a_list_would_do_with_a_hundred_thousand_entries_around() {
        var shard = open(1L << 60, PLENTY);
        var random = new SplittableRandom(1);
        int entries = 120_000;
        for (int i = 0; i < entries; i++) {
            assertFalse(shard.arrives(scrambled(i), i, NOON, reference(i + 1, false)));
        }
        compareAFewKeys(random, shard, 1_000);
        for (int i = 0; i < entries; i++) {
            assertTrue(shard.arrives(scrambled(i), i, NOON, reference(entries + i, true)));
            assertEquals(i + 1, PacketReference.number(shard.partner.reference()));
        }
        assertEquals(0, shard.store.outstanding());
    }

    /** A few keys of their own beside the many, against a list; in the end they are gone. */
    private static void compareAFewKeys(SplittableRandom random, Ledgered shard, int keys) {
        var list = new Ledgered(new ListStore(1L << 60, PLENTY));
        long number = 1_000_000;
        for (int step = 0; step < 50_000; step++) {
            long key = -1 - random.nextInt(keys);
            long reference = reference(++number, random.nextBoolean());
            boolean paired = list.arrives(key, key, NOON, reference);
            assertEquals(paired, shard.arrives(key, key, NOON, reference));
            if (paired) assertEquals(list.partner.reference(), shard.partner.reference());
        }
        for (long key = -1; key >= -keys; key--) {
            for (boolean downward : new boolean[] {false, true}) {
                while (list.arrives(key, key, NOON, reference(++number, downward))) {
                    assertTrue(shard.arrives(key, key, NOON, reference(number, downward)));
                }
                assertTrue(list.arrives(key, key, NOON, reference(number, !downward)), "the last found nobody");
            }
        }
    }

    /** A store is rid of half of its entries while it grows, so keys move to and fro in every page. */
    @Test
    void entries_come_and_go_in_any_order() {
        var shard = open(EXPIRY, PLENTY);
        var random = new SplittableRandom(2);
        var waiting = new long[300_000];
        int count = 0;
        for (int step = 1; step <= 600_000; step++) {
            if (count == 0 || random.nextInt(100) < (step < 400_000 ? 70 : 30)) {
                waiting[count++] = step;
                assertFalse(shard.arrives(scrambled(step), step, NOON, reference(step, false)));
            } else {
                int at = random.nextInt(count);
                long taken = waiting[at];
                waiting[at] = waiting[--count];
                assertTrue(shard.arrives(scrambled(taken), taken, NOON, reference(step, true)));
                assertEquals(taken, PacketReference.number(shard.partner.reference()));
            }
            assertEquals(count, shard.store.outstanding());
        }
        assertEquals(count, shard.finishes());
    }

    @Test
    void what_is_evicted_does_not_depend_on_keys_nor_on_how_often_it_was_swept() {
        List<List<Long>> runs = new ArrayList<>();
        for (long secret = 0; secret < 6; secret++) {
            var shard = open(EXPIRY, 2_000);
            var random = new SplittableRandom(3);
            List<Long> pairs = new ArrayList<>();
            for (int step = 1; step <= 60_000; step++) {
                long key = scrambled(random.nextInt(4_000) + secret * 1_000_000);
                long time = NOON + step / 8 - (random.nextInt(4) == 0 ? random.nextInt(600) : 0);
                if (shard.arrives(key, ~key, time, reference(step, random.nextBoolean()))) {
                    pairs.add(shard.partner.reference());
                    pairs.add((long) step);
                }
                if (secret > 0 && step % secret == 0) shard.sweeps((int) secret * 10);
            }
            pairs.add(shard.store.evicted());
            pairs.add(shard.finishes());
            runs.add(pairs);
        }
        assertTrue(runs.getFirst().size() > 2_000);
        for (List<Long> run : runs) assertEquals(runs.getFirst(), run);
    }

    @Test
    @Timeout(20)
    void a_flood_of_equal_packets_one_way_takes_linear_time() {
        var shard = open(EXPIRY, 10L * MILLION);
        for (int i = 1; i <= MILLION; i++) shard.arrives(NOON, false);
        assertEquals(MILLION, shard.store.outstanding());
        for (int i = 1; i <= MILLION; i++) {
            assertTrue(shard.arrives(NOON + 1, true));
            if (PacketReference.number(shard.partner.reference()) != i) throw new AssertionError("not the first: " + i);
        }
        assertEquals(0, shard.store.outstanding());
    }

    @Test
    @Timeout(20)
    void a_flood_of_equal_packets_over_the_limit_takes_linear_time() {
        var shard = open(MILLION, MILLION / 10);
        for (int i = 1; i <= MILLION; i++) shard.arrives(NOON + i / 100, false);
        assertEquals(MILLION - MILLION / 10, shard.store.evicted());
        assertTrue(shard.arrives(NOON + MILLION / 100, true));
        assertEquals(MILLION - MILLION / 10 + 1, PacketReference.number(shard.partner.reference()));
    }

    @Test
    @Timeout(20)
    void a_flood_of_equal_packets_that_nobody_answers_in_time_takes_linear_time() {
        var shard = open(EXPIRY, 10L * MILLION);
        for (int i = 1; i <= MILLION; i++) {
            shard.arrives(NOON + i * 10L, false);
            if (i % 50 == 0) shard.arrives(NOON + i * 10L, i % 100 == 0);
            if (i % 256 == 0) shard.sweeps(8);
        }
        assertTrue(shard.store.outstanding() < 1_000, "waiting: " + shard.store.outstanding());
    }

    /** Times that jump back: every answer finds a long queue of equal packets that are all too young for it. */
    @Test
    @Timeout(20)
    void absurd_times_are_bounded_in_what_they_cost() {
        var shard = open(EXPIRY, 10L * MILLION);
        for (int i = 1; i <= 100_000; i++) shard.arrives(NOON, false);
        for (int i = 1; i <= 20_000; i++) assertFalse(shard.arrives(NOON - EXPIRY - 1, true));
    }

    /** The multiplications of the table are no secret, so somebody could undo them. */
    @Test
    @Timeout(20)
    void keys_made_to_crowd_one_page_are_slow_but_found() {
        long back = inverse(0xd6e8_feb8_6659_fd93L);
        var shard = open(EXPIRY, PLENTY);
        int entries = 10_000;
        for (boolean downward : new boolean[] {false, true}) {
            for (int i = 1; i <= entries; i++) {
                long x = (0x1234_5678_9abcL << 16 | i) * back;
                long key = x ^ x >>> 32;
                assertEquals(downward, shard.arrives(key, 0, NOON, reference(i, downward)));
            }
        }
        assertEquals(0, shard.store.outstanding());
    }

    /** Of an odd number, modulo 2^64, by Newton's method. */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) inverse *= 2 - odd * inverse;
        return inverse;
    }

    @Test
    void a_finished_store_can_be_filled_again() {
        var table = new UnmatchedTable(EXPIRY, 20_000);
        for (int round = 0; round < 3; round++) {
            var partner = new Partner();
            long start = NOON + round * 100 * EXPIRY;
            for (int i = 0; i < 30_000; i++) {
                table.takeOrStore(
                        scrambled(i / 2), i, start + i / 100, reference(i + 1, false), start + i / 100, partner);
                table.sweep(start + i / 100, 2);
            }
            assertEquals(20_000, table.outstanding());
            assertEquals(20_000, table.finish(start + 300));
            assertEquals(0, table.outstanding());
        }
    }

    @Test
    void steady_work_costs_no_heap() {
        for (long limit : new long[] {PLENTY, 3_000}) {
            var table = new UnmatchedTable(EXPIRY, limit);
            var partner = new Partner();
            long[] step = {0};
            double bytes = Allocations.bytesPerCall(
                    () -> {
                        long i = ++step[0];
                        long now = NOON + i / 4;
                        long key = scrambled(i);
                        table.touch(key, i);
                        table.takeOrStore(key, i, now, reference(i, false), now, partner);
                        if (i % 16 == 0) table.takeOrStore(key, i, now - 1, reference(i + 1, false), now, partner);
                        if (i % 64 == 0) table.retransmitted(key, i, reference(i, false), now + 1);
                        if (i > 2_000 && i % 2 == 0) {
                            table.takeOrStore(scrambled(i - 2_000), i - 2_000, now, reference(i, true), now, partner);
                        }
                        table.sweep(now, 4);
                    },
                    200_000,
                    100_000);
            assertEquals(0.0, bytes, "limit " + limit);
            assertTrue(table.expired() + table.evicted() > 0);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {MILLION, 10 * MILLION})
    void an_entry_costs_sixty_bytes_at_most(int entries) {
        var tables = new UnmatchedTable[16];
        Arrays.setAll(tables, i -> new UnmatchedTable(EXPIRY, entries));
        var partner = new Partner();
        for (int i = 0; i < entries; i++) {
            long key = scrambled(i);
            tables[i & 15].takeOrStore(key, ~key, NOON, reference(i + 1, false), NOON, partner);
        }
        long bytes = Arrays.stream(tables).mapToLong(UnmatchedTable::pageBytes).sum();
        double each = (double) bytes / entries;
        System.out.printf("%,d entries in 16 tables: %.1f bytes each%n", entries, each);
        assertTrue(each <= MOST_BYTES_AN_ENTRY, each + " bytes");
    }

    /** Once a table is past its first page, whatever its length. */
    @Test
    void an_entry_costs_sixty_bytes_at_most_at_every_length() {
        var table = new UnmatchedTable(EXPIRY, PLENTY);
        var partner = new Partner();
        double most = 0;
        for (int i = 1; i <= 300_000; i++) {
            long key = scrambled(i);
            table.takeOrStore(key, ~key, NOON, reference(i, false), NOON, partner);
            if (i > 10_000 && i % 500 == 0) most = Math.max(most, (double) table.pageBytes() / i);
        }
        assertTrue(most <= 62, most + " bytes"); // pages do not split all at once
    }

    @Test
    void shuffled_answers_find_their_questions() {
        var shard = open(EXPIRY, PLENTY);
        List<Integer> order = new ArrayList<>();
        for (int i = 1; i <= 50_000; i++) {
            order.add(i);
            shard.arrives(scrambled(i), i, NOON + i % 500, reference(i, false));
        }
        Collections.shuffle(order, new Random(4));
        for (int i : order) {
            assertTrue(shard.arrives(scrambled(i), i, NOON + 500, reference(i, true)));
            assertEquals(NOON + i % 500, shard.partner.epochNanos());
        }
    }

    /** What was kept and restored answers as the original does, chains, retransmissions and many pages included. */
    @Test
    void a_restored_store_does_what_the_one_it_was_kept_from_does() throws java.io.IOException {
        var original = new UnmatchedTable(EXPIRY, PLENTY);
        var partner = new Partner();
        var random = new SplittableRandom(5);
        for (int i = 1; i <= 60_000; i++) {
            long key = i % 3 == 0 ? random.nextInt(200) : scrambled(i);
            boolean downward = random.nextBoolean();
            long time = NOON + random.nextInt(1_500);
            original.takeOrStore(key, key, time, reference(i, downward), NOON + 1_500, partner);
            if (i % 10 == 0) original.retransmitted(key, key, reference(i, downward), time + 5);
        }
        var restored = new UnmatchedTable(EXPIRY, PLENTY);
        original.forEach(restored::restore);
        assertEquals(original.outstanding(), restored.outstanding());
        assertEquals(0, restored.stored());
        var other = new Partner();
        for (int i = 60_001; i <= 90_000; i++) {
            long key = i % 3 == 0 ? random.nextInt(200) : scrambled(2 * (i - 60_000));
            boolean downward = random.nextBoolean();
            long time = NOON + random.nextInt(2_000);
            boolean found = original.takeOrStore(key, key, time, reference(i, downward), NOON + 2_000, partner);
            assertEquals(
                    found, restored.takeOrStore(key, key, time, reference(i, downward), NOON + 2_000, other), "i " + i);
            if (!found) continue;
            assertEquals(partner.reference(), other.reference());
            assertEquals(partner.epochNanos(), other.epochNanos());
            assertEquals(partner.lastEpochNanos(), other.lastEpochNanos());
        }
        assertEquals(original.outstanding(), restored.outstanding());
    }

    @Test
    void a_smaller_limit_evicts_the_earliest_and_a_shorter_expiry_holds_at_once() {
        var table = new UnmatchedTable(EXPIRY, PLENTY);
        var partner = new Partner();
        for (int i = 1; i <= 100; i++) table.takeOrStore(i, i, NOON + i, reference(i, false), NOON + i, partner);
        table.change(10, 20, NOON + 100);
        assertEquals(20, table.outstanding());
        assertEquals(80, table.evicted() + table.expired());
        assertFalse(table.takeOrStore(50, 50, NOON + 100, reference(200, true), NOON + 100, partner), "evicted");
        assertFalse(table.takeOrStore(85, 85, NOON + 100, reference(201, true), NOON + 100, partner), "too far apart");
        assertTrue(table.takeOrStore(95, 95, NOON + 100, reference(202, true), NOON + 100, partner));
    }
}
