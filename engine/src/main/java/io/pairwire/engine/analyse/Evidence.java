package io.pairwire.engine.analyse;

import java.util.ArrayList;
import java.util.List;

/** How often something was seen, and in which packets first. */
final class Evidence {
    /** Numbers kept. */
    static final int KEPT = 10;

    private final long[] numbers = new long[KEPT];
    private long count;

    void add(long number) {
        if (count < KEPT) numbers[(int) count] = number;
        count++;
    }

    long count() {
        return count;
    }

    List<Long> packets() {
        var packets = new ArrayList<Long>();
        for (int i = 0; i < Math.min(count, KEPT); i++) packets.add(numbers[i]);
        return packets;
    }
}
