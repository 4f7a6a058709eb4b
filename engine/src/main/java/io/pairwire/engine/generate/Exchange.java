package io.pairwire.engine.generate;

/** One request and its response while their packets are on the way. */
final class Exchange {
    final long index;
    final Flow flow;
    final int payloadLength;
    int requestSequence;
    int requestAcknowledgment;
    int responseSequence;
    int responseAcknowledgment;
    boolean responseSent;

    Exchange(long index, Flow flow, int payloadLength) {
        this.index = index;
        this.flow = flow;
        this.payloadLength = payloadLength;
    }
}
