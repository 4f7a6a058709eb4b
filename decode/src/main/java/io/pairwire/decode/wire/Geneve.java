package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Geneve header, <a href="https://www.rfc-editor.org/rfc/rfc8926">RFC 8926</a> §3.4; {@link GeneveOptions} walks its options.
 *
 * <pre>
 *   0 1 2       7 8 9 10        15 16                   31
 *  +---+---------+-+-+------------+-----------------------+
 *  |ver| options |O|C|  reserved  |     protocol type     |
 *  +---+---------+-+-+------------+------------+----------+
 *  |         network identifier                | reserved |
 *  +-------------------------------------------+----------+
 *  |             options, in words of four bytes          |
 *  +------------------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Geneve {
    /** Bytes of header without options. */
    public static final int LENGTH = 8;

    private Geneve() {}

    /** Does a whole, plausible header with its options start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        if (packet.u8(at) >>> 6 != 0 || (packet.u8(at + 1) & 0x3f) != 0) return Verdict.MALFORMED;
        return available < headerLength(packet, at) ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** Header with options, bytes; 8 to 260. */
    public static int headerLength(Packet packet, int at) {
        return LENGTH + (packet.u8(at) & 0x3f) * 4;
    }

    /** Is it a message between tunnel endpoints? */
    public static boolean isControl(Packet packet, int at) {
        return (packet.u8(at + 1) & 0x80) != 0;
    }

    /** Is there an option that must be understood? */
    public static boolean isCritical(Packet packet, int at) {
        return (packet.u8(at + 1) & 0x40) != 0;
    }

    /** The {@link EtherType} of what follows. */
    public static int type(Packet packet, int at) {
        return packet.u16(at + 2);
    }

    /** The virtual network, 24 bits. */
    public static int network(Packet packet, int at) {
        return packet.u32(at + 4) >>> 8;
    }

    /** The same fields as a value; options are left out. */
    public record Header(int headerLength, boolean control, boolean critical, int type, int network) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                headerLength(packet, at),
                isControl(packet, at),
                isCritical(packet, at),
                type(packet, at),
                network(packet, at));
    }
}
