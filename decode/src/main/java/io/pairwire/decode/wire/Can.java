package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * CAN frame of Linux, <a href="https://www.tcpdump.org/linktypes/LINKTYPE_CAN_SOCKETCAN.html">LINKTYPE_CAN_SOCKETCAN</a>.
 *
 * <pre>
 *   0                31 32     39 40     47 48       63
 *  +-------------------+---------+---------+-----------+
 *  | flags, identifier | length  |  flags  | reserved  |
 *  +-------------------+---------+---------+-----------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Can {
    /** Bytes of header. */
    public static final int LENGTH = 8;

    private Can() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** 29 bits, of which standard frames use 11. */
    public static int identifier(Packet packet, int at) {
        return packet.u32(at) & 0x1fff_ffff;
    }

    /** Bytes of data. */
    public static int dataLength(Packet packet, int at) {
        return packet.u8(at + 4);
    }

    /** The same fields as a value. */
    public record Header(int identifier, int dataLength) {}

    public static Header header(Packet packet, int at) {
        return new Header(identifier(packet, at), dataLength(packet, at));
    }
}
