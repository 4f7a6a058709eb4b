package io.pairwire.decode.filter.pcap;

import static io.pairwire.decode.filter.ir.Condition.and;
import static io.pairwire.decode.filter.ir.Condition.or;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.ir.Block;
import io.pairwire.decode.filter.ir.Comparison;
import io.pairwire.decode.filter.ir.Condition;
import io.pairwire.decode.filter.ir.Condition.Graph;
import io.pairwire.decode.filter.ir.Operation;
import io.pairwire.decode.filter.ir.Operator;
import io.pairwire.decode.filter.ir.Terminator;
import io.pairwire.decode.filter.ir.Width;
import io.pairwire.decode.filter.pcap.Code.From;
import io.pairwire.decode.filter.pcap.Layout.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Tests that move the layers for everything written behind them. */
final class Encapsulations {
    private static final int[] VLAN_TYPES = {0x8100, 0x88a8, 0x9100};
    private static final int PPPOE_DISCOVERY = 0x8863;
    private static final int PPPOE_SESSION = 0x8864;
    private static final int GENEVE_PORT = 6081;
    private static final int VXLAN_PORT = 4789;
    private static final int TRANSPARENT_ETHERNET = 0x6558;

    private final Code code;
    private final LinkTests links;
    private final PortTests ports;

    Encapsulations(Code code, LinkTests links, PortTests ports) {
        this.code = code;
        this.links = links;
        this.ports = ports;
    }

    private void limit(OptionalInt number, int most, String what) {
        if (number.isPresent() && Integer.compareUnsigned(number.getAsInt(), most) > 0) {
            throw code.error(what + " " + Integer.toUnsignedString(number.getAsInt()) + " exceeds " + most);
        }
    }

    Condition vlan(OptionalInt id) {
        limit(id, 0xfff, "VLAN");
        Layout layout = code.layout;
        if (layout.labels > 0) throw code.error("vlan cannot be told behind mpls");
        if (!layout.isEthernet() && !layout.isWlan() || layout.linkType == LinkType.PPI) {
            throw code.error("there is no vlan on link type " + LinkType.name(layout.linkType));
        }
        Condition tagged =
                or(links.carries(VLAN_TYPES[0]), or(links.carries(VLAN_TYPES[1]), links.carries(VLAN_TYPES[2])));
        if (id.isPresent()) tagged = and(tagged, code.equal(From.NETWORK, 0, Width.HALF, id.getAsInt(), 0xfff));
        layout.behindVlanTag();
        return tagged;
    }

    Condition mpls(OptionalInt label) {
        limit(label, 0xfffff, "MPLS label");
        Layout layout = code.layout;
        Condition labelled;
        if (layout.labels > 0) {
            labelled = code.equal(From.LABEL, 2, Width.BYTE, 0, 1); // not the last one before
        } else if (layout.isEthernet() || layout.linkType == LinkType.C_HDLC) {
            labelled = links.carries(LinkTests.MPLS);
        } else if (layout.linkType == LinkType.PPP) {
            labelled = links.carries(LinkTests.PPP_MPLS);
        } else {
            throw code.error("there is no mpls on link type " + LinkType.name(layout.linkType));
        }
        if (label.isPresent()) {
            labelled = and(labelled, code.equal(From.NETWORK, 0, Width.WORD, label.getAsInt() << 12, 0xffff_f000));
        }
        layout.behindLabel();
        return labelled;
    }

    Condition pppoeDiscovery() {
        return links.carries(PPPOE_DISCOVERY);
    }

    Condition pppoeSession(OptionalInt session) {
        limit(session, 0xffff, "PPPoE session");
        Layout layout = code.layout;
        Condition carried = links.carries(PPPOE_SESSION);
        if (session.isPresent()) {
            carried = and(carried, code.equal(From.NETWORK, 0, Width.WORD, session.getAsInt(), 0xffff));
        }
        Place ppp = layout.payload.plus(layout.network + 6);
        layout.tunnel(LinkType.PPP, ppp, ppp, ppp.plus(2));
        return carried;
    }

