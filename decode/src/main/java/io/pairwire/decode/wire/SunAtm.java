package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Header of ATM captures of SunOS, <a href="https://www.tcpdump.org/linktypes/LINKTYPE_SUNATM.html">LINKTYPE_SUNATM</a>.
 *
 * <pre>
 *   0       7 8      15 16            31
 *  +---------+---------+---------------+
 *  |  flags  |  path   |    circuit    |
 *  +---------+---------+---------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class SunAtm {
    /** Bytes of header. */
    public static final int LENGTH = 4;

    /** Ethernet follows behind two bytes of LAN emulation. */
    public static final int LAN_EMULATION = 1;

    /** An {@link Llc} header follows. */
    public static final int LLC = 2;

    private SunAtm() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** Traffic type, 0 to 15. */
    public static int type(Packet packet, int at) {
        return packet.u8(at) & 0x0f;
    }

    public static int path(Packet packet, int at) {
        return packet.u8(at + 1);
    }

    public static int circuit(Packet packet, int at) {
        return packet.u16(at + 2);
    }

    /** The same fields as a value. */
    public record Header(int type, int path, int circuit) {}

    public static Header header(Packet packet, int at) {
        return new Header(type(packet, at), path(packet, at), circuit(packet, at));
    }
}
