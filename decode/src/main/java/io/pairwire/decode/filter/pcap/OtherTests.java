package io.pairwire.decode.filter.pcap;

import static io.pairwire.decode.filter.ir.Condition.and;
import static io.pairwire.decode.filter.ir.Condition.not;
import static io.pairwire.decode.filter.ir.Condition.or;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.ir.Comparison;
import io.pairwire.decode.filter.ir.Condition;
import io.pairwire.decode.filter.ir.Operation;
import io.pairwire.decode.filter.ir.Width;
import io.pairwire.decode.filter.pcap.Code.From;
import io.pairwire.decode.filter.pcap.Expression.Primitive;
import java.util.List;
import java.util.OptionalInt;

/** The primitives that are neither addresses nor arithmetic. */
final class OtherTests {
    /** Offsets that Linux answers from what it knows of a packet, linux/filter.h; no packet in a file reaches so far. */
    private static final int LINUX_PACKET_TYPE = -0x1000 + 4;

    private static final int LINUX_INTERFACE = -0x1000 + 8;
    private static final int OUTGOING = 4;

    private final Code code;
    private final Layout layout;
    private final LinkTests links;
    private final AddressTests addresses;
    private final Encapsulations encapsulations;
    private final WlanTypes wlanTypes;
    private final PfTests pf;
    private final int netmask;

    OtherTests(Code code, LinkTests links, AddressTests addresses, Encapsulations encapsulations, int netmask) {
        this.code = code;
        this.links = links;
        this.addresses = addresses;
        this.encapsulations = encapsulations;
        this.netmask = netmask;
        layout = code.layout;
        wlanTypes = new WlanTypes(code);
        pf = new PfTests(code);
    }

    Condition test(Primitive primitive) {
        List<Token> arguments = primitive.arguments();
        OptionalInt number = arguments.size() == 1 && arguments.getFirst().is(Token.Kind.NUMBER)
                ? OptionalInt.of(arguments.getFirst().number())
                : OptionalInt.empty();
        return switch (primitive.name()) {
            case "broadcast" -> broadcast(primitive.protocol());
            case "multicast" -> multicast(primitive.protocol());
            case "less" -> not(length(Comparison.GREATER, number.orElse(0)));
            case "greater" -> length(Comparison.GREATER_OR_EQUAL, number.orElse(0));
            case "byte" ->
                byteTest(
                        arguments.get(0).number(),
                        arguments.get(1).text(),
                        arguments.get(2).number());
            case "inbound" -> direction(false);
            case "outbound" -> direction(true);
            case "ifindex" -> interfaceIndex(number.orElse(0));
            case "vlan" -> encapsulations.vlan(number);
            case "mpls" -> encapsulations.mpls(number);
            case "pppoed" -> encapsulations.pppoeDiscovery();
            case "pppoes" -> encapsulations.pppoeSession(number);
            case "geneve" -> encapsulations.geneve(number);
            case "vxlan" -> encapsulations.vxlan(number);
            case "llc" -> llc(arguments.isEmpty() ? "" : arguments.getFirst().text());
            case "type", "subtype", "dir" -> wlanTypes.test(primitive.name(), arguments);
            case "ifname", "rset", "rnr", "srnr", "reason", "action" -> pf.test(primitive.name(), arguments.getFirst());
            case "vpi",
                    "vci",
                    "lane",
                    "metac",
                    "bcc",
                    "oam",
                    "oamf4",
                    "oamf4ec",
                    "oamf4sc",
                    "sc",
                    "ilmic",
                    "connectmsg",
                    "metaconnect" ->
                throw code.error("\"" + primitive.name() + "\" is for ATM, which we do not filter");
            default -> throw code.error("\"" + primitive.name() + "\" is for SS7, which we do not filter");
        };
    }

    private Condition length(Comparison comparison, int bytes) {
        int length = code.fresh();
        return new Condition.Test(
                List.of(new Operation.Length(length)), comparison, Code.register(length), Code.constant(bytes));
    }

