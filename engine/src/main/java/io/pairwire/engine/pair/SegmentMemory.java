package io.pairwire.engine.pair;

import java.util.Arrays;

/**
 * The TCP segments a shard saw last, to know a retransmission when it comes, whether its first copy still waits or was
 * answered long ago.
 *
 * <p>Two tables: new segments go into the younger; when that holds {@value #REMEMBERED} it becomes the elder, and the
 * former elder is forgotten. So between one and two times that many segments are remembered, at a cost of two probes a
 * segment and never a sweep.
 */
final class SegmentMemory {
    /** Segments that are remembered for certain, once the table has grown. */
    static final int REMEMBERED = 1 << 14;

    private static final int STRIDE = 4;
    private static final int TIME = 1;
    private static final int REFERENCE = 2;
    private static final int FIRST_CAPACITY = 64;

    private final long expiryNanos;
    private long[] younger = new long[FIRST_CAPACITY * STRIDE];
    private long[] elder = new long[STRIDE];
    private int used;

    SegmentMemory(long expiryNanos) {
        this.expiryNanos = expiryNanos;
    }

    private static long fingerprint(long keyLow, long keyHigh, int sequence, boolean downward) {
        long x = (keyLow ^ (downward ? ~(long) sequence : sequence)) * 0x9e37_79b9_7f4a_7c15L;
        x = (x ^ x >>> 32 ^ keyHigh) * 0xd6e8_feb8_6659_fd93L;
        return (x ^ x >>> 32) | 1; // never 0, the sign of an empty place
    }

    long touch(long keyLow, long keyHigh, int sequence, boolean downward) {
        long fingerprint = fingerprint(keyLow, keyHigh, sequence, downward);
        return younger[place(younger, fingerprint)] ^ elder[place(elder, fingerprint)];
    }

    /**
     * Remembers a segment.
     *
     * @param reference which packet it is
     * @return the first copy of the same segment if one was seen within the expiry, else 0
     */
    long remember(long keyLow, long keyHigh, int sequence, boolean downward, long epochNanos, long reference) {
        long fingerprint = fingerprint(keyLow, keyHigh, sequence, downward);
        int at = find(younger, fingerprint);
        long[] table = younger;
        if (table[at] == 0) {
            int older = find(elder, fingerprint);
            if (elder[older] == 0) {
                insert(at, fingerprint, epochNanos, reference);
                return 0;
            }
            table = elder;
            at = older;
        }
        boolean copy = Math.abs(epochNanos - table[at + TIME]) <= expiryNanos;
        table[at + TIME] = epochNanos;
        if (!copy) table[at + REFERENCE] = reference;
        return copy ? table[at + REFERENCE] : 0;
    }

    private void insert(int at, long fingerprint, long epochNanos, long reference) {
        int place = at;
        if (used * 2 * STRIDE >= younger.length) {
            makeRoom();
            place = find(younger, fingerprint);
        }
        younger[place] = fingerprint;
        younger[place + TIME] = epochNanos;
        younger[place + REFERENCE] = reference;
        used++;
    }

    private void makeRoom() {
        if (used < REMEMBERED) {
            var larger = new long[younger.length * 2];
            for (int at = 0; at < younger.length; at += STRIDE) {
                if (younger[at] != 0) System.arraycopy(younger, at, larger, find(larger, younger[at]), STRIDE);
            }
            younger = larger;
            return;
        }
        long[] forgotten = elder.length == younger.length ? elder : new long[younger.length];
        Arrays.fill(forgotten, 0);
        elder = younger;
        younger = forgotten;
        used = 0;
    }

    private static int place(long[] table, long fingerprint) {
        return (int) ((fingerprint >>> 32) * (table.length / STRIDE) >>> 32) * STRIDE;
    }

    /** Where the fingerprint is, or the empty place where it belongs. */
    private static int find(long[] table, long fingerprint) {
        int at = place(table, fingerprint);
        while (table[at] != fingerprint && table[at] != 0) {
            at += STRIDE;
            if (at == table.length) at = 0;
        }
        return at;
    }
}
