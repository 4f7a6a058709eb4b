package io.pairwire.engine.generate;

import io.pairwire.capture.PcapWriter;
import java.io.IOException;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;

/**
 * A point where packets are captured: writes what passes, some of it late if the plan says so, and counts.
 *
 * <p>A packet to be late is held back for up to {@link #REACH} intervals of the plan while others overtake it; it keeps
 * its time. Packets pass in the order of their time, so whatever is due by the time of the newest can be written.
 */
final class Tap {
    /** How late a packet may be written, in intervals between requests. */
    private static final int REACH = 16;

    private final PcapWriter writer;
    private final long clockOffsetNanos;
    private final long precisionNanos;
    private final double reorder;
    private final long reachNanos;
    private final SplitMix64 random;
    private final PriorityQueue<Held> held =
            new PriorityQueue<>(Comparator.comparingLong(Held::dueNanos).thenComparingLong(Held::serial));
    private final Map<Reason, Long> notEligible = new EnumMap<>(Reason.class);
    private long passed;
    private long packets;
    private long bytes;
    private long reordered;
    private long first = Long.MAX_VALUE;
    private long last;
    long answered;
    long matches;
    long lost;
    long duplicates;

    /** Why a packet can be in no pair, as the engine names it. */
    enum Reason {
        NOT_IP,
        NO_TRANSPORT,
        FRAGMENT,
        NO_PAYLOAD,
        RETRANSMISSION
    }

    private record Held(long dueNanos, long serial, long epochNanos, byte[] frame) {}

    Tap(TrafficPlan plan, PcapWriter writer, long clockOffsetNanos, long seed) {
        this.writer = writer;
        this.clockOffsetNanos = clockOffsetNanos;
        precisionNanos = plan.format().nanoseconds() ? 1 : 1_000;
        reorder = plan.reorder();
        reachNanos = REACH * Math.max(plan.intervalNanos(), 1_000);
        random = new SplitMix64(seed);
    }

    /** A packet passes; {@code trueNanos} never decreases. */
    void see(long trueNanos, byte[] frame) throws IOException {
        long epochNanos = trueNanos + clockOffsetNanos;
        epochNanos -= epochNanos % precisionNanos;
        if (reorder == 0) {
            write(epochNanos, frame);
            return;
        }
        writeUntil(epochNanos);
        long late = random.chance(reorder) ? random.between(1, reachNanos) : 0;
        held.add(new Held(epochNanos + late, passed++, epochNanos, frame));
    }

    void count(Reason reason, long packets) {
        if (packets > 0) notEligible.merge(reason, packets, Long::sum);
    }

    Written.Capture finish() throws IOException {
        writeUntil(Long.MAX_VALUE);
        var reasons = new TreeMap<String, Long>();
        notEligible.forEach((reason, count) -> reasons.put(reason.name().toLowerCase(Locale.ROOT), count));
        return new Written.Capture(
                packets,
                bytes,
                answered,
                matches,
                lost,
                duplicates,
                reordered,
                reasons,
                packets == 0 ? 0 : first,
                last);
    }

    private void writeUntil(long nanos) throws IOException {
        while (!held.isEmpty() && held.peek().dueNanos <= nanos) {
            Held next = held.poll();
            write(next.epochNanos, next.frame);
        }
    }

    private void write(long epochNanos, byte[] frame) throws IOException {
        writer.write(epochNanos, frame);
        packets++;
        bytes += frame.length;
        if (epochNanos < last) reordered++;
        first = Math.min(first, epochNanos);
        last = Math.max(last, epochNanos);
    }
}
