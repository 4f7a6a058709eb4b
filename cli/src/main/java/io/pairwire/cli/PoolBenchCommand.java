package io.pairwire.cli;

import io.pairwire.memory.pool.MemorySource;
import io.pairwire.output.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pairwire pool bench}: runs the cases of {@link PoolBench} and prints their medians. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Measure an allocation and its release, buffers of 2048 bytes, median of slices.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {"0:done", "1:failed", "2:wrong usage"},
        footerHeading = "%nCases:%n",
        footer = {
            "  pair                   one buffer again and again",
            "  singles32              32 one by one, then 32 releases: the honest headline",
            "  singles32-stats-trace  the same with counters and events",
            "  bulk32                 32 at once",
            "  cross-thread-4096      one thread allocates, another one releases",
            "  plain-api              pool.allocate() and buffer.release()",
            "",
            "Cycles are of the clock /proc/cpuinfo names, not of a boosted core."
        })
final class PoolBenchCommand implements Callable<Integer> {
    private static final Path CPU = Path.of("/proc/cpuinfo");

    private final Streams streams;

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "A list of case, ns, cycles (null if unknown), m_per_s.")
    private boolean json;

    @Option(names = "--duration", paramLabel = "SPAN", description = "Time for each case (default: 1s).")
    private Duration duration = Duration.ofSeconds(1);

    @Mixin
    private PlacementOptions placement = new PlacementOptions();

    PoolBenchCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (duration.compareTo(Duration.ofMillis(1)) < 0 || duration.compareTo(Duration.ofHours(1)) > 0) {
            throw new ParameterException(spec.commandLine(), "duration is not in 1 ms..1 h");
        }
        MemorySource source = placement.source(streams);
        OptionalDouble gigahertz = gigahertz();
        var objects = new ArrayList<String>();
        if (!json) streams.out().println("case                        ns   cycles      M/s");
        for (PoolBench.Case each : PoolBench.Case.values()) {
            double nanos = PoolBench.nanosPerPair(each, duration.toNanos(), source).median();
            String cycles = gigahertz.isPresent() ? number(nanos * gigahertz.getAsDouble()) : "null";
            String millions = number(1_000 / nanos);
            if (json) {
                objects.add("{\"case\":" + JsonText.quoted(each.text()) + ",\"ns\":" + number(nanos) + ",\"cycles\":"
                        + cycles + ",\"m_per_s\":" + millions + "}");
            } else {
                streams.out()
                        .println(String.format(
                                Locale.ROOT,
                                "%-21s %8s %8s %8s",
                                each.text(),
                                number(nanos),
                                gigahertz.isPresent() ? cycles : "-",
                                millions));
            }
        }
        if (json) streams.out().println("[" + String.join(",", objects) + "]");
        return ExitCode.DONE;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static OptionalDouble gigahertz() {
        if (!Files.isReadable(CPU)) return OptionalDouble.empty();
        try (Stream<String> lines = Files.lines(CPU)) {
            List<String> clocks =
                    lines.filter(line -> line.startsWith("cpu MHz")).toList();
            if (clocks.isEmpty()) return OptionalDouble.empty();
            String first = clocks.getFirst();
            return OptionalDouble.of(Double.parseDouble(first.substring(first.indexOf(':') + 1)) / 1_000);
        } catch (IOException | NumberFormatException e) { // then cycles are unknown, and said to be
            return OptionalDouble.empty();
        }
    }
}
