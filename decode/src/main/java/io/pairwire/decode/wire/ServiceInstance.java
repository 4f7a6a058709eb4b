package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Service instance tag of provider backbone bridges, IEEE 802.1Q §9.7, as a header behind the type field that announces it.
 * The customer's Ethernet header follows.
 *
 * <pre>
 *   0       7 8                        31
 *  +---------+---------------------------+
 *  |  flags  |    service identifier     |
 *  +---------+---------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class ServiceInstance {
    /** Bytes of header. */
    public static final int LENGTH = 4;

    private ServiceInstance() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** Priority, drop eligibility, and whether the customer's addresses are used. */
    public static int flags(Packet packet, int at) {
        return packet.u8(at);
    }

    /** 24 bits. */
    public static int identifier(Packet packet, int at) {
        return packet.u32(at) & 0xff_ffff;
    }

    /** The same fields as a value. */
    public record Header(int flags, int identifier) {}

    public static Header header(Packet packet, int at) {
        return new Header(flags(packet, at), identifier(packet, at));
    }
}
