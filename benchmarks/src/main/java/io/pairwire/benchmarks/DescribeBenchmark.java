package io.pairwire.benchmarks;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.engine.Eligibility;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.PacketBatch;
import io.pairwire.engine.pair.PairMatcher;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The 128-bit key over endpoints and payload, with the descriptor it goes into; the layers are known already. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DescribeBenchmark {
    @Param({"64", "512", "1460"})
    public int payload = 64;

    private final PairMatcher matcher = new PairMatcher(EngineSettings.defaults(), new Random(1));
    private final PacketBatch batch = PacketBatch.standalone(1);
    private final Layers layers = new Layers();
    private final Packet packet = new Packet().linkType(LinkType.ETHERNET);

    @Setup
    public void decode() {
        new LayerDecoder().decode(Traffic.GATEWAY.capture(1, payload).moveToNext(packet), layers);
    }

    @Benchmark
    public Eligibility describe() {
        return matcher.describe(packet, layers, batch);
    }
}
