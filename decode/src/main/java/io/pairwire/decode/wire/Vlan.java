package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * VLAN tag of IEEE 802.1Q and 802.1ad, as a header behind the type field that announces it: what the standard calls tag
 * control information, and the type of what follows.
 *
 * <pre>
 *   0    2 3  4               15 16            31
 *  +------+---+-----------------+---------------+
 *  | prio |DEI|   identifier    |     type      |
 *  +------+---+-----------------+---------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Vlan {
    /** Bytes of header. */
    public static final int LENGTH = 4;

    private static final int CONTROL_INFORMATION = 0;
    private static final int TYPE = 2;

    private Vlan() {}

    /** Does a whole tag start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** 0 to 4095; 0 carries only a priority. */
    public static int identifier(Packet packet, int at) {
        return packet.u16(at + CONTROL_INFORMATION) & 0x0fff;
    }

    /** 0 to 7. */
    public static int priority(Packet packet, int at) {
        return packet.u16(at + CONTROL_INFORMATION) >>> 13;
    }

    public static boolean isDropEligible(Packet packet, int at) {
        return (packet.u16(at + CONTROL_INFORMATION) & 0x1000) != 0;
    }

    /** {@link EtherType}, or below {@link EtherType#SMALLEST} the length of an IEEE 802.3 frame. */
    public static int type(Packet packet, int at) {
        return packet.u16(at + TYPE);
    }

    /** The same fields as a value. */
    public record Header(int priority, boolean dropEligible, int identifier, int type) {}

    public static Header header(Packet packet, int at) {
        return new Header(priority(packet, at), isDropEligible(packet, at), identifier(packet, at), type(packet, at));
    }
}
