package io.pairwire.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EntriesTest {
    private final Entries entries = new Entries();

    private int take(long n) {
        return entries.take(n, ~n, n * 3, n + 1);
    }

    private void assertIs(int number, long n) {
        assertTrue(entries.isKeyOf(number, n, ~n));
        assertEquals(n, entries.keyLow(number));
        assertEquals(~n, entries.keyHigh(number));
        assertEquals(n * 3, entries.time(number));
        assertEquals(n + 1, entries.reference(number));
    }

    @Test
    void entries_keep_what_was_put_over_many_pages() {
        List<Integer> numbers = new ArrayList<>();
        for (long n = 0; n < 50_000; n++) numbers.add(take(n));
        for (int n = 0; n < numbers.size(); n++) assertIs(numbers.get(n), n);
        assertEquals(numbers.size(), new HashSet<>(numbers).size());
        assertTrue(entries.bytes() < 50_000L * 32 + (1 << 18), entries.bytes() + " bytes");
    }

    @Test
    void what_was_given_back_is_taken_again_and_no_more_memory() {
        var random = new SplittableRandom(3);
        Map<Integer, Long> model = new HashMap<>();
        long bytes = 0;
        for (long n = 0; n < 100_000; n++) {
            if (model.size() == 10_000 || n > 20_000 && random.nextBoolean() && !model.isEmpty()) {
                int number = model.keySet().iterator().next();
                model.remove(number);
                entries.giveBack(number);
            } else {
                assertNull(model.put(take(n), n), "given out twice");
            }
            if (n == 20_000) bytes = entries.bytes();
        }
        model.forEach(this::assertIs);
        assertEquals(bytes, entries.bytes());
        int waiting = 0;
        for (int number = 0; number < entries.end(); number++) {
            if (entries.waiting(number) == 0) continue;
            waiting++;
            assertTrue(model.containsKey(number));
        }
        assertEquals(model.size(), waiting);
    }

    @Test
    void the_latest_given_back_is_the_next() {
        for (long n = 0; n < 100; n++) take(n);
        entries.giveBack(5);
        entries.giveBack(70);
        assertEquals(70, take(200));
        assertEquals(5, take(201));
        assertEquals(100, take(202));
    }
}
