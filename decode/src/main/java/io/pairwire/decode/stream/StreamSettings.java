package io.pairwire.decode.stream;

import java.time.Duration;

/**
 * What a {@link TcpReassembler} may use, and how it decides.
 *
 * @param memory bytes that all streams may hold together, 2048 at least; held in chunks of that many
 * @param streamMemory bytes that one stream may hold, 2048 at least, in the same chunks
 * @param connections that are known at the same time, from 1 to 2^24
 * @param window from 1 to 2^30 bytes: a segment is believed that begins at most so far before the byte expected next, or
 *     behind the farthest byte that came
 * @param gapTimeout how long bytes wait for those before them, in event time
 * @param idleTimeout after how long without a packet a connection ends, in event time
 * @param lingerTimeout how long an ended connection is remembered, so that late copies of its segments are known for what
 *     they are, in event time
 * @param overlap which copy of a byte counts
 * @param urgent what becomes of urgent data
 * @param pickUp are connections of interest whose SYN was not captured?
 * @param byVlan do VLAN tags tell connections apart?
 */
public record StreamSettings(
        long memory,
        long streamMemory,
        int connections,
        int window,
        Duration gapTimeout,
        Duration idleTimeout,
        Duration lingerTimeout,
        SegmentOverlap overlap,
        UrgentPolicy urgent,
        boolean pickUp,
        boolean byVlan) {

    /** Beyond it, ahead and behind in sequence numbers cannot be told apart safely; also the most that TCP allows. */
    static final int MOST_WINDOW = 1 << 30;

    public StreamSettings {
        check(memory >= PiecePool.CHUNK && memory <= 1L << 40, "memory is not in 2048..2^40", memory);
        check(
                streamMemory >= PiecePool.CHUNK && streamMemory <= memory,
                "memory of a stream is not in 2048..memory",
                streamMemory);
        check(connections >= 1 && connections <= 1 << 24, "connections are not in 1..2^24", connections);
        check(window >= 1 && window <= MOST_WINDOW, "window is not in 1..2^30", window);
        check(isTimeout(gapTimeout), "gap timeout is out of range", gapTimeout);
        check(isTimeout(idleTimeout), "idle timeout is out of range", idleTimeout);
        check(isTimeout(lingerTimeout), "linger timeout is out of range", lingerTimeout);
    }

    /** Its nanoseconds fit a long. */
    static boolean isTimeout(Duration timeout) {
        return !timeout.isNegative() && timeout.compareTo(Duration.ofNanos(Long.MAX_VALUE)) <= 0;
    }

    static void check(boolean holds, String what, Object value) {
        if (!holds) throw new IllegalArgumentException(what + ": " + value);
    }

    /**
     * 64 MB in all and 2 MB a stream, 65,536 connections, a window of 16 MB; 10 s for a gap, 5 min idle, 30 s of memory for
     * ended connections; the first copy counts, urgent data stay in the stream, connections are picked up anywhere, and
     * VLANs do not matter.
     */
    public static StreamSettings defaults() {
        return new StreamSettings(
                64 << 20,
                2 << 20,
                1 << 16,
                16 << 20,
                Duration.ofSeconds(10),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                SegmentOverlap.FIRST,
                UrgentPolicy.INLINE,
                true,
                false);
    }

    /** With other ceilings, bytes: for all streams, and for one. */
    public StreamSettings withMemory(long memory, long streamMemory) {
        return new StreamSettings(
                memory,
                streamMemory,
                connections,
                window,
                gapTimeout,
                idleTimeout,
                lingerTimeout,
                overlap,
                urgent,
                pickUp,
                byVlan);
    }

    public StreamSettings withConnections(int connections) {
        return new StreamSettings(
                memory,
                streamMemory,
                connections,
                window,
                gapTimeout,
                idleTimeout,
                lingerTimeout,
                overlap,
                urgent,
                pickUp,
                byVlan);
    }

    public StreamSettings withWindow(int window) {
        return new StreamSettings(
                memory,
                streamMemory,
                connections,
                window,
                gapTimeout,
                idleTimeout,
                lingerTimeout,
                overlap,
                urgent,
                pickUp,
                byVlan);
    }

    public StreamSettings withTimeouts(Duration gapTimeout, Duration idleTimeout, Duration lingerTimeout) {
        return new StreamSettings(
                memory,
                streamMemory,
                connections,
                window,
                gapTimeout,
                idleTimeout,
                lingerTimeout,
                overlap,
                urgent,
                pickUp,
                byVlan);
    }

    public StreamSettings withOverlap(SegmentOverlap overlap) {
        return new StreamSettings(
                memory,
                streamMemory,
                connections,
                window,
                gapTimeout,
                idleTimeout,
                lingerTimeout,
                overlap,
                urgent,
                pickUp,
                byVlan);
    }

    public StreamSettings withUrgent(UrgentPolicy urgent) {
        return new StreamSettings(
                memory,
                streamMemory,
                connections,
                window,
                gapTimeout,
                idleTimeout,
                lingerTimeout,
                overlap,
                urgent,
                pickUp,
                byVlan);
    }

    public StreamSettings withPickUp(boolean pickUp) {
        return new StreamSettings(
                memory,
                streamMemory,
                connections,
                window,
                gapTimeout,
                idleTimeout,
                lingerTimeout,
                overlap,
                urgent,
                pickUp,
                byVlan);
    }

    public StreamSettings withByVlan(boolean byVlan) {
        return new StreamSettings(
                memory,
                streamMemory,
                connections,
                window,
                gapTimeout,
                idleTimeout,
                lingerTimeout,
                overlap,
                urgent,
                pickUp,
                byVlan);
    }
}
