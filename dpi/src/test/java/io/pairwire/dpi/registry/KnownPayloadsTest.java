package io.pairwire.dpi.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.decode.craft.Frame;
import io.pairwire.dpi.session.SessionSettings;
import io.pairwire.dpi.session.Wanted;
import io.pairwire.dpi.session.Wire;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A payload as the documents of each protocol tell it, and what it is labelled; x.N stands for N empty bytes. */
class KnownPayloadsTest {
    private static final Catalogue CATALOGUE = Catalogue.builtIn();

    private static byte[] bytes(String text) {
        var hex = new StringBuilder();
        for (String word : text.split(" ")) {
            if (word.startsWith("x.")) hex.repeat("00", Integer.parseInt(word.substring(2)));
            else if (word.startsWith("'"))
                word.chars().skip(1).forEach(c -> hex.append(HexFormat.of().toHexDigits((byte) c)));
            else hex.append(word);
        }
        return HexFormat.of().parseHex(hex);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\"', delimiter = '|', textBlock = """
            Teredo      | udp | 3544  | 0001 x.11 0000 x.4 60 x.39
            XDMCP       | udp | 177   | 0001 0002 0001 00
            PFCP        | udp | 8805  | 20 05 000c 00000100 0060 0004 e0000000
            UBNTAC2     | udp | 10001 | 01000000
            MerakiCloud | udp | 7351  | fef72891 x.20
            Xiaomi      | udp | 54321 | 2131 0020 ffffffff ffffffff ffffffff x.16
            CAPWAP      | udp | 5246  | 01000000 16feff x.20
            RTPS        | udp | 7400  | 'RTPS 0203 0101 x.12 15010800
            RakNet      | udp | 19132 | 01 x.8 00ffff00fefefefefdfdfdfd12345678 x.8
            RakNet      | udp | 19132 | 05 00ffff00fefefefefdfdfdfd12345678 0a x.30
            Ether-S-Bus | udp | 5050  | 0000000e 00 00 0001 00 00 00 00 aabb
            UFTP        | udp | 1044  | 50 01 0001 01020304 05060708 01 0a 0b 00
            OICQ        | udp | 8000  | 02 3731 0058 1234 01020304 x.8 03
            TRISTATION  | udp | 1502  | 0500 0400 aabbccdd 1122
            CIP         | udp | 2222  | 0200 0280 0800 01020304 00000001 b100 0400 00010203
            CAN         | udp | 11898 | 'ISO11898 x.8
            pcAnywhere  | udp | 5632  | 'NQ
            TPLINK_SHP  | udp | 9999  | d0f281f88bff9af7d5ef94b6d1b4c09fec95e68fe187e8caf08bf68bf6
            TocaBoca    | udp | 5055  | ffff0001 00000004 22b6e6ba 02ff0104 0000002c x.36
            GenshinImpact | udp | 22101 | 000000ff x.8 499602d2 ffffffff
            AmongUs     | udp | 22023 | 08 0001 00 46d20203 04 'Name
            IEC62056    | udp | 4059  | 0001 0001 0010 0004 60010203
            DoIP        | udp | 13400 | 02fd 0001 00000000
            CORBA       | udp | 9000  | 'MIOP 1000 x.20
            SSDP        | udp | 50123 | 'HTTP/1.1 20 '200 20 'OK 0d0a 'ST: 20 'upnp:rootdevice 0d0a 0d0a
            DCERPC.PROFINET_IO | udp | 34964 | 04 00 20 00 100000 00 0000a0de976cd111827100a02442df7d 0100a0de976cd111827100a02442df7d x.16 x.4 x.4 x.4 0000 ffff ffff 0400 0000 0000 01020304
            OpenFlow    | tcp | 6653  | 04 00 0010 00000001 0001 0008 00000010
            HAProxy     | tcp | 8000  | 'PROXY 20 'TCP4 20 '192.0.2.1 20 '192.0.2.2 20 '4000 20 '80 0d0a
            HAProxy     | tcp | 8000  | 0d0a0d0a000d0a515549540a 2111000c c0000201c0000202 0fa00050
            Munin       | tcp | 4949  | '# 20 'munin 20 'node 20 'at 20 'host 0a
            CheckMK     | tcp | 6556  | '<<<check_mk>>> 0a
            IceCast     | tcp | 8000  | 'ICY 20 '200 20 'OK 0d0a
            MS-RPCH     | tcp | 8080  | 'RPC_IN_DATA 20 '/rpc/rpcproxy.dll 20
            WorldOfWarcraft | tcp | 3724 | 00 08 2700 'WoW 00 030305 x.28
            CORBA       | tcp | 2809  | 'GIOP 0100 01 00 20000000 x.32
            SMPP        | tcp | 2775  | 00000010 00000015 00000000 00000001
            ISO9506-1-MMS | tcp | 102 | 0300 0020 02f080 0d16 0506 1301 00 1602 0102 28ca220201 x.5
            Z3950       | tcp | 210   | b4 20 8302 05e0 8402 e9a2 8504 00100000 8604 00100000 x.8
            DICOM       | tcp | 104   | 0100 00000044 0001 0000 x.64
            S7CommPlus  | tcp | 102   | 0300 0012 02f080 72 01 0000 x.7
            OSCAR       | tcp | 5190  | 2a01 0001 0004 00000001
            eDonkey     | tcp | 4662  | e3 06000000 01 1011121314
            MSDO        | tcp | 7680  | 0e 'Swarm 20 'protocol x.8
            TPLINK_SHP  | tcp | 9999  | 00000008 d0f281f88bff9af7
            FIX         | tcp | 9876  | '8=FIX.4.4 01 '9=5 01 '35=0 01 '10=161 01
            FIX         | tcp | 9876  | '8=X 01 '9=5 01 '35=0 01
            Radmin      | tcp | 4899  | 01 00000005 00000227 27 02000000
            FINS        | tcp | 9600  | 'FINS 0000000c 00000000 00000000 00000000
            FINS        | udp | 9600  | c1 00 02 00 0a 00 00 01 00 55 0101 0000 0102
            Lustre      | tcp | 988   | acce7100 00000001 x.8
            Lustre      | tcp | 1024  | 63697245 03000000 x.48
            Lustre      | tcp | 988   | c0000000 x.20
            Spotify     | tcp | 4070  | 0004 0000000a 52 02 50 00
            BFCP        | tcp | 40002 | 20 0b 0001 00000001 0001 0002 08040001
            FLUTE       | udp | 40085 | 10 a0 05 00 x.4 x.4 x.4 c0200001 4004 0000
            TINC        | tcp | 655   | '0 20 'node 20 '17 0a
            TINC        | tcp | 655   | '0 20 'node 20 '17.7 0a
            Roughtime   | udp | 2002  | 03000000 04000000 44000000 'VER 00 'NONC 'PAD ff x.80
            H323        | tcp | 30000 | 0300 001c 0270 0106 0008 8175 00 05 x.15
            MongoDB     | tcp | 27017 | 4900 0000 87910000 00000000 d4070000 x.40
            AliCloud    | tcp | 8999  | cefabeba 80000000
            Raft        | tcp | 9001  | 01 x.7 01 x.7 10 x.7 '127.0.0.1:9002 0000
            TES_Online  | tcp | 24120 | 00000014 00010001 0000000c x.12
            TencentGames | tcp | 65010 | 3366 000b 000b 1001 x.16
            SAP         | tcp | 3200  | 00000008 'NI_PING 00
            ClickHouse  | tcp | 9000  | 00 11 'ClickHouse 20 'client x.4
            AVAST       | tcp | 80    | 'NOSA 0008 0000
            KakaoTalk   | tcp | 995   | 01000000 0000 'CHECKIN 00 x.8
            GaijinEntertainment | udp | 20021 | 8fff0001 82ff0001 0000ffff 000004b0 x.36
            SD-RTN      | udp | 8130  | x.8 x.4 04 'SNI 00 0002 'aa 'NONC 20 x.32
            Nintendo    | udp | 49432 | 32ab9864 02 x.30
            RiotGames   | udp | 8181  | x.28 aaaaaaaa bbbbbbbb
            Activision  | udp | 3074  | 0c0200 x.26
            HalfLife2   | udp | 27500 | ffffffff x.12 '000 00
            ZUG         | udp | 19000 | 000c 5547 10 x.7
            Crossfire   | udp | 13000 | c7d91999 0200 x.16 7d00 x.4
            BitTorrent  | udp | 6771  | 'BT-SEARCH 20 '* 20 'HTTP/1.1 0d0a
            BitTorrent  | udp | 33333 | 41 00 4567 ed639296 00000000 00100000 23c6 0000
            STUN        | tcp | 42000 | 0014 0001 0000 2112a442 x.12
            STUN        | udp | 3479  | 0001 0000 x.16
            MQTT        | tcp | 17501 | c000 300a 0003 'a/b '12345
            RTSP        | tcp | 8554  | 'GET_PARAMETER 20 'rtsp://192.0.2.1/ 20 'RTSP/1.0 0d0a
            KNXnet_IP   | tcp | 3671  | 0610 0423 000e 0401 0200 0600 1087 0610 0425 000e 0401
            Modbus      | tcp | 502   | 0001 0000 0006 01 03 0000 0001 0002 0000 0006 01 03 0000 0001
            Modbus.UMAS | tcp | 502   | 0001 0000 0004 00 5a 00 02
            """)
    void a_payload_is_known_for_what_it_is(String label, String transport, int port, String payload) {
        var wire = new Wire(CATALOGUE, SessionSettings.defaults().withGuessing(false), Wanted.ALL);
        byte[] bytes = bytes(payload);
        Frame frame = transport.equals("udp")
                ? Frame.udp("10.0.0.1", 40_001, "10.0.0.2", port)
                : Frame.tcp("10.0.0.1", 40_001, "10.0.0.2", port).sequence(1);
        wire.send(frame.payload(bytes));
        var seen = wire.finish().getFirst();
        assertEquals(label + " dpi", seen.label() + " " + seen.confidence());
    }
}