    private Condition byteTest(int offset, String operator, int value) {
        return switch (operator) {
            case "=" -> code.equal(From.LINK, offset, Width.BYTE, value);
            case ">" -> code.test(From.LINK, offset, Width.BYTE, Comparison.GREATER, value);
            case "<" -> not(code.test(From.LINK, offset, Width.BYTE, Comparison.GREATER_OR_EQUAL, value));
            case "&" -> code.anyBit(From.LINK, offset, value);
            default -> // "|": any bit of either
                value != 0 ? new Condition.Always(true) : not(code.equal(From.LINK, offset, Width.BYTE, 0));
        };
    }

    private Condition broadcast(Protocol protocol) {
        return switch (protocol) {
            case ANY, LINK -> addresses.broadcast();
            case IP -> {
                int host = ~netmask;
                yield and(
                        links.carries(LinkTests.IP),
                        or(
                                code.equal(From.NETWORK, 16, Width.WORD, 0, host),
                                code.equal(From.NETWORK, 16, Width.WORD, host, host)));
            }
            default -> throw code.error("\"" + protocol.keyword() + "\" has no broadcast; ether and ip have");
        };
    }

    private Condition multicast(Protocol protocol) {
        return switch (protocol) {
            case ANY, LINK -> addresses.multicast();
            case IP ->
                and(
                        links.carries(LinkTests.IP),
                        code.test(From.NETWORK, 16, Width.BYTE, Comparison.GREATER_OR_EQUAL, 224));
            case IP6 -> and(links.carries(LinkTests.IP6), code.equal(From.NETWORK, 24, Width.BYTE, 255));
            default -> throw code.error("\"" + protocol.keyword() + "\" has no multicast; ether, ip and ip6 have");
        };
    }

    private Condition direction(boolean outbound) {
        return switch (layout.linkType) {
            case LinkType.SLIP -> {
                Condition received = code.equal(From.LINK, 0, Width.BYTE, 0);
                yield outbound ? not(received) : received;
            }
            case LinkType.LINUX_SLL -> sent(code.equal(From.LINK, 0, Width.HALF, OUTGOING), outbound);
            case LinkType.LINUX_SLL2 -> sent(code.equal(From.LINK, 10, Width.BYTE, OUTGOING), outbound);
            case LinkType.PFLOG -> code.equal(From.LINK, 60, Width.BYTE, outbound ? 2 : 1);
            case LinkType.PPP_PPPD -> code.equal(From.LINK, 0, Width.BYTE, outbound ? 1 : 0);
            default -> {
                if (!layout.isKnown) {
                    throw code.error("the direction cannot be told on link type " + LinkType.name(layout.linkType));
                }
                yield sent(code.equal(From.LINK, LINUX_PACKET_TYPE, Width.HALF, OUTGOING), outbound);
            }
        };
    }

    private static Condition sent(Condition sent, boolean outbound) {
        return outbound ? sent : not(sent);
    }

    private Condition interfaceIndex(int index) {
        int offset = layout.linkType == LinkType.LINUX_SLL2 ? 4 : LINUX_INTERFACE;
        return code.equal(From.LINK, offset, Width.WORD, index);
    }

    private Condition llc(String type) {
        return switch (type) {
            case "" -> links.hasLlc();
            case "i" -> and(links.hasLlc(), code.noBit(From.LLC, 2, 1));
            case "s" -> control(1, 0x03);
            case "u" -> control(3, 0x03);
            case "rr" -> control(0x01, 0x0f);
            case "rnr" -> control(0x05, 0x0f);
            case "rej" -> control(0x09, 0x0f);
            case "ui" -> control(0x03, 0xef);
            case "ua" -> control(0x63, 0xef);
            case "dm" -> control(0x0f, 0xef);
            case "disc" -> control(0x43, 0xef);
            case "sabme" -> control(0x6f, 0xef);
            case "test" -> control(0xe3, 0xef);
            case "xid" -> control(0xaf, 0xef);
            case "frmr" -> control(0x87, 0xef);
            default ->
                throw code.error("unknown type of 802.2 frame \"" + type
                        + "\"; known are i s u rr rnr rej ui ua dm disc sabme test xid frmr");
        };
    }

    /** IEEE 802.2 §5.3: the control field. */
    private Condition control(int value, int mask) {
        return and(links.hasLlc(), code.equal(From.LLC, 2, Width.BYTE, value, mask));
    }
}
