package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * A list of things with a type and a length inside a header, walked in place and without allocation:
 *
 * {@snippet :
 * for (options.moveTo(packet, tcpAt); options.next(); ) {
 *     if (options.type() == TcpOptions.WINDOW_SCALE) scale = options.windowScale();
 * }
 * }
 *
 * <p>Like {@link Packet} a view that moves: valid until the packet moves on, not thread-safe. Every item is at least one
 * byte long, so the bytes of the list bound the walk. An item whose length lies ends it; {@link #verdict} then says so,
 * and what came before was fine.
 */
public abstract sealed class Items
        permits GeneveOptions, GtpExtensions, Ipv4Options, Ipv6Options, SctpChunks, TcpOptions {
    /** What {@link #measure} answers for an item that ends the list. */
    static final int LAST = 0;

    /** What {@link #measure} answers for an item whose length is impossible. */
    static final int IMPOSSIBLE = -1;

    /** What {@link #measure} answers for an item whose length lies behind the bytes there are. */
    static final int CUT = Integer.MAX_VALUE;

    Packet packet = new Packet();
    int at;
    private int length;
    private int next;
    private int end;
    private int sent;
    private Verdict verdict = Verdict.OK;

    Items() {}

    /** Begins a list that may be read until {@code end} and was sent until {@code sent}. */
    final void begin(Packet packet, int from, int end, int sent) {
        this.packet = packet;
        this.end = end;
        this.sent = sent;
        at = from;
        length = 0;
        next = from;
        verdict = Verdict.OK;
    }

    /**
     * Length of the item at {@code from}, bytes, or {@link #LAST}, {@link #IMPOSSIBLE} or {@link #CUT}.
     *
     * @param left bytes that may be read, at least one
     */
    abstract int measure(Packet packet, int from, int left);

    /** Moves to the next item; false at the end of the list. */
    public final boolean next() {
        if (end - next < 1) {
            if (sent > end && verdict == Verdict.OK) verdict = Verdict.TRUNCATED;
            return false;
        }
        int measured = measure(packet, next, end - next);
        if (measured <= 0 || measured > end - next) {
            if (measured == IMPOSSIBLE) verdict = Verdict.MALFORMED;
            else if (measured != LAST) verdict = sent > end ? Verdict.TRUNCATED : Verdict.MALFORMED;
            next = end;
            sent = end;
            return false;
        }
        at = next;
        length = measured;
        next += measured;
        return true;
    }

    /** Where the item begins, bytes from the start of the packet. */
    public final int at() {
        return at;
    }

    /** The whole item, bytes. */
    public final int length() {
        return length;
    }

    /** What the item is, by the numbers of its list. */
    public abstract int type();

    /** How the walk went so far: malformed if an item's length lied, truncated if the capture cut the list. */
    public final Verdict verdict() {
        return verdict;
    }
}
