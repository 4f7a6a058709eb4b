package io.pairwire.cli;

import io.pairwire.capture.ReadOptions;
import io.pairwire.engine.compare.CaptureComparer;
import io.pairwire.engine.compare.CompareReport;
import io.pairwire.engine.compare.CompareSettings;
import io.pairwire.engine.compare.Comparison;
import io.pairwire.engine.compare.Profile;
import io.pairwire.output.OutputFile;
import io.pairwire.output.TextFile;
import io.pairwire.output.compare.CompareHtml;
import io.pairwire.output.compare.CompareJson;
import io.pairwire.output.compare.CompareText;
import io.pairwire.output.compare.DifferenceCapture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pairwire compare}: what differs between two captures. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description =
                "Says what differs between captures of the same traffic: packets missing on either side, duplicates,"
                        + " order, fields, delays, sessions, and how similar they are. Packets are brought together by content,"
                        + " never by position. A and B are files or folders; memory on the heap does not grow with them.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:done, whatever differs",
            "1:failed",
            "2:wrong usage",
            "3:done, but some input was damaged, cut or of an unknown format",
            "4:a check of --fail-if applies"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pairwire compare before.pcap after.pcap",
            "  On both sides of a NAT:",
            "    pairwire compare --profile nat inside.pcap outside.pcap",
            "  Only what a filter lets through:",
            "    pairwire compare a.pcap b.pcap -- tcp port 443",
            "  A gate in a build:",
            "    pairwire compare --fail-if 'similarity<0.99' --fail-if 'missing_in_b>0' wanted.pcap got.pcap",
            "  Many against one, an object a line:",
            "    pairwire compare --json --baseline good.pcap monday.pcap tuesday.pcap | jq .similarity"
        })
