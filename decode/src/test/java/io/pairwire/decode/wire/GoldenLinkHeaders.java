package io.pairwire.decode.wire;

import io.pairwire.decode.wire.GoldenHeadersTest.Golden;
import java.util.stream.Stream;

/** Link headers as bytes written out by hand; {@link GoldenHeadersTest} reads them. */
final class GoldenLinkHeaders {
    private static final String MACS = "020000000002 020000000001 ";

    private GoldenLinkHeaders() {}

    static Stream<Golden> headers() {
        return Stream.concat(wired(), Stream.concat(wireless(), written()));
    }

    private static Stream<Golden> wired() {
        return Stream.of(
                new Golden("LLC", "aaab 03", Llc::check, Llc::header, new Llc.Header(3, 0xaa, 0xab, 3)),
                new Golden("LLC, numbered", "0405 0102", Llc::check, Llc::header, new Llc.Header(4, 4, 5, 1)),
                new Golden("SNAP", "0080c2 0007", Snap::check, Snap::header, new Snap.Header(0x80c2, 7)),
                new Golden(
                        "PPPoE", "11 a7 1234 0056", Pppoe::check, Pppoe::header, new Pppoe.Header(0xa7, 0x1234, 0x56)),
                new Golden("PPP", "ff03 0057", Ppp::check, Ppp::header, new Ppp.Header(4, 0x57)),
                new Golden("PPP, compressed", "21", Ppp::check, Ppp::header, new Ppp.Header(1, 0x21)),
                new Golden("PPP, control protocol", "c021", Ppp::check, Ppp::header, new Ppp.Header(2, 0xc021)),
                new Golden(
                        "Cisco HDLC",
                        "8f00 2000",
                        CiscoHdlc::check,
                        CiscoHdlc::header,
                        new CiscoHdlc.Header(0x8f, 0, 0x2000)),
                new Golden(
                        "Frame Relay",
                        "fcf1 03 cc",
                        FrameRelay::check,
                        FrameRelay::header,
                        new FrameRelay.Header(4, 0x3ff, false, 0xcc)),
                new Golden(
                        "Frame Relay, three bytes of address",
                        "049009 03 00 80",
                        FrameRelay::check,
                        FrameRelay::header,
                        new FrameRelay.Header(6, (1 << 4 | 9) << 6 | 2, false, 0x80)),
                new Golden(
                        "Frame Relay, four bytes of address, Cisco",
                        "04900609 0800",
                        FrameRelay::check,
                        FrameRelay::header,
                        new FrameRelay.Header(6, ((1 << 4 | 9) << 7 | 3) << 6 | 2, true, 0x800)),
                new Golden(
                        "MACsec",
                        "2c 05 00000007 020000000001 0001",
                        MacSec::check,
                        MacSec::header,
                        new MacSec.Header(14, 0x2c, false, 5, 7)),
                new Golden(
                        "service instance",
                        "60 abcdef",
                        ServiceInstance::check,
                        ServiceInstance::header,
                        new ServiceInstance.Header(0x60, 0xabcdef)),
                new Golden(
                        "VN-Tag", "c123 3456 0800", VnTag::check, VnTag::header, new VnTag.Header(0x123, 0x456, 0x800)),
                new Golden(
                        "control word",
                        "0041 0007",
                        Pseudowire::check,
                        Pseudowire::header,
                        new Pseudowire.Header(false, 0x41, 7)),
                new Golden(
                        "associated channel",
                        "1000 0021",
                        Pseudowire::check,
                        Pseudowire::header,
                        new Pseudowire.Header(true, 0, 0x21)),
                new Golden(
                        "FDDI",
                        "57" + MACS,
                        Fddi::check,
                        Fddi::header,
                        new Fddi.Header(0x57, 0x020000000002L, 0x020000000001L)),
                new Golden(
                        "Token Ring",
                        "1040 020000000002 820000000001 0630 00110012",
                        TokenRing::check,
                        TokenRing::header,
                        new TokenRing.Header(20, 0x40, 0x020000000002L, 0x020000000001L)),
                new Golden(
                        "Fibre Channel",
                        "1000020000000002 1000020000000001",
                        FibreChannel::check,
                        FibreChannel::header,
                        new FibreChannel.Header(0x1000020000000002L, 0x1000020000000001L)),
                new Golden(
                        "IEEE 1394",
                        "1000020000000002 1000020000000001 86dd",
                        FireWire::check,
                        FireWire::header,
                        new FireWire.Header(0x1000020000000002L, 0x1000020000000001L, 0x86dd)),
                new Golden("SunATM", "82 01 0203", SunAtm::check, SunAtm::header, new SunAtm.Header(2, 1, 0x203)),
                new Golden("ARCNET", "01 fe d4 00 0001", Arcnet::check, Arcnet::header, new Arcnet.Header(1, 0xfe)),
                new Golden("ARCNET, RFC 1051", "01 fe f0", Arcnet::check, Arcnet::header, new Arcnet.Header(1, 0xfe)),
                new Golden(
                        "IPoIB", "00".repeat(40) + "0806 0000", Ipoib::check, Ipoib::header, new Ipoib.Header(0x806)),
                new Golden(
                        "DOCSIS", "01 02 0020 aabb 1234", Docsis::check, Docsis::header, new Docsis.Header(1, 8, 0x20)),
                new Golden("CAN", "9fffffff 08 01 0000", Can::check, Can::header, new Can.Header(0x1fffffff, 8)),
                new Golden(
                        "switch tag",
                        MACS + "c0070102 0800",
                        DsaTag::check,
                        DsaTag::header,
                        new DsaTag.Header(0x020000000002L, 0x020000000001L, 0xc0070102)));
    }

