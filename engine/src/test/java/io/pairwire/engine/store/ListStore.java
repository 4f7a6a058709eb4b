package io.pairwire.engine.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What {@link UnmatchedStore} promises, word by word, on a list that is searched from front to back: slow and obviously
 * right. What is over is given up at once, so of a lazy store it tells what may be taken, not what was swept.
 */
public final class ListStore implements UnmatchedStore {
    private static final class Entry {
        final long keyLow;
        final long keyHigh;
        final long time;
        long last;
        long reference;

        Entry(long keyLow, long keyHigh, long time, long reference) {
            this.keyLow = keyLow;
            this.keyHigh = keyHigh;
            this.time = time;
            this.last = time;
            this.reference = reference;
        }

        boolean hasKey(long low, long high) {
            return keyLow == low && keyHigh == high;
        }
    }

    private static final Comparator<Entry> BY_TIME = Comparator.<Entry>comparingLong(entry -> entry.time)
            .thenComparingLong(entry -> PacketReference.position(entry.reference));

    private final List<Entry> waiting = new ArrayList<>();
    private final long expiryNanos;
    private final long limit;
    private long stored;
    private long expired;
    private long evicted;

    public ListStore(long expiryNanos, long limit) {
        this.expiryNanos = expiryNanos;
        this.limit = limit;
    }

    @Override
    public long touch(long keyLow, long keyHigh) {
        return 0;
    }

    @Override
    public boolean takeOrStore(
            long keyLow, long keyHigh, long epochNanos, long reference, long clock, Partner partner) {
        sweep(clock, Integer.MAX_VALUE);
        for (Entry entry : waiting) {
            if (entry.hasKey(keyLow, keyHigh)
                    && PacketReference.opposite(entry.reference, reference)
                    && Math.abs(entry.time - epochNanos) <= expiryNanos) {
                partner.set(entry.time, entry.last, entry.reference);
                waiting.remove(entry);
                return true;
            }
        }
        if (waiting.size() >= limit) {
            Entry earliest = waiting.stream().min(BY_TIME).orElseThrow();
            waiting.remove(earliest);
            if (clock - earliest.time > expiryNanos) expired++;
            else evicted++;
        }
        waiting.add(new Entry(keyLow, keyHigh, epochNanos, reference));
        stored++;
        return false;
    }

    @Override
    public boolean retransmitted(long keyLow, long keyHigh, long reference, long lastEpochNanos) {
        for (Entry entry : waiting) {
            if (entry.hasKey(keyLow, keyHigh) && PacketReference.same(entry.reference, reference)) {
                entry.last = lastEpochNanos;
                entry.reference = PacketReference.retransmitted(entry.reference);
                return true;
            }
        }
        return false;
    }

    @Override
    public void sweep(long clock, int places) {
        int before = waiting.size();
        waiting.removeIf(entry -> clock - entry.time > 2 * expiryNanos);
        expired += before - waiting.size();
    }

    @Override
    public long finish(long clock) {
        long unmatched = waiting.stream()
                .filter(entry -> clock - entry.time <= expiryNanos)
                .count();
        expired += waiting.size() - unmatched;
        waiting.clear();
        return unmatched;
    }

    @Override
    public long outstanding() {
        return waiting.size();
    }

    @Override
    public long stored() {
        return stored;
    }

    @Override
    public long expired() {
        return expired;
    }

    @Override
    public long evicted() {
        return evicted;
    }
}