final class CompareCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "CAPTURE",
            arity = "0..*",
            description = "A and B; with --baseline, all that are compared with it.")
    private List<String> captures = List.of();

    @Option(
            names = "--baseline",
            paramLabel = "A",
            description = "The capture that all others are compared with, one after the other.")
    private Optional<String> baseline = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            description = "What lies between the points, and so is no news: transparent (nothing), routed (TTL, MAC and"
                    + " VLAN change), nat (addresses, ports and checksums too) (default: transparent).")
    private Profile profile = Profile.TRANSPARENT;

    @Option(
            names = "--hash-bytes",
            paramLabel = "BYTES",
            description = "Bytes of payload that count besides its length, for captures that were cut at different"
                    + " lengths; 0 for all (default: 0).")
    private int hashBytes;

    @Option(
            names = "--duplicate-window",
            paramLabel = "TIME",
            description =
                    "A packet without partner is a duplicate rather than missing on the other side if a copy of it"
                            + " lies that close on its own side (default: 50ms).")
    private Duration window = Duration.ofMillis(50);

    @Option(
            names = "--memory",
            paramLabel = "BYTES",
            description = "Memory outside the heap before a temporary file takes over, as 64M or 2G (default: 512M).")
    private ByteCount memory = new ByteCount(512_000_000);

    @Option(names = "--json", description = "One JSON object for each comparison, on a line of its own.")
    private boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write the report there as a page that needs nothing else.")
    private Optional<Path> html = Optional.empty();

    @Option(
            names = "--pcapng",
            paramLabel = "FILE",
            description = "Write the packets that differ there, at interfaces named A and B, each with a comment.")
    private Optional<Path> pcapng = Optional.empty();

    @Option(
            names = "--fail-if",
            paramLabel = "CHECK",
            description =
                    "End with exit code 4 if that is so: similarity<0.99, missing>0; repeatable. Names: similarity,"
                            + " matched, changed, missing (both), missing_in_a, missing_in_b, duplicates (both), duplicates_a,"
                            + " duplicates_b, reordered, and those of field changes as ttl, flags, payload.")
    private List<CompareCheck> checks = List.of();

    @Option(names = "--resync", description = "Look for the next plausible record behind a damage and go on there.")
    private boolean resync;

    @Option(names = "--quiet", description = "Only errors on standard error: no progress bar.")
    private boolean quiet;

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    CompareCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        var named = filters.inputs(captures);
        filters.filter(captures); // a wrong one is wrong usage
        if (baseline.isEmpty() && named.size() != 2) {
            throw new ParameterException(
                    spec.commandLine(), "two captures are compared, or many with --baseline; named: " + named.size());
        }
        if (baseline.isPresent() && named.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "nothing to compare with the baseline");
        }
        if (named.size() > 1 && baseline.isPresent() && (html.isPresent() || pcapng.isPresent())) {
            throw new ParameterException(spec.commandLine(), "--html and --pcapng take one comparison, not several");
        }
        String a = baseline.orElse(named.getFirst());
        var others = baseline.isPresent() ? named : named.subList(1, 2);
        refusePipe(a);
        others.forEach(this::refusePipe);
        for (String name : List.of(a, others.getFirst())) refuseOutput(name);
        try (var stop = StopCopying.listen(streams)) {
            int code = ExitCode.DONE;
            for (String b : others) code = Math.max(code, compare(a, b, stop));
            streams.out().confirm();
            stop.finished(code);
            return code;
        }
    }

    private void refusePipe(String name) {
        ComparedInputs.refusal(name).ifPresent(refusal -> {
            throw new ParameterException(spec.commandLine(), refusal);
        });
    }

    private void refuseOutput(String name) throws IOException {
        for (Path target : Stream.of(html, pcapng).flatMap(Optional::stream).toList()) {
            Path input = Path.of(name);
            if (!Files.isRegularFile(target) || !Files.isRegularFile(input)) continue;
            if (Files.isSameFile(input, target))
                throw new ParameterException(spec.commandLine(), "the output is an input: " + name);
        }
    }

    private CompareSettings settings() {
        var temporary = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            return new CompareSettings(profile, hashBytes, window, memory.count(), temporary);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private int compare(String a, String b, StopCopying stop) throws IOException {
        var comparer = new CaptureComparer(settings(), new SecureRandom());
        var inputs = new ComparedInputs(
                new ReadOptions(resync, Runtime.getRuntime().availableProcessors() > 2),
                streams,
                !quiet && streams.errIsTerminal(),
                () -> filters.filter(captures));
        try (Comparison comparison =
                comparer.compare(() -> inputs.open(a), () -> inputs.open(b), () -> lookForSignal(stop))) {
            CompareReport report = comparison.report();
            if (html.isPresent()) TextFile.write(html.get(), CompareHtml.of(a, b, report));
            if (pcapng.isPresent()) {
                writeDifferences(pcapng.get(), comparison, inputs, a, b, () -> lookForSignal(stop));
            }
            streams.out().print(json ? CompareJson.of(a, b, report) + "\n" : CompareText.of(a, b, report));
            return failsCheck(report) ? ExitCode.CHECK_FAILED : inputs.code();
        }
    }

    private static void lookForSignal(StopCopying stop) throws IOException {
        if (stop.isAsked()) throw new IOException("stopped by a signal; nothing was compared");
    }

    private static void writeDifferences(
            Path path, Comparison comparison, ComparedInputs inputs, String a, String b, DifferenceCapture.Look look)
            throws IOException {
        OutputFile file = OutputFile.replace(path);
        try {
            var differences = new DifferenceCapture(file, VersionText.line(), comparison);
            try (var source = inputs.open(a)) {
                differences.write(true, source, look);
            }
            try (var source = inputs.open(b)) {
                differences.write(false, source, look);
            }
            differences.close();
        } finally {
            file.abandon(); // does nothing to a file that is complete
        }
    }

    private boolean failsCheck(CompareReport report) {
        boolean failed = false;
        for (CompareCheck check : checks) {
            var failure = check.failure(report);
            failure.ifPresent(streams::tell);
            failed |= failure.isPresent();
        }
        return failed;
    }
}
