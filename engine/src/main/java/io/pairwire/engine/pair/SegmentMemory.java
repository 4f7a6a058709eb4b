package io.pairwire.engine.pair;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The TCP segments a shard saw last, to know a retransmission when it comes, whether its first copy still waits or was
 * answered long ago.
 *
 * <p>Two generations: new segments go into the younger; when that holds {@value #REMEMBERED} it becomes the elder, and
 * the former elder is forgotten. So between one and two times that many segments are remembered, at a cost of two probes
 * a segment and never a sweep.
 */
final class SegmentMemory {
    /** Segments that are remembered for certain. */
    static final int REMEMBERED = 1 << 13;

    private long expiryNanos;
    private Generation younger = new Generation(64);
    private Generation elder = new Generation(1);

    SegmentMemory(long expiryNanos) {
        this.expiryNanos = expiryNanos;
    }

    void change(long expiryNanos) {
        this.expiryNanos = expiryNanos;
    }

    void save(DataOutput out) throws IOException {
        younger.save(out);
        elder.save(out);
    }

    void restore(DataInput in) throws IOException {
        younger = Generation.restore(in);
        elder = Generation.restore(in);
    }

    private static long fingerprint(long keyLow, long keyHigh, int sequence, boolean downward) {
        long side = Integer.toUnsignedLong(sequence) | (downward ? 1L << 32 : 0);
        // Each part is spread before the next comes in, lest a bit of one undo that of the other.
        long x = (keyLow ^ side * 0x9e37_79b9_7f4a_7c15L) * 0xbf58_476d_1ce4_e5b9L;
        x = (x ^ x >>> 32 ^ keyHigh) * 0xd6e8_feb8_6659_fd93L;
        return x ^ x >>> 32;
    }

    /** Brings the places near where that segment would be found; answers something that depends on them. */
    long touch(long keyLow, long keyHigh, int sequence, boolean downward) {
        long fingerprint = fingerprint(keyLow, keyHigh, sequence, downward);
        return younger.places[younger.home(fingerprint)] ^ elder.places[elder.home(fingerprint)];
    }

    /**
     * Remembers a segment.
     *
     * @param reference which packet it is, not 0
     * @return the first copy of the same segment if its last copy was seen within the expiry, else 0
     */
    long remember(long keyLow, long keyHigh, int sequence, boolean downward, long epochNanos, long reference) {
        long fingerprint = fingerprint(keyLow, keyHigh, sequence, downward);
        Generation generation = younger;
        int entry = generation.find(fingerprint);
        if (entry < 0) {
            generation = elder;
            entry = generation.find(fingerprint);
        }
        if (entry >= 0) return generation.again(entry, epochNanos, reference, expiryNanos);
        if (younger.isFull()) makeRoom();
        younger.add(fingerprint, epochNanos, reference);
        return 0;
    }

    private void makeRoom() {
        if (younger.capacity < REMEMBERED) {
            younger = younger.enlarged();
            return;
        }
        Generation forgotten = elder.capacity == REMEMBERED ? elder : new Generation(REMEMBERED);
        forgotten.clear();
        elder = younger;
        younger = forgotten;
    }

    /**
     * Entries of three longs {fingerprint, last time, reference} in the order they came, and a table of places that lead
     * to them: four bytes each {18 bits of the fingerprint, entry number from 1}, so that looking for a segment that was
     * never seen, the usual case, stays within a small table.
     */
    private static final class Generation {
        private static final int STRIDE = 3;
        private static final int TIME = 1;
        private static final int REFERENCE = 2;
        private static final int ENTRY_BITS = 14;
        private static final int ENTRY = (1 << ENTRY_BITS) - 1;
        private static final int PLACES_AN_ENTRY = 2;

        private final int capacity;
        private final long[] entries;
        private final int[] places;
        private int used;

        Generation(int capacity) {
            this.capacity = capacity;
            this.entries = new long[capacity * STRIDE];
            this.places = new int[capacity * PLACES_AN_ENTRY];
        }

        boolean isFull() {
            return used == capacity;
        }

        void clear() {
            Arrays.fill(places, 0);
            used = 0;
        }

        int home(long fingerprint) {
            return (int) ((fingerprint >>> 32) * places.length >>> 32);
        }

        private static int tag(long fingerprint) {
            return (int) fingerprint & ~ENTRY;
        }

        /** The entry of the fingerprint, or -1. */
        int find(long fingerprint) {
            final int tag = tag(fingerprint);
            int place = home(fingerprint);
            int found = places[place];
            while (found != 0) {
                if ((found & ~ENTRY) == tag) {
                    int entry = ((found & ENTRY) - 1) * STRIDE;
                    if (entries[entry] == fingerprint) return entry;
                }
                place = place + 1 == places.length ? 0 : place + 1;
                found = places[place];
            }
            return -1;
        }

        void add(long fingerprint, long epochNanos, long reference) {
            int entry = used++ * STRIDE;
            entries[entry] = fingerprint;
            entries[entry + TIME] = epochNanos;
            entries[entry + REFERENCE] = reference;
            int place = home(fingerprint);
            while (places[place] != 0) place = place + 1 == places.length ? 0 : place + 1;
            places[place] = tag(fingerprint) | used;
        }

        /** The segment came again: its first copy, or 0 if that is too long ago and this is a first copy itself. */
        long again(int entry, long epochNanos, long reference, long expiryNanos) {
            boolean copy = Math.abs(epochNanos - entries[entry + TIME]) <= expiryNanos;
            entries[entry + TIME] = epochNanos;
            if (!copy) entries[entry + REFERENCE] = reference;
            return copy ? entries[entry + REFERENCE] : 0;
        }

        void save(DataOutput out) throws IOException {
            out.writeInt(capacity);
            out.writeInt(used);
            for (int i = 0; i < used * STRIDE; i++) out.writeLong(entries[i]);
        }

        static Generation restore(DataInput in) throws IOException {
            int capacity = in.readInt();
            int used = in.readInt();
            if (capacity < 1 || capacity > REMEMBERED || used < 0 || used > capacity) {
                throw new IOException("no memory of segments: " + used + " of " + capacity);
            }
            var generation = new Generation(capacity);
            for (int i = 0; i < used; i++) generation.add(in.readLong(), in.readLong(), in.readLong());
            return generation;
        }

        Generation enlarged() {
            var larger = new Generation(capacity * 2);
            for (int entry = 0; entry < used * STRIDE; entry += STRIDE) {
                larger.add(entries[entry], entries[entry + TIME], entries[entry + REFERENCE]);
            }
            return larger;
        }
    }
}
