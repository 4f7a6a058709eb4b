package io.pairwire.engine;

import io.pairwire.memory.OverflowPolicy;
import java.time.Duration;
import java.util.List;

/**
 * How an engine works.
 *
 * @param pairing which protocols the packets of a pair may have
 * @param requestSide which packet of a pair is the request
 * @param internal the internal networks, for directions
 * @param expiry the largest time between a packet and its partner; a partner exactly that late still matches
 * @param maxUnmatched packets that may wait for their partner; shared out evenly to the shards
 * @param hashBytes payload bytes that take part in the key, 0 for all
 * @param shards parts of the unmatched store, 1 to 1,024
 * @param threads threads that read and match, 0 for one a core; a writing thread comes on top
 * @param queueSize packets between reading and matching, at least 1
 * @param poolSize packet descriptors in all, at least 1
 * @param bufferSize results between matching and writing, at least 1
 * @param policy what happens when any of these is full
 * @param flushInterval results are flushed at least that often
 * @param statisticsInterval the listener is called that often; zero for only at the end
 */
public record EngineSettings(
        Pairing pairing,
        RequestSide requestSide,
        List<Prefix> internal,
        Duration expiry,
        long maxUnmatched,
        int hashBytes,
        int shards,
        int threads,
        int queueSize,
        int poolSize,
        int bufferSize,
        OverflowPolicy policy,
        Duration flushInterval,
        Duration statisticsInterval) {

    /** Bytes of memory set aside for one waiting packet when the default bound is chosen. */
    private static final long BYTES_PER_PACKET = 64;

    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final long MOST_BY_DEFAULT = 10_000_000;

    public EngineSettings {
        internal = List.copyOf(internal);
        check(isInRange(expiry), "expiry is out of range", expiry);
        check(maxUnmatched >= 1, "maximum of unmatched packets is below 1", maxUnmatched);
        check(hashBytes >= 0, "bytes to hash are negative", hashBytes);
        check(shards >= 1 && shards <= 1024, "shards are not in 1..1024", shards);
        check(threads >= 0 && threads <= 1024, "threads are not in 0..1024", threads);
        check(queueSize >= 1, "queue size is below 1", queueSize);
        check(poolSize >= 1, "pool size is below 1", poolSize);
        check(bufferSize >= 1, "buffer size is below 1", bufferSize);
        check(isInRange(flushInterval), "flush interval is out of range", flushInterval);
        check(
                statisticsInterval.isZero() || isInRange(statisticsInterval) && statisticsInterval.toMillis() >= 1,
                "statistics interval is neither 0 nor at least 1 ms",
                statisticsInterval);
    }

    /** Nanoseconds of it fit a long, with room for sums. */
    private static boolean isInRange(Duration duration) {
        return !duration.isNegative() && duration.compareTo(LONGEST) < 0;
    }

    private static void check(boolean holds, String what, Object value) {
        if (!holds) throw new IllegalArgumentException(what + ": " + value);
    }

    /** What the command line uses when nothing else is asked for. */
    public static EngineSettings defaults() {
        return new EngineSettings(
                Pairing.ANY,
                RequestSide.EARLIER,
                List.of(Prefix.parse("192.168.0.0/16")),
                Duration.ofSeconds(30),
                defaultMaxUnmatched(),
                0,
                16,
                0,
                10_000,
                20_000,
                1_000,
                new OverflowPolicy.Block(),
                Duration.ofSeconds(5),
                Duration.ZERO);
    }

    /** As many as half of the heap holds, ten million at most. */
    public static long defaultMaxUnmatched() {
        return Math.clamp(Runtime.getRuntime().maxMemory() / 2 / BYTES_PER_PACKET, 1_000, MOST_BY_DEFAULT);
    }

    public EngineSettings withPairing(Pairing pairing) {
        return new EngineSettings(
                pairing,
                requestSide,
                internal,
                expiry,
                maxUnmatched,
                hashBytes,
                shards,
                threads,
                queueSize,
                poolSize,
                bufferSize,
                policy,
                flushInterval,
                statisticsInterval);
    }

    public EngineSettings withRequestSide(RequestSide requestSide) {
        return new EngineSettings(
                pairing,
                requestSide,
                internal,
                expiry,
                maxUnmatched,
                hashBytes,
                shards,
                threads,
                queueSize,
                poolSize,
                bufferSize,
                policy,
                flushInterval,
                statisticsInterval);
    }

    public EngineSettings withInternal(List<Prefix> internal) {
        return new EngineSettings(
                pairing,
                requestSide,
                internal,
                expiry,
                maxUnmatched,
                hashBytes,
                shards,
                threads,
                queueSize,
                poolSize,
                bufferSize,
                policy,
                flushInterval,
                statisticsInterval);
    }

    public EngineSettings withExpiry(Duration expiry) {
        return new EngineSettings(
                pairing,
                requestSide,
                internal,
                expiry,
                maxUnmatched,
                hashBytes,
                shards,
                threads,
                queueSize,
                poolSize,
                bufferSize,
                policy,
                flushInterval,
                statisticsInterval);
    }

    public EngineSettings withMaxUnmatched(long maxUnmatched) {
        return new EngineSettings(
                pairing,
                requestSide,
                internal,
                expiry,
                maxUnmatched,
                hashBytes,
                shards,
                threads,
                queueSize,
                poolSize,
                bufferSize,
                policy,
                flushInterval,
                statisticsInterval);
    }

    public EngineSettings withHashBytes(int hashBytes) {
        return new EngineSettings(
                pairing,
                requestSide,
                internal,
                expiry,
                maxUnmatched,
                hashBytes,
                shards,
                threads,
                queueSize,
                poolSize,
                bufferSize,
                policy,
                flushInterval,
                statisticsInterval);
    }

    public EngineSettings withShards(int shards) {
        return new EngineSettings(
                pairing,
                requestSide,
                internal,
                expiry,
                maxUnmatched,
                hashBytes,
                shards,
                threads,
                queueSize,
                poolSize,
                bufferSize,
                policy,
                flushInterval,
                statisticsInterval);
    }

    public EngineSettings withThreads(int threads) {
        return new EngineSettings(
                pairing,
                requestSide,
                internal,
                expiry,
                maxUnmatched,
                hashBytes,
                shards,
                threads,
                queueSize,
                poolSize,
                bufferSize,
                policy,
                flushInterval,
                statisticsInterval);
    }

    public EngineSettings withQueueSize(int queueSize) {
        return new EngineSettings(
                pairing,
                requestSide,
                internal,
                expiry,
                maxUnmatched,
                hashBytes,
                shards,
                threads,
                queueSize,
                poolSize,
                bufferSize,
                policy,
                flushInterval,
                statisticsInterval);
    }

    public EngineSettings withPoolSize(int poolSize) {
        return new EngineSettings(
                pairing,
                requestSide,
                internal,
                expiry,
                maxUnmatched,
                hashBytes,
                shards,
                threads,
                queueSize,
                poolSize,
                bufferSize,
                policy,
                flushInterval,
                statisticsInterval);
    }

    public EngineSettings withBufferSize(int bufferSize) {
        return new EngineSettings(
                pairing,
                requestSide,
                internal,
                expiry,
                maxUnmatched,
                hashBytes,
                shards,
                threads,
                queueSize,
                poolSize,
                bufferSize,
                policy,
                flushInterval,
                statisticsInterval);
    }

    public EngineSettings withPolicy(OverflowPolicy policy) {
        return new EngineSettings(
                pairing,
                requestSide,
                internal,
                expiry,
                maxUnmatched,
                hashBytes,
                shards,
                threads,
                queueSize,
                poolSize,
                bufferSize,
                policy,
                flushInterval,
                statisticsInterval);
    }

    public EngineSettings withFlushInterval(Duration flushInterval) {
        return new EngineSettings(
                pairing,
                requestSide,
                internal,
                expiry,
                maxUnmatched,
                hashBytes,
                shards,
                threads,
                queueSize,
                poolSize,
                bufferSize,
                policy,
                flushInterval,
                statisticsInterval);
    }

    public EngineSettings withStatisticsInterval(Duration statisticsInterval) {
        return new EngineSettings(
                pairing,
                requestSide,
                internal,
                expiry,
                maxUnmatched,
                hashBytes,
                shards,
                threads,
                queueSize,
                poolSize,
                bufferSize,
                policy,
                flushInterval,
                statisticsInterval);
    }
}
