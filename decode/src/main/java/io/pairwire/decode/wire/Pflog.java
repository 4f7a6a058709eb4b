package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Header of OpenBSD's packet filter log, <a href="https://www.tcpdump.org/linktypes/LINKTYPE_PFLOG.html">LINKTYPE_PFLOG</a>.
 *
 * <pre>
 *   0       7 8      15 16     23 24     31
 *  +---------+---------+---------+---------+
 *  | length  | family  | action  | reason  |
 *  +---------+---------+---------+---------+
 *  | interface, rule set, rule, ...        |
 *  +---------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Pflog {
    /** Bytes of what all versions begin with. */
    public static final int LENGTH = 4;

    private Pflog() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int length = headerLength(packet, at);
        if (length < LENGTH) return Verdict.MALFORMED;
        return available < length ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** Bytes of the whole header with its padding to a multiple of four. */
    public static int headerLength(Packet packet, int at) {
        return packet.u8(at) + 3 & ~3;
    }

    /** Address family of the logging system; {@link AddressFamily} knows those of IP. */
    public static int family(Packet packet, int at) {
        return packet.u8(at + 1);
    }

    /** What the filter did: 0 passed, 1 dropped, others. */
    public static int action(Packet packet, int at) {
        return packet.u8(at + 2);
    }

    /** The same fields as a value. */
    public record Header(int headerLength, int family, int action) {}

    public static Header header(Packet packet, int at) {
        return new Header(headerLength(packet, at), family(packet, at), action(packet, at));
    }
}
