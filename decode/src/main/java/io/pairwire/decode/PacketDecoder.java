package io.pairwire.decode;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Verdict;

/** Finds the layers of a packet. Implementations keep no packet and may be used by one thread at a time. */
public interface PacketDecoder {

    /**
     * Looks at {@code packet} and writes what it finds into {@code layers}, which is reset first. Never throws on what
     * the packet contains, never reads outside its captured bytes.
     *
     * @return the verdict, also kept in {@code layers}
     */
    Verdict decode(Packet packet, Layers layers);
}
