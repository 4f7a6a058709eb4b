package io.pairwire.engine.generate;

/**
 * How far the two byte streams of each flow are. Sequence numbers advance by the payload and wrap at 2^32; the first of
 * each stream comes from the seed.
 */
final class TcpStreams {
    private final int[] clientNext;
    private final int[] serverNext;
    private final int[] clientHeard;
    private final int[] serverHeard;

    TcpStreams(int flows, long seed) {
        clientNext = new int[flows];
        serverNext = new int[flows];
        for (int flow = 0; flow < flows; flow++) {
            long start = SplitMix64.mix(seed + flow);
            clientNext[flow] = (int) start;
            serverNext[flow] = (int) (start >>> 32);
        }
        clientHeard = serverNext.clone();
        serverHeard = clientNext.clone();
    }

    /** The client sends its request. */
    void sendRequest(Exchange exchange) {
        int flow = exchange.flow.number();
        exchange.requestSequence = clientNext[flow];
        exchange.requestAcknowledgment = clientHeard[flow];
        clientNext[flow] += exchange.payloadLength;
    }

    /** The server sends its response, having heard the request. */
    void sendResponse(Exchange exchange) {
        int flow = exchange.flow.number();
        if (exchange.flow.requestIsTcp()) {
            serverHeard[flow] = later(serverHeard[flow], exchange.requestSequence + exchange.payloadLength);
        }
        exchange.responseSequence = serverNext[flow];
        exchange.responseAcknowledgment = serverHeard[flow];
        serverNext[flow] += exchange.payloadLength;
    }

    /** The client hears the response. */
    void hearResponse(Exchange exchange) {
        int flow = exchange.flow.number();
        clientHeard[flow] = later(clientHeard[flow], exchange.responseSequence + exchange.payloadLength);
    }

    private static int later(int one, int other) {
        return other - one > 0 ? other : one;
    }
}
