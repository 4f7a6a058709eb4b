package io.pairwire.capture.inspect;

import io.pairwire.capture.Packet;
import java.util.HashMap;
import java.util.Map;

/** Counts the packets of a capture, one by one, in memory that does not grow. Not thread-safe. */
public final class Counting {
    private final long[] linkTypes = new long[CaptureInspector.LINK_TYPES];
    private final long[] interfaces = new long[CaptureInspector.INTERFACES];
    private long packets;
    private long capturedBytes;
    private long originalBytes;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;
    private long before = Long.MIN_VALUE;
    private long timed;
    private long zeroTimes;
    private long outOfOrder;
    private long truncated;
    private int shortestTruncated = Integer.MAX_VALUE;
    private int longestTruncated;
    private long longerThanOriginal;
    private long empty;
    private long commented;

    /** Nothing counted yet. */
    public Counting() {}

    /** Counts one packet more. */
    public void add(Packet packet) {
        int captured = packet.capturedLength();
        int original = packet.originalLength();
        packets++;
        capturedBytes += captured;
        originalBytes += original;
        if (captured == 0) empty++;
        if (captured > original) longerThanOriginal++;
        if (captured < original) {
            truncated++;
            shortestTruncated = Math.min(shortestTruncated, captured);
            longestTruncated = Math.max(longestTruncated, captured);
        }
        if (packet.linkType() < linkTypes.length) linkTypes[packet.linkType()]++;
        if (packet.interfaceIndex() < interfaces.length) interfaces[packet.interfaceIndex()]++;
        if (!packet.options().isEmpty() && !packet.options().comments().isEmpty()) commented++;
        if (packet.hasTime()) time(packet.epochNanos());
    }

    private void time(long nanos) {
        timed++;
        if (nanos == 0) zeroTimes++;
        if (nanos < before) outOfOrder++;
        before = nanos;
        firstNanos = Math.min(firstNanos, nanos);
        lastNanos = Math.max(lastNanos, nanos);
    }

    /** Packets so far. */
    public long packets() {
        return packets;
    }

    /** All that was counted so far. */
    public PacketCounts counts() {
        return new PacketCounts(
                packets,
                capturedBytes,
                originalBytes,
                timed == 0 ? 0 : firstNanos,
                timed == 0 ? 0 : lastNanos,
                timed,
                zeroTimes,
                outOfOrder,
                truncated,
                truncated == 0 ? 0 : shortestTruncated,
                longestTruncated,
                longerThanOriginal,
                empty,
                commented,
                positive(linkTypes),
                positive(interfaces));
    }

    private static Map<Integer, Long> positive(long[] counts) {
        var positive = new HashMap<Integer, Long>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) positive.put(i, counts[i]);
        }
        return positive;
    }
}
