package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * IPv4 header, <a href="https://www.rfc-editor.org/rfc/rfc791">RFC 791</a> §3.1.
 *
 * <pre>
 *   0   3 4   7 8            15 16 18 19           31
 *  +-----+-----+---------------+---------------------+
 *  |  4  | IHL |    service    |    total length     |
 *  +-----+-----+---------------+----+----------------+
 *  |      identification       |flag| fragm. offset  |
 *  +-----------+---------------+----+----------------+
 *  |   TTL     |   protocol    |   header checksum   |
 *  +-----------+---------------+---------------------+
 *  |                 source address                  |
 *  +-------------------------------------------------+
 *  |               destination address               |
 *  +-------------------------------------------------+
 *  |             options, to IHL words               |
 *  +-------------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Ipv4 {
    /** Bytes of header without options. */
    public static final int LENGTH = 20;

    private static final int SERVICE = 1;
    private static final int TOTAL_LENGTH = 2;
    private static final int IDENTIFICATION = 4;
    private static final int FRAGMENT = 6;
    private static final int TTL = 8;
    private static final int PROTOCOL = 9;
    private static final int CHECKSUM = 10;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;

    private Ipv4() {}

    /**
     * Does a whole, plausible header with its options start at {@code at}, with {@code available} bytes left to the end?
     * Whether the packet is as long as the header says is for the caller to see.
     */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int headerLength = headerLength(packet, at);
        int totalLength = totalLength(packet, at);
        if (version(packet, at) != 4 || headerLength < LENGTH || totalLength != 0 && totalLength < headerLength) {
            return Verdict.MALFORMED;
        }
        return available < headerLength ? Verdict.TRUNCATED : Verdict.OK;
    }

    public static int version(Packet packet, int at) {
        return packet.u8(at) >>> 4;
    }

    /** Header with options, bytes. */
    public static int headerLength(Packet packet, int at) {
        return (packet.u8(at) & 0xf) << 2;
    }

    /** Type of service; since RFC 2474 and RFC 3168 differentiated services and congestion bits. */
    public static int trafficClass(Packet packet, int at) {
        return packet.u8(at + SERVICE);
    }

    /** Header and data, bytes; 0 where the packet was captured before segmentation offload filled it in. */
    public static int totalLength(Packet packet, int at) {
        return packet.u16(at + TOTAL_LENGTH);
    }

    public static int identification(Packet packet, int at) {
        return packet.u16(at + IDENTIFICATION);
    }

    public static boolean isDontFragment(Packet packet, int at) {
        return (packet.u16(at + FRAGMENT) & 0x4000) != 0;
    }

    public static boolean isMoreFragments(Packet packet, int at) {
        return (packet.u16(at + FRAGMENT) & 0x2000) != 0;
    }

    /** Bytes from the start of the datagram's data. */
    public static int fragmentOffset(Packet packet, int at) {
        return (packet.u16(at + FRAGMENT) & 0x1fff) << 3;
    }

    public static int ttl(Packet packet, int at) {
        return packet.u8(at + TTL);
    }

    /** {@link IpProtocol} of what follows. */
    public static int protocol(Packet packet, int at) {
        return packet.u8(at + PROTOCOL);
    }

    public static int checksum(Packet packet, int at) {
        return packet.u16(at + CHECKSUM);
    }

    /** The address in the low 32 bits. */
    public static long source(Packet packet, int at) {
        return Integer.toUnsignedLong(packet.u32(at + SOURCE));
    }

    /** The address in the low 32 bits. */
    public static long destination(Packet packet, int at) {
        return Integer.toUnsignedLong(packet.u32(at + DESTINATION));
    }

    /** The same fields as a value; options are left out. */
    public record Header(
            int headerLength,
            int trafficClass,
            int totalLength,
            int identification,
            boolean dontFragment,
            boolean moreFragments,
            int fragmentOffset,
            int ttl,
            int protocol,
            int checksum,
            long source,
            long destination) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                headerLength(packet, at),
                trafficClass(packet, at),
                totalLength(packet, at),
                identification(packet, at),
                isDontFragment(packet, at),
                isMoreFragments(packet, at),
                fragmentOffset(packet, at),
                ttl(packet, at),
                protocol(packet, at),
                checksum(packet, at),
                source(packet, at),
                destination(packet, at));
    }
}
