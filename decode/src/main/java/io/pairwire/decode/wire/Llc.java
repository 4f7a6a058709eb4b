package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Logical link control header, IEEE 802.2 §3.2.
 *
 * <pre>
 *   0       7 8      15 16            23 (31)
 *  +---------+---------+-------------------+
 *  |  DSAP   |  SSAP   | control, 1 or 2 B |
 *  +---------+---------+-------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Llc {
    /** Bytes of the shortest header, that of an unnumbered frame. */
    public static final int LENGTH = 3;

    /** Service access point of IPv4, assigned before SNAP was. */
    public static final int SAP_IP = 0x06;

    /** A {@link Snap} header follows. */
    public static final int SAP_SNAP = 0xaa;

    /** Service access point of the protocols of ISO. */
    public static final int SAP_ISO = 0xfe;

    /** Unnumbered information, the control field of nearly all frames. */
    public static final int UNNUMBERED_INFORMATION = 0x03;

    private Llc() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH || available < headerLength(packet, at) ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** 3 bytes, or 4 if the frame is numbered. */
    public static int headerLength(Packet packet, int at) {
        return (packet.u8(at + 2) & 3) == 3 ? LENGTH : LENGTH + 1;
    }

    public static int destinationServicePoint(Packet packet, int at) {
        return packet.u8(at);
    }

    /** With the bit that makes it a response. */
    public static int sourceServicePoint(Packet packet, int at) {
        return packet.u8(at + 1);
    }

    /** The first byte of the control field. */
    public static int control(Packet packet, int at) {
        return packet.u8(at + 2);
    }

    /** Does a {@link Snap} header follow? */
    public static boolean isSnap(Packet packet, int at) {
        return packet.u16(at) == (SAP_SNAP << 8 | SAP_SNAP) && control(packet, at) == UNNUMBERED_INFORMATION;
    }

    /** Does an {@link Nlpid} follow? */
    public static boolean isIso(Packet packet, int at) {
        return packet.u16(at) == (SAP_ISO << 8 | SAP_ISO) && control(packet, at) == UNNUMBERED_INFORMATION;
    }

    /** Does an IPv4 header follow? */
    public static boolean isIp(Packet packet, int at) {
        return packet.u16(at) == (SAP_IP << 8 | SAP_IP) && control(packet, at) == UNNUMBERED_INFORMATION;
    }

    /** The same fields as a value. */
    public record Header(int headerLength, int destinationServicePoint, int sourceServicePoint, int control) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                headerLength(packet, at),
                destinationServicePoint(packet, at),
                sourceServicePoint(packet, at),
                control(packet, at));
    }
}
