package io.pairwire.benchmarks;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.bpf.BpfInterpreter;
import io.pairwire.capture.bpf.BpfProgram;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.filter.Filter;
import io.pairwire.decode.filter.ir.FilterCode;
import io.pairwire.decode.filter.ir.IrInterpreter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Filters over 4096 packets of 64 bytes that lie in the cache: TCP to port 80, other TCP, UDP, fragments, options, IPv6 and
 * ARP in no order. One operation is one packet. All answers are compared before anything is measured.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 7, time = 1)
public class FilterBenchmark {
    private static final int PACKETS = 4096;
    private static final int LENGTH = 64;

    /** Other filters, so that one call site meets many classes. */
    private static final String[] OTHERS = {"udp", "arp", "ip6 and tcp", "host 10.0.0.7", "tcp[tcpflags] & tcp-syn != 0"
    };

    @Param({"tcp dst port 80", "ip and (tcp or udp) and (port 53 or port 80 or port 443) and not net 10.0.0.0/8"})
    public String expression = "";

    private final MemorySegment memory = Arena.global().allocate(PACKETS * LENGTH, LENGTH);
    private final long[] starts = new long[PACKETS];
    private final int[] lengths = new int[PACKETS];
    private final int[] accepted = new int[PACKETS];
    private final MemorySegment startsInC = Arena.global().allocate(ValueLayout.JAVA_LONG, PACKETS);
    private final MemorySegment lengthsInC = Arena.global().allocate(ValueLayout.JAVA_INT, PACKETS);
    private FilterCode code = (_, _, _, _) -> 0;
    private FilterCode steps = code;
    private FilterCode[] several = {};
    private BpfInterpreter interpreter = new BpfInterpreter(BpfProgram.parse("1\n6 0 0 0"));
    private LibpcapFilter libpcap = new LibpcapFilter("");

    @Setup
    public void make() {
        var random = new SplittableRandom(4);
        for (int i = 0; i < PACKETS; i++) {
            byte[] frame = Arrays.copyOf(frame(random).toEthernet(), LENGTH);
            starts[i] = (long) i * LENGTH;
            lengths[i] = LENGTH;
            MemorySegment.copy(frame, 0, memory, ValueLayout.JAVA_BYTE, starts[i], LENGTH);
            startsInC.setAtIndex(ValueLayout.JAVA_LONG, i, starts[i]);
            lengthsInC.setAtIndex(ValueLayout.JAVA_INT, i, LENGTH);
        }
        var filter = Filter.compile(expression, LinkType.ETHERNET);
        code = filter.code();
        steps = new IrInterpreter(filter.program().orElseThrow());
        several = Arrays.stream(OTHERS)
                .map(other -> Filter.compile(other, LinkType.ETHERNET).code())
                .toArray(FilterCode[]::new);
        several[0] = code;
        interpreter = new BpfInterpreter(filter.toBpf());
        libpcap = new LibpcapFilter(expression);
        System.out.println("# libpcap's program: " + libpcap.length() + " instructions");
        if (generated() != libpcap()
                || stepByStep() != libpcap()
                || oneByOne() != libpcap()
                || interpreted() != libpcap()) {
            throw new IllegalStateException("answers differ");
        }
    }

    private static Frame frame(SplittableRandom random) {
        String source = "10.0." + random.nextInt(4) + "." + random.nextInt(256);
        String destination = (random.nextBoolean() ? "192.0.2." : "10.0.9.") + random.nextInt(256);
        int port = random.nextInt(2) == 0 ? 80 : 1 + random.nextInt(1024);
        return switch (random.nextInt(12)) {
            case 0 -> Frame.arp(source, destination);
            case 1 -> Frame.tcp("2001:db8::1", 4000, "2001:db8::2", port);
            case 2 -> Frame.udp(source, 4000, destination, random.nextBoolean() ? 53 : port);
            case 3 -> Frame.tcp(source, 4000, destination, port).fragment(7, 64, true);
            case 4 -> Frame.tcp(source, 4000, destination, port).ipv4Options(new byte[4]);
            default -> Frame.tcp(source, 4000, destination, port);
        };
    }

    /** The generated class, its batch method. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int generated() {
        return code.select(memory, starts, lengths, lengths, PACKETS, accepted);
    }

    /** The generated class, called for each packet. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int oneByOne() {
        int found = 0;
        for (int i = 0; i < PACKETS; i++) {
            if (code.run(memory, starts[i], lengths[i], lengths[i]) != 0) found++;
        }
        return found;
    }

    /** Batches of 256 through a call site that meets five classes; one operation is one packet of one filter. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int manyFilters() {
        int found = 0;
        int batch = 256;
        for (int from = 0; from < PACKETS; from += batch) {
            MemorySegment part = memory.asSlice((long) from * LENGTH);
            found += several[from / batch % several.length].select(part, starts, lengths, lengths, batch, accepted);
        }
        return found;
    }

    /** The optimised program, step by step. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int interpreted() {
        return steps.select(memory, starts, lengths, lengths, PACKETS, accepted);
    }

    /** Classic BPF, interpreted in Java. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int stepByStep() {
        int found = 0;
        for (int i = 0; i < PACKETS; i++) {
            if (interpreter.run(memory, starts[i], lengths[i], lengths[i]) != 0) found++;
        }
        return found;
    }

    /** {@code bpf_filter()} of libpcap, in C. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int libpcap() {
        return libpcap.count(memory, startsInC, lengthsInC, PACKETS);
    }

    /** From the text to a class of its own. */
    @Benchmark
    public FilterCode compile() {
        return Filter.compile(expression, LinkType.ETHERNET).code();
    }
}
