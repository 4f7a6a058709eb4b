package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Header of a subframe in an aggregate, IEEE 802.11 §9.3.2.2: an {@link Llc} header follows.
 *
 * <pre>
 *   0              5 6             11 12   13
 *  +----------------+----------------+-------+
 *  |  destination   |     source     | length|
 *  +----------------+----------------+-------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class AggregateSubframe {
    /** Bytes of header. */
    public static final int LENGTH = 14;

    private AggregateSubframe() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** MAC address, the low 48 bits. */
    public static long destination(Packet packet, int at) {
        return packet.u64(at) >>> 16;
    }

    /** MAC address, the low 48 bits. */
    public static long source(Packet packet, int at) {
        return packet.u64(at + 6) >>> 16;
    }

    /** Bytes behind the header. May exceed what was captured. */
    public static int payloadLength(Packet packet, int at) {
        return packet.u16(at + 12);
    }

    /** The same fields as a value. */
    public record Header(long destination, long source, int payloadLength) {}

    public static Header header(Packet packet, int at) {
        return new Header(destination(packet, at), source(packet, at), payloadLength(packet, at));
    }
}
