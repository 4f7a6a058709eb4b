package io.pairwire.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every {@link UnmatchedStore} must do. Extend it and name the factory. */
public abstract class UnmatchedStoreContract {
    protected static final long EXPIRY = 1_000;
    protected static final long PLENTY = 1_000_000;

    /** A time well above all that is subtracted from it. */
    protected static final long NOON = 1_700_000_000_000_000_000L;

    private static final long KEY_LOW = 0x0123_4567_89ab_cdefL;
    private static final long KEY_HIGH = 0x0fed_cba9_8765_4321L;
    private static final int EVERYTHING = Integer.MAX_VALUE;

    /** Makes the stores under test. */
    protected abstract UnmatchedStore.Factory factory();

    /** Entries where a test needs plenty; a store that searches from front to back may ask for fewer. */
    protected int plentyOfEntries() {
        return 40_000;
    }

    /** A store with a clock and a ledger; checks the law after every step. */
    protected static final class Ledgered {
        public final UnmatchedStore store;
        public final Partner partner = new Partner();
        private long clock = Long.MIN_VALUE;
        private long number;
        private long taken;
        private long unmatched;

        public Ledgered(UnmatchedStore store) {
            this.store = store;
        }

        /** A packet arrives; answers whether it found a partner. */
        public boolean arrives(long keyLow, long keyHigh, long epochNanos, long reference) {
            clock = Math.max(clock, epochNanos);
            long stored = store.stored();
            boolean paired = store.takeOrStore(keyLow, keyHigh, epochNanos, reference, clock, partner);
            if (paired) taken++;
            assertEquals(paired ? stored : stored + 1, store.stored(), "a packet is paired or stored");
            checkLaw();
            return paired;
        }

        /** The next packet of the first file arrives under the one key most tests need. */
        public boolean arrives(long epochNanos, boolean downward) {
            return arrives(KEY_LOW, KEY_HIGH, epochNanos, reference(++number, downward));
        }

        public void sweeps(int places) {
            store.sweep(clock, places);
            checkLaw();
        }

        public long finishes() {
            unmatched = store.finish(clock);
            assertEquals(0, store.outstanding(), "nothing waits at the end");
            checkLaw();
            return unmatched;
        }

        public void checkLaw() {
            assertEquals(
                    store.stored(),
                    taken + store.expired() + store.evicted() + unmatched + store.outstanding(),
                    "stored = taken + expired + evicted + unmatched + outstanding");
        }

        public long clock() {
            return clock;
        }
    }

    protected final Ledgered open(long expiryNanos, long limit) {
        return new Ledgered(factory().create(expiryNanos, limit));
    }

    protected static long reference(long number, boolean downward) {
        return PacketReference.of(0, number, false, downward, false);
    }

    private static long partnerNumber(Ledgered shard) {
        return PacketReference.number(shard.partner.reference());
    }

    @Test
    void a_packet_waits_until_one_of_the_other_direction_takes_it() {
        var shard = open(EXPIRY, PLENTY);
        assertFalse(shard.arrives(NOON, false));
        assertEquals(1, shard.store.outstanding());
        assertTrue(shard.arrives(NOON + 7, true));
        assertEquals(NOON, shard.partner.epochNanos());
        assertEquals(NOON, shard.partner.lastEpochNanos());
        assertEquals(reference(1, false), shard.partner.reference());
        assertEquals(0, shard.store.outstanding());
        assertFalse(shard.arrives(NOON + 8, true), "it can be taken once only");
    }

    @Test
    void the_reference_comes_back_bit_for_bit() {
        long greatest = PacketReference.of(PacketReference.FILES - 1, (1L << 40) - 1, true, true, false);
        var shard = open(EXPIRY, PLENTY);
        shard.arrives(0, 0, NOON, greatest);
        assertTrue(shard.arrives(0, 0, NOON, reference(1, false)));
        assertEquals(greatest, shard.partner.reference());
    }

    @Test
    void packets_of_one_direction_wait_side_by_side() {
        for (boolean downward : new boolean[] {false, true}) {
            var shard = open(EXPIRY, PLENTY);
            for (int i = 0; i < 5; i++) assertFalse(shard.arrives(NOON + i, downward));
            assertEquals(5, shard.store.outstanding());
        }
    }

