package io.pairwire.cli;

import io.pairwire.output.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

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
            "Cycles are of the clock /proc/cpuinfo names, not of a boosted core. ns and cycles are medians; p10 and p90 are",
            "cycles that a tenth and nine tenths of the slices stay below: far apart, something else ran.",
            "",
            "Examples:",
            "  pairwire pool bench",
            "  pairwire pool bench --json --duration 5s --pages 2m"
        })
final class PoolBenchCommand implements Callable<Integer> {
    private static final Path CPU = Path.of("/proc/cpuinfo");

    private final Streams streams;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--json",
            description = "A list of case, ns, cycles, m_per_s, p10_cycles, p90_cycles; cycles are null if unknown.")
    private boolean json;

    @Option(
            names = "--case",
            paramLabel = "NAME",
            converter = CaseConverter.class,
            description = "Measure that one alone, in this process; else each has a process of its own, so that what"
                    + " the compiler learned of one does not slow another.")
    private PoolBench.@Nullable Case only;

    @Option(names = "--duration", paramLabel = "SPAN", description = "Time for each case (default: 1s).")
    private Duration duration = Duration.ofSeconds(1);

    @Mixin
    private PlacementOptions placement = new PlacementOptions();

    PoolBenchCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (duration.compareTo(Duration.ofMillis(1)) < 0 || duration.compareTo(Duration.ofHours(1)) > 0) {
            throw new ParameterException(spec.commandLine(), "duration is not in 1 ms..1 h");
        }
        if (!json) streams.out().println("case                        ns   cycles      M/s      p10      p90");
        var objects = new ArrayList<String>();
        if (only != null) {
            PoolBench.Times times = PoolBench.nanosPerPair(only, duration.toNanos(), placement.source(streams));
            if (json) objects.add(object(only, times, gigahertz()));
            else streams.out().println(line(only, times, gigahertz()));
        } else {
            for (PoolBench.Case each : PoolBench.Case.values()) {
                String said = alone(each);
                if (json) objects.add(said);
                else streams.out().println(said);
            }
        }
        if (json) streams.out().println("[" + String.join(",", objects) + "]");
        return ExitCode.DONE;
    }

    /** What a process that measures this case says of it. */
    private String alone(PoolBench.Case which) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-XX:+UseSerialGC", // as the launcher does
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Pairwire.class.getName()));
        command.addAll(spec.root().commandLine().getParseResult().originalArgs());
        command.addAll(List.of("--case", which.text()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int code = process.waitFor();
            if (code != ExitCode.DONE) {
                throw new IOException("the process that measured " + which.text() + " ended with " + code);
            }
            return json ? said.substring(1, said.length() - 1) : said.substring(said.indexOf('\n') + 1);
        } finally {
            process.destroy();
        }
    }

    /** A case by its name. */
    static final class CaseConverter implements ITypeConverter<PoolBench.Case> {
        CaseConverter() {}

        @Override
        public PoolBench.Case convert(String text) {
            for (PoolBench.Case each : PoolBench.Case.values()) {
                if (each.text().equals(text)) return each;
            }
            throw new TypeConversionException("not a case: '" + text + "'");
        }
    }

    private static String object(PoolBench.Case which, PoolBench.Times times, OptionalDouble gigahertz) {
        return "{\"case\":" + JsonText.quoted(which.text())
                + ",\"ns\":" + number(times.median())
                + ",\"cycles\":" + cycles(times.median(), gigahertz, "null")
                + ",\"m_per_s\":" + number(1_000 / times.median())
                + ",\"p10_cycles\":" + cycles(times.tenth(), gigahertz, "null")
                + ",\"p90_cycles\":" + cycles(times.ninetieth(), gigahertz, "null") + "}";
    }

    private static String line(PoolBench.Case which, PoolBench.Times times, OptionalDouble gigahertz) {
        return String.format(
                Locale.ROOT,
                "%-21s %8s %8s %8s %8s %8s",
                which.text(),
                number(times.median()),
                cycles(times.median(), gigahertz, "-"),
                number(1_000 / times.median()),
                cycles(times.tenth(), gigahertz, "-"),
                cycles(times.ninetieth(), gigahertz, "-"));
    }

    private static String cycles(double nanos, OptionalDouble gigahertz, String unknown) {
        return gigahertz.isPresent() ? number(nanos * gigahertz.getAsDouble()) : unknown;
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
