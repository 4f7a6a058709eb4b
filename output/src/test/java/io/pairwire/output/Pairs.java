package io.pairwire.output;

import io.pairwire.engine.MatchedPair;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Pairs for the tests of this package. */
final class Pairs {
    /** 2026-01-31T12:00:00.000001Z. */
    static final long NOON = 1_769_860_800_000_001_000L;

    static final MatchedPair.Fields GATEWAY = new MatchedPair.Fields(
            NOON,
            NOON + 1_000_000,
            NOON,
            0,
            0x0a010203L,
            5000,
            0,
            0xc0a80009L,
            7,
            false,
            17,
            6,
            "gateway.pcap",
            1,
            "gateway.pcap",
            2,
            true,
            false,
            false);

    static final MatchedPair.Fields STRANGE = new MatchedPair.Fields(
            NOON + 5_123,
            NOON,
            NOON - 1,
            0x20010db8_00000000L,
            1,
            65_535,
            0xfe800000_00000000L,
            0x0202b3ff_fe1e8329L,
            0,
            true,
            6,
            132,
            "a,\"b\"\n.pcap",
            4_294_967_296L,
            "ä\\.pcap",
            9,
            false,
            true,
            true);

    private Pairs() {}

    static Arbitrary<MatchedPair.Fields> any() {
        var numbers = Arbitraries.longs();
        var times = Combinators.combine(numbers, numbers, numbers).as(Pairs::longs);
        var addresses = Combinators.combine(numbers, numbers, numbers, numbers).as(Pairs::longs);
        var ports = Arbitraries.integers().between(0, 65_535);
        var protocols = Arbitraries.of(6, 17, 132, 0, 255);
        var names = Arbitraries.strings().ofMaxLength(40).filter(Pairs::isText);
        var packets = Arbitraries.longs().between(1, Long.MAX_VALUE);
        var marks = Arbitraries.integers().between(0, 15);
        return Combinators.combine(times, addresses, ports, ports, protocols, names, packets, marks)
                .as((time, address, client, server, protocol, name, packet, mark) -> {
                    boolean ipv6 = (mark & 1) != 0;
                    return new MatchedPair.Fields(
                            time[0],
                            time[1],
                            time[2],
                            ipv6 ? address[0] : 0,
                            ipv6 ? address[1] : address[1] >>> 32,
                            client,
                            ipv6 ? address[2] : 0,
                            ipv6 ? address[3] : address[3] >>> 32,
                            server,
                            ipv6,
                            protocol,
                            23 - protocol > 0 ? 23 - protocol : 6,
                            name,
                            packet,
                            name + "2",
                            packet - 1,
                            (mark & 2) != 0,
                            (mark & 4) != 0,
                            (mark & 8) != 0);
                });
    }

    private static long[] longs(Long... values) {
        var longs = new long[values.length];
        for (int i = 0; i < longs.length; i++) longs[i] = values[i];
        return longs;
    }

    /** Without lone surrogates, which no encoding can write. */
    private static boolean isText(String text) {
        return text.equals(new String(
                text.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.UTF_8));
    }
}
