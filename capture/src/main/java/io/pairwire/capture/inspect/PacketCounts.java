package io.pairwire.capture.inspect;

import java.util.Map;

/**
 * What was counted over the packets of a capture.
 *
 * @param packets packets read
 * @param capturedBytes bytes of them that were captured
 * @param originalBytes bytes they had on the wire
 * @param firstNanos the earliest time; 0 without any
 * @param lastNanos the latest time; 0 without any
 * @param timed packets whose time is known
 * @param zeroTimes packets with time 0, which no clock told
 * @param outOfOrder packets with a time before that of the packet in front
 * @param truncated packets of which less was captured than was on the wire
 * @param shortestTruncated captured bytes of the shortest of those; 0 without any
 * @param longestTruncated captured bytes of the longest of those; 0 without any
 * @param longerThanOriginal packets of which more was captured than was on the wire, which cannot be
 * @param empty packets without captured bytes
 * @param commented packets with comments
 * @param linkTypes packets by link type
 * @param interfaces packets by number of the interface; the first {@value CaptureInspector#INTERFACES} of them
 */
public record PacketCounts(
        long packets,
        long capturedBytes,
        long originalBytes,
        long firstNanos,
        long lastNanos,
        long timed,
        long zeroTimes,
        long outOfOrder,
        long truncated,
        int shortestTruncated,
        int longestTruncated,
        long longerThanOriginal,
        long empty,
        long commented,
        Map<Integer, Long> linkTypes,
        Map<Integer, Long> interfaces) {

    public PacketCounts {
        linkTypes = Map.copyOf(linkTypes);
        interfaces = Map.copyOf(interfaces);
    }

    /** From the earliest packet to the latest; saturates where a {@code long} ends. */
    public long durationNanos() {
        long duration = lastNanos - firstNanos;
        return duration < 0 ? Long.MAX_VALUE : duration;
    }

    /** Does no packet come before the one in front of it? */
    public boolean isInOrder() {
        return outOfOrder == 0;
    }
}
