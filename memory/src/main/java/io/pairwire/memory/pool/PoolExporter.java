package io.pairwire.memory.pool;

/** Takes the numbers of a pool somewhere: to a metrics system, a log, a user's own alarm. */
@FunctionalInterface
public interface PoolExporter {
    /** Called by the thread that calls {@link PoolMonitor#tick}, never by one that allocates or releases. */
    void export(PoolStatistics statistics);
}
