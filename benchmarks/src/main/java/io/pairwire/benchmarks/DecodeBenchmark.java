package io.pairwire.benchmarks;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
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

/** Decoding one packet to its five-tuple. The packets lie in memory in order, a megabyte or so of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecodeBenchmark {
    @Param
    public Traffic traffic = Traffic.GATEWAY;

    private final LayerDecoder decoder = new LayerDecoder();
    private final Layers layers = new Layers();
    private final Packet packet = new Packet().linkType(LinkType.ETHERNET);
    private CaptureInMemory capture = Traffic.GATEWAY.capture(1, 64);

    @Setup
    public void generate() {
        capture = traffic.capture(traffic == Traffic.MIXED ? 1_000 : 4_000, 64);
    }

    @Benchmark
    public long decode() {
        decoder.decode(capture.moveToNext(packet), layers);
        return layers.sourceLow() ^ layers.destinationLow() ^ layers.sourcePort() ^ layers.destinationPort();
    }
}
