package io.pairwire.engine;

/** Receives statistics of a running engine: periodically on a thread of its own, and once more after the end. */
@FunctionalInterface
public interface StatisticsListener {

    /** Takes one snapshot; never called by two threads at once. */
    void report(EngineStatistics statistics);
}
