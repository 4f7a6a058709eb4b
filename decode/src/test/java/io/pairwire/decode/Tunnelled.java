package io.pairwire.decode;

import static io.pairwire.decode.Packets.hex;
import static io.pairwire.decode.Packets.join;

import io.pairwire.decode.craft.Frame;
import java.util.stream.Stream;

/** A packet in a tunnel, from IP on, and the path that the deep decoder should find. */
record Tunnelled(String name, String path, byte[] bytes) {
    static final long OUTER_SOURCE = 0x0a000001L;

    private static final byte[] IPV4 = udp("10.1.0.1", "10.1.0.2");
    private static final byte[] IPV6 = udp("2001:db8::1", "2001:db8::2");
    private static final byte[] ETHERNET = frame("10.1.0.1", "10.1.0.2").toEthernet();

    @Override
    public String toString() {
        return name;
    }

    /** What lies inside all of them: 32 bytes over IPv4. */
    static byte[] udp(String source, String destination) {
        return frame(source, destination).toRaw();
    }

    private static Frame frame(String source, String destination) {
        return Frame.udp(source, 1111, destination, 7777).payload(hex("61626364"));
    }

    private static Tunnelled ip(String name, int protocol, String path, Object... parts) {
        return new Tunnelled(
                name,
                "IPV4 " + path,
                Frame.ip("10.0.0.1", "10.0.0.2", protocol).payload(join(parts)).toRaw());
    }

    private static Tunnelled udp(String name, int port, String path, Object... parts) {
        byte[] bytes = Frame.udp("10.0.0.1", 40000, "10.0.0.2", port)
                .payload(join(parts))
                .toRaw();
        return new Tunnelled(name, "IPV4 UDP " + path, bytes);
    }

    static Tunnelled named(String name) {
        return all().filter(tunnel -> tunnel.name.equals(name)).findFirst().orElseThrow();
    }