    private static Stream<Golden> wireless() {
        return Stream.of(
                new Golden(
                        "radiotap",
                        "0000 1a00 03000080 00000000 00000000 0102030405060708 50 0c",
                        Radiotap::check,
                        Radiotap::header,
                        new Radiotap.Header(0, 26, 0x80000003, 0x50)),
                new Golden(
                        "802.11 data",
                        "8841 3000 020000000003 020000000002 020000000001 1500 8601",
                        Ieee80211::check,
                        Ieee80211::header,
                        new Ieee80211.Header(2, 8, 0x41, 26, 0x020000000003L, 0x186, 5)),
                new Golden(
                        "802.11 beacon",
                        "8000 0000 ffffffffffff 020000000002 020000000002 1000",
                        Ieee80211::check,
                        Ieee80211::header,
                        new Ieee80211.Header(0, 8, 0, 24, 0xffffffffffffL, 0, 0)),
                new Golden(
                        "802.11 acknowledgment",
                        "d400 0000 020000000001",
                        Ieee80211::check,
                        Ieee80211::header,
                        new Ieee80211.Header(1, 13, 0, 10, 0x020000000001L, 0, 0)),
                new Golden(
                        "mesh control",
                        "01 1f 07000000 020000000005",
                        MeshControl::check,
                        MeshControl::header,
                        new MeshControl.Header(12, 1, 31, 7)),
                new Golden(
                        "aggregate subframe",
                        MACS + "0105",
                        AggregateSubframe::check,
                        AggregateSubframe::header,
                        new AggregateSubframe.Header(0x020000000002L, 0x020000000001L, 0x105)),
                new Golden(
                        "802.15.4",
                        "4198 07 3412 0100 0200",
                        Ieee802154::check,
                        Ieee802154::header,
                        new Ieee802154.Header(0x9841, 1, 1, 9)),
                new Golden(
                        "802.15.4 of 2015",
                        "01ed 3412 0102030405060708 1102030405060708",
                        Ieee802154::check,
                        Ieee802154::header,
                        new Ieee802154.Header(0xed01, 1, 2, 20)));
    }

    private static Stream<Golden> written() {
        return Stream.of(
                new Golden("AVS", "80211002 0000000c 01020304", Avs::check, Avs::header, new Avs.Header(2, 12)),
                new Golden(
                        "Prism, the other order",
                        "00000041 0000001a" + "00".repeat(18),
                        Prism::check,
                        Prism::header,
                        new Prism.Header(0x41, 26)),
                new Golden("PPI", "00 00 0c00 69000000 01020304", Ppi::check, Ppi::header, new Ppi.Header(12, 105, 0)),
                new Golden(
                        "PPI about 802.11",
                        "0000 2000 69000000 0200 1400 0000000000000000 0500" + "00".repeat(10),
                        Ppi::check,
                        Ppi::header,
                        new Ppi.Header(32, 105, 5)),
                new Golden("PFLOG", "05 18 01 00 aabbccdd", Pflog::check, Pflog::header, new Pflog.Header(8, 24, 1)),
                new Golden("ENC", "18000000 00001234 01000000", Enc::check, Enc::header, new Enc.Header(24, 0x1234)),
                new Golden("NFLOG", "0a 00 0102", Nflog::check, Nflog::header, new Nflog.Header(10, 0x102)),
                new Golden(
                        "PKTAP",
                        "6c000000 01000000 0c000000" + "00".repeat(96),
                        Pktap::check,
                        Pktap::header,
                        new Pktap.Header(108, true, 12)),
                new Golden(
                        "IPNET",
                        "01 1a 0000 00000054" + "00".repeat(16),
                        Ipnet::check,
                        Ipnet::header,
                        new Ipnet.Header(26, 84)),
                new Golden(
                        "ERF",
                        "0807060504030201 82 04 0070 0000 005e 8300000000000000 0300000000000000",
                        Erf::check,
                        Erf::header,
                        new Erf.Header(32, 2, 94)),
                new Golden(
                        "Juniper",
                        "4d4743 82 0003 010203",
                        Juniper::check,
                        Juniper::header,
                        new Juniper.Header(0x82, 9)),
                new Golden("SLIP", "01" + "80".repeat(15), Slip::check, Slip::header, new Slip.Header(1, true)));
    }
}
