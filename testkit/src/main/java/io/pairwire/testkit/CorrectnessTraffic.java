package io.pairwire.testkit;

import io.pairwire.decode.craft.Frame;
import io.pairwire.testkit.CorrectnessFile.Expected;
import io.pairwire.testkit.CorrectnessFile.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Makes the packets of a {@link CorrectnessFile}, kind by kind, and notes what they are. */
final class CorrectnessTraffic {
    private static final long INTERVAL = 10_000_000; // from pair to pair of one kind
    private static final int PADDED_FRAME = 60;
    private static final int DESTINATION_OPTIONS = 60;
    private static final byte[] PADDING_OPTION = {1, 4, 0, 0, 0, 0};
    private static final int FLOWS = 50;

    private final long unit;
    private final long expiryNanos;
    private final List<CapturedFrame> frames = new ArrayList<>();
    private final List<Pair> pairs = new ArrayList<>();
    private final Map<String, Long> notEligible = new TreeMap<>();
    private final Random random = new Random(1);
    private long expired;
    private long latest = CorrectnessFile.START;

    /** @param unit of all times, nanoseconds */
    CorrectnessTraffic(long unit, long expiryNanos) {
        this.unit = unit;
        this.expiryNanos = expiryNanos;
    }

    /** A request and its response, while their numbers are not yet known. */
    record Pair(
            Kind kind,
            Ends ends,
            boolean requestIsTcp,
            boolean responseIsTcp,
            CapturedFrame request,
            CapturedFrame response,
            long lastRequestNanos) {

        Expected expected() {
            return new Expected(
                    kind,
                    ends.client,
                    ends.clientPort,
                    ends.server,
                    ends.serverPort,
                    requestIsTcp ? PairOracle.TCP : PairOracle.UDP,
                    responseIsTcp ? PairOracle.TCP : PairOracle.UDP,
                    request.number(),
                    response.number(),
                    request.epochNanos(),
                    response.epochNanos(),
                    response.epochNanos() - request.epochNanos(),
                    response.epochNanos() - lastRequestNanos,
                    lastRequestNanos != request.epochNanos(),
                    ends.server.startsWith("192.168."));
        }
    }

    private record Ends(String client, int clientPort, String server, int serverPort) {}

    List<CapturedFrame> frames() {
        return frames;
    }

    List<Pair> pairs() {
        return pairs;
    }

    Map<String, Long> notEligible() {
        return notEligible;
    }

    long expired() {
        return expired;
    }

    /** Adds pair {@code index} of a kind. */
    void add(Kind kind, int index) {
        switch (kind) {
            case UDP_TO_TCP,
                    VLAN,
                    IPV6,
                    IPV6_EXTENSION,
                    PADDED,
                    EQUAL_PAYLOADS,
                    INTERNAL_CLIENT,
                    LONG_PAYLOAD,
                    AT_EXPIRY -> addPair(kind, index, false, true);
            case UDP_TO_UDP -> addPair(kind, index, false, false);
            case TCP_TO_TCP -> addPair(kind, index, true, true);
            case BEYOND_EXPIRY -> {
                capture(sent(kind, index), request(kind, index, false));
                capture(sent(kind, index) + latency(kind, index), response(kind, index, true));
                expired += 2;
            }
            case REPEATED_UDP -> {
                addPair(kind, index, false, false);
                capture(again(kind, index), request(kind, index, false));
                expired++;
            }
            case RETRANSMITTED_TCP -> addRetransmitted(index);
            case NOISE -> addNoise(index);
        }
    }

    /** A request after which nothing comes, when everything else has expired. */
    void addLast() {
        long time = latest + expiryNanos + 1_000_000_000;
        capture(
                time,
                Frame.udp("10.255.0.1", 9, "192.168.255.1", 9)
                        .payload(new byte[] {1})
                        .toEthernet());
    }

    private void addPair(Kind kind, int index, boolean requestIsTcp, boolean responseIsTcp) {
        long sent = sent(kind, index);
        var request = capture(sent, request(kind, index, requestIsTcp));
        var response = capture(sent + latency(kind, index), response(kind, index, responseIsTcp));
        pairs.add(new Pair(kind, ends(kind, index), requestIsTcp, responseIsTcp, request, response, sent));
    }

    private void addRetransmitted(int index) {
        Kind kind = Kind.RETRANSMITTED_TCP;
        long sent = sent(kind, index);
        long answered = sent + latency(kind, index);
        var request = capture(sent, request(kind, index, true));
        capture(again(kind, index), request(kind, index, true));
        note("retransmission");
        var response = capture(answered, response(kind, index, true));
        if (index % 2 != 0) {
            capture(answered + latency(kind, index), response(kind, index, true));
            note("retransmission");
        }
        pairs.add(new Pair(kind, ends(kind, index), true, true, request, response, again(kind, index)));
    }

    /** When the request of a pair is sent; the four of {@link Kind#EQUAL_PAYLOADS} shortly after each other. */
    private long sent(Kind kind, int index) {
        long offset = kind.ordinal() * 211_000L;
        long nanos = kind == Kind.EQUAL_PAYLOADS
                ? index / 4 * 4 * INTERVAL + index % 4 * 10_000 + offset
                : index * INTERVAL + offset;
        return CorrectnessFile.START + nanos;
    }

