package io.pairwire.engine;

import java.util.Optional;

/**
 * How a run ended.
 *
 * @param statistics the final statistics; the ledger balances and nothing is in flight
 * @param latencies all latencies
 * @param failure what made the run end early: the source or the sink failed
 * @param stuck did the sink not take its results within the time a stop allows?
 */
public record Outcome(EngineStatistics statistics, Latencies latencies, Optional<Throwable> failure, boolean stuck) {}
