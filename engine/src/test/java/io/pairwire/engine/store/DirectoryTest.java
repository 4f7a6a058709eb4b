package io.pairwire.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DirectoryTest {
    private static Set<Page> pages(Directory directory) {
        Set<Page> pages = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < directory.length(); i = directory.behind(i)) pages.add(directory.at(i));
        return pages;
    }

    private final Entries entries = new Entries();

    private int put(Directory directory, long key) {
        Page page = directory.page(key);
        int grown = 0;
        if (page.isFull()) {
            Set<Page> before = pages(directory);
            directory.grow(key);
            Set<Page> after = pages(directory);
            before.removeIf(after::remove); // what is left was replaced, and what replaced it
            assertEquals(1, before.size(), "one page is copied");
            assertTrue(before.contains(page));
            assertTrue(page.bits() <= Directory.LARGE, "and it is no larger than pages are");
            assertTrue(after.size() == 1 || after.size() == 2);
            assertEquals(page.used(), after.stream().mapToInt(Page::used).sum());
            grown = 1;
            page = directory.page(key);
        }
        page.put(~page.find(entries, key, 0), key, entries.take(key, 0, key, 1));
        return grown;
    }

    @Test
    void growth_copies_one_page_at_a_time_and_loses_nothing() {
        var directory = new Directory();
        var random = new SplittableRandom(5);
        long[] keys = random.longs(200_000).toArray();
        int grown = 0;
        for (long key : keys) grown += put(directory, key);
        assertTrue(grown > 15, grown + " times");
        assertTrue(directory.length() >= 8);
        for (long key : keys) assertTrue(directory.page(key).find(entries, key, 0) >= 0);
        assertEquals(keys.length, pages(directory).stream().mapToInt(Page::used).sum());
        assertEquals(pages(directory).stream().mapToLong(Page::bytes).sum(), directory.bytes());
    }

    @Test
    void every_reference_leads_to_the_page_of_its_keys() {
        var directory = new Directory();
        var random = new SplittableRandom(6);
        for (int i = 0; i < 60_000; i++) put(directory, random.nextLong() >>> random.nextInt(4)); // crowded in front
        for (int i = 0; i < directory.length(); i++) {
            int shift = 65 - Integer.numberOfTrailingZeros(directory.length() * 2);
            assertTrue(directory.page((long) i << shift) == directory.at(i), "reference " + i);
        }
    }
}
