package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Control word of a pseudowire, <a href="https://www.rfc-editor.org/rfc/rfc4448">RFC 4448</a> §4.6, or its associated channel.
 *
 * <pre>
 *   0    3 4            15 16            31
 *  +------+---------------+---------------+
 *  |0 or 1|   reserved    |   sequence    |
 *  +------+---------------+---------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Pseudowire {
    /** Bytes of header. */
    public static final int LENGTH = 4;

    private Pseudowire() {}

    /** Does a whole, plausible control word start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        return packet.u8(at) >>> 4 > 1 ? Verdict.MALFORMED : Verdict.OK;
    }

    /** Is this the associated channel (RFC 4385 §5), which carries no data? */
    public static boolean isChannel(Packet packet, int at) {
        return packet.u8(at) >>> 4 == 1;
    }

    /** The 12 bits between, 0 in frames of Ethernet. */
    public static int reserved(Packet packet, int at) {
        return packet.u16(at) & 0x0fff;
    }

    /** 0 if numbers are not used; the channel's type if this is the associated channel. */
    public static int sequence(Packet packet, int at) {
        return packet.u16(at + 2);
    }

    /** The same fields as a value. */
    public record Header(boolean channel, int reserved, int sequence) {}

    public static Header header(Packet packet, int at) {
        return new Header(isChannel(packet, at), reserved(packet, at), sequence(packet, at));
    }
}
