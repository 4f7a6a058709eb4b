package io.pairwire.dpi.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.http2.Http2;
import io.pairwire.dpi.ssh.Ssh;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One conversation for each protocol: what is recognised, and what is found. */
class ProtocolsTest {
    private static void finds(Dialogue dialogue, String... lines) {
        assertEquals(Recognition.YES, dialogue.answer());
        for (var line : lines) assertTrue(dialogue.found().contains(line), line + " is not in " + dialogue.found());
    }

    private static final String ZEROS = "00".repeat(64);

    @Test
    void dhcp() {
        var head =
                "01010600 12345678 00000000 00000000 00000000 00000000 00000000 0200c0ffee01" + "00".repeat(10 + 192);
        finds(
                Dialogue.udp(new Dhcp(), 67)
                        .clientHex(head + "63825363 350101 0c0370636a 3c044d534654 370301030f 3204c0000209 ff"),
                "dhcp.message_type=1",
                "dhcp.host_name=pcj",
                "dhcp.vendor_class=MSFT",
                "dhcp.parameters=01030f",
                "dhcp.requested_address=192.0.2.9",
                "dhcp.client_mac=02:00:c0:ff:ee:01");
    }

    @Test
    void dhcpv6() {
        finds(
                Dialogue.udp(new Dhcpv6(), 547).clientHex("01 abcdef 0001 0004 00030001 0027 0007 00 0370636a 0165"),
                "dhcpv6.message_type=1",
                "dhcpv6.client_id=00030001",
                "dhcpv6.fqdn=pcj.e");
    }

    @Test
    void ntp() {
        finds(
                Dialogue.udp(new Ntp(), 123)
                        .clientHex("23" + "00".repeat(47))
                        .serverHex("240100e8 00000000 00000000 47505300" + "00".repeat(32)),
                "ntp.version=4",
                "ntp.mode=4",
                "ntp.stratum=1",
                "ntp.reference=47505300");
    }

    @Test
    void stun() {
        finds(
                Dialogue.udp(new Stun(), 50_000)
                        .clientHex("0001 0010 2112a442" + "01".repeat(12) + "0006 0003 61623a00 8022 0003 6c696200"),
                "stun.method=1",
                "stun.username=ab:",
                "stun.software=lib");
    }

    @Test
    void stun_that_goes_on_in_dtls() {
        finds(
                Dialogue.udp(new Stun(), 50_000)
                        .clientHex("0001 0000 2112a442" + "01".repeat(12))
                        .clientHex("16feff 0000 000000000000 0001 00"),
                "hand over to dtls");
    }

    @Test
    void snmp() {
        finds(
                Dialogue.udp(new Snmp(), 161)
                        .clientHex("301a 020101 0406 7075626c6963 a00d 0201010201000201003002" + "3000"),
                "snmp.version=1",
                "snmp.community=public",
                "snmp.request=0");
    }

    @Test
    void syslog() {
        finds(
                Dialogue.udp(new Syslog(), 514).client("<34>1 2026-01-01T00:00:00Z host.example su - ID47 - failed"),
                "syslog.facility=4",
                "syslog.severity=2",
                "syslog.host=host.example",
                "syslog.application=su");
    }

    @Test
    void smtp() {
        finds(
                Dialogue.tcp(new Smtp(), 25)
                        .server("220 mx.example ESMTP ready\r\n")
                        .client("EHLO pc.example\r\n")
                        .server("250 mx.example\r\n")
                        .client("MAIL FROM:<a@example.org> SIZE=5\r\nRCPT TO:<b@example.net>\r\nDATA\r\n")
                        .server("250 ok\r\n250 ok\r\n354 go\r\n")
                        .client("Subject: Lunch\r\n\r\nMAIL FROM:<not@one>\r\n.\r\nQUIT\r\n"),
                "smtp.greeting=mx.example ESMTP ready",
                "smtp.client=pc.example",
                "smtp.from=a@example.org",
                "smtp.to=b@example.net",
                "smtp.subject=Lunch");
    }

    @Test
    void smtp_that_goes_on_in_tls() {
        finds(
                Dialogue.tcp(new Smtp(), 587)
                        .server("220 mx ESMTP\r\n")
                        .client("EHLO pc\r\nSTARTTLS\r\n")
                        .server("220 go ahead\r\n"),
                "smtp.starttls=1",
                "carries smtps",
                "hand over to tls");
    }

    @Test
    void pop3() {
        finds(
                Dialogue.tcp(new Pop3(), 110).server("+OK POP3 here\r\n").client("USER bob\r\n"),
                "pop3.greeting=POP3 here",
                "pop3.user=bob");
    }

