package io.pairwire.output.print.tree;

import io.pairwire.decode.Layer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** The table of each kind of header. A new header is one file beside this one, and one line here. */
final class HeaderTrees {
    private static final Map<Layer, HeaderTree> TREES = trees();

    private HeaderTrees() {}

    private static Map<Layer, HeaderTree> trees() {
        var trees = new EnumMap<Layer, HeaderTree>(Layer.class);
        trees.put(Layer.ETHERNET, EthernetTree.TREE);
        trees.put(Layer.LINUX_COOKED, LinuxCookedTree.TREE);
        trees.put(Layer.LINUX_COOKED_2, LinuxCookedTree.VERSION_2);
        trees.put(Layer.NULL_LOOPBACK, NullLoopbackTree.TREE);
        trees.put(Layer.VLAN, VlanTree.TREE);
        trees.put(Layer.MPLS, MplsTree.TREE);
        trees.put(Layer.ARP, ArpTree.TREE);
        trees.put(Layer.RARP, ArpTree.REVERSE);
        trees.put(Layer.LLC, LlcTree.TREE);
        trees.put(Layer.SNAP, LlcTree.SNAP);
        trees.put(Layer.PPPOE, PppoeTree.TREE);
        trees.put(Layer.CISCO_HDLC, CiscoHdlcTree.TREE);
        trees.put(Layer.RADIOTAP, RadiotapTree.TREE);
        trees.put(Layer.IPV4, Ipv4Tree.TREE);
        trees.put(Layer.IPV6, Ipv6Tree.TREE);
        trees.put(Layer.IPV6_HOP_BY_HOP, Ipv6ExtensionTree.of("IPv6 hop-by-hop options", "RFC 8200 section 4.3"));
        trees.put(
                Layer.IPV6_DESTINATION_OPTIONS,
                Ipv6ExtensionTree.of("IPv6 destination options", "RFC 8200 section 4.6"));
        trees.put(Layer.MOBILITY, Ipv6ExtensionTree.of("Mobility header", "RFC 6275 section 6.1"));
        trees.put(Layer.HOST_IDENTITY, Ipv6ExtensionTree.of("Host Identity Protocol", "RFC 7401 section 5.1"));
        trees.put(Layer.SHIM6, Ipv6ExtensionTree.of("Shim6", "RFC 5533 section 5.1"));
        trees.put(Layer.IPV6_ROUTING, Ipv6ExtensionTree.ROUTING);
        trees.put(Layer.IPV6_FRAGMENT, Ipv6ExtensionTree.FRAGMENT);
        trees.put(Layer.AUTHENTICATION_HEADER, AuthenticationTree.TREE);
        trees.put(Layer.TCP, TcpTree.TREE);
        trees.put(Layer.UDP, UdpTree.TREE);
        trees.put(Layer.SCTP, SctpTree.TREE);
        trees.put(Layer.UDP_LITE, UdpTree.LITE);
        trees.put(Layer.GRE, TunnelTrees.GRE);
        trees.put(Layer.VXLAN, TunnelTrees.VXLAN);
        trees.put(Layer.ESP, TunnelTrees.ESP);
        trees.put(Layer.GTP_U, TunnelTrees.GTP_U);
        trees.put(Layer.IGMP, IcmpTree.IGMP);
        trees.put(Layer.ICMP, IcmpTree.TREE);
        trees.put(Layer.ICMPV6, IcmpTree.VERSION_6);
        for (Layer layer : Layer.values()) trees.computeIfAbsent(layer, HeaderTrees::unknown);
        return trees;
    }

    static HeaderTree of(Layer layer) {
        HeaderTree tree = TREES.get(layer);
        return tree == null ? unknown(layer) : tree;
    }

    /** A header of which only the length is told. */
    private static HeaderTree unknown(Layer layer) {
        return HeaderTree.of(name(layer), reference(layer))
                .options((_, _, from, to, lines) -> lines.begin(from, to - from, "header")
                        .decimal(to - from)
                        .text(" bytes"));
    }

    private static String name(Layer layer) {
        return switch (layer) {
            case PPP -> "PPP";
            case DCCP, ERSPAN, PIM -> layer.name();
            case GTP_0 -> "GTP version 0";
            case L2TP -> "L2TP version 2";
            case L2TP_3 -> "L2TP version 3";
            case ETHER_IP -> "EtherIP";
            case MACSEC -> "MACsec";
            case VN_TAG -> "VN-Tag";
            case IEEE_802_11 -> "IEEE 802.11";
            case IEEE_802_15_4 -> "IEEE 802.15.4";
            case AVS -> "AVS";
            case PPI -> "PPI";
            case PFLOG -> "PFLOG";
            case NFLOG -> "NFLOG";
            case PKTAP -> "PKTAP";
            case FDDI -> "FDDI";
            case ERF -> "ERF";
            case CAN -> "CAN";
            case DSA -> "DSA tag";
            case SLIP -> "SLIP";
            case IPOIB -> "IP over InfiniBand";
            case DOCSIS -> "DOCSIS";
            default -> {
                String words = layer.name().toLowerCase(Locale.ROOT).replace('_', ' ');
                yield Character.toUpperCase(words.charAt(0)) + words.substring(1);
            }
        };
    }

    private static String reference(Layer layer) {
        return switch (layer) {
            case PPP -> "RFC 1661";
            case DCCP -> "RFC 4340";
            case GENEVE -> "RFC 8926";
            case PIM -> "RFC 7761";
            case TEREDO -> "RFC 4380";
            case L2TP -> "RFC 2661";
            case L2TP_3 -> "RFC 3931";
            case ETHER_IP -> "RFC 3378";
            case FRAME_RELAY -> "RFC 2427";
            case MACSEC -> "IEEE 802.1AE";
            case SERVICE_INSTANCE -> "IEEE 802.1ah";
            case PSEUDOWIRE -> "RFC 4385";
            case IEEE_802_11 -> "IEEE 802.11";
            case IEEE_802_15_4 -> "IEEE 802.15.4";
            case ARCNET -> "RFC 1201";
            case FDDI -> "ISO 9314";
            case TOKEN_RING -> "IEEE 802.5";
            case FIBRE_CHANNEL -> "RFC 4338";
            case FIREWIRE -> "RFC 2734";
            case SUNATM -> "RFC 2684";
            case IPOIB -> "RFC 4391";
            case SLIP -> "RFC 1055";
            default -> "";
        };
    }
}