    /** RFC 8926: version 0, and the network identifier if one is given. */
    Condition geneve(OptionalInt identifier) {
        limit(identifier, 0xff_ffff, "Geneve network");
        return tunnel(GENEVE_PORT, 0, 0xc0, identifier, true);
    }

    /** RFC 7348: the flag of a valid identifier, and the identifier if one is given. */
    Condition vxlan(OptionalInt identifier) {
        limit(identifier, 0xff_ffff, "VXLAN");
        return tunnel(VXLAN_PORT, 0x08, 0xff, identifier, false);
    }

    private Condition tunnel(int port, int first, int firstMask, OptionalInt identifier, boolean geneve) {
        int header = code.fresh(); // where the tunnel's header begins
        Condition ip4 = over(port, false, first, firstMask, identifier, header);
        Condition ip6 = over(port, true, first, firstMask, identifier, header);
        int link = code.fresh();
        int type = code.fresh();
        int payload = code.fresh();
        Graph places = geneve ? genevePlaces(header, link, type, payload) : vxlanPlaces(header, link, type, payload);
        code.layout.tunnel(LinkType.ETHERNET, new Place(0, link), new Place(0, type), new Place(0, payload));
        code.layout.networkWithoutSnap = 0;
        code.layout.inGeneve = geneve;
        return and(or(ip4, ip6), places);
    }

    private Condition over(int port, boolean ip6, int first, int firstMask, OptionalInt identifier, int header) {
        From transport = ip6 ? From.TRANSPORT6 : From.TRANSPORT4;
        Condition all = and(ports.udpDestination(port, ip6), code.equal(transport, 8, Width.BYTE, first, firstMask));
        if (identifier.isPresent()) {
            all = and(all, code.equal(transport, 12, Width.WORD, identifier.getAsInt() << 8, 0xffff_ff00));
        }
        var operations = new ArrayList<Operation>();
        Place udp = code.place(transport, operations);
        operations.add(
                new Operation.Arithmetic(header, Operator.ADD, code.base(udp), Code.constant(udp.constant() + 8)));
        return and(all, steps(operations));
    }

    private static Graph steps(List<Operation> operations) {
        return new Graph(List.of(new Block(operations, new Terminator.Jump(Graph.YES))));
    }

    /** Behind header and options is Ethernet or, as the header's type says, something else. */
    private Graph genevePlaces(int header, int link, int type, int payload) {
        var operations = new ArrayList<Operation>();
        int options = code.fresh();
        operations.add(new Operation.Load(options, Code.register(header), 0, Width.BYTE));
        int words = code.compute(operations, Operator.AND, Code.register(options), Code.constant(0x3f));
        int bytes = code.compute(operations, Operator.MULTIPLY, Code.register(words), Code.constant(4));
        int length = code.compute(operations, Operator.ADD, Code.register(bytes), Code.constant(8));
        operations.add(new Operation.Arithmetic(link, Operator.ADD, Code.register(length), Code.register(header)));
        int carried = code.fresh();
        operations.add(new Operation.Load(carried, Code.register(header), 2, Width.HALF));
        var isEthernet = new Terminator.Branch(
                Comparison.EQUAL, Code.register(carried), Code.constant(TRANSPARENT_ETHERNET), 1, 2);
        return new Graph(List.of(
                new Block(operations, isEthernet),
                new Block(ethernetPlaces(link, type, payload), new Terminator.Jump(Graph.YES)),
                new Block(
                        List.of(
                                new Operation.Arithmetic(type, Operator.ADD, Code.register(header), Code.constant(2)),
                                new Operation.Move(payload, Code.register(link))),
                        new Terminator.Jump(Graph.YES))));
    }

    private static Graph vxlanPlaces(int header, int link, int type, int payload) {
        var operations = new ArrayList<Operation>();
        operations.add(new Operation.Arithmetic(link, Operator.ADD, Code.register(header), Code.constant(8)));
        operations.addAll(ethernetPlaces(link, type, payload));
        return steps(operations);
    }

    private static List<Operation> ethernetPlaces(int link, int type, int payload) {
        return List.of(
                new Operation.Arithmetic(type, Operator.ADD, Code.register(link), Code.constant(12)),
                new Operation.Arithmetic(payload, Operator.ADD, Code.register(link), Code.constant(14)));
    }
}