    @Test
    void imap() {
        finds(
                Dialogue.tcp(new Imap(), 143).server("* OK IMAP4rev1 ready\r\n").client("a1 LOGIN \"bob\" secret\r\n"),
                "imap.command=LOGIN",
                "imap.user=bob",
                "imap.greeting=OK IMAP4rev1 ready");
    }

    @Test
    void ftp_announces_its_data() {
        finds(
                Dialogue.tcp(new Ftp(), 21)
                        .server("220 FTP server ready\r\n")
                        .client("USER bob\r\nPORT 192,0,2,7,31,64\r\nRETR a.txt\r\n")
                        .server("227 Entering Passive Mode (192,0,2,1,7,208)\r\n229 Extended (|||2001|)\r\n"),
                "ftp.user=bob",
                "ftp.file=a.txt",
                "expect ftp_data at c0000207:8000",
                "expect ftp_data at c0000201:2000",
                "expect ftp_data at c0000201:2001");
    }

    @Test
    void mail_and_file_servers_greet_alike_until_the_client_speaks() {
        var ftp = Dialogue.tcp(new Ftp(), 2121).server("220 ready\r\n");
        var smtp = Dialogue.tcp(new Smtp(), 2525).server("220 ready\r\n");
        assertEquals(Recognition.MORE, ftp.answer());
        assertEquals(Recognition.MORE, smtp.answer());
        assertEquals(Recognition.NEVER, ftp.client("EHLO pc\r\n").answer());
        assertEquals(Recognition.YES, smtp.client("EHLO pc\r\n").answer());
    }

    @Test
    void sip_announces_its_media() {
        var body = "v=0\r\nc=IN IP4 192.0.2.5\r\nm=audio 4000 RTP/AVP 0\r\n";
        finds(
                Dialogue.udp(new Sip(), 5060)
                        .client(
                                "INVITE sip:bob@example.net SIP/2.0\r\nFrom: <sip:al@example.org>;tag=1\r\nTo: <sip:bob@example.net>\r\n"
                                        + "Call-ID: 77\r\nContent-Type: application/sdp\r\nContent-Length: "
                                        + body.length() + "\r\n\r\n" + body)
                        .server("SIP/2.0 200 OK\r\nServer: pbx\r\n\r\n"),
                "sip.method=INVITE",
                "sip.from=sip:al@example.org",
                "sip.call_id=77",
                "sip.status=200",
                "sip.user_agent=pbx",
                "expect rtp at c0000205:4000",
                "expect rtcp at c0000205:4001");
    }

    @Test
    void rtp_needs_three_packets_in_a_row_and_counts_what_is_lost() {
        var stream = Dialogue.udp(new Rtp(), 4000).clientHex("80000001 00000000 11223344" + ZEROS);
        assertEquals(Recognition.MORE, stream.answer());
        stream.clientHex("80000002 000000a0 11223344" + ZEROS).clientHex("80000003 00000140 11223344" + ZEROS);
        stream.clientHex("80000006 00000320 11223344" + ZEROS);
        finds(stream, "rtp.ssrc=287454020", "rtp.payload_type=0", "rtp.lost=2");
    }

    @Test
    void rtcp() {
        finds(
                Dialogue.udp(new Rtcp(), 4001)
                        .clientHex(
                                "81c90007 11223344 55667788 00000005 00000000 0000000a 00000000 00000000 81ca0002 11223344 01026162"),
                "rtcp.lost=5",
                "rtcp.jitter=10",
                "rtcp.cname=ab");
    }

    @Test
    void rtsp() {
        finds(
                Dialogue.tcp(new Rtsp(), 554)
                        .client("DESCRIBE rtsp://cam.example/1 RTSP/1.0\r\nCSeq: 1\r\n\r\n")
                        .server("RTSP/1.0 200 OK\r\nServer: cam\r\n\r\n"),
                "rtsp.method=DESCRIBE",
                "rtsp.uri=rtsp://cam.example/1",
                "rtsp.server=cam");
    }

    @Test
    void ssdp() {
        finds(
                Dialogue.udp(new Ssdp(), 1900)
                        .client("M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\nST: ssdp:all\r\n\r\n"),
                "ssdp.method=M-SEARCH",
                "ssdp.target=ssdp:all");
    }

    @Test
    void smb_2() {
        var header = "fe534d42 40000000 00000000 0300 0100 00000000 00000000" + "00".repeat(40);
        var share = "5c005c00730072007600"; // \\srv
        finds(
                Dialogue.tcp(new Smb(), 445).clientHex("00 000052" + header + "0900 0000 4800 0a00" + share),
                "carries smbv23",
                "smb.command=3",
                "smb.share=\\\\srv");
    }

