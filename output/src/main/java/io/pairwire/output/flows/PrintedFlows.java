package io.pairwire.output.flows;

import io.pairwire.dpi.Session;
import io.pairwire.dpi.session.EndCause;
import io.pairwire.output.ResultBuffer;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;

/**
 * Sessions printed to a channel, a line each. Closing it hands over the rest and closes the channel. One thread prints;
 * {@link #printed()} may be asked from any.
 */
public final class PrintedFlows implements FlowSink {
    private final FlowFormat format;
    private final ResultBuffer buffer;
    private final StringBuilder line = new StringBuilder();

    /** Prints to {@code channel}, beginning with the heading of the format. */
    public PrintedFlows(WritableByteChannel channel, FlowFormat format) throws IOException {
        this.format = format;
        buffer = new ResultBuffer(channel);
        byte[] heading = format.heading().getBytes(StandardCharsets.UTF_8);
        int at = buffer.begin(heading.length);
        System.arraycopy(heading, 0, buffer.bytes(), at, heading.length);
        buffer.endHeading(at + heading.length);
    }

    @Override
    public void print(Session session, EndCause cause, String capture) throws IOException {
        if (format == FlowFormat.NONE) return;
        line.setLength(0);
        format.print(line, session, capture);
        byte[] bytes = line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        int at = buffer.begin(bytes.length);
        System.arraycopy(bytes, 0, buffer.bytes(), at, bytes.length);
        buffer.end(at + bytes.length);
    }

    /** Hands over what was printed. */
    public void flush() throws IOException {
        buffer.flush();
    }

    /** Sessions of which the channel has taken the last byte. */
    @Override
    public long printed() {
        return buffer.written();
    }

    @Override
    public void close() throws IOException {
        buffer.close();
    }
}
