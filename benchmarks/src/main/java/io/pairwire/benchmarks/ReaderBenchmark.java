package io.pairwire.benchmarks;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PcapReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Reading one packet of 112 bytes with its record header from a channel in memory: copy, parse, move the view. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReaderBenchmark {
    private final Packet packet = new Packet();
    private final PcapReader reader = open();

    private static PcapReader open() {
        try {
            return PcapReader.open(
                    new EndlessCapture(Traffic.GATEWAY.capture(10_000, 64).file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Benchmark
    public long next() throws IOException {
        reader.next(packet);
        return packet.epochNanos();
    }
}
