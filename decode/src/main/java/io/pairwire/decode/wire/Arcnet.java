package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * ARCNET header as BSD (3 bytes and more) and Linux (5 bytes and more) capture it,
 * <a href="https://www.rfc-editor.org/rfc/rfc1201">RFC 1201</a>. BSD leaves out the two bytes of offset.
 *
 * <pre>
 *   0       7 8      15 16         31 (16) ..   7 8     15 16          31
 *  +---------+---------+-------------+---------+---------+---------------+
 *  | source  |  dest.  |  (offset)   |  type   | (flag)  |  (sequence)   |
 *  +---------+---------+-------------+---------+---------+---------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Arcnet {
    /** Bytes of the shortest header. */
    public static final int LENGTH = 3;

    public static final int IPV4 = 212;
    public static final int ARP = 213;
    public static final int IPV6 = 196;

    /** IPv4 and ARP as <a href="https://www.rfc-editor.org/rfc/rfc1051">RFC 1051</a> has them, without flag and sequence. */
    public static final int SIMPLE_IPV4 = 240;

    public static final int SIMPLE_ARP = 241;

    private static final int OFFSET_LENGTH = 2;
    private static final int EXCEPTION = 0xff;

    private Arcnet() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end, as BSD has it? */
    public static Verdict check(Packet packet, int at, int available) {
        return check(packet, at, available, false);
    }

    /** The same, with two bytes of offset if it was Linux that captured. */
    public static Verdict check(Packet packet, int at, int available, boolean linux) {
        int before = linux ? OFFSET_LENGTH : 0;
        if (available < LENGTH + before) return Verdict.TRUNCATED;
        if (isSimple(type(packet, at, linux))) return Verdict.OK;
        if (available < LENGTH + before + 3) return Verdict.TRUNCATED;
        return available < headerLength(packet, at, linux) ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** 3 to 12 bytes. */
    public static int headerLength(Packet packet, int at, boolean linux) {
        int length = linux ? LENGTH + OFFSET_LENGTH : LENGTH;
        if (isSimple(type(packet, at, linux))) return length;
        return packet.u8(at + length) == EXCEPTION ? length + 7 : length + 3;
    }

    public static int source(Packet packet, int at) {
        return packet.u8(at);
    }

    /** 0 is broadcast. */
    public static int destination(Packet packet, int at) {
        return packet.u8(at + 1);
    }

    /** What follows. */
    public static int type(Packet packet, int at, boolean linux) {
        return packet.u8(at + (linux ? LENGTH + OFFSET_LENGTH : LENGTH) - 1);
    }

    /** Is this a fragment but the first, so that no header follows? */
    public static boolean isLaterFragment(Packet packet, int at, boolean linux) {
        int length = linux ? LENGTH + OFFSET_LENGTH : LENGTH;
        if (isSimple(type(packet, at, linux))) return false;
        int flag = packet.u8(at + length);
        if (flag == EXCEPTION) flag = packet.u8(at + length + 4);
        return flag != 0 && (flag & 1) == 0; // odd in the first: it tells how many there are
    }

    private static boolean isSimple(int type) {
        return type == SIMPLE_IPV4 || type == SIMPLE_ARP;
    }

    /** The same fields as a value. */
    public record Header(int source, int destination) {}

    public static Header header(Packet packet, int at) {
        return new Header(source(packet, at), destination(packet, at));
    }
}
