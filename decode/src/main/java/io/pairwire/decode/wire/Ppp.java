package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * PPP header, <a href="https://www.rfc-editor.org/rfc/rfc1661">RFC 1661</a> §2, with or without the address and control of
 * <a href="https://www.rfc-editor.org/rfc/rfc1662">RFC 1662</a> §3.1, the protocol compressed to one byte or not.
 *
 * <pre>
 *   0       7 8      15 16            23 (31)
 *  +---------+---------+-------------------+
 *  | (0xff)  | (0x03)  | protocol, 1 or 2 B|
 *  +---------+---------+-------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Ppp {
    /** Bytes of the shortest header. */
    public static final int LENGTH = 1;

    public static final int IPV4 = 0x0021;
    public static final int IPV6 = 0x0057;
    public static final int MPLS = 0x0281;
    public static final int MPLS_MULTICAST = 0x0283;

    private static final int ADDRESS_AND_CONTROL = 0xff03;

    private Ppp() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int first = packet.u8(at);
        if (first == ADDRESS_AND_CONTROL >>> 8) { // no protocol begins so
            if (available < 3) return Verdict.TRUNCATED;
            if (packet.u16(at) != ADDRESS_AND_CONTROL) return Verdict.MALFORMED;
        } else if (available < 2) {
            return isOdd(first) ? Verdict.OK : Verdict.TRUNCATED;
        }
        return available < headerLength(packet, at) ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** 1 to 4 bytes. */
    public static int headerLength(Packet packet, int at) {
        int skipped = addressLength(packet, at);
        return skipped + (isOdd(packet.u8(at + skipped)) ? 1 : 2);
    }

    /** Bytes of address and control, 0 or 2. */
    public static int addressLength(Packet packet, int at) {
        return packet.u8(at) == ADDRESS_AND_CONTROL >>> 8 ? 2 : 0;
    }

    /** What follows; the numbers are odd, those below 256 may take one byte. */
    public static int protocol(Packet packet, int at) {
        int from = at + addressLength(packet, at);
        int first = packet.u8(from);
        return isOdd(first) ? first : packet.u16(from);
    }

    private static boolean isOdd(int first) {
        return (first & 1) != 0;
    }

    /** The same fields as a value. */
    public record Header(int headerLength, int protocol) {}

    public static Header header(Packet packet, int at) {
        return new Header(headerLength(packet, at), protocol(packet, at));
    }
}
