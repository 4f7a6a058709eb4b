package io.pairwire.decode.stream;

/** The counters of a {@link Defragmenter}. */
final class FragmentTally {
    private static final int DROPS = FragmentDrop.values().length;

    long whole;
    long fragments;
    long completedFragments;
    long heldFragments;
    long begun;
    long completedDatagrams;
    long heldDatagrams;
    long equal;
    long conflicting;

    private final long[] dropped = new long[DROPS];
    private final long[] droppedDatagrams = new long[DROPS];

    void drop(FragmentDrop reason, int fragments) {
        dropped[reason.ordinal()] += fragments;
    }

    long dropped(FragmentDrop reason) {
        return dropped[reason.ordinal()];
    }

    void dropDatagram(FragmentDrop reason) {
        droppedDatagrams[reason.ordinal()]++;
    }

    FragmentStatistics statistics(long memory) {
        return new FragmentStatistics(
                whole,
                fragments,
                completedFragments,
                StreamStatistics.byReason(FragmentDrop.class, dropped),
                heldFragments,
                begun,
                completedDatagrams,
                StreamStatistics.byReason(FragmentDrop.class, droppedDatagrams),
                heldDatagrams,
                equal,
                conflicting,
                memory);
    }
}
