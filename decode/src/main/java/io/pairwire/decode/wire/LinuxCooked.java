package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Linux cooked capture, <a href="https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html">LINKTYPE_LINUX_SLL</a>: what
 * captures on interface {@code any} have in place of a link header.
 *
 * <pre>
 *   0       1 2       3 4       5 6            13 14     15
 *  +---------+---------+---------+---------------+---------+
 *  | packet  | ARPHRD_ | address |    address    | protocol|
 *  |  type   |  type   | length  |  of sender    |  type   |
 *  +---------+---------+---------+---------------+---------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class LinuxCooked {
    /** Bytes of header. */
    public static final int LENGTH = 16;

    private static final int PACKET_TYPE = 0;
    private static final int HARDWARE_TYPE = 2;
    private static final int ADDRESS_LENGTH = 4;
    private static final int ADDRESS = 6;
    private static final int PROTOCOL = 14;

    private LinuxCooked() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** 0 to us, 1 broadcast, 2 multicast, 3 between others, 4 sent by us. */
    public static int packetType(Packet packet, int at) {
        return packet.u16(at + PACKET_TYPE);
    }

    /** An {@code ARPHRD_} number of Linux. */
    public static int hardwareType(Packet packet, int at) {
        return packet.u16(at + HARDWARE_TYPE);
    }

    /** Bytes of the sender's address; more than 8 if the field could not hold it. */
    public static int addressLength(Packet packet, int at) {
        return packet.u16(at + ADDRESS_LENGTH);
    }

    /** The sender's address: its first byte is the highest, unused bytes are whatever was captured. */
    public static long address(Packet packet, int at) {
        return packet.u64(at + ADDRESS);
    }

    /** {@link EtherType}, or below {@link EtherType#SMALLEST} a number whose meaning follows from the hardware type. */
    public static int protocol(Packet packet, int at) {
        return packet.u16(at + PROTOCOL);
    }

    /** The same fields as a value. */
    public record Header(int packetType, int hardwareType, int addressLength, long address, int protocol) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                packetType(packet, at),
                hardwareType(packet, at),
                addressLength(packet, at),
                address(packet, at),
                protocol(packet, at));
    }
}
