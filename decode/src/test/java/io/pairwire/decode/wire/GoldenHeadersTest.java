package io.pairwire.decode.wire;

import static io.pairwire.decode.Packets.hex;
import static io.pairwire.decode.Packets.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.capture.Packet;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every header against bytes written out by hand. */
class GoldenHeadersTest {
    private static final int BEFORE = 3; // bytes before the header, so that no accessor may forget the position

    interface Check {
        Verdict check(Packet packet, int at, int available);
    }

    interface Header {
        Object header(Packet packet, int at);
    }

    record Golden(String name, String hex, Check check, Header header, Object expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Golden> headers() {
        return Stream.concat(fromNetworkOn(), GoldenLinkHeaders.headers());
    }

    private static Stream<Golden> fromNetworkOn() {
        return Stream.of(
                new Golden(
                        "Ethernet",
                        "0180c2000000 00180a4f1b2c 88cc",
                        Ethernet::check,
                        Ethernet::header,
                        new Ethernet.Header(0x0180c2000000L, 0x00180a4f1b2cL, 0x88cc)),
                new Golden(
                        "VLAN", "b0c8 86dd", Vlan::check, Vlan::header, new Vlan.Header(5, true, 200, EtherType.IPV6)),
                new Golden("MPLS", "0001dbff", Mpls::check, Mpls::header, new Mpls.Header(29, 5, true, 255)),
                new Golden(
                        "MPLS, largest label",
                        "fffff040",
                        Mpls::check,
                        Mpls::header,
                        new Mpls.Header(0xfffff, 0, false, 64)),
                new Golden(
                        "IPv4",
                        "45b8 0073 abcd 4000 40 11 b861 c0a80001 ffffffff",
                        Ipv4::check,
                        Ipv4::header,
                        new Ipv4.Header(
                                20, 0xb8, 115, 0xabcd, true, false, 0, 64, 17, 0xb861, 0xc0a80001L, 0xffffffffL)),
                new Golden(
                        "IPv4, fragment with options",
                        "4600 001c 0001 3fff ff 06 1234 0a000001 0a000002 94040000",
                        Ipv4::check,
                        Ipv4::header,
                        new Ipv4.Header(24, 0, 28, 1, false, true, 65528, 255, 6, 0x1234, 0x0a000001L, 0x0a000002L)),
                new Golden(
                        "IPv6",
                        "6af98765 0014 3a ff fe800000000000000000000000000001 ff02000000000000000000000001ff02",
                        Ipv6::check,
                        Ipv6::header,
                        new Ipv6.Header(
                                0xaf, 0x98765, 20, 58, 255, 0xfe80000000000000L, 1L, 0xff02000000000000L, 0x1ff02L)),
                new Golden(
                        "IPv6 extension",
                        "3a01 0502 0000 0000 0000 0000 0000 0000",
                        Ipv6Extension::check,
                        Ipv6Extension::header,
                        new Ipv6Extension.Header(58, 16)),
                new Golden(
                        "IPv6 fragment",
                        "1100 05a9 89abcdef",
                        Ipv6Fragment::check,
                        Ipv6Fragment::header,
                        new Ipv6Fragment.Header(17, 1448, true, 0x89abcdef)),
                new Golden(
                        "authentication header",
                        "0604 0000 00000100 80000001 000102030405060708090a0b",
                        AuthenticationHeader::check,
                        AuthenticationHeader::header,
                        new AuthenticationHeader.Header(6, 24, 256, 0x80000001L)),
                new Golden(
                        "TCP",
                        "cf38 0050 f0000001 80000000 7 1c2 ffff 1a2b 0003 020405b4 01030307",
                        Tcp::check,
                        Tcp::header,
                        new Tcp.Header(
                                53048,
                                80,
                                0xf0000001L,
                                0x80000000L,
                                28,
                                0x100 | Tcp.CWR | Tcp.ECE | Tcp.SYN,
                                65535,
                                0x1a2b,
                                3)),
                new Golden("UDP", "d431 0035 0010 ffff", Udp::check, Udp::header, new Udp.Header(54321, 53, 16, 65535)),
                new Golden(
                        "SCTP",
                        "0b59 0b5a 8a123456 04030201",
                        Sctp::check,
                        Sctp::header,
                        new Sctp.Header(2905, 2906, 0x8a123456, 0x01020304)),
                new Golden("ICMP", "0304 fcd2 0000 05dc", Icmp::check, Icmp::header, new Icmp.Header(3, 4, 0xfcd2)),
                new Golden("ICMPv6", "8700 f00d", Icmpv6::check, Icmpv6::header, new Icmpv6.Header(135, 0, 0xf00d)),
                new Golden(
                        "ARP",
                        "0001 0800 06 04 0002 020000000001 0a000001 020000000002 0a000002",
                        Arp::check,
                        Arp::header,
                        new Arp.Header(1, 0x0800, 6, 4, 2)),
                new Golden(
                        "Linux cooked",
                        "0004 0001 0006 525400123456 0000 0800",
                        LinuxCooked::check,
                        LinuxCooked::header,
                        new LinuxCooked.Header(4, 1, 6, 0x525400123456_0000L, 0x0800)),
                new Golden(
                        "Linux cooked 2",
                        "86dd 0000 00000007 0304 04 06 525400123456 0000",
                        LinuxCooked2::check,
                        LinuxCooked2::header,
                        new LinuxCooked2.Header(EtherType.IPV6, 7, 772, 4, 6, 0x525400123456_0000L)),
                new Golden(
                        "loopback, big-endian",
                        "0000001c",
                        NullLoopback::check,
                        NullLoopback::header,
                        new NullLoopback.Header(28)),
                new Golden(
                        "loopback, little-endian",
                        "1e000000",
                        NullLoopback::check,
                        NullLoopback::header,
                        new NullLoopback.Header(30)));
    }

    @ParameterizedTest
    @MethodSource({"headers", "io.pairwire.decode.wire.TunnelHeaders#headers"})
    void every_field_is_read(Golden golden) {
        byte[] header = hex(golden.hex);
        Packet packet = behindOthers(header);

        assertEquals(Verdict.OK, golden.check.check(packet, BEFORE, header.length));

        assertEquals(golden.expected, golden.header.header(packet, BEFORE));
    }

    @ParameterizedTest
    @MethodSource({"headers", "io.pairwire.decode.wire.TunnelHeaders#headers"})
    void a_header_that_ends_too_early_is_truncated_not_malformed(Golden golden) {
        byte[] header = hex(golden.hex);
        for (int length = -1; length < header.length; length++) {
            Packet cut = behindOthers(Arrays.copyOf(header, Math.max(0, length)));
            assertEquals(Verdict.TRUNCATED, golden.check.check(cut, BEFORE, length), "available " + length);
        }
    }

    private static Packet behindOthers(byte[] header) {
        byte[] bytes = new byte[BEFORE + header.length];
        System.arraycopy(header, 0, bytes, BEFORE, header.length);
        return packet(bytes, 1);
    }
}
