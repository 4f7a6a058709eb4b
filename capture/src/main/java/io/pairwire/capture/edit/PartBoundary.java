package io.pairwire.capture.edit;

import io.pairwire.capture.Packet;
import java.time.Duration;

/**
 * Where a capture is cut into parts: before a packet with which a part would get too many packets or bytes, or when time
 * has come to the next interval. What is set applies together, whichever comes first. Not thread-safe.
 */
public final class PartBoundary {
    /** Bytes that a record takes besides its packet, as in pcap. */
    private static final int RECORD_HEADER = 16;

    private final long packetLimit;
    private final long byteLimit;
    private final long intervalNanos;
    private long packets;
    private long bytes;
    private long intervalEnd;

    /**
     * @param packetLimit packets in a part at most; 0 for any number
     * @param byteLimit bytes in a part at most, with 16 for each packet's header; a longer packet has a part of its own;
     *     0 for any number
     * @param interval length of the intervals, which begin with the first packet; zero for none. An interval without
     *     packets makes no part, and a packet that is late stays in the part that is open
     */
    public PartBoundary(long packetLimit, long byteLimit, Duration interval) {
        if (packetLimit < 0) throw new IllegalArgumentException("packetLimit is negative: " + packetLimit);
        if (byteLimit < 0) throw new IllegalArgumentException("byteLimit is negative: " + byteLimit);
        if (interval.isNegative()) throw new IllegalArgumentException("interval is negative: " + interval);
        this.packetLimit = packetLimit;
        this.byteLimit = byteLimit;
        intervalNanos = interval.toNanos();
    }

    /** Does a new part begin with this packet? So it does with the first. To be asked once for every packet. */
    public boolean isBefore(Packet packet) {
        long length = RECORD_HEADER + (long) packet.capturedLength();
        long time = packet.epochNanos();
        boolean first = packets == 0;
        boolean full = packetLimit > 0 && packets == packetLimit || byteLimit > 0 && length > byteLimit - bytes;
        boolean later = intervalNanos > 0 && (first || time >= intervalEnd);
        if (later) intervalEnd = first ? saturated(time, intervalNanos) : endBehind(time);
        boolean begins = first || full || later;
        packets = begins ? 1 : packets + 1;
        bytes = begins ? length : bytes + length;
        return begins;
    }

    /** The end of the interval that holds the time, which is not before the end of the one that is open. */
    private long endBehind(long time) {
        long behind = time - intervalEnd;
        if (behind < 0) return Long.MAX_VALUE; // further than a long can tell
        return saturated(time - behind % intervalNanos, intervalNanos);
    }

    private static long saturated(long time, long added) {
        long sum = time + added;
        return sum < time ? Long.MAX_VALUE : sum;
    }
}
