package io.pairwire.benchmarks;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.PacketBatch;
import io.pairwire.engine.ShardMatcher;
import io.pairwire.engine.pair.PairMatcher;
import io.pairwire.engine.store.PacketReference;
import io.pairwire.engine.store.UnmatchedTable;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The pair core on one core: batches of descriptors through the shards, 200 requests outstanding, every packet half of a
 * pair. {@link #descriptors} makes the descriptors from a counter, {@link #packets} from packets by decoding and hashing
 * them. One operation is one packet.
 *
 * <p>The capture comes again and again, so it holds more TCP segments than the shards remember: otherwise its responses
 * would be retransmissions from the second time on.
 */
@State(Scope.Thread)
@BenchmarkMode({Mode.Throughput})
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PairCoreBenchmark {
    private static final int BATCH = 128;
    private static final int SHARDS = 16;
    private static final int OUTSTANDING = 200;
    private static final int MOST_UNPAIRED = 1_000;
    private static final int PAIRS = 400_000;
    private static final long INTERVAL_NANOS = 5_000;

    private final EngineSettings settings = EngineSettings.defaults().withShards(SHARDS);
    private final PairMatcher matcher = new PairMatcher(settings, new Random(1));
    private final ShardMatcher[] shards = new ShardMatcher[SHARDS];
    private final PacketBatch batch = PacketBatch.standalone(BATCH);
    private final LayerDecoder decoder = new LayerDecoder();
    private final Layers layers = new Layers();
    private final Packet packet = new Packet().linkType(LinkType.ETHERNET);
    private final CaptureInMemory capture = Traffic.GATEWAY.capture(PAIRS, 64);
    private long number;
    private long clock;
    private long touched;
    private long latencies;
    private long packets;
    private long pairs;

    /** Shards with room for a hundred thousand each. */
    public PairCoreBenchmark() {
        long expiryNanos = settings.expiry().toNanos();
        for (int i = 0; i < SHARDS; i++) shards[i] = matcher.shard(new UnmatchedTable(expiryNanos, 100_000));
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long descriptors() {
        batch.clear();
        for (int i = 0; i < BATCH; i++) {
            long turn = number++;
            boolean response = (turn & 1) != 0;
            long pair = (turn >>> 1) - (response ? OUTSTANDING : 0);
            long key = mix(pair);
            clock += INTERVAL_NANOS / 2;
            batch.key(key, ~key, mix(key));
            batch.identity(PacketReference.of(0, turn + 1, response, response, false), (int) pair);
            batch.endpoints(0, pair, 0, ~pair, (int) pair, 0);
            batch.append(clock, clock, SHARDS);
        }
        return match();
    }

    /** A bijection of Stafford's, mix 13, so that keys differ and spread. */
    private static long mix(long value) {
        long x = (value ^ value >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        x = (x ^ x >>> 27) * 0x94d0_49bb_1331_11ebL;
        return x ^ x >>> 31;
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long packets() {
        batch.clear();
        while (batch.length() < BATCH) {
            decoder.decode(capture.moveToNext(packet), layers);
            clock += INTERVAL_NANOS / 2; // the capture comes again and again, time goes on
            matcher.describe(packet, layers, batch);
            batch.append(clock, clock, SHARDS);
        }
        return match();
    }

    private long match() {
        for (int i = 0; i < BATCH; i++) touched ^= shards[batch.shard(i)].touch(batch, i);
        for (int i = 0; i < BATCH; i++) {
            shards[batch.shard(i)].match(batch, i);
            if (!batch.isPaired(i)) continue;
            latencies += matcher.latencyNanos(batch, i);
            pairs++;
        }
        packets += BATCH;
        return touched ^ latencies;
    }

    /** A core that finds no pairs is fast, or slow, for the wrong reason: then the run fails. */
    @TearDown
    public void nearlyAllPaired() {
        if (packets - 2 * pairs > MOST_UNPAIRED) {
            throw new IllegalStateException(pairs + " pairs in " + packets + " packets");
        }
    }
}
