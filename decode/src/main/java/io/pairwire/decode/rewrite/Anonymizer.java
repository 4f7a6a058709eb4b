package io.pairwire.decode.rewrite;

import io.pairwire.capture.Packet;

/**
 * Rewrites packets so that they may be shown to others: addresses of IP and Ethernet mapped under a key, prefixes of IP
 * addresses preserved; payload taken out; checksums put right where they were right.
 *
 * <p>Addresses are found in link headers, ARP, IPv4 options, IPv6 extension headers, packets that ICMP quotes, neighbour
 * and listener discovery, IGMP, Multipath TCP, and in packets inside GRE, VXLAN, Geneve, GTP, MPLS, PPPoE, Teredo and IP.
 * Times, VLAN tags, ports, sequence numbers and lengths stay. From a header that is cut or malformed on, the packet is
 * cleared. Addresses written in payload stay if payload is kept.
 *
 * <p>Any bytes may come; nothing is thrown. A run over a packet is bounded by its length and a nesting of 24. Allocates
 * only for a packet longer than all before. Not thread-safe; one each for as many threads as there are gives the same
 * answers.
 */
public final class Anonymizer {
    private final Edit edit;

    /** @param listener hears which address became which; called inside {@link #rewrite} */
    public Anonymizer(AnonymizationKey key, AnonymizerSettings settings, MappingListener listener) {
        edit = new Edit(new AnonymizerRules(key, settings, listener));
    }

    /**
     * The packet as it may be shown: same time, link type, interface, original length and number; without comments and
     * whatever else stands beside a packet.
     *
     * @return a view on memory of this anonymizer, valid until the next call
     */
    public Packet rewrite(Packet packet) {
        edit.begin(packet);
        LinkRewriter.packet(edit, packet.linkType());
        return edit.end();
    }

    /** What was done so far. */
    public AnonymizerStatistics statistics() {
        return edit.statistics();
    }
}
