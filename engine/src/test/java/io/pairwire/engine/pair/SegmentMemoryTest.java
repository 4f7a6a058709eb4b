package io.pairwire.engine.pair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.testkit.Allocations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SegmentMemoryTest {
    private static final long EXPIRY = 1_000;
    private static final long NOON = 1_700_000_000_000_000_000L;
    private static final int REMEMBERED = SegmentMemory.REMEMBERED;

    private final SegmentMemory memory = new SegmentMemory(EXPIRY);

    /** Segment {@code n} of many different ones is seen as packet {@code reference}. */
    private long sees(long n, long epochNanos, long reference) {
        return memory.remember(n * 0x9e37_79b9L, ~n, (int) n, false, epochNanos, reference);
    }

    @Test
    void a_segment_seen_again_leads_to_its_first_copy() {
        assertEquals(0, sees(1, NOON, 11));
        assertEquals(11, sees(1, NOON + 5, 12));
        assertEquals(11, sees(1, NOON + 6, 13));
    }

    @Test
    void key_sequence_and_direction_make_a_segment() {
        long low = 0x0123_4567_89ab_cdefL;
        long high = 0x0fed_cba9_8765_4321L;
        assertEquals(0, memory.remember(low, high, 7, false, NOON, 1));
        for (int bit = 0; bit < 64; bit++) {
            assertEquals(0, memory.remember(low ^ 1L << bit, high, 7, false, NOON, 2), "low bit " + bit);
            assertEquals(0, memory.remember(low, high ^ 1L << bit, 7, false, NOON, 3), "high bit " + bit);
        }
        for (int bit = 0; bit < 32; bit++) {
            assertEquals(0, memory.remember(low, high, 7 ^ 1 << bit, false, NOON, 4), "sequence bit " + bit);
        }
        assertEquals(0, memory.remember(low, high, 7, true, NOON, 5));
        assertEquals(0, memory.remember(low, high, ~7, true, NOON, 6), "no sequence of one side is one of the other");
        assertEquals(1, memory.remember(low, high, 7, false, NOON, 7));
        assertEquals(5, memory.remember(low, high, 7, true, NOON, 8));
    }

    @Test
    void a_copy_within_the_expiry_of_the_last_one_is_a_retransmission_and_a_later_one_is_new() {
        sees(1, NOON, 11);
        assertEquals(11, sees(1, NOON + EXPIRY, 12));
        assertEquals(11, sees(1, NOON + 2 * EXPIRY, 13), "counted from the last copy");
        assertEquals(0, sees(1, NOON + 3 * EXPIRY + 1, 14));
        assertEquals(14, sees(1, NOON + 3 * EXPIRY + 2, 15));
    }

    @Test
    void the_order_of_reading_does_not_matter() {
        sees(1, NOON, 11);
        assertEquals(11, sees(1, NOON - EXPIRY, 12));
        assertEquals(0, sees(1, NOON - 2 * EXPIRY - 1, 13));
    }

    @Test
    void so_many_are_remembered_for_certain() {
        for (int before : new int[] {0, 1, 100, REMEMBERED - 1, REMEMBERED, REMEMBERED + 1, 3 * REMEMBERED + 5}) {
            var random = new SplittableRandom(before);
            long n = 0;
            for (int i = 0; i < before; i++) sees(++n + (1L << 40), NOON, 1);
            long asked = random.nextLong(1L << 30);
            sees(asked, NOON, 42);
            for (int i = 0; i < REMEMBERED - 1; i++) sees(++n + (1L << 40), NOON, 1);
            assertEquals(42, sees(asked, NOON, 43), "after " + before);
        }
    }

    @Test
    void more_than_twice_as_many_are_not_so_memory_is_bounded() {
        sees(1, NOON, 42);
        for (long n = 2; n <= 2 * REMEMBERED + 2; n++) sees(n, NOON, n);
        assertEquals(0, sees(1, NOON, 43));
    }

    @Test
    void it_does_what_a_map_would_do() {
        record Seen(long last, long first) {}
        for (int seed = 0; seed < 20; seed++) {
            var random = new SplittableRandom(seed);
            var fresh = new SegmentMemory(EXPIRY);
            Map<Long, Seen> map = new HashMap<>();
            int segments = 1 + random.nextInt(REMEMBERED);
            for (int step = 1; step <= 40_000; step++) {
                long n = random.nextInt(segments);
                long time = NOON + step / 4 + random.nextInt(100);
                Seen seen = map.get(n);
                boolean copy = seen != null && Math.abs(time - seen.last) <= EXPIRY;
                map.put(n, new Seen(time, copy ? seen.first : step));
                assertEquals(
                        copy ? seen.first : 0,
                        fresh.remember(n << 50, n, (int) n << 20, n % 2 == 0, time, step),
                        "seed " + seed + ", step " + step);
            }
        }
    }

    @Test
    void touch_may_be_asked_at_any_time() {
        for (long n = 0; n < 3L * REMEMBERED; n++) {
            memory.touch(n, ~n, (int) n, n % 2 == 0);
            sees(n, NOON, n + 1);
        }
        assertEquals(3L * REMEMBERED, sees(3L * REMEMBERED - 1, NOON, 1));
    }

    @Test
    void what_was_saved_is_remembered_as_before() throws IOException {
        for (int seen : new int[] {0, 1, 63, 65, 5_000, REMEMBERED, REMEMBERED + 1, 2 * REMEMBERED + 77}) {
            var saved = new SegmentMemory(EXPIRY);
            for (long n = 1; n <= seen; n++) saved.remember(n, ~n, (int) n, false, NOON, n);
            var bytes = new ByteArrayOutputStream();
            saved.save(new DataOutputStream(bytes));
            var restored = new SegmentMemory(EXPIRY);
            restored.restore(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            for (long n = 1; n <= seen + 3L * REMEMBERED; n++) {
                long expected = saved.remember(n, ~n, (int) n, false, NOON, n + 1_000_000);
                assertEquals(expected, restored.remember(n, ~n, (int) n, false, NOON, n + 1_000_000), seen + ": " + n);
            }
        }
    }

    @Test
    void steady_work_costs_no_heap() {
        long[] n = {0};
        for (int i = 0; i < 4 * REMEMBERED; i++) sees(++n[0], NOON, 1);
        assertEquals(0.0, Allocations.bytesPerCall(() -> sees(++n[0], NOON, 1), 4 * REMEMBERED));
        assertTrue(n[0] > 4L * REMEMBERED);
    }
}
