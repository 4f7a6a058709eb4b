package io.pairwire.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AllocationsTest {
    private long sum;
    private Object kept = new Object();

    @Test
    void arithmetic_allocates_nothing() {
        assertEquals(0, Allocations.bytesPerCall(() -> sum += sum ^ 5, 100_000));
    }

    @Test
    void an_array_that_is_kept_is_seen() {
        double bytes = Allocations.bytesPerCall(() -> kept = new byte[1_000], 10_000);
        assertTrue(bytes >= 1_000 && bytes < 1_100, "bytes a call: " + bytes + " for " + kept);
    }

    @Test
    void a_single_allocation_among_many_calls_is_not_rounded_away() {
        double bytes = Allocations.bytesPerCall(
                () -> {
                    if (++sum % 10_000 == 0) kept = new byte[16];
                },
                10_000);
        assertTrue(bytes > 0, "bytes a call: " + bytes + " for " + kept);
    }

    @Test
    void a_measurement_needs_a_call() {
        assertThrows(IllegalArgumentException.class, () -> Allocations.bytesPerCall(() -> {}, 0));
    }
}
