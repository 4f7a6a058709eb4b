package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * Linux cooked capture version 2, <a href="https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html">LINKTYPE_LINUX_SLL2</a>:
 * as {@link LinuxCooked}, and the interface.
 *
 * <pre>
 *   0      1 2      3 4       7 8       9  10     11      12         19
 *  +--------+--------+---------+---------+------+--------+-------------+
 *  |protocol|reserved|interface| ARPHRD_ |packet|address |   address   |
 *  |  type  |        |  index  |  type   | type | length |  of sender  |
 *  +--------+--------+---------+---------+------+--------+-------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class LinuxCooked2 {
    /** Bytes of header. */
    public static final int LENGTH = 20;

    private static final int PROTOCOL = 0;
    private static final int INTERFACE_INDEX = 4;
    private static final int HARDWARE_TYPE = 8;
    private static final int PACKET_TYPE = 10;
    private static final int ADDRESS_LENGTH = 11;
    private static final int ADDRESS = 12;

    private LinuxCooked2() {}

    /** Does a whole header start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH ? Verdict.TRUNCATED : Verdict.OK;
    }

    /** {@link EtherType}, or below {@link EtherType#SMALLEST} a number whose meaning follows from the hardware type. */
    public static int protocol(Packet packet, int at) {
        return packet.u16(at + PROTOCOL);
    }

    /** Number of the interface on the capturing host, from 1. */
    public static int interfaceIndex(Packet packet, int at) {
        return packet.u32(at + INTERFACE_INDEX);
    }

    /** An {@code ARPHRD_} number of Linux. */
    public static int hardwareType(Packet packet, int at) {
        return packet.u16(at + HARDWARE_TYPE);
    }

    /** 0 to us, 1 broadcast, 2 multicast, 3 between others, 4 sent by us. */
    public static int packetType(Packet packet, int at) {
        return packet.u8(at + PACKET_TYPE);
    }

    /** Bytes of the sender's address; more than 8 if the field could not hold it. */
    public static int addressLength(Packet packet, int at) {
        return packet.u8(at + ADDRESS_LENGTH);
    }

    /** The sender's address: its first byte is the highest, unused bytes are whatever was captured. */
    public static long address(Packet packet, int at) {
        return packet.u64(at + ADDRESS);
    }

    /** The same fields as a value. */
    public record Header(
            int protocol, int interfaceIndex, int hardwareType, int packetType, int addressLength, long address) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                protocol(packet, at),
                interfaceIndex(packet, at),
                hardwareType(packet, at),
                packetType(packet, at),
                addressLength(packet, at),
                address(packet, at));
    }
}
