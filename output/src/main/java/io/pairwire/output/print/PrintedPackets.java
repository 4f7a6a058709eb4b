package io.pairwire.output.print;

import io.pairwire.capture.Packet;
import io.pairwire.output.ResultBuffer;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * Packets printed to a channel, 64 KB at a time. Closing it hands over the rest and closes the channel. One thread prints;
 * {@link #printed()} may be asked from any.
 */
public final class PrintedPackets implements AutoCloseable {
    private final PacketPrinter printer;
    private final ResultBuffer buffer;
    private final Line line;

    /** Prints to {@code channel}, beginning with the printer's heading. */
    public PrintedPackets(WritableByteChannel channel, PacketPrinter printer) throws IOException {
        this.printer = printer;
        buffer = new ResultBuffer(channel);
        line = new Line(buffer);
        line.begin();
        printer.heading(line);
        line.cut();
    }

    /** Prints one packet. */
    public void print(Packet packet) throws IOException {
        line.begin();
        printer.print(packet, line);
        line.end();
    }

    /** Hands over what was printed. */
    public void flush() throws IOException {
        buffer.flush();
    }

    /** Packets of which the channel has taken the last byte. */
    public long printed() {
        return buffer.written();
    }

    @Override
    public void close() throws IOException {
        buffer.close();
    }
}
