package io.pairwire.decode.filter.vfm;

import io.pairwire.capture.Packet;

/**
 * Fields as the source of VFM finds them: an Ethernet frame without tags, IPv4 without options. IPv6 extension headers are walked
 * to the end of the packet, mobility headers with the wrong length that it computes; ports are those of IPv6 only, also behind
 * later fragments.
 */
final class CompatFields implements Fields {
    private static final int IP = 14;
    private static final int IPV6_END = 54;

    private Packet packet = new Packet();
    private int length;
    private boolean walked;
    private int protocol;
    private int at;
    private int count;
    private long id;
    private int fragment;

    @Override
    public void moveTo(Packet newPacket, int newLength) {
        packet = newPacket;
        length = newLength;
        walked = false;
    }

    @Override
    public boolean isOutside() {
        return false;
    }

    @Override
    public long version() {
        return length > IP ? packet.u8(IP) >> 4 : 0;
    }

    @Override
    public long field(int operand) {
        if (operand >= VfmField.count() || length < IPV6_END || version() != 6) return 0;
        if (!walked) walk();
        return switch (VfmField.of(operand)) {
            case SRC_PORT -> port(0);
            case DST_PORT -> port(2);
            case HAS_EXT_HDR -> count > 0 ? 1 : 0;
            case EXT_HDR_COUNT -> count;
            case EXT_HDR_LEN -> at - IPV6_END;
            case FINAL_PROTO -> protocol;
            case FRAG_ID -> id;
            case FRAG_OFFSET -> fragment >> 3;
            case FRAG_FLAGS -> fragment & 7;
            default -> 0;
        };
    }

    private long port(int offset) {
        boolean hasPorts = protocol == IpProtocols.TCP || protocol == IpProtocols.UDP || protocol == IpProtocols.SCTP;
        return hasPorts && length - at >= 4 ? packet.u16(at + offset) : 0;
    }

    private void walk() {
        walked = true;
        protocol = packet.u8(20);
        at = IPV6_END;
        count = 0;
        id = 0;
        fragment = 0;
        while (length - at >= 8) { // every header has 8 bytes at least, so this ends
            int size = size();
            if (size == 0 || length - at < size) return;
            if (protocol == IpProtocols.FRAGMENT) {
                fragment = packet.u16(at + 2);
                id = packet.u32(at + 4) & 0xffff_ffffL;
            }
            protocol = packet.u8(at);
            at += size;
            count++;
        }
    }

    /** Bytes of the extension header; 0 if it is none. */
    private int size() {
        int field = packet.u8(at + 1);
        return switch (protocol) {
            case IpProtocols.HOP_BY_HOP, IpProtocols.ROUTING, IpProtocols.DESTINATION -> (field + 1) * 8;
            case IpProtocols.FRAGMENT -> 8;
            case IpProtocols.AUTHENTICATION -> (field + 2) * 4;
            case IpProtocols.MOBILITY -> field + 8;
            default -> 0;
        };
    }

    @Override
    public long hash5() {
        return length < 38 ? 0 : CompatHash.ipv4(packet, 26, packet.u16(34), packet.u16(36), packet.u8(23));
    }

    @Override
    public long hash6() {
        return length < 58 ? 0 : CompatHash.ipv6(packet, 22, packet.u16(54), packet.u16(56), packet.u8(20));
    }
}
