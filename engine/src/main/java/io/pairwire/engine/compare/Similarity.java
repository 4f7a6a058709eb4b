package io.pairwire.engine.compare;

/**
 * How alike two captures are, from 0 (nothing in common) to 1 (the same packets, fields, order and timing): the product of
 * three parts, all of them the same when A and B are exchanged.
 *
 * @param content what the pairs weigh in proportion to half of all packets, 0 to 1. A pair weighs 1 less the penalties of
 *     its {@link FieldChange}s, and never less than 100 - {@value #GREATEST_PENALTY} hundredths; packets whose bytes are there in other
 *     segments or fragments weigh {@value #RECUT} hundredths; packets that are missing, extra or there twice weigh nothing
 * @param order 1 less {@value #ORDER} times the part of pairs that is out of order
 * @param timing 1 less {@value #TIMING} times the mean over all pairs of d / (d + 1 ms), where d is by how much the
 *     difference of the pair's times deviates from that of most; a constant offset of the clocks costs nothing
 */
public record Similarity(double content, double order, double timing) {
    /** A pair weighs more than half of a packet whatever changed, so that losing it costs more than any change. */
    public static final int GREATEST_PENALTY = 45;

    /** What a packet weighs whose bytes are there, cut in another way. */
    public static final int RECUT = 90;

    public static final double ORDER = 0.2;

    public static final double TIMING = 0.1;

    private static final long LATENESS = 1_000_000_000;

    static Similarity of(long packets, long weight, long recut, long matched, long reordered, long lateness) {
        if (packets == 0) return new Similarity(1, 1, 1);
        double content = (2.0 * weight + (double) RECUT * recut) / (100.0 * packets);
        double order = matched == 0 ? 1 : 1 - ORDER * reordered / matched;
        double timing = matched == 0 ? 1 : 1 - TIMING * lateness / ((double) matched * LATENESS);
        return new Similarity(Math.min(content, 1), order, timing);
    }

    /** {@code d / (d + 1 ms)} in parts of {@value #LATENESS}. */
    static long lateness(long nanos) {
        double distance = Math.abs((double) nanos);
        return (long) (distance / (distance + 1e6) * LATENESS);
    }

    public Similarity {
        if (!(content >= 0 && content <= 1)) throw new IllegalArgumentException("content is not in 0..1: " + content);
        if (!(order >= 0 && order <= 1)) throw new IllegalArgumentException("order is not in 0..1: " + order);
        if (!(timing >= 0 && timing <= 1)) throw new IllegalArgumentException("timing is not in 0..1: " + timing);
    }

    /** The score. */
    public double score() {
        return content * order * timing;
    }
}
