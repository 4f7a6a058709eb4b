package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * EtherIP header, <a href="https://www.rfc-editor.org/rfc/rfc3378">RFC 3378</a> §3; an Ethernet frame follows.
 *
 * <pre>
 *   0   3 4            15
 *  +-----+---------------+
 *  |  3  |    reserved   |
 *  +-----+---------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class EtherIp {
    /** Bytes of header. */
    public static final int LENGTH = 2;

    private EtherIp() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        return version(packet, at) == 3 ? Verdict.OK : Verdict.MALFORMED;
    }

    public static int version(Packet packet, int at) {
        return packet.u8(at) >>> 4;
    }

    /** The same field as a value. */
    public record Header(int version) {}

    public static Header header(Packet packet, int at) {
        return new Header(version(packet, at));
    }
}
