package io.pairwire.engine.watch;

import java.io.IOException;

/** The file results go to, as far as a journal has to know it. Only the writing thread uses it. */
public interface CommittedOutput {

    /**
     * How much of a file is safe.
     *
     * @param file its absolute path
     * @param length bytes in it
     * @param tailLength bytes at the end of these that {@code tailChecksum} is about
     * @param tailChecksum CRC-32C, so that another file of that name is noticed
     */
    record Mark(String file, long length, int tailLength, int tailChecksum) {
        public Mark {
            if (length < 0) throw new IllegalArgumentException("length is negative: " + length);
            if (tailLength < 0 || tailLength > length) {
                throw new IllegalArgumentException("tail of " + tailLength + " bytes in " + length);
            }
        }
    }

    /** Has everything written so far reach the disk. */
    Mark commit() throws IOException;
}
