package io.pairwire.output;

import io.pairwire.engine.MatchedPair;

/** What is special about a pair: {@code retransmission}, {@code reordered}, {@code negative}, separated by {@code |}. */
final class FlagText {
    /** All of them. */
    static final int LONGEST = 40;

    private static final byte[] RETRANSMISSION = Bytes.of("retransmission");
    private static final byte[] REORDERED = Bytes.of("reordered");
    private static final byte[] NEGATIVE = Bytes.of("negative");

    private FlagText() {}

    static int flags(byte[] to, int at, MatchedPair pair) {
        int next = at;
        if (pair.isRetransmitted()) next = Bytes.copy(RETRANSMISSION, to, next);
        if (pair.isReordered()) next = Bytes.copy(REORDERED, to, separated(to, at, next));
        if (pair.isNegative()) next = Bytes.copy(NEGATIVE, to, separated(to, at, next));
        return next;
    }

    private static int separated(byte[] to, int start, int at) {
        if (at == start) return at;
        to[at] = '|';
        return at + 1;
    }
}