    @Test
    void equal_keys_leave_in_the_order_they_came() {
        var shard = open(EXPIRY, PLENTY);
        for (int i = 0; i < 10; i++) shard.arrives(NOON, false);
        for (int i = 1; i <= 10; i++) {
            assertTrue(shard.arrives(NOON + 1, true));
            assertEquals(i, partnerNumber(shard));
        }
        assertFalse(shard.arrives(NOON + 2, true));
    }

    @Test
    void equal_keys_leave_in_the_order_they_came_even_if_their_times_say_otherwise() {
        var shard = open(EXPIRY, PLENTY);
        for (int i = 0; i < 10; i++) shard.arrives(NOON - i, false);
        for (int i = 1; i <= 10; i++) {
            assertTrue(shard.arrives(NOON, true));
            assertEquals(i, partnerNumber(shard));
        }
    }

    @Test
    void both_directions_may_wait_under_one_key_when_their_times_are_too_far_apart() {
        var shard = open(EXPIRY, PLENTY);
        shard.arrives(NOON, false);
        assertFalse(shard.arrives(NOON + EXPIRY + 1, true));
        assertTrue(shard.arrives(NOON + EXPIRY, false));
        assertEquals(2, partnerNumber(shard));
        assertTrue(shard.arrives(NOON + EXPIRY, true));
        assertEquals(1, partnerNumber(shard));
    }

    @Test
    void packets_without_direction_take_each_other_in_turn() {
        var shard = open(EXPIRY, PLENTY);
        long paired = 0;
        for (int i = 1; i <= 7; i++) {
            if (shard.arrives(KEY_LOW, KEY_HIGH, NOON + i, PacketReference.of(0, i, true, false, true))) paired++;
        }
        assertEquals(3, paired);
        assertEquals(1, shard.store.outstanding());
    }

    @Test
    void keys_that_differ_in_one_bit_of_either_half_are_different() {
        for (int bit = 0; bit < 128; bit++) {
            var shard = open(EXPIRY, PLENTY);
            shard.arrives(NOON, false);
            long low = KEY_LOW ^ (bit < 64 ? 1L << bit : 0);
            long high = KEY_HIGH ^ (bit < 64 ? 0 : 1L << bit);
            assertFalse(shard.arrives(low, high, NOON, reference(2, true)), "bit " + bit);
        }
    }

