package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Security tag of MACsec, IEEE 802.1AE §9.3, as a header behind the type field that announces it.
 *
 * <pre>
 *   0        7 8      15 16                      47 48            111
 *  +----------+---------+--------------------------+----------------+
 *  | TCI, AN  | length  |      packet number       |  (channel id)  |
 *  +----------+---------+--------------------------+----------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class MacSec {
    /** Bytes of header without channel identifier. */
    public static final int LENGTH = 6;

    private static final int VERSION = 0x80;
    private static final int CHANNEL_PRESENT = 0x20;
    private static final int ENCRYPTED = 0x08;
    private static final int CHANGED = 0x04;

    private MacSec() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        if ((control(packet, at) & VERSION) != 0) return Verdict.MALFORMED;
        return available < headerLength(packet, at) ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** 6 or 14 bytes. */
    public static int headerLength(Packet packet, int at) {
        return (control(packet, at) & CHANNEL_PRESENT) != 0 ? LENGTH + 8 : LENGTH;
    }

    /** Six bits of control and two of association number. */
    public static int control(Packet packet, int at) {
        return packet.u8(at);
    }

    /** Is what follows, from a type field on, as it was before it was protected? */
    public static boolean isReadable(Packet packet, int at) {
        return (control(packet, at) & (ENCRYPTED | CHANGED)) == 0;
    }

    /** Bytes of protected contents if less than 48, otherwise 0. */
    public static int shortLength(Packet packet, int at) {
        return packet.u8(at + 1) & 0x3f;
    }

    /** Unsigned. */
    public static int packetNumber(Packet packet, int at) {
        return packet.u32(at + 2);
    }

    /** The same fields as a value. */
    public record Header(int headerLength, int control, boolean readable, int shortLength, int packetNumber) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                headerLength(packet, at),
                control(packet, at),
                isReadable(packet, at),
                shortLength(packet, at),
                packetNumber(packet, at));
    }
}
