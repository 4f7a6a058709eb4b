package io.pairwire.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PageTest {
    private record Key(long low, long high) {}

    private final Map<Key, Integer> model = new HashMap<>();
    private Entries entries = new Entries();

    private void put(Page page, Key key, long time) {
        int slot = page.find(entries, key.low, key.high);
        assertTrue(slot < 0);
        int number = entries.take(key.low, key.high, time, time + 1);
        page.put(~slot, key.low, number);
        model.put(key, number);
    }

    private void fill(Page page, SplittableRandom random, boolean nearTheEnd) {
        while (!page.isFull()) {
            Key key = key(random, nearTheEnd);
            if (!model.containsKey(key)) put(page, key, model.size());
        }
    }

    private void remove(Page page, Key key) {
        page.remove(page.find(entries, key.low, key.high));
        entries.giveBack(model.remove(key));
    }

    private void assertHoldsTheModel(Page... pages) {
        int used = 0;
        for (Page page : pages) used += page.used();
        assertEquals(model.size(), used);
        model.forEach((key, number) -> {
            Page page = pages[pages.length == 1 || key.low >= 0 ? 0 : 1];
            int slot = page.find(entries, key.low, key.high);
            assertTrue(slot >= 0, () -> "lost " + key);
            assertEquals(number, page.entry(slot));
        });
    }

    /** Few homes, all over the page or near its end, so that keys run over the end; lower halves are often equal. */
    private static Key key(SplittableRandom random, boolean nearTheEnd) {
        long home = nearTheEnd ? 0xf000_0000_0000_0000L : random.nextLong() << 60;
        return new Key(home | random.nextLong() & 0x0fff_0000_0000_0007L, random.nextInt(2));
    }

    private Page empty(SplittableRandom random) {
        model.clear();
        entries = new Entries();
        return new Page(4 + random.nextInt(3), 0);
    }

    @Test
    void keys_are_found_whatever_was_put_and_removed_before() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            Page page = empty(random);
            for (int step = 0; step < 500; step++) {
                Key key = key(random, seed % 2 == 0);
                if (model.containsKey(key)) remove(page, key);
                else if (!page.isFull()) put(page, key, step);
                else remove(page, model.keySet().iterator().next());
                if (step % 10 == 0) assertHoldsTheModel(page);
            }
            assertHoldsTheModel(page);
            while (!model.isEmpty()) remove(page, model.keySet().iterator().next());
            assertHoldsTheModel(page);
            for (int home = 0; home < 1 << page.bits(); home++) {
                assertEquals(0, page.touch((long) home << 64 - page.bits()));
            }
        }
    }

    @Test
    void a_larger_page_takes_all_keys_over() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            Page page = empty(random);
            fill(page, random, seed % 2 == 0);
            var larger = new Page(page.bits() + 1, 0);
            page.copyInto(larger, larger);
            assertHoldsTheModel(larger);
            for (Key key : model.keySet().toArray(Key[]::new)) {
                remove(larger, key);
                assertHoldsTheModel(larger);
            }
        }
    }

    @Test
    void two_halves_share_the_keys_by_the_next_bit() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            Page page = empty(random);
            fill(page, random, seed % 4 == 0);
            var lower = new Page(page.bits(), 1);
            var upper = new Page(page.bits(), 1);
            page.copyInto(lower, upper);
            assertEquals(model.keySet().stream().filter(key -> key.low < 0).count(), upper.used());
            assertHoldsTheModel(lower, upper);
        }
    }

    @Test
    void any_key_may_be_touched() {
        var page = new Page(6, 0);
        for (long key : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) assertEquals(0, page.touch(key));
    }
}
