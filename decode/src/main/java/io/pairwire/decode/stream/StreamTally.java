package io.pairwire.decode.stream;

/** The counters of a {@link TcpReassembler}. */
final class StreamTally {
    private static final int DROPS = SegmentDrop.values().length;
    private static final int GAPS = GapReason.values().length;
    private static final int ENDS = EndReason.values().length;

    long segments;
    long notTcp;
    long ignoredSegments;
    long ignoredResets;
    long ignoredFins;
    long keepAlives;
    long urgent;
    long payload;
    long delivered;
    long duplicate;
    long conflicting;
    long begun;

    private final long[] dropped = new long[DROPS];
    private final long[] gaps = new long[GAPS];
    private final long[] gapBytes = new long[GAPS];
    private final long[] ends = new long[ENDS];

    void drop(SegmentDrop reason, long bytes) {
        dropped[reason.ordinal()] += bytes;
    }

    void gap(GapReason reason, long bytes) {
        gaps[reason.ordinal()]++;
        gapBytes[reason.ordinal()] += bytes;
    }

    void end(EndReason reason) {
        ends[reason.ordinal()]++;
    }

    StreamStatistics statistics(PiecePool pool, int connections) {
        return new StreamStatistics(
                segments,
                notTcp,
                ignoredSegments,
                ignoredResets,
                ignoredFins,
                keepAlives,
                urgent,
                payload,
                delivered,
                duplicate,
                conflicting,
                StreamStatistics.byReason(SegmentDrop.class, dropped),
                pool.bytes,
                StreamStatistics.byReason(GapReason.class, gaps),
                StreamStatistics.byReason(GapReason.class, gapBytes),
                connections,
                begun,
                StreamStatistics.byReason(EndReason.class, ends),
                (long) pool.used() * PiecePool.CHUNK);
    }
}
