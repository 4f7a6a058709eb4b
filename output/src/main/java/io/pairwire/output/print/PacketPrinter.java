package io.pairwire.output.print;

import io.pairwire.capture.Packet;
import java.io.IOException;

/** How one packet looks. Implementations may remember packets before; one thread uses one of them. */
public interface PacketPrinter {

    /** Appends what stands in front of all packets, with its line feed; most printers have nothing there. */
    default void heading(Line line) {}

    /** Appends one packet, without the last line feed; never throws on what the packet contains. */
    void print(Packet packet, Line line) throws IOException;
}
