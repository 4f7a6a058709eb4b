package io.pairwire.engine;

import java.io.IOException;

/**
 * Where results go. One thread writes, flushes and closes; {@link #written()} may be asked from any thread.
 *
 * <p>A sink may buffer. A result counts as written once all its bytes were taken by the destination, so that after a
 * failure {@link #written()} says exactly how many complete results are there.
 */
public interface ResultSink extends AutoCloseable {

    /** Takes one result; the view is valid only during the call. */
    void write(MatchedPair pair) throws IOException;

    /** Hands everything buffered to the destination. */
    void flush() throws IOException;

    /** Results the destination has taken completely. */
    long written();

    /** Flushes and makes the output final. After a failure: releases what is held, without further writing. */
    @Override
    void close() throws IOException;

    /** Takes nothing: the engine then neither formats results nor keeps a thread for them. */
    ResultSink NONE = new ResultSink() {
        @Override
        public void write(MatchedPair pair) {}

        @Override
        public void flush() {}

        @Override
        public long written() {
            return 0;
        }

        @Override
        public void close() {}
    };
}
