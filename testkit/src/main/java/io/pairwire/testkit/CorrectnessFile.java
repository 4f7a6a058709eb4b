package io.pairwire.testkit;

import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A capture that holds so many pairs of each {@link Kind}, all kinds interleaved in time, together with what matching
 * must find in it. The latency of every pair is known and differs from the next.
 *
 * <p>Clients lie in 10.0.0.0/8, servers in 192.168.0.0/16, where the kind does not say otherwise. The last packet is a
 * request long after all others: it is the one unmatched packet, and by its time everything else left over has expired.
 */
public final class CorrectnessFile {
    /** 30 s, the engine's own. */
    public static final long EXPIRY_NANOS = 30_000_000_000L;

    /** 2026-01-31T12:00:00Z. */
    static final long START = 1_769_860_800_000_000_000L;

    private static final Comparator<CapturedFrame> IN_TIME =
            Comparator.comparingLong(CapturedFrame::epochNanos).thenComparingInt(CapturedFrame::serial);

    private final PcapFormat format;
    private final List<CapturedFrame> frames;
    private final List<Expected> expected;
    private final Counts counts;

    /** What a part of the file is about; each pair is of one kind. */
    public enum Kind {
        /** UDP request, TCP response: the gateway. */
        UDP_TO_TCP,
        TCP_TO_TCP,
        UDP_TO_UDP,
        /** As the gateway, with a VLAN tag. */
        VLAN,
        /** As the gateway, over IPv6. */
        IPV6,
        /** As the gateway, with a destination options header of IPv6. */
        IPV6_EXTENSION,
        /** As the gateway, 4 bytes of payload, padded with random bytes to the least frame. */
        PADDED,
        /** As the gateway, four requests with equal payload outstanding on one flow, answered in their order. */
        EQUAL_PAYLOADS,
        /** As the gateway, the client in 192.168.0.0/16, the server outside. */
        INTERNAL_CLIENT,
        /** As the gateway, 4,000 bytes of payload. */
        LONG_PAYLOAD,
        /** As the gateway, answered when exactly the expiry has passed: still a pair. */
        AT_EXPIRY,
        /** As the gateway, answered after the expiry: no pair, both packets expire. */
        BEYOND_EXPIRY,
        /** A UDP request sent twice and answered once, over UDP: the second copy expires. */
        REPEATED_UDP,
        /** A TCP request sent twice, answered over TCP; every other response is sent twice as well. */
        RETRANSMITTED_TCP,
        /** Packets no pairing can use: ARP, ICMP, fragments, empty, cut and broken ones. */
        NOISE
    }

    /**
     * A pair that must be found.
     *
     * @param client address as text
     * @param requestProtocol IANA number
     * @param requestPacket number in the capture, from 1; of the first transmission
     * @param responsePacket number in the capture, from 1; of the first transmission
     * @param latencyNanos from the first transmission of the request
     * @param latencyLastNanos from the last transmission of the request
     * @param inbound does the request go from outside 192.168.0.0/16 to the inside? IPv6 lies outside.
     */
    public record Expected(
            Kind kind,
            String client,
            int clientPort,
            String server,
            int serverPort,
            int requestProtocol,
            int responseProtocol,
            long requestPacket,
            long responsePacket,
            long requestNanos,
            long responseNanos,
            long latencyNanos,
            long latencyLastNanos,
            boolean retransmitted,
            boolean inbound) {}

    /**
     * Where all packets must end.
     *
     * @param notEligible by the engine's reasons
     */
    public record Counts(long read, long matchedPairs, long expired, long unmatched, Map<String, Long> notEligible) {
        public long retransmissions() {
            return notEligible.getOrDefault("retransmission", 0L);
        }
    }

    private CorrectnessFile(PcapFormat format, CorrectnessTraffic traffic) {
        this.format = format;
        frames = new ArrayList<>(traffic.frames());
        frames.sort(IN_TIME);
        long number = 0;
        for (CapturedFrame frame : frames) frame.number(++number);
        expected = traffic.pairs().stream()
                .map(CorrectnessTraffic.Pair::expected)
                .sorted(Comparator.comparingLong(pair -> Math.max(pair.requestPacket(), pair.responsePacket())))
                .toList();
        counts = new Counts(
                number, expected.size(), traffic.expired(), 1, Map.copyOf(new TreeMap<>(traffic.notEligible())));
    }

    /** All kinds, {@code pairs} each, for the usual expiry. */
    public static CorrectnessFile of(int pairs, PcapFormat format) {
        return of(pairs, format, EnumSet.allOf(Kind.class), EXPIRY_NANOS);
    }

    /**
     * Some kinds, {@code pairs} each.
     *
     * @param format an Ethernet one; in a format of microseconds all times are multiples of one
     * @param expiryNanos the expiry the file is made for, whole microseconds
     */
    public static CorrectnessFile of(int pairs, PcapFormat format, Set<Kind> kinds, long expiryNanos) {
        var traffic = new CorrectnessTraffic(format.nanoseconds() ? 1 : 1_000, expiryNanos);
        for (Kind kind : kinds) {
            for (int index = 0; index < pairs; index++) traffic.add(kind, index);
        }
        traffic.addLast();
        return new CorrectnessFile(format, traffic);
    }

    /** The pairs that must be found, in the order in which their second packet is read. */
    public List<Expected> expected() {
        return expected;
    }

    public Counts counts() {
        return counts;
    }

    /** Writes the capture, replacing the file. */
    public void writeTo(Path file) throws IOException {
        try (var writer = PcapWriter.create(file, format)) {
            write(writer);
        }
    }

    /** The capture as bytes. */
    public byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        try (var writer = new PcapWriter(Channels.newChannel(bytes), format)) {
            write(writer);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private void write(PcapWriter writer) throws IOException {
        for (CapturedFrame frame : frames) {
            writer.write(frame.epochNanos(), frame.bytes().length, frame.bytes(), 0, frame.captured());
        }
    }
}
