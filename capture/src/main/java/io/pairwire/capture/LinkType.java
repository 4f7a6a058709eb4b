package io.pairwire.capture;

/**
 * What the first byte of a packet belongs to: numbers of the
 * <a href="https://www.tcpdump.org/linktypes.html">link-layer header type registry</a>, as they stand in capture files.
 */
public final class LinkType {
    /** BSD loopback: four bytes of address family in the byte order of the capturing host. */
    public static final int NULL = 0;

    public static final int ETHERNET = 1;
    public static final int AX25 = 3;
    public static final int IEEE802_5 = 6;
    public static final int ARCNET_BSD = 7;
    public static final int SLIP = 8;
    public static final int PPP = 9;
    public static final int FDDI = 10;

    /** IPv4 or IPv6 without a link header: the value of most systems, which does not belong into files but is found there. */
    public static final int DLT_RAW = 12;

    /** IPv4 or IPv6 without a link header, as OpenBSD numbers it. */
    public static final int DLT_RAW_OPENBSD = 14;

    public static final int PPP_HDLC = 50;
    public static final int PPP_ETHER = 51;
    public static final int ATM_RFC1483 = 100;

    /** IPv4 or IPv6 without a link header; the version nibble tells which. */
    public static final int RAW = 101;

    public static final int C_HDLC = 104;
    public static final int IEEE802_11 = 105;
    public static final int ATM_CLIP = 106;
    public static final int FRELAY = 107;

    /** OpenBSD loopback: four bytes of address family in network byte order. */
    public static final int LOOP = 108;

    public static final int ENC = 109;

    public static final int LINUX_SLL = 113;
    public static final int LTALK = 114;
    public static final int PFLOG = 117;
    public static final int IEEE802_11_PRISM = 119;
    public static final int IP_OVER_FC = 122;
    public static final int SUNATM = 123;
    public static final int IEEE802_11_RADIOTAP = 127;
    public static final int ARCNET_LINUX = 129;
    public static final int JUNIPER_ATM2 = 135;
    public static final int JUNIPER_ATM1 = 137;
    public static final int APPLE_IP_OVER_IEEE1394 = 138;
    public static final int MTP2_WITH_PHDR = 139;
    public static final int MTP2 = 140;
    public static final int MTP3 = 141;
    public static final int SCCP = 142;
    public static final int DOCSIS = 143;
    public static final int LINUX_IRDA = 144;
    public static final int USER0 = 147;

    /** Also what Darwin wrote for {@link #PKTAP} before that had a number. */
    public static final int USER2 = 149;

    public static final int USER15 = 162;
    public static final int IEEE802_11_AVS = 163;
    public static final int BACNET_MS_TP = 165;
    public static final int PPP_PPPD = 166;
    public static final int GPRS_LLC = 169;
    public static final int LINUX_LAPD = 177;
    public static final int JUNIPER_ETHER = 178;
    public static final int JUNIPER_PPP = 179;
    public static final int JUNIPER_FRELAY = 180;
    public static final int JUNIPER_CHDLC = 181;
    public static final int BLUETOOTH_HCI_H4 = 187;
    public static final int USB_LINUX = 189;
    public static final int PPI = 192;
    public static final int IEEE802_15_4_WITHFCS = 195;
    public static final int SITA = 196;
    public static final int ERF = 197;
    public static final int BLUETOOTH_HCI_H4_WITH_PHDR = 201;
    public static final int AX25_KISS = 202;
    public static final int LAPD = 203;
    public static final int PPP_WITH_DIR = 204;
    public static final int C_HDLC_WITH_DIR = 205;
    public static final int FRELAY_WITH_DIR = 206;
    public static final int IPMB_LINUX = 209;
    public static final int USB_LINUX_MMAPPED = 220;
    public static final int FC_2 = 224;
    public static final int IPNET = 226;
    public static final int CAN_SOCKETCAN = 227;

    /** IPv4 without a link header. */
    public static final int IPV4 = 228;

    /** IPv6 without a link header. */
    public static final int IPV6 = 229;

