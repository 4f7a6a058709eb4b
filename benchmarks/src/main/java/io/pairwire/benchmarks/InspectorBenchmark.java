package io.pairwire.benchmarks;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.dpi.session.Inspector;
import io.pairwire.dpi.session.SessionListener;
import io.pairwire.dpi.session.SessionSettings;
import io.pairwire.dpi.session.Wanted;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
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
import org.openjdk.jmh.annotations.Warmup;

/** One packet: of a session that is decided, the first of one that a protocol has to be found for, and a SYN of a flood. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class InspectorBenchmark {
    private static final ValueLayout.OfInt ADDRESS = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int SOURCE = 14 + 12;
    private static final int SESSIONS = 16_384;
    private static final int FIRST = 0x0b00_0000;
    private static final long MICROSECOND = 1_000;

    private final Inspector inspector = new Inspector(
            Catalogue.builtIn(),
            SessionSettings.defaults().withMemory(32 << 20),
            Wanted.NONE,
            SessionListener.NONE,
            new Random(1));
    private final Packet packet = new Packet();
    private final MemorySegment request = frame("GET / HTTP/1.1\r\nHost: example.org\r\n\r\n", 100, Tcp.ACK);
    private final MemorySegment body = frame("x".repeat(1_000), 200, Tcp.ACK);
    private final MemorySegment syn = frame("", 99, Tcp.SYN);
    private final MemorySegment noise = MemorySegment.ofArray(Frame.udp("11.0.0.0", 40_000, "192.0.2.1", 40_001)
            .payload(new byte[400])
            .toEthernet());
    private long now = 1_700_000_000_000_000_000L;
    private int next;

    private static MemorySegment frame(String payload, int sequence, int flags) {
        return MemorySegment.ofArray(Frame.tcp("11.0.0.0", 1024, "192.0.2.1", 80)
                .flags(flags)
                .sequence(sequence)
                .payload(payload.getBytes(StandardCharsets.ISO_8859_1))
                .toEthernet());
    }

    private void offer(MemorySegment memory, int source) {
        memory.set(ADDRESS, SOURCE, source);
        now += MICROSECOND;
        int length = (int) memory.byteSize();
        inspector.offer(packet.moveTo(memory, 0, length, length, now).linkType(LinkType.ETHERNET));
    }

    @Setup
    public void begin() {
        for (int i = 0; i < SESSIONS; i++) offer(request, FIRST + i);
    }

    @Benchmark
    public void decided() {
        offer(body, FIRST + (next++ * 40_503 & SESSIONS - 1));
    }

    /** Each session is looked at eight times, then given up. */
    @Benchmark
    public void undecided() {
        offer(noise, FIRST + (next++ >>> 3));
    }

    @Benchmark
    public void flood() {
        offer(syn, FIRST + SESSIONS + next++);
    }
}
