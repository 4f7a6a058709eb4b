package io.pairwire.engine.series;

import io.pairwire.engine.MatchedPair;

/** Pairs for the tests of this package. */
final class Timed {
    private Timed() {}

    /** A pair over IPv4 whose request was captured at that time. */
    static MatchedPair pair(long request, long latency, int client, int server) {
        var pair = new MatchedPair();
        pair.client(0, Integer.toUnsignedLong(client), 40_000);
        pair.server(0, Integer.toUnsignedLong(server), 53);
        pair.times(request, request, request + latency);
        pair.traits(false, true, false, false);
        return pair;
    }

    /** The same over IPv6, with the upper half of the server's address. */
    static MatchedPair ipv6(long serverHigh) {
        var pair = new MatchedPair();
        pair.server(serverHigh, 1, 53);
        pair.traits(true, true, false, false);
        return pair;
    }
}
