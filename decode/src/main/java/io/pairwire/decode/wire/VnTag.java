package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Tag of virtual ports, as Cisco's VN-Tag has it, as a header behind the type field that announces it.
 *
 * <pre>
 *   0 1  2             15 16 17 18 19      31 32        47
 *  +-+--+-----------------+--+--+-----------+-----------+
 *  |d|p | destination     |l | r|  source   |   type    |
 *  +-+--+-----------------+--+--+-----------+-----------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class VnTag {
    /** Bytes of header. */
    public static final int LENGTH = 6;

    private VnTag() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** Virtual interface, 14 bits. */
    public static int destination(Packet packet, int at) {
        return packet.u16(at) & 0x3fff;
    }

    /** Virtual interface, 12 bits. */
    public static int source(Packet packet, int at) {
        return packet.u16(at + 2) & 0x0fff;
    }

    /** {@link EtherType} of what follows. */
    public static int type(Packet packet, int at) {
        return packet.u16(at + 4);
    }

    /** The same fields as a value. */
    public record Header(int destination, int source, int type) {}

    public static Header header(Packet packet, int at) {
        return new Header(destination(packet, at), source(packet, at), type(packet, at));
    }
}
