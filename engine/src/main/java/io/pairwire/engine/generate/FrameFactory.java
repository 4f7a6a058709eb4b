package io.pairwire.engine.generate;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.craft.Frame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Builds the frames of exchanges. The same packet of the same exchange is the same bytes whenever it is asked for. */
final class FrameFactory {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int PUSH_AND_ACKNOWLEDGE = 0x18;
    private static final int TIME_TO_LIVE = 64;
    private static final int DESTINATION_OPTIONS = 60;
    private static final byte[] PADDING_OPTION = {1, 4, 0, 0, 0, 0}; // PadN, RFC 8200 section 4.2
    private static final byte[] ROUTER_ALERT = {(byte) 0x94, 4, 0, 0}; // RFC 2113
    private static final int OUTER_VLAN = 100;
    private static final int VLAN = 200;
    private static final int LABEL = 16_001;

    /** No analyser takes a payload that begins so for RTCP, STUN, CLTP or the like. */
    private static final int FIRST_BYTES = 'p' | 'w' << 8;

    private final int linkType;
    private final long seed;

    FrameFactory(int linkType, long seed) {
        this.linkType = linkType;
        this.seed = seed;
    }

    /**
     * A packet of an exchange as a tap sees it.
     *
     * @param copy 0 for the first transmission, 1 for the second: they differ in their IP identification
     * @param hops routers passed since it was sent
     */
    byte[] frame(Exchange exchange, boolean response, int copy, int hops) {
        Flow flow = exchange.flow;
        boolean tcp = response ? flow.responseIsTcp() : flow.requestIsTcp();
        Frame frame = tcp ? Frame.tcp(0, 0, 0, 0) : Frame.udp(0, 0, 0, 0);
        address(frame, flow, response);
        if (tcp) {
            frame.flags(PUSH_AND_ACKNOWLEDGE)
                    .sequence(response ? exchange.responseSequence : exchange.requestSequence)
                    .acknowledgment(response ? exchange.responseAcknowledgment : exchange.requestAcknowledgment);
        }
        frame.identification((int) (exchange.index * 4 + (response ? 2 : 0) + copy) & 0xffff)
                .ttl(TIME_TO_LIVE - hops)
                .payload(payload(exchange.index, exchange.payloadLength));
        switch (flow.shape()) {
            case IPV4, IPV6 -> {}
            case IPV4_VLAN, IPV6_VLAN -> frame.vlan(VLAN);
            case IPV4_QINQ -> frame.vlan(OUTER_VLAN).vlan(VLAN);
            case IPV4_OPTIONS -> frame.ipv4Options(ROUTER_ALERT);
            case IPV4_MPLS -> frame.mpls(LABEL);
            case IPV6_EXTENSION -> frame.ipv6Extension(DESTINATION_OPTIONS, PADDING_OPTION);
        }
        return bytes(frame);
    }

    private static void address(Frame frame, Flow flow, boolean response) {
        if (response) {
            frame.ports(flow.serverPort(), flow.clientPort()).macs(0x0200_0000_0002L, 0x0200_0000_0001L);
        } else {
            frame.ports(flow.clientPort(), flow.serverPort()).macs(0x0200_0000_0001L, 0x0200_0000_0002L);
        }
        if (flow.shape().isIpv6()) {
            if (response) frame.between(flow.serverHigh(), flow.serverLow(), flow.clientHigh(), flow.clientLow());
            else frame.between(flow.clientHigh(), flow.clientLow(), flow.serverHigh(), flow.serverLow());
        } else {
            if (response) frame.between(flow.serverLow(), flow.clientLow());
            else frame.between(flow.clientLow(), flow.serverLow());
        }
    }

    private byte[] bytes(Frame frame) {
        return switch (linkType) {
            case LinkType.ETHERNET -> frame.toEthernet();
            case LinkType.RAW -> frame.toRaw();
            case LinkType.LINUX_SLL -> frame.toLinuxCooked();
            case LinkType.LINUX_SLL2 -> frame.toLinuxCooked2();
            case LinkType.NULL -> frame.toNull(ByteOrder.LITTLE_ENDIAN);
            default -> throw new IllegalStateException("link type " + linkType); // the plan has checked it
        };
    }

    /**
     * The payload both packets of an exchange carry. From 8 bytes it is unique in the capture, since it begins with 48
     * bits of the index of the exchange, disguised. Below, the low bytes of the index must do.
     */
    private byte[] payload(long index, int length) {
        byte[] payload = new byte[length];
        if (length < Long.BYTES) {
            for (int at = 0; at < length; at++) payload[at] = (byte) (index >>> 8 * at);
            return payload;
        }
        LONGS.set(payload, 0, (index ^ seed) << 16 | FIRST_BYTES);
        var random = new SplitMix64(SplitMix64.mix(index ^ seed));
        int at = Long.BYTES;
        for (; at <= length - Long.BYTES; at += Long.BYTES) LONGS.set(payload, at, random.next());
        long rest = random.next();
        for (; at < length; at++, rest >>>= 8) payload[at] = (byte) rest;
        return payload;
    }

    /** Packets that no pairing can use, with addresses of 172.16.0.0/12. */
    Noise noise(SplitMix64 random, long index) {
        String host = "172.16." + random.below(4) + "." + (1 + random.below(200));
        String peer = "172.17.0." + (1 + random.below(200));
        int number = (int) (index & 0xffff);
        boolean hasArp = linkType == LinkType.ETHERNET;
        return switch ((int) random.below(hasArp ? 5 : 4)) {
            case 4 -> Noise.of(Tap.Reason.NOT_IP, bytes(Frame.arp(host, peer)));
            case 0 -> Noise.of(Tap.Reason.NO_TRANSPORT, bytes(Frame.icmpEcho(host, peer, 1, number)));
            case 1 ->
                Noise.of(
                        Tap.Reason.NO_PAYLOAD,
                        bytes(Frame.tcp(host, 1_024 + number % 60_000, peer, 443)
                                .sequence(random.next())
                                .acknowledgment(random.next())));
            case 2 -> Noise.of(Tap.Reason.NO_PAYLOAD, bytes(Frame.udp(host, 50_000, peer, 9)));
            default -> fragments(host, peer, index);
        };
    }

    /** A datagram in two pieces, with the length and the checksum of the whole. */
    private Noise fragments(String host, String peer, long index) {
        int first = 1_472;
        byte[] payload = payload(~index, 2_000);
        byte[] whole = Frame.udp(host, 50_001, peer, 9).payload(payload).toRaw();
        int checksum = (whole[26] & 0xff) << 8 | whole[27] & 0xff;
        int identification = (int) (index & 0xffff);
        return Noise.of(
                Tap.Reason.FRAGMENT,
                bytes(Frame.udp(host, 50_001, peer, 9)
                        .payload(payload, 0, first)
                        .udpLength(8 + payload.length)
                        .checksum(checksum)
                        .fragment(identification, 0, true)),
                bytes(Frame.udp(host, 50_001, peer, 9)
                        .payload(payload, first, payload.length - first)
                        .fragment(identification, 8 + first, false)));
    }
}
