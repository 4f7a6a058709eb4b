package io.pairwire.decode.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class KeyedTableProperties {
    private static final class Entry extends Keyed {}

    private record Key(long firstHigh, long firstLow, long secondHigh, long secondLow, long ports, long vlans) {}

    private final KeyedTable<Entry> table = new KeyedTable<>(Entry.class, new Random(1));

    private void set(Key key) {
        table.key(key.firstHigh, key.firstLow, key.secondHigh, key.secondLow, key.ports, key.vlans);
    }

    @Property(tries = 100)
    void finds_what_a_map_finds(@ForAll long seed) {
        var random = new Random(seed);
        var fresh = new KeyedTable<>(Entry.class, random);
        Map<Key, Entry> map = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            var key = new Key(bit(random), bit(random), bit(random), bit(random), random.nextInt(8), bit(random));
            fresh.key(key.firstHigh, key.firstLow, key.secondHigh, key.secondLow, key.ports, key.vlans);
            Entry found = fresh.find();
            assertSame(map.get(key), found);
            if (found == null) {
                map.put(key, new Entry());
                fresh.add(map.get(key));
            } else if (random.nextBoolean()) {
                fresh.remove(map.remove(key));
                assertNull(fresh.find());
            }
            assertEquals(map.size(), fresh.count());
        }
    }

    private static long bit(Random random) {
        return random.nextInt(2);
    }

    /** Each word counts, in its own place: with a weak hash, equal words would cancel each other. */
    @Test
    void keys_that_differ_in_any_word_have_different_hashes() {
        List<Integer> hashes = new ArrayList<>();
        for (long value = 0; value < 4; value++) {
            for (int word = 0; word < 6; word++) {
                long[] words = {5, 5, 5, 5, 5, 5};
                words[word] += 1 + value;
                var key = new Key(words[0], words[1], words[2], words[3], words[4], words[5]);
                set(key);
                var entry = new Entry();
                table.add(entry);
                hashes.add(entry.hash);
            }
        }
        assertEquals(24, hashes.stream().distinct().count());
    }

    @Property(tries = 100)
    void a_list_by_time_keeps_the_order_of_the_last_moves(@ForAll long seed) {
        var random = new Random(seed);
        var list = new TimeList<>(Entry.class);
        var model = new ArrayList<Entry>();
        var entries = new Entry[5];
        for (int i = 0; i < entries.length; i++) entries[i] = new Entry();
        for (int time = 0; time < 100; time++) {
            Entry entry = entries[random.nextInt(entries.length)];
            boolean listed = model.remove(entry);
            if (listed && random.nextBoolean()) {
                list.remove(entry);
            } else {
                list.putLast(entry, time);
                model.add(entry);
            }
            assertSame(model.isEmpty() ? null : model.getFirst(), list.first());
            assertEquals(model.size(), list.count());
        }
    }

    @Test
    void a_time_farther_away_than_a_long_can_say_is_overdue() {
        var list = new TimeList<>(Entry.class);
        var entry = new Entry();
        list.putLast(entry, Long.MIN_VALUE + 5);
        assertNull(list.overdue(Long.MIN_VALUE + 15, 10));
        assertSame(entry, list.overdue(Long.MIN_VALUE + 16, 10));
        assertSame(entry, list.overdue(Long.MAX_VALUE, Long.MAX_VALUE));
    }
}
