package io.pairwire.engine;

import java.io.IOException;

/**
 * Sees every result on its way to the sink, on the writing thread, in the order of results; that order does not depend on
 * the number of threads. Must not allocate for each result.
 */
public interface PairObserver {

    /** Sees one result; the view is valid only during the call. A failure ends the run, as that of a sink does. */
    void onPair(MatchedPair pair) throws IOException;

    /** No result will come any more; called once, unless the run failed before. */
    default void finish() throws IOException {}
}
