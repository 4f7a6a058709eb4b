package io.pairwire.cli;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CaptureWriter;
import io.pairwire.capture.PacketSource;
import io.pairwire.engine.Engine;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.Outcome;
import io.pairwire.engine.pair.PairEngine;
import io.pairwire.live.LiveGroup;
import io.pairwire.live.LiveSettings;
import io.pairwire.live.LiveSource;
import io.pairwire.live.Priming;
import io.pairwire.output.ClosedPipeException;
import io.pairwire.output.HumanText;
import io.pairwire.output.StatisticsJson;
import io.pairwire.output.TextFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** One capture, from opening the interfaces to the last account. Everything happens on the thread that calls. */
final class CaptureRun {
    private static final int BATCH = 1 << 12;

    private final List<LiveSettings> settings;
    private final LiveGroup.Opening opening;
    private final LimitOptions limits;
    private final CaptureFileOptions file;
    private final PrintOptions print;
    private final ReportOptions report;
    private final Optional<String> user;
    private final CommandLine command;
    private final Streams streams;

    CaptureRun(
            List<LiveSettings> settings,
            LiveGroup.Opening opening,
            LimitOptions limits,
            CaptureFileOptions file,
            PrintOptions print,
            ReportOptions report,
            Optional<String> user,
            CommandLine command,
            Streams streams) {
        this.settings = settings;
        this.opening = opening;
        this.limits = limits;
        this.file = file;
        this.print = print;
        this.report = report;
        this.user = user;
        this.command = command;
        this.streams = streams;
    }

    /** Prints and writes. */
    int capturing() throws IOException {
        if (file.isGiven()) prime();
        try (var signal = StopCopying.listen(streams);
                var group = opened()) {
            int code = capture(group, signal);
            signal.finished(code);
            return code;
        }
    }

    private int capture(LiveGroup group, StopCopying signal) throws IOException {
        var loop = new CaptureLoop(group, sink(group, file.prints()), limits, signal);
        Optional<Throwable> failure = Optional.empty();
        try (var _ = Progress.of(loop::line, showsLine(), streams)) {
            while (loop.poll(_ -> {}, BATCH) != PacketSource.END) {
                loop.tellEvery(report.interval, streams);
            }
        } catch (IOException e) {
            if (isClosedPipe(e)) loop.abandon(); // as after | head: whoever closed it has seen enough
            else failure = Optional.of(e);
        }
        failure = closed(loop, failure);
        failure.ifPresent(e -> Failures.tell(e, streams));
        boolean written = tell(loop, "");
        return failure.isPresent() || !written ? ExitCode.FAILED : ExitCode.DONE;
    }

    /** Pairs, and writes if asked to. */
    int matching(EngineSettings engineSettings, OutputOptions output) throws IOException, InterruptedException {
        if (file.isGiven()) prime();
        try (var signal = StopCopying.listen(streams);
                var group = opened()) {
            var loop = new CaptureLoop(group, sink(group, file.printIsGiven()), limits, signal);
            var reports = new Reports(report.withoutStatisticsFile(), engineSettings.statisticsInterval(), streams);
            Outcome outcome;
            try (var metrics = reports.metrics()) {
                Engine engine = PairEngine.builder(loop, engineSettings)
                        .sink(metrics.counting(output.open(streams)))
                        .listener(reports)
                        .build(); // it closes loop and sink
                metrics.serve(engine);
                engine.start();
                try (var _ = Progress.of(loop::line, showsLine(), streams)) {
                    outcome = engine.awaitEnd();
                }
            }
            int code = reports.end(outcome);
            String match = StatisticsJson.of(outcome.statistics()).strip();
            if (!tell(loop, ",\"match\":" + match)) code = ExitCode.FAILED;
            signal.finished(code);
            return code;
        }
    }

    private boolean showsLine() {
        boolean printing = file.prints() && Terminal.isStandardOutput();
        return !report.quiet && streams.errIsTerminal() && !printing;
    }

    /** Has what will write packets compiled before the first one comes. */
    private void prime() throws IOException {
        try (CaptureWriter writer = CaptureWriter.open(new NullChannel(), file.options(LiveSettings.LONGEST_SNAPLEN))) {
            Priming.run(
                    packet -> {
                        try {
                            writer.write(packet);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    Priming.USUAL);
        }
    }

    private LiveGroup opened() throws IOException {
        LiveGroup group = LiveGroup.open(settings, opening);
        try {
            LiveRights.giveUp(user);
            if (!report.quiet) for (LiveSource source : group.sources()) streams.tell(CaptureReport.opening(source));
            return group;
        } catch (IOException | RuntimeException e) {
            group.close();
            throw e;
        }
    }

    private CaptureSink sink(LiveGroup group, boolean prints) throws IOException {
        if (file.isGiven() && file.format() == CaptureFormat.PCAP) {
            String kinds = group.sources().stream()
                    .map(source -> io.pairwire.capture.LinkType.name(source.linkType()))
                    .distinct()
                    .collect(Collectors.joining(", "));
            if (kinds.contains(",")) {
                throw new CommandLine.ParameterException(
                        command, "pcap holds one link type, and these interfaces have " + kinds + ": add --to pcapng");
            }
        }
        return CaptureSink.open(group, file, limits, prints ? Optional.of(print.style()) : Optional.empty(), streams);
    }

    private static Optional<Throwable> closed(CaptureLoop loop, Optional<Throwable> failure) {
        try {
            loop.close();
            return failure;
        } catch (IOException e) {
            return failure.isPresent() || isClosedPipe(e) ? failure : Optional.of(e);
        }
    }

    /** Nobody reads any more; what is written in the background tells it wrapped. */
    private static boolean isClosedPipe(IOException e) {
        return e instanceof ClosedPipeException || e.getCause() instanceof ClosedPipeException;
    }

    /** The last account; false if it could not be written where it was asked for. */
    private boolean tell(CaptureLoop loop, String more) throws IOException {
        var sources = loop.group().sources();
        if (!report.quiet) {
            for (LiveSource source : sources) streams.tell(CaptureReport.ending(source));
            if (file.isGiven()) {
                streams.tell(HumanText.count(loop.sink().written(), "packet") + " written to " + file.file()
                        + (loop.sink().files() == 1
                                ? ""
                                : ", in " + HumanText.count(loop.sink().files(), "file")));
            }
        }
        if (report.statisticsFile.isEmpty()) return true;
        try {
            TextFile.write(report.statisticsFile.get(), CaptureReport.json(loop, more));
            return true;
        } catch (IOException e) {
            Failures.tell(e, streams);
            return false;
        }
    }
}
