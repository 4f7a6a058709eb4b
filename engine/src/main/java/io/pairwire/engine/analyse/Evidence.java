package io.pairwire.engine.analyse;

import java.util.ArrayList;
import java.util.List;

/** How often something was seen, and in which packets first. */
final class Evidence {
    /** Numbers kept. */
    static final int KEPT = 10;

    private final long[] numbers = new long[KEPT];
    private final long[] orders = new long[KEPT];
    private long count;

    /** Once more. */
    void add(long number) {
        add(number, count);
    }

    /** Once more, in that packet; {@code order} rises from call to call. */
    void add(long number, long order) {
        if (count < KEPT) {
            numbers[(int) count] = number;
            orders[(int) count] = order;
        }
        count++;
    }

    /** What both saw, in one order. */
    Evidence plus(Evidence other) {
        var sum = new Evidence();
        int mine = 0;
        int others = 0;
        while (sum.count < KEPT && (mine < kept() || others < other.kept())) {
            boolean first = others == other.kept() || mine < kept() && orders[mine] <= other.orders[others];
            if (first) sum.add(numbers[mine], orders[mine++]);
            else sum.add(other.numbers[others], other.orders[others++]);
        }
        sum.count = count + other.count;
        return sum;
    }

    private int kept() {
        return (int) Math.min(count, KEPT);
    }

    long count() {
        return count;
    }

    List<Long> packets() {
        var packets = new ArrayList<Long>();
        for (int i = 0; i < kept(); i++) packets.add(numbers[i]);
        return packets;
    }
}
