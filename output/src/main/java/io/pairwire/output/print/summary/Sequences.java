package io.pairwire.output.print.summary;

/**
 * First sequence numbers of both directions of TCP connections, so that lines can count from there: {@code seq 1:101}.
 *
 * <p>A connection is noted by its first packet with an acknowledgment, and again by each with SYN. Of the connections
 * whose place in the table is the same the last {@value #WAYS} are remembered: memory is bounded, and what was forgotten
 * begins anew, which {@code ack} and {@code seq} in full length show.
 */
final class Sequences {
    private static final int ROWS = 16_384;
    private static final int WAYS = 4;
    private static final int WORDS = 6; // four of addresses, ports, and the two first numbers

    // One row a hash: WAYS entries of WORDS words, the one used last in front.
    // Made when the first is noted, since many a capture has none.
    private long[] table = {};
    private final long[] moved = new long[WORDS];

    /** What to subtract from the numbers of the packet that was looked up last. */
    int sequenceFrom;

    int acknowledgmentFrom;

    Sequences() {}

    /**
     * Looks up the connection of a packet with an acknowledgment.
     *
     * @param ports the port of the source above that of the destination, 16 bits each, in an IPv4 packet bit 32 set too
     * @return false if it begins with this packet, whose numbers are then printed as they are
     */
    boolean find(
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            long ports,
            boolean syn,
            int sequence,
            int acknowledgment) {
        int sourcePort = (int) (ports >>> 16) & 0xffff;
        int destinationPort = (int) ports & 0xffff;
        boolean reverse = sourcePort != destinationPort
                ? sourcePort > destinationPort
                : Long.compareUnsigned(sourceHigh, destinationHigh) > 0
                        || sourceHigh == destinationHigh && Long.compareUnsigned(sourceLow, destinationLow) > 0;
        long lowHigh = reverse ? destinationHigh : sourceHigh;
        long lowLow = reverse ? destinationLow : sourceLow;
        long highHigh = reverse ? sourceHigh : destinationHigh;
        long highLow = reverse ? sourceLow : destinationLow;
        long key = reverse ? ports & ~0xffff_ffffL | (long) destinationPort << 16 | sourcePort : ports;
        key |= 1L << 40; // never 0, which is an empty place
        if (table.length == 0) table = new long[ROWS * WAYS * WORDS];
        int row = row(lowHigh, lowLow, highHigh, highLow, key);
        for (int way = 0; way < WAYS; way++) {
            int at = row + way * WORDS;
            if (table[at + 4] == key
                    && table[at] == lowHigh
                    && table[at + 1] == lowLow
                    && table[at + 2] == highHigh
                    && table[at + 3] == highLow) {
                toFront(row, at);
                if (syn) return note(row, reverse, sequence, acknowledgment);
                int first = (int) (table[row + 5] >>> 32);
                int second = (int) table[row + 5];
                sequenceFrom = reverse ? second : first;
                acknowledgmentFrom = reverse ? first : second;
                return true;
            }
        }
        toFront(row, row + (WAYS - 1) * WORDS);
        table[row] = lowHigh;
        table[row + 1] = lowLow;
        table[row + 2] = highHigh;
        table[row + 3] = highLow;
        table[row + 4] = key;
        return note(row, reverse, sequence, acknowledgment);
    }

    private boolean note(int at, boolean reverse, int sequence, int acknowledgment) {
        int first = reverse ? acknowledgment - 1 : sequence;
        int second = reverse ? sequence : acknowledgment - 1;
        table[at + 5] = (long) first << 32 | Integer.toUnsignedLong(second);
        return false;
    }

    private void toFront(int row, int at) {
        if (row == at) return;
        System.arraycopy(table, at, moved, 0, WORDS);
        System.arraycopy(table, row, table, row + WORDS, at - row);
        System.arraycopy(moved, 0, table, row, WORDS);
    }

    private static int row(long a, long b, long c, long d, long key) {
        long hash = a;
        hash = hash * 0x9e37_79b9_7f4a_7c15L + b;
        hash = hash * 0x9e37_79b9_7f4a_7c15L + c;
        hash = hash * 0x9e37_79b9_7f4a_7c15L + d;
        hash = hash * 0x9e37_79b9_7f4a_7c15L + key;
        hash ^= hash >>> 32;
        hash *= 0x9e37_79b9_7f4a_7c15L;
        return (int) (hash >>> 50) * WAYS * WORDS;
    }
}
