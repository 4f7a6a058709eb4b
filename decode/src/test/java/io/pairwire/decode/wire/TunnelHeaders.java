package io.pairwire.decode.wire;

import io.pairwire.decode.wire.GoldenHeadersTest.Golden;
import java.util.stream.Stream;

/** Headers of tunnels and the rarer transports, for {@link GoldenHeadersTest} and {@link HeaderChecksProperties}. */
final class TunnelHeaders {
    private TunnelHeaders() {}

    static Stream<Golden> headers() {
        return Stream.of(
                new Golden(
                        "IGMP",
                        "1664 fa8b e00000fb",
                        Igmp::check,
                        Igmp::header,
                        new Igmp.Header(Igmp.REPORT_V2, 100, 0xfa8b, 0xe00000fbL)),
                new Golden(
                        "UDP-Lite",
                        "d431 0035 0008 ffff",
                        UdpLite::check,
                        UdpLite::header,
                        new UdpLite.Header(54321, 53, 8, 65535)),
                new Golden(
                        "DCCP, short sequence number",
                        "ff00 1389 03 f2 abcd 04 80ffee",
                        Dccp::check,
                        Dccp::header,
                        new Dccp.Header(65280, 5001, 12, 2, 0xabcd, 2, false, 0x80ffeeL)),
                new Golden(
                        "DCCP, long sequence number and an option",
                        "0001 1389 05 00 abcd 01 00 ffeeddccbbaa 00000000",
                        Dccp::check,
                        Dccp::header,
                        new Dccp.Header(1, 5001, 20, 0, 0xabcd, 0, true, 0xffee_ddcc_bbaaL)),
                new Golden(
                        "ESP", "c0000001 fffffffe", Esp::check, Esp::header, new Esp.Header(0xc0000001, 0xfffffffeL)),
                new Golden("GRE", "0000 0800", Gre::check, Gre::header, new Gre.Header(0, 0x0800, 4, 0, 0, 0)),
                new Golden(
                        "GRE with checksum, key and sequence number",
                        "b000 86dd 1a2b 0000 80000001 ffffffff",
                        Gre::check,
                        Gre::header,
                        new Gre.Header(0, EtherType.IPV6, 16, 0x1a2b, 0x80000001, 0xffffffffL)),
                new Golden(
                        "GRE with a source route",
                        "4000 0800 0000 0000 0800 0004 0a000001 0000 0000",
                        Gre::check,
                        Gre::header,
                        new Gre.Header(0, 0x0800, 20, 0, 0, 0)),
                new Golden(
                        "GRE of PPTP, both numbers",
                        "3081 880b 0010 0042 00000007 00000006",
                        Gre::check,
                        Gre::header,
                        new Gre.Header(1, EtherType.PPP_IN_GRE, 16, 0, 0x00100042, 7)),
                new Golden(
                        "GRE of PPTP, acknowledgment alone",
                        "2081 880b 0000 0042 00000006",
                        Gre::check,
                        Gre::header,
                        new Gre.Header(1, EtherType.PPP_IN_GRE, 12, 0, 0x42, 0)),
                new Golden(
                        "ERSPAN type II",
                        "1fff 6555 000abcde",
                        Erspan::check,
                        Erspan::header,
                        new Erspan.Header(1, 4095, true, 0x155, 0, 8)),
                new Golden(
                        "ERSPAN type III",
                        "2001 0001 12345678 0000 0800",
                        Erspan::check,
                        Erspan::header,
                        new Erspan.Header(2, 1, false, 1, 2, 12)),
                new Golden(
                        "ERSPAN type III with a platform",
                        "2001 0001 12345678 0000 0001 0000000000000000",
                        Erspan::check,
                        Erspan::header,
                        new Erspan.Header(2, 1, false, 1, 0, 20)),
                new Golden(
                        "VXLAN",
                        "08000000 ffffff00",
                        Vxlan::check,
                        Vxlan::header,
                        new Vxlan.Header(8, 0, Vxlan.ETHERNET, 0xffffff)),
                new Golden(
                        "VXLAN with a group",
                        "8800ffff 00007b00",
                        Vxlan::check,
                        Vxlan::header,
                        new Vxlan.Header(0x88, 0xffff, Vxlan.ETHERNET, 123)),
                new Golden(
                        "VXLAN with a protocol",
                        "0c000002 00007b00",
                        Vxlan::checkExtended,
                        Vxlan::header,
                        new Vxlan.Header(0x0c, 2, Vxlan.IPV6, 123)),
                new Golden(
                        "Geneve",
                        "02c0 6558 abcdef00 010180 01 00000000",
                        Geneve::check,
                        Geneve::header,
                        new Geneve.Header(16, true, true, EtherType.ETHERNET, 0xabcdef)),
                new Golden(
                        "GTP-U",
                        "30ff 0000 80000001",
                        GtpU::check,
                        GtpU::header,
                        new GtpU.Header(GtpU.USER_PACKET, 0, 0x80000001, 0, 8)),
                new Golden(
                        "GTP-U with sequence number and two extension headers",
                        "36ff 0010 00000001 ffff 00 85 01 10 01 c0 02 000000000000 00",
                        GtpU::check,
                        GtpU::header,
                        new GtpU.Header(GtpU.USER_PACKET, 16, 1, 65535, 24)),
                new Golden(
                        "GTP version 0",
                        "1eff 0054 0001 ffff ff ffffff f123456789012345",
                        Gtp0::check,
                        Gtp0::header,
                        new Gtp0.Header(255, 84, 1, 65535, 0xf123456789012345L)),
                new Golden(
                        "L2TP", "0002 0005 ffff", L2tp::check, L2tp::header, new L2tp.Header(2, false, 0, 5, 65535, 6)),
                new Golden(
                        "L2TP with all fields",
                        "4b02 0012 0005 ffff 0001 0002 0004 00000000",
                        L2tp::check,
                        L2tp::header,
                        new L2tp.Header(2, false, 18, 5, 65535, 18)),
                new Golden(
                        "L2TP control",
                        "c802 000c 0005 0000 0001 0002",
                        L2tp::check,
                        L2tp::header,
                        new L2tp.Header(2, true, 12, 5, 0, 12)),
                new Golden(
                        "L2TP version 3",
                        "0003 0000 80000001",
                        L2tp::check,
                        L2tp::header,
                        new L2tp.Header(3, false, 0, 0, 0x80000001, 8)),
                new Golden(
                        "L2TP version 3 control",
                        "c803 000c 80000001 0001 0002",
                        L2tp::check,
                        L2tp::header,
                        new L2tp.Header(3, true, 12, 0x80000001, 0, 12)),
                new Golden(
                        "L2TP version 3 over IP",
                        "ffffffff",
                        L2tp3::check,
                        L2tp3::header,
                        new L2tp3.Header(0xffffffff)),
                new Golden("EtherIP", "3000", EtherIp::check, EtherIp::header, new EtherIp.Header(3)),
                new Golden("PIM hello", "2000 abcd", Pim::check, Pim::header, new Pim.Header(2, 0, 0xabcd, 4)),
                new Golden(
                        "PIM register", "2100 deff 00000000", Pim::check, Pim::header, new Pim.Header(2, 1, 0xdeff, 8)),
                new Golden(
                        "source route",
                        "3a04 0002 00000000 20010db8000000000000000000000001 20010db8000000000000000000000002",
                        Ipv6Routing::check,
                        Ipv6Routing::header,
                        new Ipv6Routing.Header(58, 40, 0, 2, 2)),
                new Golden(
                        "segment routing with an option",
                        "2b03 0401 0000 0007 20010db8000000000000000000000001 0500000000000000",
                        Ipv6Routing::check,
                        Ipv6Routing::header,
                        new Ipv6Routing.Header(43, 32, 4, 1, 1)));
    }
}
