package io.pairwire.decode;

import static io.pairwire.capture.LinkType.*;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Bytes of a link, written by hand, around an IP packet.
 *
 * @param before hexadecimal; {@code TTTT} is the EtherType of what follows, {@code PP} its PPP protocol in one byte,
 *     {@code NN} its NLPID, {@code AA} its address family, {@code LLLL} the number of bytes to the end, without
 *     {@code after}, and {@code MMMM} that number and two, little-endian
 */
record WrappedLink(String name, int linkType, String before, String after, List<Layer> layers) {
    private static final String MACS = "020000000002 020000000001 ";
    private static final String SNAP = "aaaa03 000000 TTTT";
    private static final String DATA = "0801 0000 020000000001 020000000002 020000000003 1000 ";
    private static final String RADIOTAP = "0000 0900 02000000 ";

    static final List<WrappedLink> ALL = List.of(
            link("802.3 with SNAP", ETHERNET, MACS + "LLLL" + SNAP, "0000", "ETHERNET LLC SNAP"),
            link("802.1H", ETHERNET, MACS + "LLLL aaaa03 0000f8 TTTT", "", "ETHERNET LLC SNAP"),
            link(
                    "old stacked tags",
                    ETHERNET,
                    MACS + "9100 0001 9200 0002 9300 0003 TTTT",
                    "",
                    "ETHERNET VLAN VLAN VLAN"),
            link("SNAP in a VLAN", ETHERNET, MACS + "8100 0001 LLLL" + SNAP, "00", "ETHERNET VLAN LLC SNAP"),
            link("VN-Tag", ETHERNET, MACS + "8926 0001 0002 TTTT", "", "ETHERNET VN_TAG"),
            link("MACsec", ETHERNET, MACS + "88e5 0000 00000001 TTTT", "00".repeat(16), "ETHERNET MACSEC"),
            link(
                    "MACsec with channel",
                    ETHERNET,
                    MACS + "88e5 2000 00000001 0000000000000001 8100 0005 TTTT",
                    "00".repeat(16),
                    "ETHERNET MACSEC VLAN"),
            link(
                    "backbone bridge",
                    ETHERNET,
                    MACS + "88a8 0001 88e7 00000005" + MACS + "TTTT",
                    "",
                    "ETHERNET VLAN SERVICE_INSTANCE ETHERNET"),
            link(
                    "pseudowire",
                    ETHERNET,
                    MACS + "8847 00010140 00000000" + MACS + "TTTT",
                    "",
                    "ETHERNET MPLS PSEUDOWIRE ETHERNET"),
            link(
                    "pseudowire without control word",
                    ETHERNET,
                    MACS + "8847 00010140" + MACS + "8100 0001 TTTT",
                    "",
                    "ETHERNET MPLS ETHERNET VLAN"),
            link("PPPoE", ETHERNET, MACS + "8864 1100 0001 LLLL 00PP", "0000", "ETHERNET PPPOE PPP"),
            link("PPPoE of its own", PPP_ETHER, "1100 0001 LLLL 00PP", "", "PPPOE PPP"),
            link("PPP", PPP, "00PP", "", "PPP"),
            link("PPP, all fields", PPP, "ff03 00PP", "", "PPP"),
            link("PPP, compressed", PPP_HDLC, "PP", "", "PPP"),
            link("PPP, protocol compressed", PPP_HDLC, "ff03 PP", "", "PPP"),
            link("PPP with direction", PPP_WITH_DIR, "01 ff03 00PP", "", "PPP"),
            link("pppd", PPP_PPPD, "00 03 00PP", "", "PPP"),
            link("pppd, in HDLC", PPP_PPPD, "ff03 00PP", "", "PPP"),
            link("PPP and labels", PPP, "ff03 0281 00010140", "", "PPP MPLS"),
            link("Cisco HDLC", C_HDLC, "0f00 TTTT", "", "CISCO_HDLC"),
            link("Cisco HDLC in PPP", PPP_HDLC, "8f00 TTTT", "", "CISCO_HDLC"),
            link("Cisco HDLC with direction", C_HDLC_WITH_DIR, "00 0f00 TTTT", "", "CISCO_HDLC"),
            link("Frame Relay", FRELAY, "1841 03 NN", "", "FRAME_RELAY"),
            link("Frame Relay, padded", FRELAY, "1841 03 00 NN", "", "FRAME_RELAY"),
            link("Frame Relay, long address", FRELAY, "18406043 03 NN", "", "FRAME_RELAY"),
            link("Frame Relay of Cisco", FRELAY, "1841 TTTT", "", "FRAME_RELAY"),
            link("Frame Relay with SNAP", FRELAY_WITH_DIR, "01 1841 03 00 80 000000 TTTT", "", "FRAME_RELAY SNAP"),
            link(
                    "Frame Relay, bridged",
                    FRELAY,
                    "1841 03 00 80 0080c2 0007" + MACS + "TTTT",
                    "",
                    "FRAME_RELAY SNAP ETHERNET"),
            link("PPP in Frame Relay", FRELAY, "1841 03 cf 00PP", "", "FRAME_RELAY PPP"),
            link("ATM with SNAP", ATM_RFC1483, SNAP, "", "LLC SNAP"),
            link("ATM, bridged", ATM_RFC1483, "aaaa03 0080c2 0007 0000" + MACS + "TTTT", "", "LLC SNAP ETHERNET"),
            link("PPP in ATM", ATM_RFC1483, "fefe03 cf 00PP", "", "LLC PPP"),
            link("ATM, one protocol", ATM_CLIP, "", "", ""),
            link("SunATM", SUNATM, "02 00 0005" + SNAP, "", "SUNATM LLC SNAP"),
            link("SunATM, LAN emulation", SUNATM, "01 00 0005 0001" + MACS + "TTTT", "", "SUNATM ETHERNET"),
            link(
                    "cooked, 802.2",
                    LINUX_SLL,
                    "0000 0001 0006 0200000000010000 0004" + SNAP,
                    "",
                    "LINUX_COOKED LLC SNAP"),
            link(
                    "cooked, radiotap",
                    LINUX_SLL,
                    "0000 0323 0006 0200000000010000 0003" + RADIOTAP + "00" + DATA + SNAP,
                    "",
                    "LINUX_COOKED RADIOTAP IEEE_802_11 LLC SNAP"),
            link(
                    "cooked, Frame Relay",
                    LINUX_SLL2,
                    "0000 0000 00000001 0302 00 06 0200000000010000 1841 03 NN",
                    "",
                    "LINUX_COOKED_2 FRAME_RELAY"),
            link("802.11", IEEE802_11, DATA + SNAP, "", "IEEE_802_11 LLC SNAP"),
            link(
                    "802.11, quality of service",
                    IEEE802_11,
                    "88" + DATA.substring(2) + "0000" + SNAP,
                    "",
                    "IEEE_802_11 LLC SNAP"),
            link(
                    "802.11, throughput control",
                    IEEE802_11,
                    "8881" + DATA.substring(4) + "0000 00000000" + SNAP,
                    "",
                    "IEEE_802_11 LLC SNAP"),
            link(
                    "802.11, four addresses",
                    IEEE802_11,
                    "8803" + DATA.substring(4) + "020000000004 0000" + SNAP,
                    "",
                    "IEEE_802_11 LLC SNAP"),
            link(
                    "802.11, mesh",
                    IEEE802_11,
                    "8803" + DATA.substring(4) + "020000000004 0001 01 1f 01000000 020000000005" + SNAP,
                    "",
                    "IEEE_802_11 MESH_CONTROL LLC SNAP"),
            link(
                    "802.11, aggregate",
                    IEEE802_11,
                    "88" + DATA.substring(2) + "8000" + MACS + "LLLL" + SNAP,
                    "",
                    "IEEE_802_11 AGGREGATE_SUBFRAME LLC SNAP"),
            link("radiotap", IEEE802_11_RADIOTAP, RADIOTAP + "00" + DATA + SNAP, "", "RADIOTAP IEEE_802_11 LLC SNAP"),
            link(
                    "radiotap, check sequence",
                    IEEE802_11_RADIOTAP,
                    RADIOTAP + "10" + DATA + SNAP,
                    "00000000",
                    "RADIOTAP IEEE_802_11 LLC SNAP"),
            link(
                    "radiotap, chained and padded",
                    IEEE802_11_RADIOTAP,
                    "0000 1900 030000a0 00000020 00000000 0000000000000000 20" + "88" + DATA.substring(2) + "0000 ffff"
                            + SNAP,
                    "",
                    "RADIOTAP IEEE_802_11 LLC SNAP"),
            link(
                    "Prism",
                    IEEE802_11_PRISM,
                    "44000000 90000000" + "00".repeat(136) + DATA + SNAP,
                    "",
                    "PRISM IEEE_802_11 LLC SNAP"),
            link("no Prism", IEEE802_11_PRISM, DATA + SNAP, "", "IEEE_802_11 LLC SNAP"),
            link(
                    "AVS",
                    IEEE802_11_AVS,
                    "80211001 00000040" + "00".repeat(56) + DATA + SNAP,
                    "",
                    "AVS IEEE_802_11 LLC SNAP"),
            link("AVS as Prism", IEEE802_11_PRISM, "80211002 00000008" + DATA + SNAP, "", "AVS IEEE_802_11 LLC SNAP"),
            link("PPI of Ethernet", PPI, "0000 0800 01000000" + MACS + "TTTT", "", "PPI ETHERNET"),
            link(
                    "PPI of 802.11",
                    PPI,
                    "0000 2000 69000000 0200 1400 0000000000000000 0100" + "00".repeat(10) + DATA + SNAP,
                    "00000000",
                    "PPI IEEE_802_11 LLC SNAP"),
            link("PKTAP", PKTAP, "6c000000 01000000 0c000000" + "00".repeat(96), "", "PKTAP"),
            link("PFLOG", PFLOG, "3d AA 00 00" + "00".repeat(60), "", "PFLOG"),
            link("ENC", ENC, "AA000000 00000001 00000000", "", "ENC"),
            link("NFLOG", NFLOG, "AA 00 0001 0800 0100 00000000 0500 0a00 00000000 MMMM 0900", "", "NFLOG"),
            link("IPNET", IPNET, "01 AA 0000 00000000" + "00".repeat(16), "", "IPNET"),
            link("family of a type", NULL, "0000 TTTT", "", "NULL_LOOPBACK"),
            link("PPP as family", NULL, "ff03 00PP", "", "PPP"),
            link("FDDI", FDDI, "50" + MACS + SNAP, "", "FDDI LLC SNAP"),
            link("Token Ring", IEEE802_5, "1040" + MACS + SNAP, "", "TOKEN_RING LLC SNAP"),
            link(
                    "Token Ring with route",
                    IEEE802_5,
                    "1040 020000000002 820000000001 0470 0011" + SNAP,
                    "",
                    "TOKEN_RING LLC SNAP"),
            link("Fibre Channel", IP_OVER_FC, "1000020000000002 1000020000000001" + SNAP, "", "FIBRE_CHANNEL LLC SNAP"),
            link("IEEE 1394", APPLE_IP_OVER_IEEE1394, "1000020000000002 1000020000000001 TTTT", "", "FIREWIRE"),
            link("IPoIB", IPOIB, "00".repeat(40) + "TTTT 0000", "", "IPOIB"),
            link("DOCSIS", DOCSIS, "00 00 0000 0000" + MACS + "TTTT", "", "DOCSIS ETHERNET"),
            link("DOCSIS, extended", DOCSIS, "01 03 0000 aabbcc 0000" + MACS + "TTTT", "", "DOCSIS ETHERNET"),
            link("EPON", EPON, "55".repeat(8) + MACS + "TTTT", "", "ETHERNET"),
            link("netANALYZER", NETANALYZER, "00000000" + MACS + "TTTT", "00000000", "ETHERNET"),
            link("switch tag", DSA_TAG_DSA, MACS + "c0070000 TTTT", "", "DSA"),
            link("switch tag, long", DSA_TAG_EDSA, MACS + "dada0000 c0070000 TTTT", "", "DSA"),
            link("switch tag before", DSA_TAG_BRCM_PREPEND, "20000005" + MACS + "TTTT", "", "ETHERNET"),
            link("ERF Ethernet", ERF, "0000000000000000 02 04 0000 0000 0000 0000" + MACS + "TTTT", "", "ERF ETHERNET"),
            link(
                    "ERF HDLC, extended",
                    ERF,
                    "0000000000000000 81 04 0000 0000 0000 8300000000000000 0300000000000000 ff03 00PP",
                    "",
                    "ERF PPP"),
            link("Juniper Ethernet", JUNIPER_ETHER, "4d4743 80 0002 0000" + MACS + "TTTT", "", "JUNIPER ETHERNET"),
            link("Juniper without link", JUNIPER_ETHER, "4d4743 02 02000000", "", "JUNIPER"),
            link("Juniper Frame Relay", JUNIPER_FRELAY, "4d4743 01 1841 03 NN", "", "JUNIPER FRAME_RELAY"),
            link("Juniper PPP", JUNIPER_PPP, "4d4743 00 ff03 00PP", "", "JUNIPER PPP"),
            link("Juniper ATM", JUNIPER_ATM1, "4d4743 00 00000000" + SNAP, "", "JUNIPER LLC SNAP"),
            link("SLIP", SLIP, "01" + "45".repeat(15), "", "SLIP"),
            link("ARCNET", ARCNET_LINUX, "01 00 0000 TT 00 0001", "", "ARCNET"),
            link("ARCNET, exceptional", ARCNET_BSD, "01 00 TT ff ffff TT 00 0001", "", "ARCNET"));

