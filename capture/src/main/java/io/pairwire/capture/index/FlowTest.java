package io.pairwire.capture.index;

/** Asks of a flow whether a packet of it could be one that is looked for. */
@FunctionalInterface
public interface FlowTest {

    /**
     * Must say yes where it does not know. Not asked of flows marked {@link FlowTuple#OTHER}.
     *
     * @param lower one address, {@code upper} the other; see {@link FlowTuple}
     * @param lowerPort the port at {@code lower}, {@code upperPort} the other; 0 unless {@code marks} has {@link FlowTuple#PORTS}
     */
    boolean mayMatch(int lower, int upper, int lowerPort, int upperPort, int protocol, int marks);
}
