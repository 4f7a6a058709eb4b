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
            TocaBoca    | udp | 5055  | ffff0001 00000004 22b6e6ba 02ff0104 0000002c x.32
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