    /** The latency of a pair: grows from pair to pair, by an odd number of nanoseconds where the format has them. */
    private long latency(Kind kind, int index) {
        long step = index * (unit == 1 ? 1_013L : 1_000L);
        return switch (kind) {
            case AT_EXPIRY -> expiryNanos;
            case BEYOND_EXPIRY -> expiryNanos + unit + step;
            default -> (kind.ordinal() + 1) * 100_000L + step;
        };
    }

    /** When the second copy of a request is sent: half-way to the response. */
    private long again(Kind kind, int index) {
        long half = latency(kind, index) / 2;
        return sent(kind, index) + half - half % unit;
    }

    /** Fifty flows a kind; the four requests of {@link Kind#EQUAL_PAYLOADS} share one. */
    private static Ends ends(Kind kind, int index) {
        int flow = (kind == Kind.EQUAL_PAYLOADS ? index / 4 : index) % FLOWS;
        int net = kind.ordinal() + 1;
        int clientPort = 20_000 + flow;
        return switch (kind) {
            case IPV6, IPV6_EXTENSION ->
                new Ends("2001:db8:" + net + "::" + (flow + 1), clientPort, "2001:db8:ff::" + net, 53);
            case INTERNAL_CLIENT ->
                new Ends("192.168." + net + "." + (flow + 1), clientPort, "10.200." + net + ".1", 53);
            default -> new Ends("10." + net + ".0." + (flow + 1), clientPort, "192.168." + net + ".1", 53);
        };
    }

    /** Unique to the pair, or to the four of {@link Kind#EQUAL_PAYLOADS}. */
    private static byte[] payload(Kind kind, int index) {
        int length = switch (kind) {
            case PADDED -> 4;
            case LONG_PAYLOAD -> 4_000;
            default -> 64;
        };
        int id = kind == Kind.EQUAL_PAYLOADS ? index / 4 : index;
        var payload = ByteBuffer.allocate(length).putInt(id);
        while (payload.hasRemaining()) payload.put((byte) (id + payload.position()));
        return payload.array();
    }

    private byte[] request(Kind kind, int index, boolean tcp) {
        Ends ends = ends(kind, index);
        return finish(
                kind,
                tcp
                        ? Frame.tcp(ends.client, ends.clientPort, ends.server, ends.serverPort)
                                .sequence(1_000_000L + index * 4_096L)
                        : Frame.udp(ends.client, ends.clientPort, ends.server, ends.serverPort),
                payload(kind, index));
    }

    private byte[] response(Kind kind, int index, boolean tcp) {
        Ends ends = ends(kind, index);
        return finish(
                kind,
                tcp
                        ? Frame.tcp(ends.server, ends.serverPort, ends.client, ends.clientPort)
                                .sequence(0xffff_0000L + index * 4_096L & 0xffff_ffffL) // wraps at 2^32 on its way
                        : Frame.udp(ends.server, ends.serverPort, ends.client, ends.clientPort),
                payload(kind, index));
    }

    private byte[] finish(Kind kind, Frame frame, byte[] payload) {
        frame.payload(payload);
        switch (kind) {
            case VLAN -> frame.vlan(42);
            case IPV6_EXTENSION -> frame.ipv6Extension(DESTINATION_OPTIONS, PADDING_OPTION);
            case PADDED -> frame.padTo(PADDED_FRAME, random);
            default -> {}
        }
        return frame.toEthernet();
    }

    private void addNoise(int index) {
        long time = sent(Kind.NOISE, index);
        Ends ends = ends(Kind.NOISE, index);
        Frame udp = Frame.udp(ends.client, ends.clientPort, ends.server, ends.serverPort)
                .payload(payload(Kind.NOISE, index));
        switch (index % 9) {
            case 0 -> noise("not_ip", time, Frame.arp(ends.client, ends.server).toEthernet());
            case 1 ->
                noise(
                        "no_transport",
                        time,
                        Frame.icmpEcho(ends.client, ends.server, 7, index).toEthernet());
            case 2 -> noise("fragment", time, udp.fragment(index, 0, true).toEthernet());
            case 3 -> noise("fragment", time, udp.fragment(index, 1_480, false).toEthernet());
            case 4 ->
                noise(
                        "no_payload",
                        time,
                        Frame.tcp(ends.client, ends.clientPort, ends.server, 53).toEthernet());
            case 5 -> {
                byte[] whole = udp.toEthernet();
                cut("truncated", time, whole, whole.length - 1 - index % 60);
            }
            case 6 -> cut("cut_header", time, udp.toEthernet(), 30 + index % 12);
            case 7 -> {
                byte[] broken = udp.toEthernet();
                broken[14] = 0x44; // a header of 16 bytes
                noise("malformed", time, broken);
            }
            default -> {
                for (int tag = 0; tag < 40; tag++) udp.vlan(tag);
                noise("too_deep", time, udp.toEthernet());
            }
        }
    }

    private void noise(String reason, long time, byte[] frame) {
        cut(reason, time, frame, frame.length);
    }

    private void cut(String reason, long time, byte[] frame, int captured) {
        frames.add(new CapturedFrame(time, frames.size(), frame, captured));
        note(reason);
    }

    private void note(String reason) {
        notEligible.merge(reason, 1L, Long::sum);
    }

    private CapturedFrame capture(long time, byte[] frame) {
        var captured = new CapturedFrame(time, frames.size(), frame, frame.length);
        frames.add(captured);
        latest = Math.max(latest, time);
        return captured;
    }
}
