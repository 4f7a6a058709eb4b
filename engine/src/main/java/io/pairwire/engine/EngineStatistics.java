package io.pairwire.engine;

import io.pairwire.capture.SourceStatistics;
import java.util.Map;

/**
 * Statistics of every part of an engine at one moment.
 *
 * @param ledger where every packet went; its law holds in every snapshot
 * @param source how far the input is
 * @param parsed packets in which every header down to the transport was found whole
 * @param parseFailed packets that were cut, broken or of a link type we do not decode
 * @param stored packets that were put into the unmatched store
 * @param outstanding packets in the unmatched store now
 * @param retransmissions TCP segments that were copies of a segment seen before
 * @param resultsWritten results the destination has taken completely
 * @param failedWrites results that were found but could not be written
 * @param pool the pool of packet descriptors
 * @param queues each hand-over between threads, by name
 * @param elapsedNanos time since the start of the engine
 */
public record EngineStatistics(
        Ledger ledger,
        SourceStatistics source,
        long parsed,
        long parseFailed,
        long stored,
        long outstanding,
        long retransmissions,
        long resultsWritten,
        long failedWrites,
        Pool pool,
        Map<String, Queue> queues,
        long elapsedNanos) {

    /**
     * The pool of packet descriptors.
     *
     * @param available descriptors free
     * @param total descriptors in all
     * @param exhausted how often none was free when one was wanted
     */
    public record Pool(long available, long total, long exhausted) {}

    /**
     * One hand-over between threads.
     *
     * @param size items in it
     * @param capacity items it holds
     * @param waits how often a producer had to wait for room
     */
    public record Queue(long size, long capacity, long waits) {}
}
