package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Cisco HDLC header, as <a href="https://www.tcpdump.org/linktypes/LINKTYPE_C_HDLC.html">LINKTYPE_C_HDLC</a> has it.
 *
 * <pre>
 *   0       7 8      15 16            31
 *  +---------+---------+---------------+
 *  | address | control |     type      |
 *  +---------+---------+---------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class CiscoHdlc {
    /** Bytes of header. */
    public static final int LENGTH = 4;

    public static final int UNICAST = 0x0f;
    public static final int BROADCAST = 0x8f;

    /** Keepalives and addresses of serial lines; elsewhere this is the type of reverse ARP. */
    public static final int SLARP = 0x8035;

    private CiscoHdlc() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** {@link #UNICAST} or {@link #BROADCAST}. */
    public static int address(Packet packet, int at) {
        return packet.u8(at);
    }

    public static int control(Packet packet, int at) {
        return packet.u8(at + 1);
    }

    /** {@link EtherType}, or a number of Cisco's: {@link #SLARP}, 0x2000 CDP. */
    public static int type(Packet packet, int at) {
        return packet.u16(at + 2);
    }

    /** The same fields as a value. */
    public record Header(int address, int control, int type) {}

    public static Header header(Packet packet, int at) {
        return new Header(address(packet, at), control(packet, at), type(packet, at));
    }
}