    public static final int IEEE802_15_4_NOFCS = 230;
    public static final int DBUS = 231;
    public static final int MUX27010 = 236;
    public static final int STANAG_5066_D_PDU = 237;
    public static final int NFLOG = 239;
    public static final int NETANALYZER = 240;
    public static final int NETANALYZER_TRANSPARENT = 241;
    public static final int IPOIB = 242;
    public static final int MPEG_2_TS = 243;
    public static final int SCTP = 248;
    public static final int USBPCAP = 249;
    public static final int RTAC_SERIAL = 250;
    public static final int BLUETOOTH_LE_LL = 251;
    public static final int WIRESHARK_UPPER_PDU = 252;
    public static final int NETLINK = 253;
    public static final int BLUETOOTH_LINUX_MONITOR = 254;
    public static final int BLUETOOTH_LE_LL_WITH_PHDR = 256;
    public static final int PROFIBUS_DL = 257;
    public static final int PKTAP = 258;
    public static final int EPON = 259;
    public static final int ISO_14443 = 264;
    public static final int RDS = 265;
    public static final int USB_DARWIN = 266;
    public static final int VSOCK = 271;
    public static final int NORDIC_BLE = 272;
    public static final int DOCSIS31_XRA31 = 273;
    public static final int ETHERNET_MPACKET = 274;
    public static final int DISPLAYPORT_AUX = 275;
    public static final int LINUX_SLL2 = 276;
    public static final int OPENVIZSLA = 278;
    public static final int DSA_TAG_BRCM = 281;
    public static final int DSA_TAG_BRCM_PREPEND = 282;
    public static final int IEEE802_15_4_TAP = 283;
    public static final int DSA_TAG_DSA = 284;
    public static final int DSA_TAG_EDSA = 285;

    private LinkType() {}

