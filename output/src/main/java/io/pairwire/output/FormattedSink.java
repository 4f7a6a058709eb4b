package io.pairwire.output;

import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.ResultSink;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * A sink that prints each result as characters. Gathers 64 KB before it hands them to its channel, allocates nothing per
 * result, and closes the channel when it is closed.
 */
public abstract sealed class FormattedSink implements ResultSink permits TextSink, CsvSink, JsonLinesSink {
    private final ResultBuffer buffer;

    FormattedSink(WritableByteChannel channel) {
        buffer = new ResultBuffer(channel);
    }

    /** The most bytes this result can take. */
    abstract int room(MatchedPair pair);

    /** Prints the result at that position and answers the position behind it. */
    abstract int print(byte[] to, int at, MatchedPair pair);

    @Override
    public final void write(MatchedPair pair) throws IOException {
        int at = buffer.begin(room(pair));
        buffer.end(print(buffer.bytes(), at, pair));
    }

    @Override
    public final void flush() throws IOException {
        buffer.flush();
    }

    @Override
    public final long written() {
        return buffer.written();
    }

    @Override
    public final void close() throws IOException {
        buffer.close();
    }

    /** Puts a heading in front of the first result; it fits into an empty buffer. */
    final void heading(byte[] heading) {
        buffer.endHeading(Bytes.copy(heading, buffer.bytes(), 0));
    }
}
