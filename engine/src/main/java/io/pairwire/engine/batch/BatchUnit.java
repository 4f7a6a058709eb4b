package io.pairwire.engine.batch;

/**
 * One file of a batch.
 *
 * @param number from 1, in the order in which results are merged
 * @param file as it is named to the job
 * @param length bytes of it when the plan was made
 * @param sample of its bytes then, as {@link io.pairwire.capture.index.FileIdentity} takes it
 */
public record BatchUnit(int number, String file, long length, long sample) {
    public BatchUnit {
        if (number < 1) throw new IllegalArgumentException("units are numbered from 1: " + number);
        if (length < 0) throw new IllegalArgumentException("length is negative: " + length);
    }
}
