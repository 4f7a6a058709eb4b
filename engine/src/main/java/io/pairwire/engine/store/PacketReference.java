package io.pairwire.engine.store;

/**
 * Which packet it was, in 63 bits: file, number in the file, and what matching needs of it. Always positive, so stores
 * may use zero and the sign for their own purposes.
 *
 * <pre>
 *   bit 62          61     60         59          58 … 40     39 … 0
 *  +-----------+----------+-----+---------------+------------+--------+
 *  | direction | loopback | TCP | retransmitted | file index | number |
 *  +-----------+----------+-----+---------------+------------+--------+
 * </pre>
 */
public final class PacketReference {
    /** Files that can be told apart. */
    public static final int FILES = 1 << 19;

    private static final int FILE_SHIFT = 40;
    private static final long NUMBER = (1L << FILE_SHIFT) - 1;
    private static final long RETRANSMITTED = 1L << 59;
    private static final long TCP = 1L << 60;
    private static final long LOOPBACK = 1L << 61;
    private static final long DIRECTION = 1L << 62;

    private PacketReference() {}

    /**
     * @param file index of the file, below {@link #FILES}
     * @param number number of the packet in it, from 1, below 2^40
     * @param tcp is it TCP rather than UDP?
     * @param downward does it go from the greater endpoint to the smaller?
     * @param loopback are its endpoints the same, so that it has no direction?
     */
    public static long of(int file, long number, boolean tcp, boolean downward, boolean loopback) {
        return (number & NUMBER)
                | (long) (file & FILES - 1) << FILE_SHIFT
                | (tcp ? TCP : 0)
                | (loopback ? LOOPBACK : 0)
                | (downward ? DIRECTION : 0);
    }

    public static int file(long reference) {
        return (int) (reference >>> FILE_SHIFT) & FILES - 1;
    }

    public static long number(long reference) {
        return reference & NUMBER;
    }

    public static boolean isTcp(long reference) {
        return (reference & TCP) != 0;
    }

    /** Does it go from the greater endpoint to the smaller? */
    public static boolean isDownward(long reference) {
        return (reference & DIRECTION) != 0;
    }

    /** Was it transmitted more than once? */
    public static boolean isRetransmitted(long reference) {
        return (reference & RETRANSMITTED) != 0;
    }

    /** The same packet, transmitted more than once. */
    public static long retransmitted(long reference) {
        return reference | RETRANSMITTED;
    }

    /** Do both mean the same packet, whatever else they say of it? */
    public static boolean same(long one, long other) {
        return position(one) == position(other);
    }

    /** May the two be a question and its answer: opposite directions, or no direction at all? */
    public static boolean opposite(long one, long other) {
        return ((one ^ other) & DIRECTION) != 0 || (one & LOOPBACK) != 0;
    }

    /** The queue, 0 or 1, where a packet of that direction waits. */
    static int queue(long reference) {
        return (reference & (DIRECTION | LOOPBACK)) == DIRECTION ? 1 : 0;
    }

    /** The queue where those wait that a packet of that direction may answer. */
    static int answerQueue(long reference) {
        return (reference & LOOPBACK) != 0 ? 0 : 1 - queue(reference);
    }

    /** File and number alone: the order of packets that bear the same time. */
    public static long position(long reference) {
        return reference & RETRANSMITTED - 1;
    }
}
