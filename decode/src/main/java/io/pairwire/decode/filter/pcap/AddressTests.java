package io.pairwire.decode.filter.pcap;

import static io.pairwire.decode.filter.ir.Condition.and;
import static io.pairwire.decode.filter.ir.Condition.or;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.ir.Comparison;
import io.pairwire.decode.filter.ir.Condition;
import io.pairwire.decode.filter.ir.Width;
import io.pairwire.decode.filter.pcap.Code.From;
import io.pairwire.decode.filter.pcap.Qualifiers.Direction;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/** Addresses of hosts and networks: IPv4, ARP, IPv6, DECnet, and those of links. */
final class AddressTests {
    private final Code code;
    private final LinkTests links;
    private final WlanAddressTests wlan;

    AddressTests(Code code, LinkTests links) {
        this.code = code;
        this.links = links;
        wlan = new WlanAddressTests(code);
    }

    /** {@code kind} is host or net, for errors. */
    Condition ipv4(int address, int mask, Protocol protocol, Direction direction, String kind) {
        return switch (protocol) {
            case ANY -> {
                Condition ip = ipv4(address, mask, Protocol.IP, direction, kind);
                if (code.layout.labels > 0) yield ip; // nothing else can be told there
                Condition arp = ipv4(address, mask, Protocol.ARP, direction, kind);
                yield or(ip, or(arp, ipv4(address, mask, Protocol.RARP, direction, kind)));
            }
            case IP -> ipv4(address, mask, LinkTests.IP, 12, 16, direction);
            case ARP -> ipv4(address, mask, LinkTests.ARP, 14, 24, direction);
            case RARP -> ipv4(address, mask, LinkTests.REVARP, 14, 24, direction);
            case IP6 -> throw code.error("this is an IPv4 address, not one of ip6");
            case LINK -> throw code.error("this is an IPv4 address, not one of the link");
            default ->
                throw code.error("\"" + protocol.keyword() + "\" has no " + kind + "; ip, ip6, arp and rarp have");
        };
    }

    private Condition ipv4(int address, int mask, int type, int source, int destination, Direction direction) {
        return either(
                direction,
                source,
                destination,
                offset -> and(links.carries(type), code.equal(From.NETWORK, offset, Width.WORD, address, mask)));
    }

    /** Source, destination, one of them, or both; the source is asked first. */
    private Condition either(Direction direction, int source, int destination, IntFunction<Condition> test) {
        return switch (direction) {
            case SRC -> test.apply(source);
            case DST -> test.apply(destination);
            case SRC_AND_DST -> and(test.apply(source), test.apply(destination));
            case ANY, SRC_OR_DST -> or(test.apply(source), test.apply(destination));
            default ->
                throw code.error("\"" + direction.name().toLowerCase(Locale.ROOT)
                        + "\" is an address of 802.11; write wlan before it, and a MAC address behind it");
        };
    }

    Condition ipv6(int[] address, int[] mask, Protocol protocol, Direction direction, String kind) {
        if (protocol != Protocol.ANY && protocol != Protocol.IP6) {
            throw code.error("\"" + protocol.keyword() + "\" has no IPv6 " + kind);
        }
        return either(direction, 8, 24, offset -> {
            Condition all = links.carries(LinkTests.IP6);
            for (int i = 0; i < 4; i++) {
                all = and(all, code.equal(From.NETWORK, offset + 4 * i, Width.WORD, address[i], mask[i]));
            }
            return all;
        });
    }

    /** A data packet of DECnet phase IV with a long or short header, with or without a byte of padding. */
    Condition decnet(int address, Direction direction) {
        int swapped = (address & 0xff) << 8 | address >> 8; // little-endian on the wire
        return either(direction, 0, 1, end -> {
            int inShort = end == 0 ? 3 : 1;
            int inLong = end == 0 ? 15 : 7;
            Condition paddedLong = and(
                    code.equal(From.NETWORK, 2, Width.HALF, 0x8106, 0xff07),
                    code.equal(From.NETWORK, 3 + inLong, Width.HALF, swapped));
            Condition plainLong = and(
                    code.equal(From.NETWORK, 2, Width.BYTE, 0x06, 0x07),
                    code.equal(From.NETWORK, 2 + inLong, Width.HALF, swapped));
            Condition paddedShort = and(
                    code.equal(From.NETWORK, 2, Width.HALF, 0x8102, 0xff07),
                    code.equal(From.NETWORK, 3 + inShort, Width.HALF, swapped));
            Condition plainShort = and(
                    code.equal(From.NETWORK, 2, Width.BYTE, 0x02, 0x07),
                    code.equal(From.NETWORK, 2 + inShort, Width.HALF, swapped));
            Condition any = or(plainShort, or(paddedShort, or(plainLong, paddedLong)));
            return and(links.carries(LinkTests.DECNET), any);
        });
    }

    /** A MAC address of the link. */
    Condition mac(byte[] address, Direction direction) {
        if (code.layout.isWlan()) return wlan.address(address, direction);
        if (code.layout.isEthernet()) return ethernetOnly(or6(address, direction, 6, 0));
        return switch (code.layout.linkType) {
            case LinkType.FDDI -> or6(address, direction, 7, 1);
            case LinkType.IEEE802_5 -> or6(address, direction, 8, 2);
            case LinkType.IP_OVER_FC -> or6(address, direction, 10, 2);
            default ->
                throw code.error(
                        "link type " + LinkType.name(code.layout.linkType) + " has no MAC addresses that we know");
        };
    }

    private Condition or6(byte[] address, Direction direction, int source, int destination) {
        return either(direction, source, destination, offset -> code.bytes(From.LINK, offset, address));
    }

    /** An address of ARCnet, one byte. */
    Condition arcnet(byte[] address, Direction direction) {
        if (code.layout.linkType != LinkType.ARCNET_BSD && code.layout.linkType != LinkType.ARCNET_LINUX) {
            throw code.error("addresses with $ exist on ARCnet only");
        }
        return either(direction, 0, 1, offset -> code.bytes(From.LINK, offset, address));
    }

    /** Inside Geneve there may be no Ethernet header; then the link's place is its payload's. */
    private Condition ethernetOnly(Condition condition) {
        if (!code.layout.inGeneve) return condition;
        return and(
                Condition.not(new Condition.Test(
                        List.of(), Comparison.EQUAL, code.base(code.layout.link), code.base(code.layout.payload))),
                condition);
    }

    Condition broadcast() {
        byte[] everyone = {-1, -1, -1, -1, -1, -1};
        return switch (code.layout.linkType) {
            case LinkType.ARCNET_BSD, LinkType.ARCNET_LINUX -> arcnet(new byte[1], Direction.DST);
            default -> mac(everyone, Direction.DST);
        };
    }

    Condition multicast() {
        if (code.layout.isWlan()) return wlan.multicast();
        if (code.layout.isEthernet()) return ethernetOnly(code.anyBit(From.LINK, 0, 1));
        return switch (code.layout.linkType) {
            case LinkType.ARCNET_BSD, LinkType.ARCNET_LINUX -> arcnet(new byte[1], Direction.DST);
            case LinkType.FDDI -> code.anyBit(From.LINK, 1, 1);
            case LinkType.IEEE802_5, LinkType.IP_OVER_FC -> code.anyBit(From.LINK, 2, 1);
            default ->
                throw code.error("link type " + LinkType.name(code.layout.linkType)
                        + " has no multicast; ip multicast and ip6 multicast work");
        };
    }
}
