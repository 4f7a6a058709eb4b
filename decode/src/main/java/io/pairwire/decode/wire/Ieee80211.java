package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * IEEE 802.11 header, IEEE 802.11 §9.2. Little-endian but for addresses.
 *
 * <pre>
 *   0          1          2         3        4 .. 9      10 .. 15    16 .. 21    22, 23     24 .. 29
 *  +----------+----------+-------------------+-----------+-----------+-----------+----------+-----------+
 *  | type     |  flags   |     duration      | address 1 | address 2 | address 3 | sequence | address 4 |
 *  +----------+----------+-------------------+-----------+-----------+-----------+----------+-----------+
 *  then, in data frames: (2 B quality of service) (4 B high throughput control)
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Ieee80211 {
    /** Bytes of the shortest header, that of an acknowledgment. */
    public static final int LENGTH = 10;

    public static final int MANAGEMENT = 0;
    public static final int CONTROL = 1;
    public static final int DATA = 2;
    public static final int EXTENSION = 3;

    private static final int THREE_ADDRESSES = 24;
    private static final int FOUR_ADDRESSES = 30;
    private static final int TO_DISTRIBUTION = 0x01;
    private static final int FROM_DISTRIBUTION = 0x02;
    private static final int BETWEEN_STATIONS = TO_DISTRIBUTION | FROM_DISTRIBUTION;
    private static final int ORDER = 0x80;
    private static final int QUALITY_OF_SERVICE = 8; // of the subtypes of data
    private static final int NO_DATA = 4;

    private Ieee80211() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        if ((packet.u8(at) & 3) != 0) return Verdict.MALFORMED; // a version there is not
        return available < headerLength(packet, at) ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** {@link #MANAGEMENT}, {@link #CONTROL}, {@link #DATA} or {@link #EXTENSION}. */
    public static int type(Packet packet, int at) {
        return packet.u8(at) >>> 2 & 3;
    }

    /** 0 to 15. */
    public static int subtype(Packet packet, int at) {
        return packet.u8(at) >>> 4;
    }

    /** From the lowest bit: to and from the distribution system, more fragments, retry, power, more data, protected, order. */
    public static int flags(Packet packet, int at) {
        return packet.u8(at + 1);
    }

    /** Bytes before what the frame carries; padding does not count. */
    public static int headerLength(Packet packet, int at) {
        boolean ordered = (flags(packet, at) & ORDER) != 0;
        return switch (type(packet, at)) {
            case MANAGEMENT -> ordered ? THREE_ADDRESSES + 4 : THREE_ADDRESSES;
            case CONTROL -> controlLength(subtype(packet, at));
            case DATA -> {
                int addresses = isBetweenStations(packet, at) ? FOUR_ADDRESSES : THREE_ADDRESSES;
                if (!hasQualityOfService(packet, at)) yield addresses;
                yield ordered ? addresses + 6 : addresses + 2;
            }
            default -> LENGTH;
        };
    }

    private static int controlLength(int subtype) {
        return switch (subtype) {
            case 4, 5, 7, 8, 9, 10, 11, 14, 15 -> 16; // a second address, or in 7 the control of throughput
            default -> LENGTH;
        };
    }

    /** MAC address of the receiver, the low 48 bits. */
    public static long receiver(Packet packet, int at) {
        return packet.u64(at + 2) & 0xffff_ffff_ffffL;
    }

    /** Between two access points or mesh stations, with four addresses? */
    public static boolean isBetweenStations(Packet packet, int at) {
        return (flags(packet, at) & BETWEEN_STATIONS) == BETWEEN_STATIONS;
    }

    /** From the distribution system to a station, with three addresses? */
    public static boolean isFromDistribution(Packet packet, int at) {
        return (flags(packet, at) & BETWEEN_STATIONS) == FROM_DISTRIBUTION;
    }

    /** Encrypted? */
    public static boolean isProtected(Packet packet, int at) {
        return (flags(packet, at) & 0x40) != 0;
    }

    /** Is this data, of a kind that carries something? */
    public static boolean isDataPresent(Packet packet, int at) {
        return type(packet, at) == DATA && (subtype(packet, at) & NO_DATA) == 0;
    }

    /** Is this data with a quality of service field? */
    public static boolean hasQualityOfService(Packet packet, int at) {
        return type(packet, at) == DATA && (subtype(packet, at) & QUALITY_OF_SERVICE) != 0;
    }

    /** The quality of service field; 0 if there is none. */
    public static int qualityOfService(Packet packet, int at) {
        if (!hasQualityOfService(packet, at)) return 0;
        return packet.littleU16(at + (isBetweenStations(packet, at) ? FOUR_ADDRESSES : THREE_ADDRESSES));
    }

    /** Several Ethernet-like frames in one (§9.3.2.2)? */
    public static boolean isAggregate(Packet packet, int at) {
        return (qualityOfService(packet, at) & 0x80) != 0;
    }

    /** Number of the fragment, 0 to 15; only data and management frames have one. */
    public static int fragment(Packet packet, int at) {
        int type = type(packet, at);
        return type == DATA || type == MANAGEMENT ? packet.u8(at + 22) & 0x0f : 0;
    }

    /** The same fields as a value. */
    public record Header(
            int type, int subtype, int flags, int headerLength, long receiver, int qualityOfService, int fragment) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                type(packet, at),
                subtype(packet, at),
                flags(packet, at),
                headerLength(packet, at),
                receiver(packet, at),
                qualityOfService(packet, at),
                fragment(packet, at));
    }
}
