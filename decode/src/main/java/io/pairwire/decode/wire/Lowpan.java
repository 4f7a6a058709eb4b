package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Compressed IPv6 header of 6LoWPAN, <a href="https://www.rfc-editor.org/rfc/rfc6282">RFC 6282</a> §3.1, on IEEE 802.15.4: its
 * addresses, as far as no context that was agreed on elsewhere is needed to know them.
 *
 * <pre>
 *   0    2 3  4  5 6  7 8   9  10 11  12 13  14 15
 *  +------+----+--+----+---+---+-----+---+---+-----+
 *  | 011  | TF |NH|HLIM|CID|SAC| SAM | M |DAC| DAM |  then what these bits leave uncompressed, in that order
 *  +------+----+--+----+---+---+-----+---+---+-----+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Lowpan {
    /** Bytes that say what is compressed. */
    public static final int LENGTH = 2;

    private static final int COMPRESSED = 0b011;
    private static final int FIRST_FRAGMENT = 0b11000;
    private static final int FIRST_FRAGMENT_LENGTH = 4; // RFC 4944 §5.3
    private static final int LINK_LOCAL = 0xfe80;
    private static final long OF_SHORT_ADDRESS = 0x0000_00ff_fe00_0000L;

    private static final int[] UNICAST = {16, 8, 2, 0};
    private static final int[] MULTICAST = {16, 6, 4, 1};
    private static final int[] TRAFFIC = {4, 3, 1, 0};

    private Lowpan() {}

    /** Where the compressed header begins in what 802.15.4 carries: behind the header of a first fragment, if there is one. */
    public static int headerAt(Packet packet, int at, int available) {
        boolean fragment = available > FIRST_FRAGMENT_LENGTH && packet.u8(at) >>> 3 == FIRST_FRAGMENT;
        return fragment ? at + FIRST_FRAGMENT_LENGTH : at;
    }

    /** Does a compressed header with all its addresses start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        if (packet.u8(at) >>> 5 != COMPRESSED) return Verdict.MALFORMED;
        int end = destinationAt(packet, at) - at + destinationLength(packet, at);
        return available < end ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** Does the header tell its source, together with the addresses of the frame? */
    public static boolean tellsSource(Packet packet, int at, int frameAt) {
        if (hasSourceContext(packet, at)) return sourceMode(packet, at) == 0;
        return sourceMode(packet, at) != 3 || Ieee802154.sourceLength(packet, frameAt) > 0;
    }

    /** Does the header tell its destination, together with the addresses of the frame? */
    public static boolean tellsDestination(Packet packet, int at, int frameAt) {
        if (hasDestinationContext(packet, at)) return false;
        boolean fromFrame = !isMulticast(packet, at) && destinationMode(packet, at) == 3;
        return !fromFrame || Ieee802154.destinationLength(packet, frameAt) > 0;
    }

    /** The upper 64 bits of the source. */
    public static long sourceHigh(Packet packet, int at) {
        if (hasSourceContext(packet, at)) return 0; // the unspecified address
        return sourceMode(packet, at) == 0 ? packet.u64(sourceAt(packet, at)) : (long) LINK_LOCAL << 48;
    }

    /** The lower 64 bits of the source, which may be made of the address of the frame whose header begins at {@code frameAt}. */
    public static long sourceLow(Packet packet, int at, int frameAt) {
        if (hasSourceContext(packet, at)) return 0;
        int mode = sourceMode(packet, at);
        if (mode < 3) return unicastLow(packet, sourceAt(packet, at), mode);
        return identifier(packet, Ieee802154.sourceAt(packet, frameAt), Ieee802154.sourceLength(packet, frameAt));
    }

    /** The upper 64 bits of the destination. */
    public static long destinationHigh(Packet packet, int at) {
        int from = destinationAt(packet, at);
        int mode = destinationMode(packet, at);
        if (mode == 0) return packet.u64(from);
        if (!isMulticast(packet, at)) return (long) LINK_LOCAL << 48;
        return mode == 3 ? 0xff02L << 48 : 0xffL << 56 | (long) packet.u8(from) << 48;
    }

    /** The lower 64 bits of the destination, see {@link #sourceLow}. */
    public static long destinationLow(Packet packet, int at, int frameAt) {
        int from = destinationAt(packet, at);
        int mode = destinationMode(packet, at);
        if (isMulticast(packet, at)) {
            return switch (mode) {
                case 0 -> packet.u64(from + 8);
                case 1 -> (long) packet.u8(from + 1) << 32 | Integer.toUnsignedLong(packet.u32(from + 2));
                case 2 -> packet.u8(from + 1) << 16 | packet.u16(from + 2);
                default -> packet.u8(from);
            };
        }
        if (mode < 3) return unicastLow(packet, from, mode);
        int length = Ieee802154.destinationLength(packet, frameAt);
        return identifier(packet, Ieee802154.destinationAt(packet, frameAt), length);
    }

    private static long unicastLow(Packet packet, int from, int mode) {
        return switch (mode) {
            case 0 -> packet.u64(from + 8);
            case 1 -> packet.u64(from);
            default -> OF_SHORT_ADDRESS | packet.u16(from);
        };
    }

    /** Of an address of the frame: RFC 4944 §6, the bit "universal or local" the other way round. */
    private static long identifier(Packet packet, int from, int length) {
        return length == 8 ? packet.littleU64(from) ^ 1L << 57 : OF_SHORT_ADDRESS | packet.littleU16(from);
    }

    private static int sourceAt(Packet packet, int at) {
        int first = packet.u8(at);
        int length = LENGTH + TRAFFIC[first >>> 3 & 3];
        if ((packet.u8(at + 1) & 0x80) != 0) length++; // which contexts
        if ((first & 4) == 0) length++; // next header
        if ((first & 3) == 0) length++; // hop limit
        return at + length;
    }

    private static int destinationAt(Packet packet, int at) {
        boolean unspecified = hasSourceContext(packet, at) && sourceMode(packet, at) == 0;
        return sourceAt(packet, at) + (unspecified ? 0 : UNICAST[sourceMode(packet, at)]);
    }

    private static int destinationLength(Packet packet, int at) {
        if (hasDestinationContext(packet, at)) return 0; // is not told anyway
        return (isMulticast(packet, at) ? MULTICAST : UNICAST)[destinationMode(packet, at)];
    }

    private static boolean hasSourceContext(Packet packet, int at) {
        return (packet.u8(at + 1) & 0x40) != 0;
    }

    private static int sourceMode(Packet packet, int at) {
        return packet.u8(at + 1) >>> 4 & 3;
    }

    private static boolean isMulticast(Packet packet, int at) {
        return (packet.u8(at + 1) & 8) != 0;
    }

    private static boolean hasDestinationContext(Packet packet, int at) {
        return (packet.u8(at + 1) & 4) != 0;
    }

    private static int destinationMode(Packet packet, int at) {
        return packet.u8(at + 1) & 3;
    }
}
