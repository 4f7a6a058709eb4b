package io.pairwire.decode.filter.pcap;

import io.pairwire.capture.LinkType;

/**
 * Where the layers of a packet begin, as far as the expression has got: {@code vlan}, {@code mpls}, {@code pppoes} and
 * {@code geneve} move them for everything that is written behind.
 */
final class Layout {
    /** No register: the place is the same in every packet. */
    static final int FIXED = -1;

    /** Register of the length of a radio header, and of the place behind an 802.11 header; see {@link Prologue}. */
    static final int PREFIX = 0;

    static final int LINK_PAYLOAD = 1;
    static final int RESERVED = 2;

    /** A place in the frame: a constant and, unless {@link #FIXED}, the value of a register. */
    record Place(int constant, int register) {
        Place plus(int bytes) {
            return new Place(constant + bytes, register);
        }
    }

    /** The link type, as one of those that behave differently. */
    int linkType;

    Place link;
    /** Where the type field of the link header is. */
    Place type;
    /** Whether there is such a field. */
    boolean hasType;
    /** Behind the link header. */
    Place payload;
    /** From there to the network header, and to what follows an 802.2 header without SNAP. */
    int network;

    int networkWithoutSnap;
    /** {@code mpls} and {@code vlan} so far. */
    int labels;
    /** Whether we know more of the link type than where its packets begin. */
    boolean isKnown = true;
    /** Inside Geneve, where an Ethernet header may or may not be. */
    boolean inGeneve;

    Layout(int linkType) {
        this.linkType = linkType;
        link = fixed(0);
        type = fixed(0);
        hasType = true;
        payload = fixed(0);
        switch (linkType) {
            case LinkType.ETHERNET, LinkType.NETANALYZER, LinkType.NETANALYZER_TRANSPARENT -> {
                if (linkType == LinkType.NETANALYZER) link = fixed(4);
                if (linkType == LinkType.NETANALYZER_TRANSPARENT) link = fixed(12);
                header(12, 14);
                networkWithoutSnap = 3;
            }
            case LinkType.NULL, LinkType.LOOP -> header(0, 4);
            case LinkType.LINUX_SLL -> header(14, 16);
            case LinkType.LINUX_SLL2 -> header(0, 20);
            case LinkType.PPP, LinkType.PPP_HDLC, LinkType.PPP_PPPD, LinkType.C_HDLC -> header(2, 4);
            case LinkType.PPP_ETHER -> header(6, 8);
            case LinkType.APPLE_IP_OVER_IEEE1394 -> header(16, 18);
            case LinkType.ARCNET_BSD -> header(2, 6);
            case LinkType.ARCNET_LINUX -> header(4, 8);
            case LinkType.RAW,
                    LinkType.DLT_RAW,
                    LinkType.DLT_RAW_OPENBSD,
                    LinkType.IPV4,
                    LinkType.IPV6,
                    LinkType.FRELAY -> headerWithoutType(0);
            case LinkType.LTALK -> headerWithoutType(0);
            case LinkType.SLIP -> headerWithoutType(16);
            case LinkType.FDDI -> llc(fixed(13));
            case LinkType.IEEE802_5 -> llc(fixed(14));
            case LinkType.ATM_RFC1483 -> llc(fixed(0));
            case LinkType.IP_OVER_FC -> llc(fixed(16));
            case LinkType.IEEE802_11 -> llc(new Place(0, LINK_PAYLOAD));
            case LinkType.IEEE802_11_RADIOTAP, LinkType.IEEE802_11_PRISM, LinkType.IEEE802_11_AVS, LinkType.PPI -> {
                link = new Place(0, PREFIX);
                llc(new Place(0, LINK_PAYLOAD));
            }
            case LinkType.PFLOG -> {
                headerWithoutType(0);
                payload = new Place(0, LINK_PAYLOAD);
            }
            default -> {
                headerWithoutType(0);
                isKnown = false;
            }
        }
    }

    private static Place fixed(int constant) {
        return new Place(constant, FIXED);
    }

    private void header(int typeAt, int length) {
        type = link.plus(typeAt);
        payload = link.plus(length);
    }

    private void headerWithoutType(int length) {
        hasType = false;
        payload = fixed(length);
    }

    /** An 802.2 header with SNAP before the network header. */
    private void llc(Place behind) {
        hasType = false;
        payload = behind;
        network = 8;
        networkWithoutSnap = 3;
    }

    boolean isEthernet() {
        return linkType == LinkType.ETHERNET
                || linkType == LinkType.NETANALYZER
                || linkType == LinkType.NETANALYZER_TRANSPARENT;
    }

    boolean isWlan() {
        return linkType == LinkType.IEEE802_11 || hasRadio() || linkType == LinkType.PPI;
    }

    /** A radio header before the 802.11 header, other than PPI. */
    boolean hasRadio() {
        return linkType == LinkType.IEEE802_11_RADIOTAP
                || linkType == LinkType.IEEE802_11_PRISM
                || linkType == LinkType.IEEE802_11_AVS;
    }

    boolean isRaw() {
        return linkType == LinkType.RAW || linkType == LinkType.DLT_RAW || linkType == LinkType.DLT_RAW_OPENBSD;
    }

    /** Moves everything behind one VLAN tag. */
    void behindVlanTag() {
        type = type.plus(4);
        payload = payload.plus(4);
    }

    /** Moves everything behind one MPLS label. */
    void behindLabel() {
        network += 4;
        networkWithoutSnap += 4;
        labels++;
    }

    /** Makes the link header one of another type, behind a tunnel. */
    void tunnel(int newLinkType, Place newLink, Place newType, Place newPayload) {
        linkType = newLinkType;
        link = newLink;
        type = newType;
        hasType = true;
        payload = newPayload;
        network = 0;
        networkWithoutSnap = 0;
        inGeneve = false;
    }
}
