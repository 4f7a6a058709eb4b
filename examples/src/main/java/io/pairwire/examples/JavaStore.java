package io.pairwire.examples;

import io.pairwire.engine.store.PacketReference;
import io.pairwire.engine.store.Partner;
import io.pairwire.engine.store.UnmatchedStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * A store on the collections of {@code java.util}: plain rather than fast. Shows what a store
 * promises: first in, first out among equal keys, expiry by event time, and eviction of the earliest.
 */
public final class JavaStore implements UnmatchedStore {
    private record Key(long low, long high) {}

    private static final class Waiting {
        final Key key;
        final long epochNanos;
        long lastEpochNanos;
        long reference;

        Waiting(Key key, long epochNanos, long reference) {
            this.key = key;
            this.epochNanos = epochNanos;
            this.lastEpochNanos = epochNanos;
            this.reference = reference;
        }
    }

    private static final Comparator<Waiting> EARLIEST = Comparator.<Waiting>comparingLong(waiting -> waiting.epochNanos)
            .thenComparingLong(waiting -> PacketReference.position(waiting.reference));

    private final Map<Key, List<Waiting>> byKey = new HashMap<>();
    private final NavigableSet<Waiting> byTime = new TreeSet<>(EARLIEST);
    private final long expiryNanos;
    private final long limit;
    private long stored;
    private long expired;
    private long evicted;

    /** A {@link UnmatchedStore.Factory} as a constructor: {@code engine.stores(JavaStore::new)}. */
    public JavaStore(long expiryNanos, long limit) {
        this.expiryNanos = expiryNanos;
        this.limit = limit;
    }

    @Override
    public long touch(long keyLow, long keyHigh) {
        return 0; // nothing to bring near
    }

    @Override
    public boolean takeOrStore(
            long keyLow, long keyHigh, long epochNanos, long reference, long clock, Partner partner) {
        sweep(clock, Integer.MAX_VALUE);
        var key = new Key(keyLow, keyHigh);
        for (Waiting waiting : byKey.getOrDefault(key, List.of())) {
            if (PacketReference.opposite(waiting.reference, reference)
                    && Math.abs(waiting.epochNanos - epochNanos) <= expiryNanos) {
                partner.set(waiting.epochNanos, waiting.lastEpochNanos, waiting.reference);
                remove(waiting);
                return true;
            }
        }
        if (byTime.size() >= limit) {
            if (clock - byTime.first().epochNanos > expiryNanos) expired++;
            else evicted++;
            remove(byTime.first());
        }
        var waiting = new Waiting(key, epochNanos, reference);
        byKey.computeIfAbsent(key, absent -> new ArrayList<>()).add(waiting);
        byTime.add(waiting);
        stored++;
        return false;
    }

    private void remove(Waiting waiting) {
        byTime.remove(waiting);
        List<Waiting> equal = byKey.get(waiting.key);
        equal.remove(waiting);
        if (equal.isEmpty()) byKey.remove(waiting.key);
    }

    @Override
    public boolean retransmitted(long keyLow, long keyHigh, long reference, long lastEpochNanos) {
        for (Waiting waiting : byKey.getOrDefault(new Key(keyLow, keyHigh), List.of())) {
            if (PacketReference.same(waiting.reference, reference)) {
                waiting.lastEpochNanos = lastEpochNanos;
                waiting.reference = PacketReference.retransmitted(waiting.reference);
                return true;
            }
        }
        return false;
    }

    @Override
    public void sweep(long clock, int places) {
        while (!byTime.isEmpty() && clock - byTime.first().epochNanos > 2 * expiryNanos) {
            remove(byTime.first());
            expired++;
        }
    }

    @Override
    public long finish(long clock) {
        long unmatched = byTime.stream()
                .filter(waiting -> clock - waiting.epochNanos <= expiryNanos)
                .count();
        expired += byTime.size() - unmatched;
        byTime.clear();
        byKey.clear();
        return unmatched;
    }

    @Override
    public long outstanding() {
        return byTime.size();
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
