package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * L2TP header over UDP: version 2, <a href="https://www.rfc-editor.org/rfc/rfc2661">RFC 2661</a> §3.1, and version 3,
 * <a href="https://www.rfc-editor.org/rfc/rfc3931">RFC 3931</a> §4.1.2.
 *
 * <pre>
 *   0 1 2 4   6 7 8      11 12 15 16                    31
 *  +-+-+-+-+-+-+-+---------+-----+------------------------+
 *  |T|L| |S| |O|P|         | ver | length, or reserved(3) |
 *  +-+-+-+-+-+-+-+---------+-----+------------------------+
 *  |  tunnel; version 3: session | session                |
 *  +-----------------------------+------------------------+
 *  |  Ns (S)                     | Nr (S)                 |
 *  +-----------------------------+------------------------+
 *  |  offset (O)                 | padding                |
 *  +-----------------------------+------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class L2tp {
    /** Bytes of the shortest header. */
    public static final int LENGTH = 6;

    private static final int CONTROL = 0x8000;
    private static final int LENGTH_PRESENT = 0x4000;
    private static final int SEQUENCE_PRESENT = 0x0800;
    private static final int NUMBERED = LENGTH_PRESENT | SEQUENCE_PRESENT;
    private static final int OFFSET_PRESENT = 0x0200;
    private static final int RESERVED = 0x34f0;
    private static final int LENGTH_3 = 8;

    private L2tp() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int version = version(packet, at);
        int flags = flags(packet, at);
        boolean numbered = (flags & NUMBERED) == NUMBERED;
        if ((flags & CONTROL) != 0 && !numbered) return Verdict.MALFORMED; // RFC 2661 §3.1, RFC 3931 §3.2.1
        if (version == 3) {
            if ((flags & (RESERVED | OFFSET_PRESENT)) != 0) return Verdict.MALFORMED;
            return available < headerLength(packet, at) ? Verdict.TRUNCATED : Verdict.OK;
        }
        if (version != 2 || (flags & RESERVED) != 0) return Verdict.MALFORMED;
        if (available < fixedLength(flags)) return Verdict.TRUNCATED;
        int headerLength = headerLength(packet, at);
        if ((flags & LENGTH_PRESENT) != 0 && packet.u16(at + 2) < headerLength) return Verdict.MALFORMED;
        return available < headerLength ? Verdict.TRUNCATED : Verdict.OK;
    }

    private static int flags(Packet packet, int at) {
        return packet.u16(at);
    }

    public static int version(Packet packet, int at) {
        return flags(packet, at) & 0xf;
    }

    /** Is it a message between the ends of the tunnel, not a frame of the user? */
    public static boolean isControl(Packet packet, int at) {
        return (flags(packet, at) & CONTROL) != 0;
    }

    /** The whole message by its own word, bytes; 0 if it does not say. */
    public static int length(Packet packet, int at) {
        return (flags(packet, at) & LENGTH_PRESENT) != 0 ? packet.u16(at + 2) : 0;
    }

    /** Version 2: 16 bits; 0 in version 3 where the session alone counts. A control message of version 3 says 32 bits. */
    public static int tunnel(Packet packet, int at) {
        if (version(packet, at) == 3) return isControl(packet, at) ? packet.u32(at + 4) : 0;
        return packet.u16(at + identifiersAt(flags(packet, at)));
    }

    /** Version 2: 16 bits; version 3: 32 bits, 0 in control messages. */
    public static int session(Packet packet, int at) {
        if (version(packet, at) == 3) return isControl(packet, at) ? 0 : packet.u32(at + 4);
        return packet.u16(at + identifiersAt(flags(packet, at)) + 2);
    }

    /** The whole header, bytes. In version 3 a cookie may follow, whose length only the ends of the tunnel know. */
    public static int headerLength(Packet packet, int at) {
        int flags = flags(packet, at);
        if (version(packet, at) == 3) return isControl(packet, at) ? LENGTH_3 + 4 : LENGTH_3;
        int fixed = fixedLength(flags);
        return (flags & OFFSET_PRESENT) != 0 ? fixed + packet.u16(at + fixed - 2) : fixed;
    }

    private static int identifiersAt(int flags) {
        return (flags & LENGTH_PRESENT) != 0 ? 4 : 2;
    }

    private static int fixedLength(int flags) {
        return identifiersAt(flags)
                + 4
                + ((flags & SEQUENCE_PRESENT) != 0 ? 4 : 0)
                + ((flags & OFFSET_PRESENT) != 0 ? 2 : 0);
    }

    /** The same fields as a value. */
    public record Header(int version, boolean control, int length, int tunnel, int session, int headerLength) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                version(packet, at),
                isControl(packet, at),
                length(packet, at),
                tunnel(packet, at),
                session(packet, at),
                headerLength(packet, at));
    }
}
