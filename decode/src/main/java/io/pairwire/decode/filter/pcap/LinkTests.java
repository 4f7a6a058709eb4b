package io.pairwire.decode.filter.pcap;

import static io.pairwire.decode.filter.ir.Condition.and;
import static io.pairwire.decode.filter.ir.Condition.not;
import static io.pairwire.decode.filter.ir.Condition.or;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.ir.Comparison;
import io.pairwire.decode.filter.ir.Condition;
import io.pairwire.decode.filter.ir.Width;
import io.pairwire.decode.filter.pcap.Code.From;

/** Does a frame carry a protocol, named by its EtherType or, up to 1500, its 802.2 service access point? */
final class LinkTests {
    static final int IP = 0x0800;
    static final int ARP = 0x0806;
    static final int REVARP = 0x8035;
    static final int IP6 = 0x86dd;
    static final int ATALK = 0x809b;
    static final int AARP = 0x80f3;
    static final int IPX_TYPE = 0x8137;
    static final int DECNET = 0x6003;
    static final int MPLS = 0x8847;
    static final int PPP_MPLS = 0x0281;

    static final int SAP_STP = 0x42;
    static final int SAP_IPX = 0xe0;
    static final int SAP_NETBEUI = 0xf0;
    static final int SAP_ISO = 0xfe;
    private static final int SAP_IP = 0x06;

    /** IEEE 802.3: up to this the type field is a length. */
    private static final int MOST_LENGTH = 1500;

    private static final int SLL_802_3 = 1;
    private static final int SLL_802_2 = 4;

    private static final Condition NEVER = new Condition.Always(false);

    private final Code code;
    private final Layout layout;

    LinkTests(Code code) {
        this.code = code;
        layout = code.layout;
    }

    Condition carries(int type) {
        if (layout.labels > 0) return behindLabels(type);
        if (layout.isEthernet()) return ethernet(type);
        if (layout.isWlan()) return and(isDataFrame(), llc(type));
        if (layout.isRaw() || layout.linkType == LinkType.SLIP) {
            return switch (type) {
                case IP -> code.equal(From.LINK, 0, Width.BYTE, 0x40, 0xf0);
                case IP6 -> code.equal(From.LINK, 0, Width.BYTE, 0x60, 0xf0);
                default -> NEVER;
            };
        }
        return switch (layout.linkType) {
            case LinkType.IPV4 -> new Condition.Always(type == IP);
            case LinkType.IPV6 -> new Condition.Always(type == IP6);
            case LinkType.LTALK -> new Condition.Always(type == ATALK);
            case LinkType.LINUX_SLL -> cooked(type); // of LINUX_SLL2 libpcap asks the type alone
            case LinkType.FDDI, LinkType.IEEE802_5, LinkType.ATM_RFC1483, LinkType.IP_OVER_FC -> llc(type);
            case LinkType.PPP, LinkType.PPP_HDLC, LinkType.PPP_PPPD, LinkType.PPP_ETHER ->
                code.equal(From.TYPE, 0, Width.HALF, pppType(type));
            case LinkType.C_HDLC ->
                code.equal(From.TYPE, 0, Width.HALF, type == SAP_ISO ? SAP_ISO << 8 | SAP_ISO : type);
            case LinkType.NULL, LinkType.LOOP -> loopback(type);
            case LinkType.PFLOG ->
                type == IP
                        ? code.equal(From.LINK, 1, Width.BYTE, 2)
                        : type == IP6 ? code.equal(From.LINK, 1, Width.BYTE, 10) : NEVER;
            case LinkType.FRELAY -> frameRelay(type);
            case LinkType.ARCNET_BSD, LinkType.ARCNET_LINUX -> arcnet(type);
            default -> {
                if (layout.hasType) yield code.equal(From.TYPE, 0, Width.HALF, type);
                throw code.error("protocols cannot be told apart on link type " + LinkType.name(layout.linkType)
                        + "; link[...], len, less and greater work there");
            }
        };
    }

    private Condition behindLabels(int type) {
        int version = switch (type) {
            case IP, 0x21 -> 0x40;
            case IP6, 0x57 -> 0x60;
            default -> throw code.error("behind mpls only IPv4 and IPv6 can be told");
        };
        return and(
                code.equal(From.LABEL, 2, Width.BYTE, 1, 1), // the last label
                code.equal(From.NETWORK, 0, Width.BYTE, version, 0xf0));
    }

    private Condition isLength() {
        return not(code.test(From.TYPE, 0, Width.HALF, Comparison.GREATER, MOST_LENGTH));
    }

    private Condition ethernet(int type) {
        return switch (type) {
            case SAP_ISO, SAP_IP, SAP_NETBEUI -> and(isLength(), code.equal(From.LLC, 0, Width.HALF, type << 8 | type));
            case SAP_IPX ->
                or(
                        code.equal(From.TYPE, 0, Width.HALF, IPX_TYPE),
                        and(
                                isLength(),
                                or(
                                        snap(0, IPX_TYPE),
                                        or(
                                                code.equal(From.LLC, 0, Width.BYTE, SAP_IPX),
                                                code.equal(From.LLC, 0, Width.HALF, 0xffff)))));
            case ATALK, AARP ->
                or(
                        code.equal(From.TYPE, 0, Width.HALF, type),
                        and(isLength(), snap(type == ATALK ? 0x080007 : 0, type)));
            default ->
                type <= MOST_LENGTH
                        ? and(isLength(), code.equal(From.LLC, 0, Width.BYTE, type))
                        : code.equal(From.TYPE, 0, Width.HALF, type);
        };
    }

