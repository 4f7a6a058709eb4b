package io.pairwire.decode.filter;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.Packets;
import io.pairwire.decode.craft.Frame;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Frames of random make for filters: built, damaged, cut, or noise. */
final class RandomPacket {
    private RandomPacket() {}

    static byte[] next(Random random, int linkType) {
        byte[] bytes = random.nextInt(8) == 0 ? new byte[random.nextInt(80)] : on(linkType, frame(random));
        for (int i = random.nextInt(5); i > 0 && bytes.length > 0; i--) {
            bytes[random.nextInt(Math.min(60, bytes.length))] = (byte) random.nextInt();
        }
        return random.nextInt(3) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }

    private static Frame frame(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Frame.udp("10.0.0.1", 53, "192.168.1.1", 80).payload(new byte[random.nextInt(40)]);
            case 1 -> Frame.tcp("fe80::1", 80, "::1", 53);
            case 2 -> Frame.sctp("10.0.0.1", 53, "10.0.0.1", 80);
            case 3 -> Frame.icmpEcho("10.0.0.1", "224.0.0.1", 1, 2);
            case 4 -> Frame.udp("fe80::1", 80, "ff02::1", 53).fragment(7, 0, true);
            default -> Frame.tcp("10.0.0.1", 1000, "10.0.0.2", 80).flags(random.nextInt(64));
        };
    }

    private static byte[] on(int linkType, Frame frame) {
        return switch (linkType) {
            case LinkType.LINUX_SLL -> frame.toLinuxCooked();
            case LinkType.LINUX_SLL2 -> frame.toLinuxCooked2();
            case LinkType.RAW -> frame.toRaw();
            case LinkType.NULL -> frame.toNull(ByteOrder.LITTLE_ENDIAN);
            case LinkType.LOOP -> frame.toNull(ByteOrder.BIG_ENDIAN);
            case LinkType.PPP -> ppp(frame.toRaw());
            default -> frame.toEthernet();
        };
    }

    private static byte[] ppp(byte[] ip) {
        byte[] header = Packets.hex((ip[0] & 0xf0) == 0x60 ? "ff030057" : "ff030021");
        byte[] all = Arrays.copyOf(header, header.length + ip.length);
        System.arraycopy(ip, 0, all, header.length, ip.length);
        return all;
    }
}