    /** The name in the registry without its prefix, such as {@code LINUX_SLL2}; the number itself where none is known here. */
    public static String name(int linkType) {
        return switch (linkType) {
            case NULL -> "NULL";
            case ETHERNET -> "ETHERNET";
            case AX25 -> "AX25";
            case IEEE802_5 -> "IEEE802_5";
            case ARCNET_BSD -> "ARCNET_BSD";
            case SLIP -> "SLIP";
            case PPP -> "PPP";
            case FDDI -> "FDDI";
            case DLT_RAW, DLT_RAW_OPENBSD, RAW -> "RAW";
            case PPP_HDLC -> "PPP_HDLC";
            case PPP_ETHER -> "PPP_ETHER";
            case ATM_RFC1483 -> "ATM_RFC1483";
            case C_HDLC -> "C_HDLC";
            case IEEE802_11 -> "IEEE802_11";
            case ATM_CLIP -> "ATM_CLIP";
            case FRELAY -> "FRELAY";
            case LOOP -> "LOOP";
            case ENC -> "ENC";
            case LINUX_SLL -> "LINUX_SLL";
            case LTALK -> "LTALK";
            case PFLOG -> "PFLOG";
            case IEEE802_11_PRISM -> "IEEE802_11_PRISM";
            case IP_OVER_FC -> "IP_OVER_FC";
            case SUNATM -> "SUNATM";
            case IEEE802_11_RADIOTAP -> "IEEE802_11_RADIOTAP";
            case ARCNET_LINUX -> "ARCNET_LINUX";
            case JUNIPER_ATM2 -> "JUNIPER_ATM2";
            case JUNIPER_ATM1 -> "JUNIPER_ATM1";
            case APPLE_IP_OVER_IEEE1394 -> "APPLE_IP_OVER_IEEE1394";
            case MTP2_WITH_PHDR -> "MTP2_WITH_PHDR";
            case MTP2 -> "MTP2";
            case MTP3 -> "MTP3";
            case SCCP -> "SCCP";
            case DOCSIS -> "DOCSIS";
            case LINUX_IRDA -> "LINUX_IRDA";
            case IEEE802_11_AVS -> "IEEE802_11_AVS";
            case BACNET_MS_TP -> "BACNET_MS_TP";
            case PPP_PPPD -> "PPP_PPPD";
            case GPRS_LLC -> "GPRS_LLC";
            case LINUX_LAPD -> "LINUX_LAPD";
            case JUNIPER_ETHER -> "JUNIPER_ETHER";
            case JUNIPER_PPP -> "JUNIPER_PPP";
            case JUNIPER_FRELAY -> "JUNIPER_FRELAY";
            case JUNIPER_CHDLC -> "JUNIPER_CHDLC";
            case BLUETOOTH_HCI_H4 -> "BLUETOOTH_HCI_H4";
            case USB_LINUX -> "USB_LINUX";
            case PPI -> "PPI";
            case IEEE802_15_4_WITHFCS -> "IEEE802_15_4_WITHFCS";
            case SITA -> "SITA";
            case ERF -> "ERF";
            case BLUETOOTH_HCI_H4_WITH_PHDR -> "BLUETOOTH_HCI_H4_WITH_PHDR";
            case AX25_KISS -> "AX25_KISS";
            case LAPD -> "LAPD";
            case PPP_WITH_DIR -> "PPP_WITH_DIR";
            case C_HDLC_WITH_DIR -> "C_HDLC_WITH_DIR";
            case FRELAY_WITH_DIR -> "FRELAY_WITH_DIR";
            case IPMB_LINUX -> "IPMB_LINUX";
            case USB_LINUX_MMAPPED -> "USB_LINUX_MMAPPED";
            case FC_2 -> "FC_2";
            case IPNET -> "IPNET";
            case CAN_SOCKETCAN -> "CAN_SOCKETCAN";
            case IPV4 -> "IPV4";
            case IPV6 -> "IPV6";
            case IEEE802_15_4_NOFCS -> "IEEE802_15_4_NOFCS";
            case DBUS -> "DBUS";
            case MUX27010 -> "MUX27010";
            case STANAG_5066_D_PDU -> "STANAG_5066_D_PDU";
            case NFLOG -> "NFLOG";
            case NETANALYZER -> "NETANALYZER";
            case NETANALYZER_TRANSPARENT -> "NETANALYZER_TRANSPARENT";
            case IPOIB -> "IPOIB";
            case MPEG_2_TS -> "MPEG_2_TS";
            case SCTP -> "SCTP";
            case USBPCAP -> "USBPCAP";
            case RTAC_SERIAL -> "RTAC_SERIAL";
            case BLUETOOTH_LE_LL -> "BLUETOOTH_LE_LL";
            case WIRESHARK_UPPER_PDU -> "WIRESHARK_UPPER_PDU";
            case NETLINK -> "NETLINK";
            case BLUETOOTH_LINUX_MONITOR -> "BLUETOOTH_LINUX_MONITOR";
            case BLUETOOTH_LE_LL_WITH_PHDR -> "BLUETOOTH_LE_LL_WITH_PHDR";
            case PROFIBUS_DL -> "PROFIBUS_DL";
            case PKTAP -> "PKTAP";
            case EPON -> "EPON";
            case ISO_14443 -> "ISO_14443";
            case RDS -> "RDS";
            case USB_DARWIN -> "USB_DARWIN";
            case VSOCK -> "VSOCK";
            case NORDIC_BLE -> "NORDIC_BLE";
            case DOCSIS31_XRA31 -> "DOCSIS31_XRA31";
            case ETHERNET_MPACKET -> "ETHERNET_MPACKET";
            case DISPLAYPORT_AUX -> "DISPLAYPORT_AUX";
            case LINUX_SLL2 -> "LINUX_SLL2";
            case OPENVIZSLA -> "OPENVIZSLA";
            case DSA_TAG_BRCM -> "DSA_TAG_BRCM";
            case DSA_TAG_BRCM_PREPEND -> "DSA_TAG_BRCM_PREPEND";
            case IEEE802_15_4_TAP -> "IEEE802_15_4_TAP";
            case DSA_TAG_DSA -> "DSA_TAG_DSA";
            case DSA_TAG_EDSA -> "DSA_TAG_EDSA";
            default ->
                linkType >= USER0 && linkType <= USER15
                        ? "USER" + (linkType - USER0)
                        : Integer.toUnsignedString(linkType);
        };
    }
}
