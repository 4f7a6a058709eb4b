package io.pairwire.decode.wire;

/** EtherTypes, as in the <a href="https://standards-oui.ieee.org/ethertype/eth.txt">registry of the IEEE</a>. */
public final class EtherType {
    /** From this value on the field is a type; below, it is the length of an IEEE 802.3 frame (or undefined). */
    public static final int SMALLEST = 0x0600;

    public static final int IPV4 = 0x0800;
    public static final int ARP = 0x0806;

    /** Reverse ARP (RFC 903). */
    public static final int RARP = 0x8035;

    /** A whole Ethernet frame, in GRE, Geneve and elsewhere (RFC 1701 §3). */
    public static final int ETHERNET = 0x6558;

    /** PPP inside version 1 of GRE (RFC 2637). */
    public static final int PPP_IN_GRE = 0x880b;

    /** Mirrored traffic in GRE, types I and II. */
    public static final int ERSPAN = 0x88be;

    /** Mirrored traffic in GRE, type III. */
    public static final int ERSPAN_3 = 0x22eb;

    /** IEEE 802.1Q customer tag. */
    public static final int VLAN = 0x8100;

    public static final int IPV6 = 0x86dd;
    public static final int MPLS = 0x8847;

    /** MPLS with an upstream-assigned label (RFC 5332); used for multicast before. */
    public static final int MPLS_UPSTREAM = 0x8848;

    /** IEEE 802.1ad service tag. */
    public static final int SERVICE_VLAN = 0x88a8;

    /** Tag of stacked VLANs before 802.1ad, as are 0x9200 and 0x9300. */
    public static final int OLD_STACKED_VLAN = 0x9100;

    public static final int OLD_STACKED_VLAN_2 = 0x9200;
    public static final int OLD_STACKED_VLAN_3 = 0x9300;
    public static final int PPPOE_DISCOVERY = 0x8863;
    public static final int PPPOE_SESSION = 0x8864;

    /** IEEE 802.1AE, security tag of MACsec. */
    public static final int MACSEC = 0x88e5;

    /** IEEE 802.1Q clause 9.7, the service instance tag of provider backbone bridges. */
    public static final int SERVICE_INSTANCE = 0x88e7;

    /** IEEE 802.1BR port extension; VN-Tag of Cisco. */
    public static final int VN_TAG = 0x8926;

    private EtherType() {}

    /** Does a VLAN tag follow? */
    public static boolean isVlan(int etherType) {
        return switch (etherType) {
            case VLAN, SERVICE_VLAN, OLD_STACKED_VLAN, OLD_STACKED_VLAN_2, OLD_STACKED_VLAN_3 -> true;
            default -> false;
        };
    }

    /** Does an MPLS label stack follow? */
    public static boolean isMpls(int etherType) {
        return etherType == MPLS || etherType == MPLS_UPSTREAM;
    }
}
