package io.pairwire.engine.generate;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.PcapFormat;

/**
 * What traffic to make. Equal plans make equal bytes.
 *
 * @param pairs requests to send, each with its response unless one of the probabilities says otherwise
 * @param flows address and port pairs the requests go round, 1 to {@value #MAX_FLOWS}; each costs 16 bytes of memory
 * @param payloadLeast shortest payload, bytes, from 1; below 8 bytes payloads repeat on a flow sooner or later
 * @param payloadMost longest payload, bytes, to {@value #MAX_PAYLOAD}; lengths between are equally likely
 * @param latency from the arrival of a request to the sending of its response
 * @param intervalNanos from one request to the next
 * @param seed of everything random
 * @param startEpochNanos time of the first request, nanoseconds since 1970
 * @param loss probability that a packet is missing: from the capture, or with two taps behind the first it passes
 * @param duplicates probability that a packet is sent twice, TCP with the same sequence number
 * @param reorder probability that a packet is written later than its time says
 * @param unanswered probability that a request gets no response
 * @param noise probability that a packet which no matching can use follows a request
 * @param tapDelay time from one tap to the other; only for two taps
 * @param clockOffsetNanos what the clock of the second tap shows more than that of the first; only for two taps
 * @param format of the captures
 */
public record TrafficPlan(
        Profile profile,
        long pairs,
        int flows,
        int payloadLeast,
        int payloadMost,
        Delay latency,
        long intervalNanos,
        long seed,
        long startEpochNanos,
        double loss,
        double duplicates,
        double reorder,
        double unanswered,
        double noise,
        Delay tapDelay,
        long clockOffsetNanos,
        PcapFormat format) {

    /** As many as there are different payloads of 8 bytes. */
    public static final long MAX_PAIRS = 1L << 48;

    public static final int MAX_FLOWS = 10_000_000;

    /** Leaves room for every header in an IP packet of 65,535 bytes. */
    public static final int MAX_PAYLOAD = 65_000;

    /** 2026-01-01T00:00:00Z. */
    private static final long NEW_YEAR = 1_767_225_600_000_000_000L;

    private static final long END_OF_PCAP_TIME = (1L << 32) * 1_000_000_000;

    public TrafficPlan {
        if (pairs < 0 || pairs > MAX_PAIRS) throw new IllegalArgumentException("pairs is not in 0..2^48: " + pairs);
        if (flows < 1 || flows > MAX_FLOWS)
            throw new IllegalArgumentException("flows is not in 1.." + MAX_FLOWS + ": " + flows);
        if (payloadLeast < 1 || payloadMost > MAX_PAYLOAD || payloadLeast > payloadMost) {
            throw new IllegalArgumentException(
                    "payload is not in 1.." + MAX_PAYLOAD + ": " + payloadLeast + "-" + payloadMost);
        }
        if (intervalNanos < 0 || intervalNanos > Delay.LONGEST)
            throw new IllegalArgumentException("interval is not in 0..1h: " + intervalNanos + " ns");
        checkProbability("loss", loss);
        checkProbability("duplicates", duplicates);
        checkProbability("reorder", reorder);
        checkProbability("unanswered", unanswered);
        checkProbability("noise", noise);
        if (Math.abs(clockOffsetNanos) > Delay.LONGEST)
            throw new IllegalArgumentException("clock offset exceeds 1h: " + clockOffsetNanos + " ns");
        checkTimes(startEpochNanos, pairs, intervalNanos);
        checkLinkType(profile, format.linkType());
    }

    private static void checkProbability(String name, double value) {
        if (!(value >= 0 && value <= 1)) throw new IllegalArgumentException(name + " is not in 0..1: " + value);
    }

    /** Every time, with a delay on each way, a copy and the clock's offset, fits the 32 bits of seconds of a pcap file. */
    private static void checkTimes(long start, long pairs, long interval) {
        long slack = 8 * Delay.LONGEST;
        if (start < slack || start > END_OF_PCAP_TIME - slack) {
            throw new IllegalArgumentException("start is not between 1970-01-01T08:00 and 2106: " + start + " ns");
        }
        if (interval > 0 && pairs > (END_OF_PCAP_TIME - slack - start) / interval) {
            throw new IllegalArgumentException("the last of " + pairs + " pairs would be sent after 2106");
        }
    }

    private static void checkLinkType(Profile profile, int linkType) {
        switch (linkType) {
            case LinkType.ETHERNET -> {}
            case LinkType.RAW, LinkType.LINUX_SLL, LinkType.LINUX_SLL2, LinkType.NULL -> {
                if (profile == Profile.MIXED) {
                    throw new IllegalArgumentException(
                            "mixed traffic has VLANs and ARP: it needs ETHERNET, not " + LinkType.name(linkType));
                }
            }
            default ->
                throw new IllegalArgumentException(
                        "link type is not ETHERNET, RAW, LINUX_SLL, LINUX_SLL2 or NULL: " + LinkType.name(linkType));
        }
    }

    /** A plan with the usual values of a profile. */
    public static TrafficPlan of(Profile profile) {
        return builder(profile).build();
    }

    /** Starts from the usual values of a profile. */
    public static Builder builder(Profile profile) {
        return new Builder(profile);
    }

    /** Collects the values of a plan; see {@link TrafficPlan} for their meaning. Whatever is not set has a usual value. */
    public static final class Builder {
        private final Profile profile;
        private long pairs = 1_000;
        private int flows = 100;
        private int payloadLeast;
        private int payloadMost;
        private Delay latency;
        private long intervalNanos = 5_000;
        private long seed = 1;
        private long startEpochNanos = NEW_YEAR;
        private double loss;
        private double duplicates;
        private double reorder;
        private double unanswered;
        private double noise;
        private Delay tapDelay = new Delay.Uniform(40_000, 60_000);
        private long clockOffsetNanos;
        private PcapFormat format = PcapFormat.microseconds(LinkType.ETHERNET);

        private Builder(Profile profile) {
            this.profile = profile;
            boolean mixed = profile == Profile.MIXED;
            payloadLeast = mixed ? 16 : 64;
            payloadMost = mixed ? MIXED_PAYLOAD : 64;
            latency = mixed ? new Delay.LogNormal(1_000_000, 0.5) : new Delay.Constant(1_000_000);
            unanswered = mixed ? 0.02 : 0;
            noise = mixed ? 0.1 : 0;
        }

        /** With {@link #payloadLeast} 16 and the usual noise the mean frame has 590 bytes. */
        private static final int MIXED_PAYLOAD = 1_076;

        public Builder pairs(long pairs) {
            this.pairs = pairs;
            return this;
        }

        public Builder flows(int flows) {
            this.flows = flows;
            return this;
        }

        public Builder payload(int least, int most) {
            payloadLeast = least;
            payloadMost = most;
            return this;
        }

        public Builder latency(Delay latency) {
            this.latency = latency;
            return this;
        }

        public Builder intervalNanos(long nanos) {
            intervalNanos = nanos;
            return this;
        }

        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        public Builder startEpochNanos(long epochNanos) {
            startEpochNanos = epochNanos;
            return this;
        }

        public Builder loss(double probability) {
            loss = probability;
            return this;
        }

        public Builder duplicates(double probability) {
            duplicates = probability;
            return this;
        }

        public Builder reorder(double probability) {
            reorder = probability;
            return this;
        }

        public Builder unanswered(double probability) {
            unanswered = probability;
            return this;
        }

        public Builder noise(double probability) {
            noise = probability;
            return this;
        }

        public Builder tapDelay(Delay delay) {
            tapDelay = delay;
            return this;
        }

        public Builder clockOffsetNanos(long nanos) {
            clockOffsetNanos = nanos;
            return this;
        }

        public Builder format(PcapFormat format) {
            this.format = format;
            return this;
        }

        /** @throws IllegalArgumentException if a value is out of its range */
        public TrafficPlan build() {
            return new TrafficPlan(
                    profile,
                    pairs,
                    flows,
                    payloadLeast,
                    payloadMost,
                    latency,
                    intervalNanos,
                    seed,
                    startEpochNanos,
                    loss,
                    duplicates,
                    reorder,
                    unanswered,
                    noise,
                    tapDelay,
                    clockOffsetNanos,
                    format);
        }
    }
}
