package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Header of IP over IEEE 1394 as Darwin captures it,
 * <a href="https://www.tcpdump.org/linktypes/LINKTYPE_APPLE_IP_OVER_IEEE1394.html">LINKTYPE_APPLE_IP_OVER_IEEE1394</a>.
 *
 * <pre>
 *   0               7 8              15 16  17
 *  +-----------------+-----------------+------+
 *  |   destination   |     source      | type |
 *  +-----------------+-----------------+------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class FireWire {
    /** Bytes of header. */
    public static final int LENGTH = 18;

    private FireWire() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** Unique identifier of the node. */
    public static long destination(Packet packet, int at) {
        return packet.u64(at);
    }

    /** Unique identifier of the node. */
    public static long source(Packet packet, int at) {
        return packet.u64(at + 8);
    }

    /** {@link EtherType} of what follows. */
    public static int type(Packet packet, int at) {
        return packet.u16(at + 16);
    }

    /** The same fields as a value. */
    public record Header(long destination, long source, int type) {}

    public static Header header(Packet packet, int at) {
        return new Header(destination(packet, at), source(packet, at), type(packet, at));
    }
}
