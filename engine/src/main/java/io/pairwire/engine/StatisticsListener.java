package io.pairwire.engine;

/** Receives statistics of a running engine: periodically on a thread of its own, and once more after the end. */
@FunctionalInterface
public interface StatisticsListener {

    /**
     * Takes one snapshot; never called by two threads at once. A listener that is busy when the engine ends holds up the
     * end for a tenth of a second at most; then it gets the last snapshot after the end, as soon as it is done.
     */
    void report(EngineStatistics statistics);
}
