package io.pairwire.benchmarks;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import io.pairwire.capture.PickFinder;
import io.pairwire.capture.ReadOptions;
import io.pairwire.capture.index.CaptureIndex;
import io.pairwire.capture.index.CaptureView;
import io.pairwire.capture.index.IndexBuilder;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.filter.FilterLanguage;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.decode.filter.vfm.VfmMode;
import io.pairwire.engine.cache.CacheKey;
import io.pairwire.engine.cache.CacheSettings;
import io.pairwire.engine.cache.ResultCache;
import io.pairwire.engine.index.DecodedFlows;
import io.pairwire.engine.index.IndexedPicks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Going to a packet by an index, and finding a result that is kept, over a capture of 400,000 packets in the page cache. A hit
 * includes telling by its content which file it is.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AnalysisBenchmark {
    private static final int PACKETS = 400_000;
    private static final int FLOWS = 1_000; // each a thousandth of the packets
    private static final int RESULT = 30_000;
    private static final String FLOW = "host 10.0.7.1 and port 1031";

    private final PacketFilter filter = PacketFilter.compile(FilterLanguage.PCAP, VfmMode.SOUND, FLOW);
    private final SplittableRandom random = new SplittableRandom(4);
    private Path folder = Path.of("");
    private Path capture = Path.of("");

    @SuppressWarnings("NullAway.Init") // make() sets it
    private CaptureView view;

    private ResultCache memory = new ResultCache(CacheSettings.inMemory(), Clock.systemUTC());
    private ResultCache disk = new ResultCache(CacheSettings.inMemory(), Clock.systemUTC());

    @Setup
    public void make() throws IOException {
        folder = Files.createTempDirectory("pairwire-benchmark-");
        capture = folder.resolve("day.pcap");
        try (var writer = PcapWriter.create(capture, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            for (int i = 0; i < PACKETS; i++) {
                byte[] frame = Frame.udp("10.0." + i % 200 + ".1", 1_024 + i % FLOWS, "192.0.2.1", 53)
                        .payload(new byte[random.nextInt(900)])
                        .toEthernet();
                writer.write(i * 1_000L, frame);
            }
        }
        IndexBuilder.full(capture, new DecodedFlows()).build();
        view = CaptureView.of(CaptureIndex.find(capture).orElseThrow());
        disk = new ResultCache(CacheSettings.in(folder.resolve("cache")).withMemoryBytes(0), Clock.systemUTC());
        memory.store(key(), new byte[RESULT]);
        disk.store(key(), new byte[RESULT]);
        if (flowByScan() != PACKETS / FLOWS || flowByIndex() != PACKETS / FLOWS) {
            throw new IllegalStateException("packets of the flow are missing");
        }
        if (memoryHit().length != RESULT || diskHit().length != RESULT) throw new IllegalStateException("not kept");
    }

    private CacheKey key() throws IOException {
        return CacheKey.of(List.of(capture), "benchmark", 1, List.of());
    }

    /** To any packet of a view that is open. */
    @Benchmark
    public long seek() throws IOException {
        return view.packet(1 + random.nextLong(PACKETS)).epochNanos();
    }

    /** From nothing: reads the index, maps the capture, goes to a packet. */
    @Benchmark
    public long seekFromNothing() throws IOException {
        try (var opened = CaptureView.of(CaptureIndex.find(capture).orElseThrow())) {
            Packet packet = opened.packet(1 + random.nextLong(PACKETS));
            return packet.epochNanos();
        }
    }

    /** All packets of a flow, by reading the whole capture. */
    @Benchmark
    public int flowByScan() throws IOException {
        return flow(PickFinder.NOTHING);
    }

    /** The same by the index; from opening the files on, as the other. */
    @Benchmark
    public int flowByIndex() throws IOException {
        return flow(IndexedPicks.of(filter.hint()));
    }

    private int flow(PickFinder finder) throws IOException {
        int[] found = {0};
        try (var source = FileSource.open(List.of(capture.toString()), ReadOptions.DEFAULT, finder)) {
            while (source.poll(packet -> found[0] += filter.matches(packet) ? 1 : 0, 4_096) != PacketSource.END) {}
        }
        return found[0];
    }

    @Benchmark
    public byte[] memoryHit() throws IOException {
        return memory.find(key()).orElseThrow();
    }

    @Benchmark
    public byte[] diskHit() throws IOException {
        return disk.find(key()).orElseThrow();
    }

    @TearDown
    public void remove() throws IOException {
        view.close();
        memory.close();
        disk.close();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
