package io.pairwire.engine.fate;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many packets in a row have no partner. A row is made of the packets that could have one, in the order of reading,
 * whatever their flows; others and further transmissions neither lengthen nor end it.
 */
public final class Bursts implements Reviewer {
    private final SortedMap<Long, Long> lengths = new TreeMap<>();
    private long current;
    private long number;

    /** Has seen nothing yet. */
    public Bursts() {}

    @Override
    public void onPacket(ReviewedPacket reviewed) {
        onFate(reviewed.fate());
    }

    void onFate(Fate fate) {
        if (fate.isAlone()) {
            if (current++ == 0) number++;
        } else if (fate.isPaired()) {
            end();
        }
    }

    private void end() {
        if (current > 0) lengths.merge(current, 1L, Long::sum);
        current = 0;
    }

    /** The number of the burst that goes on or was the last, from 1; 0 before the first. */
    public long number() {
        return number;
    }

    /** How many bursts there were of each length, ascending; ends the one that goes on. */
    public SortedMap<Long, Long> lengths() {
        end();
        return Collections.unmodifiableSortedMap(lengths);
    }
}
