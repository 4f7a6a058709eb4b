package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * DOCSIS MAC header, DOCSIS 3.0 MULPI §6.2.1.
 *
 * <pre>
 *   0       7 8       15 16            31          ..            16
 *  +---------+----------+---------------+----------------+----------+
 *  | control |parameter |    length     |  (extension)   | sequence |
 *  +---------+----------+---------------+----------------+----------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Docsis {
    /** Bytes of header without extension. */
    public static final int LENGTH = 6;

    private static final int EXTENDED = 0x01;

    private Docsis() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        return available < headerLength(packet, at) ? Verdict.TRUNCATED : Verdict.OK;
    }

    public static int control(Packet packet, int at) {
        return packet.u8(at);
    }

    /** 6 to 261 bytes. */
    public static int headerLength(Packet packet, int at) {
        return (control(packet, at) & EXTENDED) != 0 ? LENGTH + packet.u8(at + 1) : LENGTH;
    }

    /** Bytes of extension and contents; of requests, their number. */
    public static int length(Packet packet, int at) {
        return packet.u16(at + 2);
    }

    /** Does an Ethernet frame follow? */
    public static boolean isEthernet(Packet packet, int at) {
        return control(packet, at) >>> 6 == 0;
    }

    /** The same fields as a value. */
    public record Header(int control, int headerLength, int length) {}

    public static Header header(Packet packet, int at) {
        return new Header(control(packet, at), headerLength(packet, at), length(packet, at));
    }
}
