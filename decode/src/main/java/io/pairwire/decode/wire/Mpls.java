package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * One entry of an MPLS label stack, <a href="https://www.rfc-editor.org/rfc/rfc3032">RFC 3032</a> §2.1.
 *
 * <pre>
 *   0                  19 20 22 23 24      31
 *  +---------------------+-----+--+---------+
 *  |        label        |class| S|   TTL   |
 *  +---------------------+-----+--+---------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Mpls {
    /** Bytes of an entry. */
    public static final int LENGTH = 4;

    private Mpls() {}

    /** Does a whole entry start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** 0 to 1048575. */
    public static int label(Packet packet, int at) {
        return packet.u32(at) >>> 12;
    }

    /** 0 to 7; called EXP before RFC 5462. */
    public static int trafficClass(Packet packet, int at) {
        return packet.u32(at) >>> 9 & 0b111;
    }

    /** Is this the last entry of the stack? */
    public static boolean isBottom(Packet packet, int at) {
        return (packet.u32(at) & 0x100) != 0;
    }

    public static int ttl(Packet packet, int at) {
        return packet.u32(at) & 0xff;
    }

    /** The same fields as a value. */
    public record Header(int label, int trafficClass, boolean bottom, int ttl) {}

    public static Header header(Packet packet, int at) {
        return new Header(label(packet, at), trafficClass(packet, at), isBottom(packet, at), ttl(packet, at));
    }
}
