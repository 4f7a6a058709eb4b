package io.pairwire.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of pairing, written to be read rather than to be fast: quadratic, lists only, no code of the product. Engines
 * are compared with it on random captures.
 *
 * <p>Packets are taken in the order of reading.
 *
 * <ol>
 *   <li>A TCP packet equal to an earlier one in addresses, ports, payload and sequence number, at most the expiry away
 *       from the last transmission of that one, is a <em>retransmission</em>. It takes part in nothing else; if the
 *       earlier one is still outstanding, its last transmission becomes the time of the copy.
 *   <li>Any other packet matches the outstanding packet that was read first among those with addresses and ports
 *       swapped, equal payload, a protocol the pairing allows, and a time at most the expiry away.
 *   <li>Without such a packet it becomes outstanding itself.
 *   <li>At the end the outstanding packets that are more than the expiry older than the latest packet have
 *       <em>expired</em>, the others are <em>unmatched</em>.
 * </ol>
 */
public final class PairOracle {
    /** IANA number of TCP. */
    public static final int TCP = 6;

    /** IANA number of UDP. */
    public static final int UDP = 17;

    private final Rules rules;
    private final List<Waiting> outstanding = new ArrayList<>();
    private final List<Transmission> transmissions = new ArrayList<>();
    private final List<Pair> pairs = new ArrayList<>();
    private long retransmissions;
    private long latest = Long.MIN_VALUE;

    private PairOracle(Rules rules) {
        this.rules = rules;
    }

    /** What the rules make of {@code packets}, given in the order of reading. */
    public static Outcome judge(List<Packet> packets, Rules rules) {
        var oracle = new PairOracle(rules);
        packets.forEach(oracle::read);
        return oracle.outcome();
    }

    /** Which protocols may form a pair; the names of the engine's own choices. */
    public enum Pairing {
        FLIP,
        SAME,
        ANY;

        boolean allows(int one, int other) {
            return switch (this) {
                case FLIP -> one != other;
                case SAME -> one == other;
                case ANY -> true;
            };
        }
    }

    /** Which packet of a pair is the request; the names of the engine's own choices. */
    public enum RequestSide {
        EARLIER,
        EXTERNAL,
        INTERNAL
    }

    /**
     * What the user asked for.
     *
     * @param expiryNanos a pair exactly this far apart still matches
     */
    public record Rules(Pairing pairing, RequestSide requestSide, long expiryNanos) {}

    /** One end of a packet's way; {@code internal} if the address lies in the internal networks. */
    public record Endpoint(String address, int port, boolean internal) {}

    /**
     * A packet with payload.
     *
     * @param number its number in the capture, from 1
     * @param protocol {@link #TCP} or {@link #UDP}
     * @param payload as hexadecimal digits
     * @param tcpSequence 0 for UDP
     */
    public record Packet(
            long number,
            long epochNanos,
            int protocol,
            Endpoint source,
            Endpoint destination,
            String payload,
            long tcpSequence) {

        boolean answers(Packet other) {
            return source.equals(other.destination)
                    && destination.equals(other.source)
                    && payload.equals(other.payload);
        }

        boolean repeats(Packet other) {
            return protocol == TCP
                    && other.protocol == TCP
                    && source.equals(other.source)
                    && destination.equals(other.destination)
                    && payload.equals(other.payload)
                    && tcpSequence == other.tcpSequence;
        }

        boolean within(long nanos, long time) {
            return Math.abs(epochNanos - time) <= nanos;
        }
    }

    /**
     * One pair.
     *
     * @param latencyNanos from the first transmission of the request that was read; negative if the request side says so
     * @param latencyLastNanos from the last transmission of the request that was read before the pair was complete
     * @param retransmitted was the packet read first transmitted again before its partner was read?
     * @param reordered was the response read before its request, although it bears the later time?
     * @param inbound does the request go from outside the internal networks to the inside?
     */
    public record Pair(
            Packet request,
            Packet response,
            long latencyNanos,
            long latencyLastNanos,
            boolean retransmitted,
            boolean reordered,
            boolean inbound) {}

    /**
     * What became of all packets.
     *
     * @param pairs in the order in which their second packet was read
     */
    public record Outcome(List<Pair> pairs, long expired, long unmatched, long retransmissions) {}

    private void read(Packet packet) {
        latest = Math.max(latest, packet.epochNanos);
        Optional<Transmission> original = originalOf(packet);
        if (original.isPresent()) {
            retransmissions++;
            original.get().copiedAt(packet.epochNanos);
            return;
        }
        var transmission = new Transmission(packet);
        transmissions.add(transmission);
        for (Waiting waiting : outstanding) {
            if (rules.pairing.allows(waiting.packet.protocol, packet.protocol)
                    && packet.answers(waiting.packet)
                    && packet.within(rules.expiryNanos, waiting.packet.epochNanos)) {
                outstanding.remove(waiting);
                pairs.add(pair(waiting, packet));
                return;
            }
        }
        outstanding.add(new Waiting(packet, transmission));
    }

    /** Of several equal packets the one read last counts: the others were given up when it became an original. */
    private Optional<Transmission> originalOf(Packet packet) {
        for (Transmission earlier : transmissions.reversed()) {
            if (packet.repeats(earlier.packet)) {
                return packet.within(rules.expiryNanos, earlier.last) ? Optional.of(earlier) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Pair pair(Waiting first, Packet second) {
        boolean firstAsks = firstAsks(first.packet, second);
        Packet request = firstAsks ? first.packet : second;
        Packet response = firstAsks ? second : first.packet;
        // of the packet read second there is one transmission only: its copies come after the pair is complete
        long requestLast = firstAsks ? first.transmission.last : second.epochNanos;
        return new Pair(
                request,
                response,
                response.epochNanos - request.epochNanos,
                response.epochNanos - requestLast,
                first.transmission.copied(),
                !firstAsks && response.epochNanos > request.epochNanos,
                request.destination.internal && !request.source.internal);
    }

    private boolean firstAsks(Packet first, Packet second) {
        boolean sidesDiffer = first.source.internal != first.destination.internal;
        boolean earlier = first.epochNanos <= second.epochNanos;
        return switch (rules.requestSide) {
            case EARLIER -> earlier;
            case EXTERNAL -> sidesDiffer ? !first.source.internal : earlier;
            case INTERNAL -> sidesDiffer ? first.source.internal : earlier;
        };
    }

    private Outcome outcome() {
        long expired = outstanding.stream()
                .filter(waiting -> waiting.packet.epochNanos + rules.expiryNanos < latest)
                .count();
        return new Outcome(List.copyOf(pairs), expired, outstanding.size() - expired, retransmissions);
    }

    private record Waiting(Packet packet, Transmission transmission) {}

    /** A packet with the time of its last copy. */
    private static final class Transmission {
        final Packet packet;
        long last;
        private long copies;

        Transmission(Packet packet) {
            this.packet = packet;
            this.last = packet.epochNanos;
        }

        void copiedAt(long epochNanos) {
            last = epochNanos;
            copies++;
        }

        boolean copied() {
            return copies > 0;
        }
    }
}
