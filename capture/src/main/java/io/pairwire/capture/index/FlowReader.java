package io.pairwire.capture.index;

import io.pairwire.capture.Packet;

/** Tells of packets to which flow they belong: the part of building an index that needs a decoder. */
@FunctionalInterface
public interface FlowReader {

    /** Fills the tuple; {@link FlowTuple#other} for what cannot be told surely. */
    void read(Packet packet, FlowTuple into);
}
