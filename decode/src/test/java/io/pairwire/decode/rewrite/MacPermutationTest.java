package io.pairwire.decode.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MacPermutationTest {
    private static final long GROUP = 0x0100_0000_0000L;

    private final MacPermutation whole = new MacPermutation(PrefixPreservationTest.SAMPLE, false, MappingListener.NONE);
    private final MacPermutation tail = new MacPermutation(PrefixPreservationTest.SAMPLE, true, MappingListener.NONE);

    @Test
    void a_group_stays_a_group_and_no_two_addresses_become_one() {
        var random = new Random(1);
        var seen = new HashSet<Long>();
        var mapped = new HashSet<Long>();
        for (int i = 0; i < 10_000; i++) {
            long mac = random.nextLong() >>> 16;
            seen.add(mac);
            long result = whole.map(mac);
            mapped.add(result);
            assertEquals(mac & GROUP, result & GROUP);
            assertEquals(0, result >>> 48);
        }
        assertEquals(seen.size(), mapped.size());
    }

    @Test
    void the_vendor_may_stay_and_still_no_two_of_its_addresses_become_one() {
        var mapped = new HashSet<Long>();
        for (int i = 0; i < 1 << 14; i++) mapped.add(tail.map(0x0011_2200_0000L | i));
        assertEquals(1 << 14, mapped.size());
        assertTrue(mapped.stream().allMatch(mac -> mac >>> 24 == 0x001122));
    }

    @Test
    void zero_stays_and_nothing_else_becomes_it() {
        assertEquals(0, whole.map(0));
        assertNotEquals(0, whole.map(1));
    }
}
