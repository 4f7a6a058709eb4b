package io.pairwire.benchmarks;

import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.ResultSink;
import io.pairwire.output.CsvSink;
import io.pairwire.output.JsonLinesSink;
import io.pairwire.output.TextSink;
import io.pairwire.output.TimeFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
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

/** Formatting one result into the buffer; the channel takes everything at once. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FormatBenchmark {
    /** What the results look like. */
    public enum Format {
        CSV,
        JSONL,
        TEXT;

        ResultSink sink() {
            return switch (this) {
                case CSV -> new CsvSink(new Nowhere(), true);
                case JSONL -> new JsonLinesSink(new Nowhere());
                case TEXT -> new TextSink(new Nowhere(), TimeFormat.CLASSIC);
            };
        }
    }

    private static final long START = 1_767_225_600_000_000_000L;
    private static final int UDP = 17;
    private static final int TCP = 6;

    @Param
    public Format format = Format.CSV;

    private final MatchedPair pair = new MatchedPair();
    private ResultSink sink = ResultSink.NONE;
    private long packet;

    @Setup
    public void open() {
        sink = format.sink();
        pair.client(0, 0x0a01_0203L, 50_000);
        pair.server(0, 0xc0a8_0109L, 7);
    }

    @Benchmark
    public void write() throws IOException {
        packet++;
        long time = START + packet * 5_000;
        pair.request("capture.pcap", packet, UDP);
        pair.response("capture.pcap", packet + 200, TCP);
        pair.times(time, time, time + 1_000_000);
        pair.traits(false, true, false, false);
        sink.write(pair);
    }

    private static final class Nowhere implements WritableByteChannel {
        @Override
        public int write(ByteBuffer bytes) {
            int length = bytes.remaining();
            bytes.position(bytes.limit());
            return length;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