    private static WrappedLink link(String name, int linkType, String before, String after, String layers) {
        List<Layer> kinds = layers.isEmpty()
                ? List.of()
                : Arrays.stream(layers.split(" ")).map(Layer::valueOf).toList();
        return new WrappedLink(name, linkType, before.replace(" ", ""), after, kinds);
    }

    /** The frame with {@code packet}, of IP {@code version}, inside. */
    byte[] around(byte[] packet, int version) {
        boolean ipv4 = version == 4;
        String head = before.replace("TTTT", ipv4 ? "0800" : "86dd")
                .replace("TT", ipv4 ? "d4" : "c4")
                .replace("PP", ipv4 ? "21" : "57")
                .replace("NN", ipv4 ? "cc" : "8e")
                .replace("AA", ipv4 ? "02" : linkType == IPNET ? "1a" : "1e");
        int longer = head.indexOf("MMMM");
        if (longer >= 0) head = filled(head, longer, Short.reverseBytes((short) (rest(head, longer, packet) + 2)));
        int length = head.indexOf("LLLL");
        if (length >= 0) head = filled(head, length, (short) rest(head, length, packet));
        byte[] start = Packets.hex(head);
        byte[] end = Packets.hex(after);
        byte[] bytes = Arrays.copyOf(start, start.length + packet.length + end.length);
        System.arraycopy(packet, 0, bytes, start.length, packet.length);
        System.arraycopy(end, 0, bytes, start.length + packet.length, end.length);
        return bytes;
    }

    private static int rest(String head, int from, byte[] packet) {
        return (head.length() - from - 4) / 2 + packet.length;
    }

    private static String filled(String head, int at, short value) {
        return head.substring(0, at) + HexFormat.of().toHexDigits(value) + head.substring(at + 4);
    }

    @Override
    public String toString() {
        return name;
    }
}
