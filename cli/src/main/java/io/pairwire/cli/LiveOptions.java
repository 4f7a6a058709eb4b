package io.pairwire.cli;

import io.pairwire.live.Backend;
import io.pairwire.live.Direction;
import io.pairwire.live.LiveFilter;
import io.pairwire.live.LiveSettings;
import io.pairwire.live.TimestampSource;
import io.pairwire.platform.NetworkDevice;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Where packets come from, and how; the letters mean what they mean in tcpdump. */
final class LiveOptions {
    private static final long KIB = 1024;

    @Option(
            names = {"-i", "--interface"},
            paramLabel = "INTERFACE",
            description = "Where to capture: a name, a number of -D, or any for all interfaces; repeatable.")
    private List<String> interfaces = List.of();

    @Option(
            names = {"-s", "--snapshot-length", "--snaplen"},
            paramLabel = "BYTES",
            description = "Keep only so many bytes of each packet; 0 for all (default: 262144).")
    private int snaplen = LiveSettings.LONGEST_SNAPLEN;

    @Option(
            names = {"-B", "--buffer-size"},
            paramLabel = "KIB",
            description = "Memory for packets that wait to be read, in KiB, for each interface (default: 65536).")
    private long bufferKib = LiveSettings.RING_BYTES / KIB;

    @Option(
            names = {"-p", "--no-promiscuous-mode"},
            description = "Do not ask the interface for packets that are addressed to others.")
    private boolean notPromiscuous;

    @Option(names = "--promiscuous", description = "Ask for them, which is the default.")
    private boolean promiscuous;

    @Option(
            names = {"-I", "--monitor-mode"},
            description = "Wireless interfaces: capture everything on the channel.")
    private boolean monitor;

    @Option(
            names = {"--immediate", "--immediate-mode"},
            description = "Tell of each packet within about 2 ms, at the price of more work.")
    private boolean immediate;

    @Option(
            names = "--latency",
            paramLabel = "TIME",
            description = "How long a packet may wait to be read from a quiet interface, 2ms to 10s (default: 10ms).")
    private Duration latency = Duration.ofMillis(10);

    @Option(
            names = {"-Q", "--direction"},
            paramLabel = "DIRECTION",
            converter = DirectionConverter.class,
            description = "in, out or inout (default: inout).")
    private Direction direction = Direction.BOTH;

    @Option(
            names = {"-j", "--time-stamp-type"},
            paramLabel = "TYPE",
            description = "Whose clock stamps packets: host, or adapter for the network card (default: host).")
    private TimestampSource timestamps = TimestampSource.HOST;

    @Option(
            names = "--backend",
            paramLabel = "BACKEND",
            converter = BackendConverter.class,
            description = "By what means: auto, af-packet or af-xdp (Linux), bpf (macOS) or libpcap (default: auto).")
    private Backend backend = Backend.AUTO;

    @Option(
            names = "--cpu",
            paramLabel = "N",
            description = "Keep the reading thread on that processor, with the memory next to it.")
    private int cpu = -1;

    @Option(
            names = "--fanout-threads",
            paramLabel = "N",
            description =
                    "Share the packets of each interface among N threads by flow, with -w: thread 2 writes FILE-2, and"
                            + " so on; with --cpu each runs on a processor of its own (default: 1).")
    private int threads = 1;

    LiveOptions() {}

    /** Threads that share the traffic. */
    int threads() {
        return threads;
    }

    /** The names as given, each once. */
    List<String> interfaces() {
        return List.copyOf(new LinkedHashSet<>(interfaces));
    }

    /** Names of interfaces; the first one that is up if none was asked for. */
    List<String> devices() throws IOException {
        List<NetworkDevice> there = InterfacesCommand.devices();
        var names = new ArrayList<String>();
        for (String asked : interfaces()) {
            boolean number = asked.matches("\\d{1,4}")
                    && there.stream().noneMatch(device -> device.name().equals(asked));
            int place = number ? Integer.parseInt(asked) : 0;
            if (number && place > there.size() + 1) {
                throw new IOException(asked + ": no interface has that number; -D lists them");
            }
            if (!number) names.add(asked);
            else
                names.add(
                        place > there.size() || place == 0
                                ? LiveSettings.ANY
                                : there.get(place - 1).name());
        }
        if (!names.isEmpty()) return names.stream().distinct().toList();
        if (there.isEmpty()) throw new IOException("there is no interface to capture from");
        return List.of(there.getFirst().name());
    }

    int snaplen() {
        return snaplen == 0 ? LiveSettings.LONGEST_SNAPLEN : snaplen;
    }

    Backend backend() {
        return backend;
    }

    boolean isQuick() {
        return immediate;
    }

    /** Settings for that interface; a value out of range is wrong usage. */
    LiveSettings settings(String device, IntFunction<LiveFilter> filters, CommandLine command) {
        if (promiscuous && notPromiscuous) {
            throw new ParameterException(command, "one of -p and --promiscuous, not both");
        }
        try {
            return LiveSettings.of(device)
                    .withBackend(backend)
                    .withSnaplen(snaplen())
                    .withPromiscuous(!notPromiscuous)
                    .withMonitor(monitor)
                    .withImmediate(immediate)
                    .withRingBytes(Math.multiplyExact(bufferKib, KIB))
                    .withLatency(latency)
                    .withDirection(direction)
                    .withTimestamps(timestamps)
                    .withFilters(filters)
                    .withCpu(cpu);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ParameterException(command, String.valueOf(e.getMessage()), e);
        }
    }

    /** The words of tcpdump. */
    static final class DirectionConverter implements ITypeConverter<Direction> {
        DirectionConverter() {}

        @Override
        public Direction convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "in" -> Direction.IN;
                case "out" -> Direction.OUT;
                case "inout" -> Direction.BOTH;
                default -> throw new TypeConversionException("not a direction: '" + text + "' (in, out or inout)");
            };
        }
    }

    /** Names with hyphens. */
    static final class BackendConverter implements ITypeConverter<Backend> {
        BackendConverter() {}

        @Override
        public Backend convert(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "auto" -> Backend.AUTO;
                case "af-packet", "af_packet" -> Backend.AF_PACKET;
                case "af-xdp", "af_xdp", "xdp" -> Backend.AF_XDP;
                case "bpf" -> Backend.BPF_DEVICE;
                case "libpcap" -> Backend.LIBPCAP;
                default ->
                    throw new TypeConversionException(
                            "not a backend: '" + text + "' (auto, af-packet, af-xdp, bpf or libpcap)");
            };
        }
    }
}
