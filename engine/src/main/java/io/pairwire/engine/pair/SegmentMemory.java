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
 *
 * <p>Entries of three longs {fingerprint, last time, reference} stand in the order they came. A table of places leads to
 * them: four bytes each {18 bits of the fingerprint, entry number from 1}. The places of both generations alternate, so
 * that looking for a segment that was never seen, the usual case, touches one cache line.
 */
final class SegmentMemory {
    /** Segments that are remembered for certain. */
    static final int REMEMBERED = 1 << 13;

    private static final int FIRST_CAPACITY = 64;
    private static final int STRIDE = 3;
    private static final int TIME = 1;
    private static final int REFERENCE = 2;
    private static final int ENTRY_BITS = 14;
    private static final int ENTRY = (1 << ENTRY_BITS) - 1;
    private static final int PLACES_AN_ENTRY = 2;

    private long expiryNanos;

    /** Of the younger generation; the elder has as many as it will ever have, or none. */
    private int capacity = FIRST_CAPACITY;

    private int[] places = places(capacity);
    private long[] younger = new long[capacity * STRIDE];
    private long[] elder = new long[0];
    private int youngerUsed;
    private int elderUsed;

    /** 0 or 1: which place of each two belongs to the younger. */
    private int side;

    SegmentMemory(long expiryNanos) {
        this.expiryNanos = expiryNanos;
    }

    void change(long expiryNanos) {
        this.expiryNanos = expiryNanos;
    }

    private static int[] places(int capacity) {
        return new int[2 * PLACES_AN_ENTRY * capacity];
    }

    private static long fingerprint(long keyLow, long keyHigh, int sequence, boolean downward) {
        long side = Integer.toUnsignedLong(sequence) | (downward ? 1L << 32 : 0);
        // Each part is spread before the next comes in, lest a bit of one undo that of the other.
        long x = (keyLow ^ side * 0x9e37_79b9_7f4a_7c15L) * 0xbf58_476d_1ce4_e5b9L;
        x = (x ^ x >>> 32 ^ keyHigh) * 0xd6e8_feb8_6659_fd93L;
        return x ^ x >>> 32;
    }

    /** The first of the two places where a search begins. */
    private int home(long fingerprint) {
        return (int) ((fingerprint >>> 32) * (places.length >>> 1) >>> 32) << 1;
    }

    private static int tag(long fingerprint) {
        return (int) fingerprint & ~ENTRY;
    }

    /** Brings the place near where that segment would be found; answers something that depends on it. */
    long touch(long keyLow, long keyHigh, int sequence, boolean downward) {
        return places[home(fingerprint(keyLow, keyHigh, sequence, downward))];
    }

    /**
     * Remembers a segment.
     *
     * @param reference which packet it is, not 0
     * @return the first copy of the same segment if its last copy was seen within the expiry, else 0
     */
    long remember(long keyLow, long keyHigh, int sequence, boolean downward, long epochNanos, long reference) {
        long fingerprint = fingerprint(keyLow, keyHigh, sequence, downward);
        int entry = find(fingerprint, side, younger);
        if (entry >= 0) return again(younger, entry, epochNanos, reference);
        entry = find(fingerprint, side ^ 1, elder);
        if (entry >= 0) return again(elder, entry, epochNanos, reference);
        if (youngerUsed == capacity) makeRoom();
        add(fingerprint, epochNanos, reference);
        return 0;
    }

    /** The entry of the fingerprint in the generation of that side, or -1. */
    private int find(long fingerprint, int side, long[] entries) {
        final int tag = tag(fingerprint);
        int place = home(fingerprint) | side;
        int found = places[place];
        while (found != 0) {
            if ((found & ~ENTRY) == tag) {
                int entry = ((found & ENTRY) - 1) * STRIDE;
                if (entries[entry] == fingerprint) return entry;
            }
            place = next(place);
            found = places[place];
        }
        return -1;
    }

    private int next(int place) {
        return place + 2 < places.length ? place + 2 : place + 2 - places.length;
    }

    private void add(long fingerprint, long epochNanos, long reference) {
        int entry = youngerUsed++ * STRIDE;
        younger[entry] = fingerprint;
        younger[entry + TIME] = epochNanos;
        younger[entry + REFERENCE] = reference;
        enter(fingerprint, side, youngerUsed);
    }

    private void enter(long fingerprint, int side, int number) {
        int place = home(fingerprint) | side;
        while (places[place] != 0) place = next(place);
        places[place] = tag(fingerprint) | number;
    }

    /** The segment came again: its first copy, or 0 if that is too long ago and this is a first copy itself. */
    private long again(long[] entries, int entry, long epochNanos, long reference) {
        boolean copy = Math.abs(epochNanos - entries[entry + TIME]) <= expiryNanos;
        entries[entry + TIME] = epochNanos;
        if (!copy) entries[entry + REFERENCE] = reference;
        return copy ? entries[entry + REFERENCE] : 0;
    }

    private void makeRoom() {
        if (capacity < REMEMBERED) {
            capacity *= 2; // and there is no elder generation yet
            younger = Arrays.copyOf(younger, capacity * STRIDE);
            places = places(capacity);
            for (int i = 0; i < youngerUsed; i++) enter(younger[i * STRIDE], side, i + 1);
            return;
        }
        long[] forgotten = elder.length == 0 ? new long[REMEMBERED * STRIDE] : elder;
        elder = younger;
        elderUsed = youngerUsed;
        younger = forgotten;
        youngerUsed = 0;
        side ^= 1;
        for (int place = side; place < places.length; place += 2) places[place] = 0;
    }

    /** Writes both generations, each as capacity, entries there are, and the entries. */
    void save(DataOutput out) throws IOException {
        save(out, capacity, youngerUsed, younger);
        save(out, Math.max(1, elder.length / STRIDE), elderUsed, elder);
    }

    private static void save(DataOutput out, int capacity, int used, long[] entries) throws IOException {
        out.writeInt(capacity);
        out.writeInt(used);
        for (int i = 0; i < used * STRIDE; i++) out.writeLong(entries[i]);
    }

    void restore(DataInput in) throws IOException {
        var first = Saved.read(in);
        var second = Saved.read(in);
        // An elder generation is a full one: then the younger has the places of a full one too.
        capacity = second.used > 0 ? REMEMBERED : Math.max(FIRST_CAPACITY, first.capacity);
        younger = Arrays.copyOf(first.entries, capacity * STRIDE);
        youngerUsed = first.used;
        elder = second.used > 0 ? Arrays.copyOf(second.entries, REMEMBERED * STRIDE) : new long[0];
        elderUsed = second.used;
        places = places(capacity);
        side = 0;
        for (int i = 0; i < youngerUsed; i++) enter(younger[i * STRIDE], 0, i + 1);
        for (int i = 0; i < elderUsed; i++) enter(elder[i * STRIDE], 1, i + 1);
    }

    /** A generation as it was written. */
    private record Saved(int capacity, int used, long[] entries) {
        static Saved read(DataInput in) throws IOException {
            int capacity = in.readInt();
            int used = in.readInt();
            if (capacity < 1
                    || capacity > REMEMBERED
                    || Integer.bitCount(capacity) != 1
                    || used < 0
                    || used > capacity) {
                throw new IOException("no memory of segments: " + used + " of " + capacity);
            }
            long[] entries = new long[used * STRIDE];
            for (int i = 0; i < entries.length; i++) entries[i] = in.readLong();
            return new Saved(capacity, used, entries);
        }
    }
}
