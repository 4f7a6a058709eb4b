package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * IEEE 802.15.4 MAC header, IEEE 802.15.4 §7.2, without security header and information elements. Little-endian.
 *
 * <pre>
 *   0            15 16       23 24
 *  +---------------+-----------+----------------------------------------------------+
 *  | frame control | (sequence)| (PAN, 2 B) (destination, 2 or 8 B) (PAN) (source)  |
 *  +---------------+-----------+----------------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Ieee802154 {
    /** Bytes of the shortest header. */
    public static final int LENGTH = 2;

    /** A {@link #type} of frame that carries what higher layers send. */
    public static final int DATA = 1;

    private static final int NO_ADDRESS = 0;
    private static final int RESERVED_ADDRESS = 1;
    private static final int LONG_ADDRESS = 3;

    private Ieee802154() {}

    /** Does a whole, plausible header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        if (available < LENGTH) return Verdict.TRUNCATED;
        int control = frameControl(packet, at);
        boolean reserved = destinationMode(control) == RESERVED_ADDRESS || sourceMode(control) == RESERVED_ADDRESS;
        if (reserved || version(packet, at) == 3) return Verdict.MALFORMED;
        return available < headerLength(packet, at) ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** The whole field of type, flags, address modes and version. */
    public static int frameControl(Packet packet, int at) {
        return packet.littleU16(at);
    }

    /** 0 beacon, 1 data, 2 acknowledgment, 3 command. */
    public static int type(Packet packet, int at) {
        return frameControl(packet, at) & 7;
    }

    /** 0 for the standard of 2003, 1 for 2006, 2 from 2015 on. */
    public static int version(Packet packet, int at) {
        return frameControl(packet, at) >>> 12 & 3;
    }

    public static boolean isSecured(Packet packet, int at) {
        return (frameControl(packet, at) & 8) != 0;
    }

    /** 2 to 23 bytes. */
    public static int headerLength(Packet packet, int at) {
        int control = frameControl(packet, at);
        int destination = destinationMode(control);
        int source = sourceMode(control);
        boolean compressed = (control & 0x40) != 0;
        boolean newer = version(packet, at) == 2;
        int length = toSequence(control, newer);
        length += addressLength(destination) + addressLength(source);
        if (newer) return length + panLengths(destination, source, compressed);
        if (destination != NO_ADDRESS) length += 2;
        return source != NO_ADDRESS && !compressed ? length + 2 : length;
    }

    private static int toSequence(int control, boolean newer) {
        return newer && (control & 0x100) != 0 ? LENGTH : LENGTH + 1;
    }

    /** Bytes of the destination's address, 0, 2 or 8. */
    public static int destinationLength(Packet packet, int at) {
        return addressLength(destinationMode(frameControl(packet, at)));
    }

    /** Where the destination's address lies, if there is one. */
    public static int destinationAt(Packet packet, int at) {
        int control = frameControl(packet, at);
        boolean newer = version(packet, at) == 2;
        boolean pan = !newer || panLengths(destinationMode(control), sourceMode(control), (control & 0x40) != 0) > 0;
        return at + toSequence(control, newer) + (pan ? 2 : 0);
    }

    /** Bytes of the source's address, 0, 2 or 8. */
    public static int sourceLength(Packet packet, int at) {
        return addressLength(sourceMode(frameControl(packet, at)));
    }

    /** Where the source's address lies, if there is one: at the end of the header. */
    public static int sourceAt(Packet packet, int at) {
        return at + headerLength(packet, at) - sourceLength(packet, at);
    }

    /** Bytes of both PAN identifiers since 2015 (table 7-2). */
    private static int panLengths(int destination, int source, boolean compressed) {
        if (destination == NO_ADDRESS && source == NO_ADDRESS) return compressed ? 2 : 0;
        if (destination == NO_ADDRESS || source == NO_ADDRESS) return compressed ? 0 : 2;
        if (destination == LONG_ADDRESS && source == LONG_ADDRESS) return compressed ? 0 : 2;
        return compressed ? 2 : 4;
    }

    private static int destinationMode(int control) {
        return control >>> 10 & 3;
    }

    private static int sourceMode(int control) {
        return control >>> 14;
    }

    private static int addressLength(int mode) {
        return mode == NO_ADDRESS ? 0 : mode == LONG_ADDRESS ? 8 : 2;
    }

    /** The same fields as a value. */
    public record Header(int frameControl, int type, int version, int headerLength) {}

    public static Header header(Packet packet, int at) {
        return new Header(frameControl(packet, at), type(packet, at), version(packet, at), headerLength(packet, at));
    }
}
