package io.pairwire.decode.filter.vfm;

import io.pairwire.capture.Packet;

/**
 * Fields found behind up to four VLAN tags, IP options and up to 16 IPv6 extension headers.
 *
 * <p>Places are looked up when they are first asked for: the network header, then what is behind it. VFLisp compiles the same
 * steps, in the same order, for the JVM and for kernels ({@code vflisp.PlaceCode}); a packet that was cut before the end of one is
 * refused there and here.
 */
final class SoundFields implements Fields {
    private static final int MOST_TAGS = 4;
    private static final int MOST_HEADERS = 16;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;

    private final LinkPlaces link;
    private Packet packet = new Packet();
    private int length;
    private boolean outside;
    private boolean networkKnown;
    private boolean restKnown;
    private int outerType;
    private int innerType;
    private int version;
    private int network;
    private int transport;
    private int protocol;
    private boolean first;
    private int count;
    private int headers;
    private long id;
    private int fragment;

    SoundFields(int linkType) {
        link = LinkPlaces.of(linkType);
    }

    @Override
    public void moveTo(Packet newPacket, int newLength) {
        packet = newPacket;
        length = newLength;
        outside = false;
        networkKnown = false;
        restKnown = false;
    }

    @Override
    public boolean isOutside() {
        return outside;
    }

    private int u8(int at) {
        if (length - at >= 1) return packet.u8(at);
        outside = true;
        return 0;
    }

    private int u16(int at) {
        if (length - at >= 2) return packet.u16(at);
        outside = true;
        return 0;
    }

    private long u32(int at) {
        if (length - at >= 4) return packet.u32(at) & 0xffff_ffffL;
        outside = true;
        return 0;
    }

    private long u64(int at) {
        if (length - at >= 8) return packet.u64(at);
        outside = true;
        return 0;
    }

    @Override
    public long version() {
        network();
        return version;
    }

    private void network() {
        if (networkKnown) return;
        networkKnown = true;
        version = 0;
        network = link.network();
        if (link.type() == LinkPlaces.NO_TYPE) {
            int nibble = u8(network) >> 4;
            outerType = nibble == 4 ? IPV4 : nibble == 6 ? IPV6 : 0;
            innerType = outerType;
        } else {
            outerType = u16(link.type());
            innerType = outerType;
            for (int i = 0; i < MOST_TAGS && LinkPlaces.isTag(innerType); i++) {
                innerType = u16(network + 2);
                network += 4;
            }
        }
        if (outside || innerType != IPV4 && innerType != IPV6) return;
        int start = u8(network);
        if (innerType == IPV6) version = start >> 4 == 6 ? 6 : 0;
        else version = start >> 4 == 4 && (start & 0xf) >= 5 ? 4 : 0;
    }

    /** The network header, and what follows behind it. */
    private void rest() {
        network();
        if (restKnown) return;
        restKnown = true;
        first = true;
        protocol = 0;
        count = 0;
        headers = 0;
        id = 0;
        fragment = 0;
        if (version == 4) {
            transport = network + (u8(network) & 0xf) * 4;
            first = (u16(network + 6) & 0x1fff) == 0;
            protocol = u8(network + 9);
        } else if (version == 6) {
            protocol = u8(network + 6);
            transport = network + 40;
            for (int i = 0; i < MOST_HEADERS && !outside && first; i++) {
                int size = step();
                if (size == 0) return;
                transport += size;
                headers += size;
                count++;
            }
        }
    }

    /** Looks at one extension header and gives its bytes; 0 if there is none. */
    private int step() {
        int size;
        switch (protocol) {
            case IpProtocols.FRAGMENT -> {
                id = u32(transport + 4);
                fragment = u16(transport + 2);
                first = fragment >> 3 == 0;
                size = 8;
            }
            case IpProtocols.AUTHENTICATION -> size = (u8(transport + 1) + 2) * 4;
            case IpProtocols.HOP_BY_HOP,
                    IpProtocols.ROUTING,
                    IpProtocols.DESTINATION,
                    IpProtocols.MOBILITY,
                    IpProtocols.HOST_IDENTITY,
                    IpProtocols.SHIM6,
                    IpProtocols.EXPERIMENT_1,
                    IpProtocols.EXPERIMENT_2 -> size = (u8(transport + 1) + 1) * 8;
            default -> {
                return 0;
            }
        }
        protocol = u8(transport);
        return size;
    }

    private boolean hasPorts() {
        rest();
        boolean known = protocol == IpProtocols.TCP
                || protocol == IpProtocols.UDP
                || protocol == IpProtocols.SCTP
                || protocol == IpProtocols.DCCP;
        return version != 0 && first && known;
    }

    private boolean has(VfmField field) {
        if (field.isBehindNetwork()) rest();
        else network();
        if (field.isAlwaysPresent()) return true;
        return switch (field) {
            case SRC_PORT, DST_PORT -> hasPorts();
            case TCP_FLAGS -> hasPorts() && protocol == IpProtocols.TCP;
            case SRC_IP, DST_IP, SRC_IP4, DST_IP4 -> version == 4;
            case SRC_IP6, DST_IP6, NEXT_HDR, HOP_LIMIT -> version == 6;
            default -> version != 0;
        };
    }

    @Override
    public long field(int operand) {
        int number = operand & VfmField.LOW - 1;
        if (number >= VfmField.count()) return 0;
        VfmField field = VfmField.of(number);
        boolean has = has(field) && !outside;
        if (operand >= VfmField.PRESENT || !has) return has && operand >= VfmField.PRESENT ? 1 : 0;
        int low = operand >= VfmField.LOW ? 8 : 0;
        return switch (field) {
            case PROTO -> protocol;
            case SRC_IP, SRC_IP4 -> u32(network + 12);
            case DST_IP, DST_IP4 -> u32(network + 16);
            case SRC_PORT -> u16(transport);
            case DST_PORT -> u16(transport + 2);
            case ETHERTYPE -> outerType;
            case INNER_ETHERTYPE -> innerType;
            case IP_LEN -> version == 4 ? u16(network + 2) : u16(network + 4) + 40;
            case TCP_FLAGS -> u8(transport + 13);
            case IP_VERSION -> version;
            case SRC_IP6 -> u64(network + 8 + low);
            case DST_IP6 -> u64(network + 24 + low);
            case NEXT_HDR -> u8(network + 6);
            case HOP_LIMIT -> u8(network + 7);
            case HAS_EXT_HDR -> count > 0 ? 1 : 0;
            case EXT_HDR_COUNT -> count;
            case EXT_HDR_LEN -> headers;
            case FINAL_PROTO -> version == 6 ? protocol : 0;
            case FRAG_ID -> id;
            case FRAG_OFFSET -> fragment >> 3;
            case FRAG_FLAGS -> fragment & 7;
        };
    }

    @Override
    public long hash5() {
        rest();
        if (outside || version != 4 || length - network < 20) return 0;
        boolean ports = hasPorts() && length - transport >= 4;
        return CompatHash.ipv4(
                packet, network + 12, ports ? u16(transport) : 0, ports ? u16(transport + 2) : 0, protocol);
    }

    @Override
    public long hash6() {
        rest();
        if (outside || version != 6 || length - network < 40) return 0;
        boolean ports = hasPorts() && length - transport >= 4;
        return CompatHash.ipv6(
                packet, network + 8, ports ? u16(transport) : 0, ports ? u16(transport + 2) : 0, protocol);
    }
}