    @Test
    void netbios_names() {
        finds(
                Dialogue.udp(new NetBios(), 137)
                        .clientHex(
                                "0001 0110 0001 0000 0000 0000 20 4642454a464343414341434143414341434143414341434143414341434143 41 00 0020 0001"
                                        .replace(" ", "")
                                        .replace("4642454a46434341", "4642454a46434341")),
                "netbios.operation=0");
    }

    @Test
    void rdp() {
        finds(
                Dialogue.tcp(new Rdp(), 3389)
                        .clientHex(
                                "03000029 24 e0 0000 0000 00 436f6f6b69653a206d737473686173683d626f62 0d0a 0100080003000000"
                                        .replace(" ", ""))
                        .serverHex("03000013 0e d0 0000 1234 00 0200080002000000"),
                "rdp.cookie=bob",
                "rdp.requested=3",
                "rdp.selected=2");
    }

    @Test
    void mqtt() {
        finds(
                Dialogue.tcp(new Mqtt(), 1883)
                        .clientHex("10 14 0004 4d515454 04 82 003c 0002 6331 0003 626f62".replace(" ", "") + "00")
                        .clientHex("30 07 0003 612f62 3135".replace(" ", "")),
                "mqtt.client_id=c1",
                "mqtt.user=bob",
                "mqtt.version=4",
                "mqtt.topic=a/b");
    }

    @Test
    void bittorrent() {
        finds(
                Dialogue.tcp(new BitTorrent(), 6881)
                        .client("\23BitTorrent protocol" + "\0".repeat(8) + "h".repeat(20) + "-qB4650-"
                                + "x".repeat(12)),
                "bittorrent.info_hash=" + "68".repeat(20),
                "bittorrent.client=qB4650");
    }

    @Test
    void openvpn_needs_an_answer_that_names_the_question() {
        var dialogue = Dialogue.udp(new OpenVpn(), 1194).clientHex("38 1122334455667788 00 00000000".replace(" ", ""));
        assertEquals(Recognition.MORE, dialogue.answer());
        finds(dialogue.serverHex("40 99aabbccddeeff00 01 00000000 1122334455667788 00000000".replace(" ", "")));
        var other = Dialogue.udp(new OpenVpn(), 1194).clientHex("38 1122334455667788 00 00000000".replace(" ", ""));
        other.serverHex("40 99aabbccddeeff00 01 00000000 1122334455667799 00000000".replace(" ", ""));
        assertEquals(Recognition.NEVER, other.answer());
    }

    @Test
    void wireguard() {
        finds(Dialogue.udp(new WireGuard(), 51820).clientHex("01000000 aabbccdd" + "77".repeat(124) + "00".repeat(16)));
    }

    @Test
    void socks() {
        finds(
                Dialogue.tcp(new Socks(), 1080)
                        .clientHex("050100")
                        .serverHex("0500")
                        .clientHex("05010003 0b 6578616d706c652e6f7267 01bb".replace(" ", "")),
                "socks.version=5",
                "socks.target=example.org",
                "socks.port=443",
                "host example.org");
    }

    @Test
    void ike() {
        finds(
                Dialogue.udp(new Ike(), 500)
                        .clientHex("1122334455667788 0000000000000000 21 20 22 08 00000000 0000001c".replace(" ", "")),
                "ike.version=2",
                "ike.exchange=34");
    }

    @Test
    void radius() {
        finds(
                Dialogue.udp(new Radius(), 1812)
                        .clientHex("01 07 001f".replace(" ", "")
                                + "00".repeat(16)
                                + "0105 626f62 0406 c0000201".replace(" ", "")),
                "radius.code=1",
                "radius.user=bob",
                "radius.nas_address=192.0.2.1");
    }

    @Test
    void ldap() {
        finds(
                Dialogue.tcp(new Ldap(), 389)
                        .clientHex("300f 020101 600a 020103 0403 636e3d 8000".replace(" ", ""))
                        .serverHex("300c 020101 6107 0a0131 0400 0400".replace(" ", "")),
                "ldap.operation=0",
                "ldap.name=cn=",
                "ldap.bind_result=49");
    }

    @Test
    void kerberos() {
        finds(
                Dialogue.udp(new Kerberos(), 88)
                        .serverHex("7e18 3016 a003020105 a10302011e a603020119 a905 1b03 454558".replace(" ", "")),
                "kerberos.type=30",
                "kerberos.error=25",
                "kerberos.realm=EEX");
    }