    @Test
    void any_key_will_do() {
        long[] halves = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE};
        var shard = open(EXPIRY, PLENTY);
        for (boolean downward : new boolean[] {false, true}) {
            for (int i = 0; i < 25; i++) {
                long low = halves[i / 5];
                long high = halves[i % 5];
                assertEquals(downward, shard.arrives(low, high, NOON, reference(i + 1, downward)));
                if (downward) assertEquals(i + 1, partnerNumber(shard));
            }
        }
    }

    /** Keys as a careless matcher makes them: counted upwards, in either half, or in the upper bits. */
    @Test
    void keys_in_a_row_are_found_again() {
        for (int shift : new int[] {0, 16, 40}) {
            for (boolean inHigh : new boolean[] {false, true}) {
                var shard = open(EXPIRY, PLENTY);
                for (boolean downward : new boolean[] {false, true}) {
                    for (long i = 1; i <= plentyOfEntries(); i++) {
                        long half = i << shift;
                        boolean paired =
                                shard.arrives(inHigh ? 0 : half, inHigh ? half : 0, NOON, reference(i, downward));
                        if (paired != downward || downward && partnerNumber(shard) != i) {
                            assertEquals(downward, paired, "key " + i + " << " + shift);
                            assertEquals(i, partnerNumber(shard));
                        }
                    }
                }
                assertEquals(0, shard.store.outstanding());
            }
        }
    }

    @Test
    void a_time_apart_equal_to_the_expiry_matches_and_one_nanosecond_more_does_not() {
        for (long expiry : new long[] {0, 1, EXPIRY, 30_000_000_000L}) {
            for (int sign : new int[] {1, -1}) {
                var exact = open(expiry, PLENTY);
                exact.arrives(NOON, false);
                assertTrue(exact.arrives(NOON + sign * expiry, true), "apart by " + sign * expiry);
                var more = open(expiry, PLENTY);
                more.arrives(NOON, false);
                assertFalse(more.arrives(NOON + sign * (expiry + 1), true), "apart by " + sign * (expiry + 1));
            }
        }
    }

    @Test
    void among_equal_keys_those_too_far_away_are_passed_over_and_stay() {
        var shard = open(EXPIRY, PLENTY);
        shard.arrives(NOON, false);
        shard.arrives(NOON + 600, false);
        shard.arrives(NOON + 1200, false);
        assertTrue(shard.arrives(NOON + EXPIRY + 1, true));
        assertEquals(2, partnerNumber(shard));
        assertTrue(shard.arrives(NOON + 5, true), "read late, but near the first one");
        assertEquals(1, partnerNumber(shard));
    }

    @Test
    void an_entry_is_kept_until_the_clock_is_more_than_twice_the_expiry_ahead() {
        for (int equals : new int[] {1, 3}) {
            var kept = open(EXPIRY, PLENTY);
            for (int i = 0; i < equals; i++) kept.arrives(NOON, false);
            kept.arrives(1, 1, NOON + 2 * EXPIRY, reference(99, false));
            kept.sweeps(EVERYTHING);
            assertTrue(kept.arrives(NOON + EXPIRY, true), "read late by the expiry, " + equals + " equal ones");

            var gone = open(EXPIRY, PLENTY);
            for (int i = 0; i < equals; i++) gone.arrives(NOON, false);
            gone.arrives(1, 1, NOON + 2 * EXPIRY + 1, reference(99, false));
            assertFalse(gone.arrives(NOON + EXPIRY, true), "its time is over though nobody swept");
        }
    }

    @Test
    void a_sweep_gives_up_what_is_over_and_never_what_may_still_match() {
        for (int equals : new int[] {1, 2}) {
            var shard = open(EXPIRY, PLENTY);
            long number = 0;
            for (int i = 0; i < 1000; i++) {
                for (int j = 0; j < equals; j++) shard.arrives(i, i, NOON + i, reference(++number, false));
            }
            shard.arrives(-1, -1, NOON + 2 * EXPIRY + 500, reference(++number, false));
            shard.sweeps(EVERYTHING);
            assertEquals(500 * equals, shard.store.expired(), "those before 500");
            assertEquals(500 * equals + 1, shard.store.outstanding());
            for (int i = 0; i < 1000; i++) {
                assertEquals(i >= 500, shard.arrives(i, i, NOON + i, reference(++number, true)), "entry " + i);
            }
        }
    }

    @Test
    void small_sweeps_get_everywhere_in_the_end() {
        var shard = open(EXPIRY, PLENTY);
        int entries = plentyOfEntries();
        for (int i = 0; i < entries; i++) shard.arrives(i, ~i, NOON, reference(i + 1, false));
        shard.arrives(-1, -1, NOON + 2 * EXPIRY + 1, reference(entries + 1, false));
        for (int i = 0; i < 10 * entries && shard.store.outstanding() > 1; i++) shard.sweeps(8);
        assertEquals(entries, shard.store.expired());
        assertEquals(1, shard.store.outstanding());
    }

    @Test
    void a_sweep_of_an_empty_store_does_nothing() {
        var shard = open(EXPIRY, PLENTY);
        shard.store.sweep(NOON, EVERYTHING);
        shard.arrives(NOON, false);
        shard.arrives(NOON, true);
        shard.store.sweep(NOON + 10 * EXPIRY, EVERYTHING);
        shard.checkLaw();
        assertEquals(0, shard.store.expired());
    }

    @Test
    void a_later_transmission_is_remembered_and_flagged() {
        for (int equals : new int[] {1, 4}) {
            var shard = open(EXPIRY, PLENTY);
            for (int i = 0; i < equals; i++) shard.arrives(NOON + i, false);
            long first = reference(1, false);
            assertTrue(shard.store.retransmitted(KEY_LOW, KEY_HIGH, first, NOON + 100));
            assertTrue(shard.store.retransmitted(KEY_LOW, KEY_HIGH, first, NOON + 200));
            assertTrue(shard.arrives(NOON + 300, true));
            assertEquals(1, partnerNumber(shard));
            assertEquals(NOON, shard.partner.epochNanos());
            assertEquals(NOON + 200, shard.partner.lastEpochNanos());
            assertTrue(PacketReference.isRetransmitted(shard.partner.reference()));
            for (int i = 1; i < equals; i++) {
                assertTrue(shard.arrives(NOON + 300, true));
                assertEquals(NOON + i, shard.partner.lastEpochNanos());
                assertFalse(PacketReference.isRetransmitted(shard.partner.reference()));
            }
            assertEquals(0, shard.store.outstanding());
        }
    }

    @Test
    void a_later_transmission_of_what_does_not_wait_is_nothing_to_the_store() {
        var shard = open(EXPIRY, PLENTY);
        assertFalse(shard.store.retransmitted(KEY_LOW, KEY_HIGH, reference(1, false), NOON), "empty");
        shard.arrives(NOON, false);
        assertFalse(shard.store.retransmitted(KEY_LOW, KEY_HIGH, reference(2, false), NOON + 1), "another packet");
        shard.arrives(NOON, false);
        assertFalse(shard.store.retransmitted(KEY_LOW, KEY_HIGH, reference(3, false), NOON + 1), "another packet");
        shard.arrives(NOON + 2, true);
        assertFalse(shard.store.retransmitted(KEY_LOW, KEY_HIGH, reference(1, false), NOON + 3), "taken before");
        shard.checkLaw();
        assertEquals(1, shard.store.outstanding());
    }

    @Test
    void a_later_transmission_does_not_lengthen_the_wait() {
        var shard = open(EXPIRY, PLENTY);
        shard.arrives(NOON, false);
        shard.store.retransmitted(KEY_LOW, KEY_HIGH, reference(1, false), NOON + 800);
        assertFalse(shard.arrives(NOON + EXPIRY + 1, true));
    }

    @Test
    void beyond_the_limit_the_earliest_is_evicted_and_counted() {
        var shard = open(EXPIRY, 3);
        long[] times = {NOON + 20, NOON + 10, NOON + 30, NOON + 40, NOON + 50};
        for (int i = 0; i < times.length; i++) shard.arrives(i, 0, times[i], reference(i + 1, false));
        assertEquals(3, shard.store.outstanding());
        assertEquals(2, shard.store.evicted());
        for (int i = 2; i < times.length; i++) {
            assertTrue(shard.arrives(i, 0, times[i], reference(10 + i, true)), "packet " + i);
        }
    }

    @Test
    void of_equal_times_the_one_read_first_is_evicted_whatever_its_key() {
        for (long seed = 0; seed < 50; seed++) {
            var random = new SplittableRandom(seed);
            var shard = open(EXPIRY, 8);
            long[] keys = random.longs(12).toArray();
            for (int i = 0; i < 12; i++) shard.arrives(keys[i], keys[i], NOON, reference(i + 1, false));
            assertEquals(4, shard.store.evicted());
            for (int i = 4; i < 12; i++) {
                assertTrue(shard.arrives(keys[i], keys[i], NOON, reference(20 + i, true)), "packet " + i);
            }
        }
    }

    @Test
    void a_packet_read_late_is_evicted_before_younger_ones() {
        for (int late = 0; late < 240; late++) {
            var shard = open(EXPIRY, 200);
            // The even times are taken, most of them read in order; one odd time comes late, when some are evicted.
            var waiting = new TreeMap<Long, Long>(); // time to number
            long number = 0;
            for (long time = NOON; time < NOON + 500; time += 2) {
                shard.arrives(++number, 0, time, reference(number, false));
                waiting.put(time, number);
            }
            shard.arrives(++number, 0, NOON + 2 * late + 1, reference(number, false));
            while (waiting.size() > 199) waiting.pollFirstEntry(); // room for the late one was made before it came
            waiting.put(NOON + 2 * late + 1, number);
            for (long time = NOON + 500; time < NOON + 512; time++) {
                shard.arrives(++number, 0, time, reference(number, false));
                waiting.pollFirstEntry();
                waiting.put(time, number);
            }
            assertEquals(251 + 12 - 200, shard.store.evicted());
            for (var entry : waiting.entrySet()) {
                assertTrue(
                        shard.arrives(entry.getValue(), 0, NOON + 512, reference(1000 + entry.getValue(), true)),
                        "late by " + (500 - 2 * late) + ", entry of time " + (entry.getKey() - NOON));
            }
            assertEquals(0, shard.store.outstanding());
        }
    }

    @Test
    void what_is_past_its_expiry_when_room_is_needed_has_expired() {
        var shard = open(EXPIRY, 2);
        shard.arrives(1, 0, NOON, reference(1, false));
        shard.arrives(2, 0, NOON + 1, reference(2, false));
        shard.arrives(3, 0, NOON + EXPIRY + 1, reference(3, false));
        assertEquals(1, shard.store.expired());
        assertEquals(0, shard.store.evicted());
        shard.arrives(4, 0, NOON + EXPIRY + 1, reference(4, false));
        assertEquals(1, shard.store.expired());
        assertEquals(1, shard.store.evicted(), "apart by the expiry is not over");
    }

    @Test
    void a_limit_of_one_keeps_the_last() {
        var shard = open(EXPIRY, 1);
        for (int i = 0; i < 10; i++) shard.arrives(NOON + i, false);
        assertEquals(9, shard.store.evicted());
        assertTrue(shard.arrives(NOON + 10, true));
        assertEquals(10, partnerNumber(shard));
    }

    @Test
    void the_end_tells_unmatched_from_expired_exactly() {
        for (int equals : new int[] {1, 3}) {
            var shard = open(EXPIRY, PLENTY);
            long number = 0;
            for (long time : new long[] {NOON - 1, NOON, NOON + 1, NOON + EXPIRY}) {
                for (int i = 0; i < equals; i++) shard.arrives(time, 0, time, reference(++number, false));
            }
            assertEquals(3 * equals, shard.finishes());
            assertEquals(equals, shard.store.expired());
        }
    }

    @Test
    void the_end_of_an_empty_store_is_quiet() {
        assertEquals(0, open(EXPIRY, PLENTY).finishes());
    }

    /** Small sweeps happen at random, so what is taken, evicted or over must not depend on them. */
    @Test
    void it_does_what_a_list_would_do() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            long limit = random.nextBoolean() ? 1 + random.nextInt(40) : PLENTY;
            int keys = limit < PLENTY ? 1 + random.nextInt(60) : 100 + random.nextInt(400);
            long spread = EXPIRY * (1 + random.nextInt(6)) / 2;
            compareWithList(random, limit, keys, spread, 3_000);
        }
    }

    /**
     * Compares with {@link ListStore} step by step.
     *
     * @param keys different keys; few enough make chains, of less than 64 equal packets at a time
     * @param spread how far times jump to and fro
     */
    protected final void compareWithList(SplittableRandom random, long limit, int keys, long spread, int steps) {
        var shard = open(EXPIRY, limit);
        var list = new Ledgered(new ListStore(EXPIRY, limit));
        long[] keyOf = new long[steps + 1];
        long[] referenceOf = new long[steps + 1];
        for (int step = 1; step <= steps; step++) {
            String at = "step " + step;
            long time = NOON + step * 4L + random.nextLong(-spread, spread + 1) * random.nextInt(2);
            long key = random.nextInt(keys);
            long reference = PacketReference.of(0, step, false, random.nextBoolean(), key % 10 == 9);
            boolean paired = shard.arrives(~key, key << 32, time, reference);
            assertEquals(list.arrives(~key, key << 32, time, reference), paired, at);
            if (paired) assertSame(list.partner, shard.partner, at);
            assertEquals(list.store.stored(), shard.store.stored(), at);
            assertEquals(list.store.evicted(), shard.store.evicted(), at);
            assertTrue(shard.store.expired() <= list.store.expired(), at);
            keyOf[step] = key;
            referenceOf[step] = reference;
            if (random.nextInt(4) == 0) {
                int old = random.nextInt(Math.max(1, step - 50), step + 1);
                long itsKey = keyOf[old];
                boolean found = list.store.retransmitted(~itsKey, itsKey << 32, referenceOf[old], time);
                boolean seen = shard.store.retransmitted(~itsKey, itsKey << 32, referenceOf[old], time);
                assertTrue(seen || !found, at); // what is over may be found until it is swept
            }
            if (random.nextInt(8) == 0) shard.sweeps(1 + random.nextInt(50));
        }
        assertEquals(list.finishes(), shard.finishes());
        assertEquals(list.store.expired(), shard.store.expired());
    }

    private static void assertSame(Partner expected, Partner actual, String at) {
        assertEquals(expected.reference(), actual.reference(), at);
        assertEquals(expected.epochNanos(), actual.epochNanos(), at);
        assertEquals(expected.lastEpochNanos(), actual.lastEpochNanos(), at);
    }
}
