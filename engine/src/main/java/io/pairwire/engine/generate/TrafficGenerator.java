package io.pairwire.engine.generate;

import io.pairwire.capture.PcapWriter;
import io.pairwire.engine.generate.Tap.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Plays a {@link TrafficPlan} and writes what its taps see.
 *
 * <p>Memory holds the packets on their way and 16 bytes a flow, whatever the number of pairs.
 */
public final class TrafficGenerator {
    // How it works: a simulation by events. Requests start one interval apart. When one starts, its fate is drawn:
    // which
    // packets will be sent, when each of them passes which tap, which are lost. Every passing is put into a queue
    // ordered
    // by true time; before the next request starts, all passings up to then are handed to their taps. Frames are built
    // when they pass, so what waits is small. The response's sequence number is taken when it is sent, not when its
    // request was: else random latencies would let TCP streams jump.

    private static final long NEVER = -1;

    private final TrafficPlan plan;
    private final List<Tap> taps;
    private final FrameFactory frames;
    private final TcpStreams streams;
    private final SplitMix64 traffic;
    private final SplitMix64 faults;
    private final PriorityQueue<Passing> passings =
            new PriorityQueue<>(Comparator.comparingLong(Passing::nanos).thenComparingLong(Passing::serial));
    private long serial;
    private long unanswered;

    /**
     * A packet on its way past a tap.
     *
     * @param copy 0 for the first transmission, 1 for the second
     * @param seen false if the tap misses it
     */
    private record Passing(
            long nanos, long serial, Exchange exchange, boolean response, int copy, int tap, boolean seen) {}

    private TrafficGenerator(TrafficPlan plan, List<PcapWriter> captures) {
        this.plan = plan;
        var seeds = new SplitMix64(plan.seed());
        traffic = new SplitMix64(seeds.next());
        faults = new SplitMix64(seeds.next());
        frames = new FrameFactory(plan.format().linkType(), seeds.next());
        streams = new TcpStreams(plan.flows(), seeds.next());
        taps = new ArrayList<>();
        for (PcapWriter capture : captures) {
            taps.add(new Tap(plan, capture, taps.isEmpty() ? 0 : plan.clockOffsetNanos(), seeds.next()));
        }
    }

    /**
     * Writes the captures of a plan; flushes them, does not close them.
     *
     * @param captures in the plan's format, as many as {@link Profile#captures} says
     * @throws IllegalArgumentException if there are more or fewer captures
     */
    public static Written write(TrafficPlan plan, List<PcapWriter> captures) throws IOException {
        int wanted = plan.profile().captures();
        if (captures.size() != wanted) {
            throw new IllegalArgumentException(
                    plan.profile() + " needs " + wanted + " captures, not " + captures.size());
        }
        Written written = new TrafficGenerator(plan, captures).play();
        for (PcapWriter capture : captures) capture.flush();
        return written;
    }

    private Written play() throws IOException {
        for (long index = 0; index < plan.pairs(); index++) {
            long now = plan.startEpochNanos() + index * plan.intervalNanos();
            passUntil(now);
            start(index, now);
            if (traffic.chance(plan.noise())) {
                long between = now + plan.intervalNanos() / 2;
                passUntil(between);
                makeNoise(index, between);
            }
        }
        passUntil(Long.MAX_VALUE);
        var written = new ArrayList<Written.Capture>();
        for (Tap tap : taps) written.add(tap.finish());
        return new Written(plan.pairs(), unanswered, written);
    }

    /** Draws the fate of an exchange. */
    private void start(long index, long now) {
        var exchange = new Exchange(index, Flow.of(plan.profile(), (int) (index % plan.flows())), (int)
                traffic.between(plan.payloadLeast(), plan.payloadMost()));
        streams.sendRequest(exchange);
        long latency = traffic.draw(plan.latency());
        boolean answer = !traffic.chance(plan.unanswered());
        if (!answer) unanswered++;

        var requests = new Transmissions(exchange, false);
        var responses = new Transmissions(exchange, true);
        long arrival = requests.send(now, latency);
        if (answer && arrival != NEVER) responses.send(arrival + latency, latency);
        for (int tap = 0; tap < taps.size(); tap++) count(taps.get(tap), requests, responses, tap);
    }

    private static void count(Tap tap, Transmissions requests, Transmissions responses, int at) {
        int asked = requests.distinct(at);
        int answered = responses.distinct(at);
        if (asked > 0 && answered > 0) tap.answered++;
        tap.matches += Math.min(asked, answered);
        tap.count(Reason.RETRANSMISSION, requests.seen[at] - asked + responses.seen[at] - answered);
        tap.lost += requests.lost[at] + responses.lost[at];
        tap.duplicates += Math.max(0, requests.seen[at] - 1) + Math.max(0, responses.seen[at] - 1);
    }

    /** The sending of a request or response, perhaps twice, and what each tap sees of it. */
    private final class Transmissions {
        private final Exchange exchange;
        private final boolean response;
        private final boolean tcp;
        final int[] seen = new int[taps.size()];
        final int[] lost = new int[taps.size()];

        Transmissions(Exchange exchange, boolean response) {
            this.exchange = exchange;
            this.response = response;
            tcp = response ? exchange.flow.responseIsTcp() : exchange.flow.requestIsTcp();
        }

        /** Packets a tap sees that are not copies of a TCP segment it has seen. */
        int distinct(int tap) {
            return tcp ? Math.min(seen[tap], 1) : seen[tap];
        }

        /** Sends now, and once more within twice the latency if faults want it; answers when it first arrives. */
        long send(long now, long latency) {
            long arrival = transmit(now, 0);
            if (faults.chance(plan.duplicates())) {
                long again = transmit(now + faults.between(1, Math.max(1, 2 * latency)), 1);
                if (arrival == NEVER || again != NEVER && again < arrival) arrival = again;
            }
            return arrival;
        }

        private long transmit(long now, int copy) {
            boolean fails = faults.chance(plan.loss());
            int near = response ? taps.size() - 1 : 0;
            if (taps.size() == 1) {
                pass(now, copy, near, !fails);
                return now; // the only tap missed it, the other side did not
            }
            pass(now, copy, near, true);
            long arrival = now + traffic.draw(plan.tapDelay());
            int far = 1 - near;
            if (fails) {
                lost[far]++;
                return NEVER;
            }
            pass(arrival, copy, far, true);
            return arrival;
        }

        private void pass(long nanos, int copy, int tap, boolean isSeen) {
            passings.add(new Passing(nanos, serial++, exchange, response, copy, tap, isSeen));
            if (isSeen) seen[tap]++;
            else lost[tap]++;
        }
    }

    private void passUntil(long nanos) throws IOException {
        while (!passings.isEmpty() && passings.peek().nanos <= nanos) {
            Passing next = passings.poll();
            if (next.response) hear(next);
            if (next.seen) taps.get(next.tap).see(next.nanos, frame(next));
        }
    }

    private byte[] frame(Passing passing) {
        int near = passing.response ? taps.size() - 1 : 0;
        return frames.frame(passing.exchange, passing.response, passing.copy, Math.abs(passing.tap - near));
    }

    private void hear(Passing response) {
        Exchange exchange = response.exchange;
        if (!exchange.responseSent) {
            exchange.responseSent = true;
            streams.sendResponse(exchange);
        }
        if (response.tap == 0) streams.hearResponse(exchange);
    }

    private void makeNoise(long index, long now) throws IOException {
        Noise noise = frames.noise(traffic, index);
        for (byte[] frame : noise.frames()) taps.getFirst().see(now, frame);
        taps.getFirst().count(noise.reason(), noise.frames().size());
    }
}
