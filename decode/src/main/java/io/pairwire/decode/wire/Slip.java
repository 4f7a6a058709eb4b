package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Header of captures on SLIP, <a href="https://www.tcpdump.org/linktypes/LINKTYPE_SLIP.html">LINKTYPE_SLIP</a>.
 *
 * <pre>
 *   0         7 8                      127
 *  +-----------+--------------------------+
 *  | direction |    compressed header     |
 *  +-----------+--------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Slip {
    /** Bytes of header. */
    public static final int LENGTH = 16;

    private Slip() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** 0 received, 1 sent. */
    public static int direction(Packet packet, int at) {
        return packet.u8(at);
    }

    /** Is what follows a packet with a compressed header (RFC 1144)? */
    public static boolean isCompressed(Packet packet, int at) {
        return (packet.u8(at + 1) & 0x80) != 0;
    }

    /** The same fields as a value. */
    public record Header(int direction, boolean compressed) {}

    public static Header header(Packet packet, int at) {
        return new Header(direction(packet, at), isCompressed(packet, at));
    }
}