    private Condition cooked(int type) {
        Condition is8022 = code.equal(From.TYPE, 0, Width.HALF, SLL_802_2);
        return switch (type) {
            case SAP_ISO, SAP_IP, SAP_NETBEUI -> and(is8022, code.equal(From.LLC, 0, Width.HALF, type << 8 | type));
            case SAP_IPX ->
                or(
                        code.equal(From.TYPE, 0, Width.HALF, IPX_TYPE),
                        or(
                                code.equal(From.TYPE, 0, Width.HALF, SLL_802_3),
                                and(is8022, or(code.equal(From.LLC, 0, Width.BYTE, SAP_IPX), snap(0, IPX_TYPE)))));
            case ATALK, AARP ->
                or(code.equal(From.TYPE, 0, Width.HALF, type), and(is8022, snap(type == ATALK ? 0x080007 : 0, type)));
            default ->
                type <= MOST_LENGTH
                        ? and(is8022, code.equal(From.LLC, 0, Width.BYTE, type))
                        : code.equal(From.TYPE, 0, Width.HALF, type);
        };
    }

    private Condition llc(int type) {
        return switch (type) {
            case SAP_ISO, SAP_IP, SAP_NETBEUI -> code.equal(From.LLC, 0, Width.HALF, type << 8 | type);
            case SAP_IPX -> code.equal(From.LLC, 0, Width.BYTE, SAP_IPX);
            case ATALK -> snap(0x080007, ATALK);
            default ->
                type <= MOST_LENGTH
                        ? code.equal(From.LLC, 0, Width.BYTE, type)
                        : code.equal(From.LLC, 6, Width.HALF, type);
        };
    }

    /** A SNAP header of an organisation and a type. */
    private Condition snap(int organisation, int type) {
        return code.bytes(From.LLC, 0, new byte[] {
            (byte) 0xaa,
            (byte) 0xaa,
            3,
            (byte) (organisation >> 16),
            (byte) (organisation >> 8),
            (byte) organisation,
            (byte) (type >> 8),
            (byte) type
        });
    }

    /** BSD numbers of address families; that of IPv6 differs between systems. Of DLT_NULL either byte order is taken. */
    private Condition loopback(int type) {
        return switch (type) {
            case IP -> family(2);
            case IP6 -> or(family(30), or(family(24), family(28)));
            default -> NEVER;
        };
    }

    private Condition family(int family) {
        Condition inNetworkOrder = code.equal(From.LINK, 0, Width.WORD, family);
        if (layout.linkType == LinkType.LOOP) return inNetworkOrder;
        return or(code.equal(From.LINK, 0, Width.WORD, Integer.reverseBytes(family)), inNetworkOrder);
    }

    private Condition frameRelay(int type) {
        return switch (type) {
            case IP -> networkLayer(0xcc);
            case IP6 -> networkLayer(0x8e);
            case SAP_ISO -> or(networkLayer(0x81), or(networkLayer(0x82), networkLayer(0x83)));
            default -> NEVER;
        };
    }

    /** Frame Relay: a control field of UI and a network layer protocol identifier. */
    Condition networkLayer(int identifier) {
        return code.equal(From.LINK, 2, Width.HALF, 0x03 << 8 | identifier);
    }

    private Condition arcnet(int type) {
        return switch (type) {
            case IP -> or(arcnetType(212), arcnetType(240));
            case ARP -> or(arcnetType(213), arcnetType(241));
            case REVARP -> arcnetType(214);
            case IP6 -> arcnetType(196);
            case ATALK -> arcnetType(221);
            default -> NEVER;
        };
    }

    private Condition arcnetType(int type) {
        return code.equal(From.TYPE, 0, Width.BYTE, type);
    }

    private static int pppType(int type) {
        return switch (type) {
            case IP -> 0x0021;
            case IP6 -> 0x0057;
            case DECNET -> 0x0027;
            case ATALK -> 0x0029;
            case 0x0600 -> 0x0025; // XNS
            case SAP_ISO -> 0x0023;
            case SAP_STP -> 0x0031;
            case SAP_IPX -> 0x002b;
            default -> type;
        };
    }

    /** IEEE 802.11: bit 3 of the frame control field set, bit 2 clear. */
    private Condition isDataFrame() {
        return and(code.noBit(From.LINK, 0, 0x04), code.anyBit(From.LINK, 0, 0x08));
    }

    /** Is there an 802.2 header? */
    Condition hasLlc() {
        if (layout.isWlan()) return isDataFrame();
        return switch (layout.linkType) {
            case LinkType.ETHERNET -> and(isLength(), not(code.equal(From.LLC, 0, Width.HALF, 0xffff)));
            case LinkType.IEEE802_5, LinkType.FDDI, LinkType.ATM_RFC1483 -> new Condition.Always(true);
            default -> throw code.error("link type " + LinkType.name(layout.linkType) + " has no 802.2 header");
        };
    }
}
