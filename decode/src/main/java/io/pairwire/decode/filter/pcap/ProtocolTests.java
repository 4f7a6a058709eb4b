package io.pairwire.decode.filter.pcap;

import static io.pairwire.decode.filter.ir.Condition.and;
import static io.pairwire.decode.filter.ir.Condition.or;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.ir.Comparison;
import io.pairwire.decode.filter.ir.Condition;
import io.pairwire.decode.filter.ir.Width;
import io.pairwire.decode.filter.pcap.Code.From;

/** Is it a packet of a protocol? */
final class ProtocolTests {
    static final int TCP = 6;
    static final int UDP = 17;
    static final int SCTP = 132;
    static final int FRAGMENT = 44;
    static final int AH = 51;

    private static final int CLNP = 0x81;
    private static final int ESIS = 0x82;
    private static final int ISIS = 0x83;

    private final Code code;
    private final LinkTests links;

    ProtocolTests(Code code, LinkTests links) {
        this.code = code;
        this.links = links;
    }

    /** A protocol's name alone. */
    Condition is(Protocol protocol) {
        return switch (protocol) {
            case IP -> links.carries(LinkTests.IP);
            case ARP -> links.carries(LinkTests.ARP);
            case RARP -> links.carries(LinkTests.REVARP);
            case IP6 -> links.carries(LinkTests.IP6);
            case ATALK -> links.carries(LinkTests.ATALK);
            case AARP -> links.carries(LinkTests.AARP);
            case DECNET -> links.carries(LinkTests.DECNET);
            case SCA -> links.carries(0x6007);
            case LAT -> links.carries(0x6004);
            case MOPDL -> links.carries(0x6001);
            case MOPRC -> links.carries(0x6002);
            case STP -> links.carries(LinkTests.SAP_STP);
            case IPX -> links.carries(LinkTests.SAP_IPX);
            case NETBEUI -> links.carries(LinkTests.SAP_NETBEUI);
            case ISO -> links.carries(LinkTests.SAP_ISO);
            case TCP -> carried(TCP, Protocol.ANY);
            case UDP -> carried(UDP, Protocol.ANY);
            case SCTP -> carried(SCTP, Protocol.ANY);
            case PIM -> carried(103, Protocol.ANY);
            case AH -> carried(AH, Protocol.ANY);
            case ESP -> carried(50, Protocol.ANY);
            case ICMP -> carried(1, Protocol.IP);
            case IGMP -> carried(2, Protocol.IP);
            case IGRP -> carried(9, Protocol.IP);
            case VRRP, CARP -> carried(112, Protocol.IP);
            case ICMP6 -> carried(58, Protocol.IP6);
            case CLNP -> carried(CLNP, Protocol.ISO);
            case ESIS -> carried(ESIS, Protocol.ISO);
            case ISIS -> carried(ISIS, Protocol.ISO);
            case L1 -> isis(0x1a, 0x18, 0x12, 0x11, 0x0f);
            case L2 -> isis(0x1b, 0x19, 0x14, 0x11, 0x10);
            case IIH -> isis(0x11, 0x10, 0x0f);
            case LSP -> isis(0x14, 0x12);
            case SNP -> isis(0x1b, 0x1a, 0x19, 0x18);
            case CSNP -> isis(0x19, 0x18);
            case PSNP -> isis(0x1b, 0x1a);
            case LINK, ANY -> throw code.error("\"ether\", \"link\" and the like need something behind them");
            case RADIO -> throw code.error("\"radio\" is no protocol of its own; radio[...] works");
        };
    }

    private Condition isis(int... types) {
        Condition any = new Condition.Always(false);
        for (int type : types) {
            Condition one = carried(type, Protocol.ISIS);
            any = any instanceof Condition.Always ? one : or(any, one);
        }
        return any;
    }

    /** {@code proto} with a number: what the protocol before it carries. */
    Condition carried(int number, Protocol by) {
        return switch (by) {
            case ANY -> or(carried(number, Protocol.IP), carried(number, Protocol.IP6));
            case IP -> and(links.carries(LinkTests.IP), code.equal(From.NETWORK, 9, Width.BYTE, number));
            case IP6 ->
                and(
                        links.carries(LinkTests.IP6),
                        or(
                                code.equal(From.NETWORK, 6, Width.BYTE, number),
                                and(
                                        code.equal(From.NETWORK, 6, Width.BYTE, FRAGMENT),
                                        code.equal(From.NETWORK, 40, Width.BYTE, number))));
            case ISO -> iso(number);
            case ISIS -> and(carried(ISIS, Protocol.ISO), code.equal(From.NETWORK_WITHOUT_SNAP, 4, Width.BYTE, number));
            case LINK -> links.carries(number);
            default ->
                throw code.error(
                        "\"" + by.keyword() + " proto\" means nothing; ether, ip, ip6, iso and isis have proto");
        };
    }

    private Condition iso(int number) {
        return switch (code.layout.linkType) {
            case LinkType.FRELAY -> links.networkLayer(number);
            case LinkType.C_HDLC -> // a byte stands before it
                and(links.carries(LinkTests.SAP_ISO), code.equal(From.NETWORK_WITHOUT_SNAP, 1, Width.BYTE, number));
            default ->
                and(links.carries(LinkTests.SAP_ISO), code.equal(From.NETWORK_WITHOUT_SNAP, 0, Width.BYTE, number));
        };
    }

    /** IPv4: no fragment, or the first one. */
    Condition isFirstFragment() {
        return Condition.not(code.test(From.NETWORK, 6, Width.HALF, Comparison.COMMON_BITS, 0x1fff));
    }
}
