package io.pairwire.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PageTest {
    private record Key(long low, long high) {}

    private final Map<Key, Long> model = new HashMap<>();

    private void put(Page page, Key key, long time) {
        int slot = page.find(key.low, key.high);
        assertTrue(slot < 0);
        page.put(~slot, key.low, key.high, time, time + 1);
        model.put(key, time);
    }

    private void fill(Page page, SplittableRandom random, boolean nearTheEnd) {
        while (!page.isFull()) {
            Key key = key(random, nearTheEnd);
            if (!model.containsKey(key)) put(page, key, model.size());
        }
    }

    private void remove(Page page, Key key) {
        page.remove(page.find(key.low, key.high));
        model.remove(key);
    }

    private void assertHoldsTheModel(Page... pages) {
        int used = 0;
        for (Page page : pages) used += page.used;
        assertEquals(model.size(), used);
        model.forEach((key, time) -> {
            Page page = pages[pages.length == 1 || key.low >= 0 ? 0 : 1];
            int slot = page.find(key.low, key.high);
            assertTrue(slot >= 0, () -> "lost " + key);
            assertEquals(time, page.slots[slot * Page.STRIDE + Page.TIME]);
            assertEquals(time + 1, page.slots[slot * Page.STRIDE + Page.REFERENCE]);
        });
    }

    /** Few homes, all over the page or near its end, so that keys run over the end; lower halves are often equal. */
    private static Key key(SplittableRandom random, boolean nearTheEnd) {
        long home = nearTheEnd ? 0xf000_0000_0000_0000L : random.nextLong() << 60;
        return new Key(home | random.nextLong() & 0x0fff_0000_0000_0007L, random.nextInt(2));
    }

    @Test
    void keys_are_found_whatever_was_put_and_removed_before() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            var page = new Page(16 + random.nextInt(48), 0);
            model.clear();
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
            for (int slot = 0; slot < page.capacity; slot++) {
                assertEquals(0, page.slots[slot * Page.STRIDE + Page.REFERENCE]);
            }
        }
    }

    @Test
    void a_larger_page_takes_all_keys_over() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new SplittableRandom(seed);
            var page = new Page(16 + random.nextInt(48), 0);
            model.clear();
            fill(page, random, seed % 2 == 0);
            var larger = new Page(page.capacity + 1 + random.nextInt(page.capacity), 0);
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
            var page = new Page(16 + random.nextInt(48), 0);
            model.clear();
            fill(page, random, seed % 4 == 0);
            var lower = new Page(page.capacity, 1);
            var upper = new Page(page.capacity, 1);
            long inUpper = model.keySet().stream().filter(key -> key.low < 0).count();
            assertEquals(inUpper, page.upperHalf());
            page.copyInto(lower, upper);
            assertEquals(inUpper, upper.used);
            assertHoldsTheModel(lower, upper);
        }
    }

    /** The last slots are no special case for touch. */
    @Test
    void any_key_may_be_touched() {
        var page = new Page(64, 0);
        for (long key : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE}) assertEquals(0, page.touch(key));
    }
}
