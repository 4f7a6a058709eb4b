package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * IPv6 fragment header, <a href="https://www.rfc-editor.org/rfc/rfc8200">RFC 8200</a> §4.5.
 *
 * <pre>
 *   0            7 8            15 16           28 29 30 31
 *  +--------------+---------------+---------------+-----+--+
 *  | next header  |   reserved    | fragm. offset | res | M|
 *  +--------------+---------------+---------------+-----+--+
 *  |                    identification                     |
 *  +-------------------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Ipv6Fragment {
    /** Bytes of header. */
    public static final int LENGTH = 8;

    private static final int NEXT_HEADER = 0;
    private static final int OFFSET = 2;
    private static final int IDENTIFICATION = 4;

    private Ipv6Fragment() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** {@link IpProtocol} of the first header of the datagram's fragmented part. */
    public static int nextHeader(Packet packet, int at) {
        return packet.u8(at + NEXT_HEADER);
    }

    /** Bytes from the start of the datagram's fragmented part. */
    public static int fragmentOffset(Packet packet, int at) {
        return packet.u16(at + OFFSET) & 0xfff8;
    }

    public static boolean isMoreFragments(Packet packet, int at) {
        return (packet.u16(at + OFFSET) & 1) != 0;
    }

    /** 32 bits. */
    public static int identification(Packet packet, int at) {
        return packet.u32(at + IDENTIFICATION);
    }

    /** The same fields as a value. */
    public record Header(int nextHeader, int fragmentOffset, boolean moreFragments, int identification) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                nextHeader(packet, at),
                fragmentOffset(packet, at),
                isMoreFragments(packet, at),
                identification(packet, at));
    }
}
