package io.pairwire.decode.craft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.pairwire.decode.wire.Checksum;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class FrameProperties {

    @Property
    void checksums_over_ipv4_verify(
            @ForAll int source, @ForAll int destination, @ForAll @Size(max = 60) byte[] payload, @ForAll byte options) {
        long from = Integer.toUnsignedLong(source);
        long to = Integer.toUnsignedLong(destination);
        byte[] ipv4Options = new byte[(options & 3) * 4];
        byte[] udp = Frame.udp(from, 7, to, 9)
                .payload(payload)
                .ipv4Options(ipv4Options)
                .toRaw();
        byte[] tcp = Frame.tcp(from, 7, to, 9)
                .payload(payload)
                .options(ipv4Options)
                .sequence(options)
                .toRaw();

        assertEquals(0, Checksum.fold(Checksum.sum(udp, 0, 20 + ipv4Options.length)));
        assertEquals(0, transport(udp, 20 + ipv4Options.length, 0, from, 0, to, 17));
        assertEquals(0, transport(tcp, 20, 0, from, 0, to, 6));
        assertNotEquals(0, udp[26 + ipv4Options.length] << 8 | udp[27 + ipv4Options.length], "0 would mean none");
    }

    @Property
    void checksums_over_ipv6_verify(
            @ForAll long sourceHigh,
            @ForAll long sourceLow,
            @ForAll long destinationHigh,
            @ForAll long destinationLow,
            @ForAll @Size(max = 60) byte[] payload) {
        byte[] udp = Frame.udp(0L, 7, 0L, 9)
                .between(sourceHigh, sourceLow, destinationHigh, destinationLow)
                .payload(payload)
                .toRaw();
        byte[] echo = Frame.icmpEcho("::", "::", 1, 2)
                .between(sourceHigh, sourceLow, destinationHigh, destinationLow)
                .payload(payload)
                .toRaw();

        assertEquals(0, transport(udp, 40, sourceHigh, sourceLow, destinationHigh, destinationLow, 17));
        assertEquals(0, transport(echo, 40, sourceHigh, sourceLow, destinationHigh, destinationLow, 58));
    }

    private static int transport(
            byte[] packet,
            int at,
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            int protocol) {
        int length = packet.length - at;
        return Checksum.fold(Checksum.sum(packet, at, length)
                + Checksum.pseudoHeader(sourceHigh, sourceLow, destinationHigh, destinationLow, protocol, length));
    }
}
