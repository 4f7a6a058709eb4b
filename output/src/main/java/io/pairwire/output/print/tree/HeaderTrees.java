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
        trees.put(Layer.ICMP, IcmpTree.TREE);
        trees.put(Layer.ICMPV6, IcmpTree.VERSION_6);
        for (Layer layer : Layer.values()) trees.computeIfAbsent(layer, HeaderTrees::unknown);
        return trees;
    }

    static HeaderTree of(Layer layer) {
        HeaderTree tree = TREES.get(layer);
        return tree == null ? unknown(layer) : tree;
    }

    private static HeaderTree unknown(Layer layer) {
        String words = layer.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return HeaderTree.of(Character.toUpperCase(words.charAt(0)) + words.substring(1), "")
                .options((_, _, from, to, lines) -> lines.begin(from, to - from, "header")
                        .decimal(to - from)
                        .text(" bytes"));
    }
}
