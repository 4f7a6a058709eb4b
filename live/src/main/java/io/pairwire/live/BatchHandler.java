package io.pairwire.live;

/** Receives packets a batch at a time, on the thread that polls. What it does not take comes again with the next batch. */
@FunctionalInterface
public interface BatchHandler {

    void onBatch(LiveBatch batch);
}
