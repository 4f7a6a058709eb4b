package io.pairwire.decode.wire;

import io.pairwire.capture.Packet;

/**
 * ARP packet, <a href="https://www.rfc-editor.org/rfc/rfc826">RFC 826</a>. The addresses are as long as it says itself.
 *
 * <pre>
 *   0                    15 16         23 24        31
 *  +-----------------------+-------------+------------+
 *  |    hardware type      |     protocol type        |
 *  +-----------+-----------+--------------------------+
 *  | hw length | pr length |        operation         |
 *  +-----------+-----------+--------------------------+
 *  |       sender hardware, sender protocol address   |
 *  +--------------------------------------------------+
 *  |       target hardware, target protocol address   |
 *  +--------------------------------------------------+
 * </pre>
 *
 * <p>Call {@link #check} once. After it answers {@link Verdict#OK} every accessor here stays inside the captured bytes;
 * before that their answers mean nothing.
 */
public final class Arp {
    /** Bytes before the addresses. */
    public static final int LENGTH = 8;

    public static final int REQUEST = 1;
    public static final int REPLY = 2;

    /** Reverse ARP, <a href="https://www.rfc-editor.org/rfc/rfc903">RFC 903</a>: which protocol address has this hardware? */
    public static final int REVERSE_REQUEST = 3;

    public static final int REVERSE_REPLY = 4;

    private static final int HARDWARE_TYPE = 0;
    private static final int PROTOCOL_TYPE = 2;
    private static final int HARDWARE_LENGTH = 4;
    private static final int PROTOCOL_LENGTH = 5;
    private static final int OPERATION = 6;

    private Arp() {}

    /** Does a whole packet with its four addresses start at {@code at}, with {@code available} bytes left to the end? */
    public static Verdict check(Packet packet, int at, int available) {
        return available < LENGTH || available < packetLength(packet, at) ? Verdict.TRUNCATED : Verdict.OK;
    }

    public static int hardwareType(Packet packet, int at) {
        return packet.u16(at + HARDWARE_TYPE);
    }

    /** An {@link EtherType}. */
    public static int protocolType(Packet packet, int at) {
        return packet.u16(at + PROTOCOL_TYPE);
    }

    /** Bytes of each hardware address. */
    public static int hardwareLength(Packet packet, int at) {
        return packet.u8(at + HARDWARE_LENGTH);
    }

    /** Bytes of each protocol address. */
    public static int protocolLength(Packet packet, int at) {
        return packet.u8(at + PROTOCOL_LENGTH);
    }

    public static int operation(Packet packet, int at) {
        return packet.u16(at + OPERATION);
    }

    /** The whole packet, bytes. */
    public static int packetLength(Packet packet, int at) {
        return LENGTH + 2 * (hardwareLength(packet, at) + protocolLength(packet, at));
    }

    /** Does it map IPv4 to MAC addresses? The other accessors of addresses mean nothing without. */
    public static boolean isIpv4OverEthernet(Packet packet, int at) {
        return protocolType(packet, at) == EtherType.IPV4
                && hardwareLength(packet, at) == 6
                && protocolLength(packet, at) == 4;
    }

    /** MAC address, the low 48 bits. */
    public static long senderMac(Packet packet, int at) {
        return packet.u64(at + LENGTH) >>> 16;
    }

    /** IPv4 address, the low 32 bits. */
    public static long senderIpv4(Packet packet, int at) {
        return Integer.toUnsignedLong(packet.u32(at + LENGTH + 6));
    }

    /** MAC address, the low 48 bits; 0 in most requests. */
    public static long targetMac(Packet packet, int at) {
        return packet.u64(at + LENGTH + 10) >>> 16;
    }

    /** IPv4 address, the low 32 bits. */
    public static long targetIpv4(Packet packet, int at) {
        return Integer.toUnsignedLong(packet.u32(at + LENGTH + 16));
    }

    /** The fields before the addresses as a value. */
    public record Header(int hardwareType, int protocolType, int hardwareLength, int protocolLength, int operation) {}

    public static Header header(Packet packet, int at) {
        return new Header(
                hardwareType(packet, at),
                protocolType(packet, at),
                hardwareLength(packet, at),
                protocolLength(packet, at),
                operation(packet, at));
    }
}