    @Test
    void mysql() {
        finds(
                Dialogue.tcp(new MySql(), 3306)
                        .serverHex("4a000000 0a 382e302e3336 00".replace(" ", "") + "01".repeat(66))
                        .clientHex("2c000001 08020000 00000001 21".replace(" ", "")
                                + "00".repeat(23)
                                + "626f6200 0473656372 736800".replace(" ", "")),
                "mysql.version=8.0.36",
                "mysql.user=bob",
                "mysql.database=sh");
    }

    @Test
    void postgresql() {
        finds(
                Dialogue.tcp(new PostgreSql(), 5432).client("\0\0\0\40\0\3\0\0user\0bob\0database\0shop\0\0"),
                "postgresql.user=bob",
                "postgresql.database=shop");
    }

    @Test
    void modbus() {
        finds(
                Dialogue.tcp(new Modbus(), 502).clientHex("0001 0000 0006 11 03 006b 0003".replace(" ", "")),
                "modbus.unit=17",
                "modbus.function=3");
    }

    @Test
    void telnet() {
        finds(Dialogue.tcp(new Telnet(), 23).serverHex("fffd18fffd20"), "telnet.option=24", "telnet.option=32");
    }

    @Test
    void vnc() {
        finds(Dialogue.tcp(new Vnc(), 5900).server("RFB 003.008\n"), "vnc.version=003.008");
    }

    @Test
    void gtp() {
        finds(
                Dialogue.udp(new Gtp(), 2123)
                        .clientHex("48 20 0014 00000000 00000100 47 0008 00 03696d730331 3131".replace(" ", "")),
                "gtp.version=2",
                "gtp.type=32",
                "gtp.access_point=ims.111");
    }

    @Test
    void coap() {
        finds(
                Dialogue.udp(new Coap(), 5683).clientHex("40 01 1234 b4 74656d70 02 3130".replace(" ", "")),
                "coap.code=1",
                "coap.path=/temp/10");
    }

    @Test
    void dce_rpc() {
        finds(
                Dialogue.tcp(new DceRpc(), 135)
                        .clientHex(
                                "05000b03 10000000 4800 0000 01000000 b810b810 00000000 01000000 0000 0100 08 83afe1 1f5d c911 91a4 08002b14a0fa 0300"
                                        .replace(" ", "")),
                "dcerpc.type=11",
                "dcerpc.interface=e1af8308-5d1f-11c9-91a4-08002b14a0fa");
    }

    @Test
    void bgp() {
        finds(
                Dialogue.tcp(new Bgp(), 179)
                        .clientHex("ff".repeat(16) + "001d 01 04 fde8 00b4 c0000201 00".replace(" ", "")),
                "bgp.as=65000",
                "bgp.hold=180");
    }

    @Test
    void websocket_frames_are_followed_once_http_hands_over() {
        var frames = new Websocket();
        assertEquals(
                Recognition.NEVER,
                Dialogue.tcp(frames, 80).client("GET / HTTP/1.1\r\n").answer());
    }

    @Test
    void http_2_with_grpc() {
        finds(
                Dialogue.tcp(new Http2(), 50_051)
                        .client("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
                        .clientHex("000000 04 00 00000000".replace(" ", ""))
                        .clientHex(("00001b 01 04 00000001 83 86 44 02 2f61 41 01 78 5f 10" + hex("application/grpc"))
                                .replace(" ", "")),
                "http2.method=POST",
                "http2.path=/a",
                "http2.authority=x",
                "host x",
                "carries grpc");
    }

    @Test
    void ssh() {
        finds(
                Dialogue.tcp(new Ssh(), 22).client("SSH-2.0-x\r\n").server("SSH-2.0-y\r\n"),
                "ssh.client=SSH-2.0-x",
                "ssh.server=SSH-2.0-y");
    }

    private static String hex(String text) {
        var hex = new StringBuilder();
        for (char letter : text.toCharArray()) hex.append(String.format("%02x", (int) letter));
        return hex.toString();
    }

    @Test
    void every_text_protocol_gives_the_same_answer_however_its_stream_was_cut() {
        for (var protocol : List.of(new Smtp(), new Ftp(), new Pop3(), new Imap())) {
            var greeting = protocol instanceof Pop3
                    ? "+OK POP3\r\n"
                    : protocol instanceof Imap ? "* OK IMAP\r\n" : "220 SMTP FTP\r\n";
            var dialogue = Dialogue.tcp(protocol, 9999);
            for (char letter : greeting.toCharArray()) dialogue.server(String.valueOf(letter));
            var whole = Dialogue.tcp(protocol, 9999).server(greeting);
            assertEquals(whole.answer(), dialogue.answer(), protocol.name());
        }
    }
}
