package io.pairwire.engine.analyse;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/** The largest of many, by one measure; equals in the order in which they were first seen. */
final class TopTalks {
    private final TalkMeasure measure;
    private final int limit;
    private final PriorityQueue<Kept> kept = new PriorityQueue<>(Collections.reverseOrder());
    private final Talk view = new Talk();
    private long count;

    /** A copy, largest first in its natural order. */
    private record Kept(long size, long number, long[] words) implements Comparable<Kept> {
        @Override
        public int compareTo(Kept other) {
            int order = Long.compare(other.size, size);
            if (order == 0) order = Long.compare(number, other.number);
            for (int i = 1; order == 0 && i <= Talk.KEYS; i++) order = Long.compareUnsigned(words[i], other.words[i]);
            return order;
        }
    }

    TopTalks(TalkMeasure measure, int limit) {
        this.measure = measure;
        this.limit = limit;
    }

    /** One that was only named, without packets of its own, does not count. */
    void offer(Talk talk) {
        if (TalkMeasure.PACKETS.of(talk) == 0) return;
        count++;
        long size = measure.of(talk);
        if (limit == 0 || size == 0) return;
        if (kept.size() == limit && size < kept.element().size) return;
        long[] words = new long[Talk.LENGTH / Long.BYTES];
        talk.copyTo(MemorySegment.ofArray(words), 0);
        kept.add(new Kept(size, talk.get(Talk.NUMBER), words));
        if (kept.size() > limit) kept.remove();
    }

    /** How many there were. */
    long count() {
        return count;
    }

    /** Makes values of the largest, largest first. */
    <T> List<T> toList(java.util.function.Function<Talk, T> value) {
        var sorted = new ArrayList<>(kept);
        Collections.sort(sorted);
        var values = new ArrayList<T>(sorted.size());
        for (Kept one : sorted) values.add(value.apply(view.moveTo(MemorySegment.ofArray(one.words), 0)));
        return values;
    }
}