    static Stream<Tunnelled> all() {
        return Stream.of(
                ip("IPv4 in IPv4", 4, "IPV4 UDP", IPV4),
                ip("IPv6 in IPv4", 41, "IPV6 UDP", IPV6),
                ip("IP in IP of old", 94, "IPV4 UDP", IPV4),
                ip("IPv4 in IPv6 in IPv4", 41, "IPV6 IPV4 UDP", fourInSix()),
                ip("GRE", 47, "GRE IPV4 UDP", "0000 0800", IPV4),
                ip("GRE, all fields", 47, "GRE IPV6 UDP", "b000 86dd 0000 0000 00000001 00000002", IPV6),
                ip("GRE with labels", 47, "GRE MPLS MPLS IPV4 UDP", "0000 8847 00001040 00002140", IPV4),
                ip("NVGRE", 47, "GRE ETHERNET IPV4 UDP", "2000 6558 00007b01", ETHERNET),
                ip("PPTP", 47, "GRE PPP IPV4 UDP", "3081 880b 0024 0042 00000007 00000006 ff03 0021", IPV4),
                ip("PPTP, compressed", 47, "GRE PPP IPV4 UDP", "3001 880b 0021 0042 00000007 21", IPV4),
                ip("PPTP, no data", 47, "GRE", "2081 880b 0000 0042 00000006"),
                ip("PPTP, control", 47, "GRE PPP OTHER", "3001 880b 0008 0042 00000007 c021 0901 0004 0000"),
                ip("GRE, unknown", 47, "GRE OTHER", "0000 00fe 83000000"),
                ip("ERSPAN I", 47, "GRE ETHERNET IPV4 UDP", "0000 88be", ETHERNET),
                ip("ERSPAN II", 47, "GRE ERSPAN ETHERNET IPV4 UDP", "1000 88be 00000001 1001 0001 00000000", ETHERNET),
                ip(
                        "ERSPAN III",
                        47,
                        "GRE ERSPAN ETHERNET IPV4 UDP",
                        "1000 22eb 00000001 2001 0001 00000000 0000 0001 0000000000000000",
                        ETHERNET),
                ip(
                        "ERSPAN III of IP",
                        47,
                        "GRE ERSPAN IPV4 UDP",
                        "1000 22eb 00000001 2001 0001 00000000 0000 0800",
                        IPV4),
                ip("EtherIP", 97, "ETHER_IP ETHERNET IPV4 UDP", "3000", ETHERNET),
                ip("PIM register", 103, "PIM IPV4 UDP", "2100 deff 00000000", IPV4),
                ip("PIM, null register", 103, "PIM OTHER", "2100 9eff 40000000", new byte[20]),
                ip("PIM hello", 103, "PIM", "2000 defe 00010001"),
                ip("L2TP over IP", 115, "L2TP_3 OTHER", "00000001", ETHERNET),
                ip("labels in IP", 137, "MPLS IPV4 UDP", "00001140", IPV4),
                ip("Ethernet in IP", 143, "ETHERNET IPV4 UDP", ETHERNET),
                ip("ESP", 50, "ESP", "00000100 00000001", new byte[40]),
                ip("authenticated tunnel", 51, "AUTHENTICATION_HEADER IPV4 UDP", "0401 0000 00000100 00000001", IPV4),
                udp("VXLAN", 4789, "VXLAN ETHERNET IPV4 UDP", "08000000 00007b00", ETHERNET),
                udp("VXLAN, old port", 8472, "VXLAN ETHERNET IPV4 UDP", "08000000 00007b00", ETHERNET),
                udp("VXLAN with a tag", 4789, "VXLAN ETHERNET VLAN IPV4 UDP", "08000000 00007b00", tagged()),
                udp("VXLAN, ARP", 4789, "VXLAN ETHERNET ARP", "08000000 00007b00", arp()),
                udp("VXLAN-GPE, IPv6", 4790, "VXLAN IPV6 UDP", "0c000002 00007b00", IPV6),
                udp("VXLAN-GPE, Ethernet", 4790, "VXLAN ETHERNET IPV4 UDP", "0c000003 00007b00", ETHERNET),
                udp("Geneve", 6081, "GENEVE ETHERNET IPV4 UDP", "0240 6558 00007b00 01028001 0000002a", ETHERNET),
                udp("Geneve, IPv6", 6081, "GENEVE IPV6 UDP", "0000 86dd 00007b00", IPV6),
                udp("GTP-U", 2152, "GTP_U IPV4 UDP", "30ff 0020 00000001", IPV4),
                udp("GTP-U, IPv6", 2152, "GTP_U IPV6 UDP", "30ff 0034 00000001", IPV6),
                udp("GTP-U, extensions", 2152, "GTP_U IPV4 UDP", "34ff 0028 00000001 0000 00 85 01 1009 00", IPV4),
                udp("GTP-U, echo", 2152, "GTP_U OTHER", "3201 0006 00000000 0001 00 00 0e00"),
                udp("GTP 0", 3386, "GTP_0 IPV4 UDP", "1eff 0020 0001 0000 ff ffffff 0123456789012345", IPV4),
                udp("L2TP", 1701, "L2TP PPP IPV4 UDP", "0002 0005 0006 ff03 0021", IPV4),
                udp("L2TP with length", 1701, "L2TP PPP IPV6 UDP", "4002 0040 0005 0006 ff03 0057", IPV6),
                udp("L2TP, control", 1701, "L2TP OTHER", "c802 0014 0005 0000 0001 0002 8008 0000 0000 0006"),
                udp("L2TP 3", 1701, "L2TP OTHER", "0003 0000 00000007", ETHERNET),
                udp("Teredo", 3544, "IPV6 UDP", IPV6),
                udp("Teredo, origin", 3544, "TEREDO IPV6 UDP", "0000 f227 f5fffffe", IPV6),
                udp("labels over UDP", 6635, "MPLS MPLS IPV4 UDP", "00001040 00002140", IPV4),
                udp("GRE over UDP", 4754, "GRE ETHERNET IPV4 UDP", "2000 6558 00000001", ETHERNET),
                udp("ESP over UDP", 4500, "ESP", "00000100 00000001", new byte[40]),
                udp("GTP-U in VXLAN", 4789, "VXLAN ETHERNET IPV4 UDP GTP_U IPV4 UDP", "08000000 00007b00", mobile()));
    }

    private static byte[] fourInSix() {
        return Frame.ip("2001:db8::1", "2001:db8::2", 4).payload(IPV4).toRaw();
    }

    private static byte[] tagged() {
        return frame("10.1.0.1", "10.1.0.2").vlan(9).toEthernet();
    }

    private static byte[] arp() {
        return Frame.arp("10.1.0.1", "10.1.0.2").toEthernet();
    }

    private static byte[] mobile() {
        return Frame.udp("10.2.0.1", 2152, "10.2.0.2", 2152)
                .payload(join("30ff 0020 00000001", IPV4))
                .toEthernet();
    }
}
