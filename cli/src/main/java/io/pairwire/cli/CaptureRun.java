package io.pairwire.cli;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.dpi.session.InspectorTotals;
import io.pairwire.engine.Engine;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.Outcome;
import io.pairwire.engine.ResultSink;
import io.pairwire.engine.pair.PairEngine;
import io.pairwire.live.LiveGroup;
import io.pairwire.live.LiveSettings;
import io.pairwire.live.LiveSource;
import io.pairwire.live.Priming;
import io.pairwire.output.ClosedPipeException;
import io.pairwire.output.StatisticsJson;
import io.pairwire.output.TextFile;
import io.pairwire.output.flows.FlowReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** One capture, from opening the interfaces to the last account. Everything happens on the thread that calls. */
final class CaptureRun {
    private static final int BATCH = 1 << 12;

    /** What lies in the ring and waits for a slow disk is to be written after a signal too. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** There is more to compile on the way into such a file, and on one processor the compilers need as long. */
    private static final Duration PRIMING_PCAPNG = Priming.USUAL.multipliedBy(3);

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
        try (var signal = StopCopying.listen(streams, PATIENCE)) {
            prime(signal);
            try (var group = opened()) {
                var loop = new CaptureLoop(group, sink(group, file.prints()), limits, signal);
                Optional<Throwable> failure = poll(loop, _ -> {}, _ -> {});
                int code = tell(loop, "", failure);
                signal.finished(code);
                return code;
            }
        }
    }

    /** Writes, with several threads that share the traffic by flow, each to a file of its own. */
    int sharing(int threads) throws IOException {
        try (var signal = StopCopying.listen(streams, PATIENCE)) {
            prime(signal);
            var groups = new ArrayList<LiveGroup>();
            try {
                for (int i = 0; i < threads; i++) groups.add(LiveGroup.open(share(i), opening));
                LiveRights.giveUp(user);
                tellOpening(groups.getFirst());
                int code = share(groups, signal);
                signal.finished(code);
                return code;
            } finally {
                for (LiveGroup group : groups) group.close(); // does nothing where its loop has closed it
            }
        }
    }

    /** Settings for one of the threads: interfaces have a group each, which no other process is likely to have. */
    private List<LiveSettings> share(int thread) {
        long process = ProcessHandle.current().pid();
        var shares = new ArrayList<LiveSettings>();
        for (int i = 0; i < settings.size(); i++) {
            LiveSettings one = settings.get(i).withFanoutGroup((int) (process * settings.size() + i & 0xffff));
            shares.add(one.cpu() < 0 ? one : one.withCpu(one.cpu() + thread));
        }
        return shares;
    }

    private int share(List<LiveGroup> groups, StopCopying signal) throws IOException {
        var loops = new ArrayList<CaptureLoop>();
        Optional<Throwable> failure;
        try {
            for (LiveGroup group : groups) {
                var path = Optional.of(file.share(loops.size() + 1));
                loops.add(new CaptureLoop(group, sink(group, false, path), limits, signal));
            }
            var crew = new CaptureCrew(loops);
            try (var _ = Progress.of(crew::line, showsLine(), streams)) {
                failure = crew.run(report.interval, streams);
            }
        } catch (IOException e) {
            failure = Optional.of(e);
        }
        for (CaptureLoop loop : loops) failure = closed(loop, failure);
        if (loops.size() < groups.size()) throw new IOException(failure.orElseThrow());
        failure.ifPresent(e -> Failures.tell(e, streams));
        return tell(loops, "") && failure.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** Keeps sessions, and writes if asked to. */
    int flowing(LiveFlowOptions options, LiveFlowOptions.Watching watching, OutputOptions output) throws IOException {
        try (var signal = StopCopying.listen(streams, PATIENCE)) {
            prime(signal);
            try (var group = opened()) {
                var loop = new CaptureLoop(group, sink(group, file.printIsGiven()), limits, signal);
                int code;
                try (var flows = options.open(group, watching, output, streams, CaptureSink::epochNanos)) {
                    code = flow(loop, flows);
                }
                signal.finished(code);
                return code;
            }
        }
    }

    private int flow(CaptureLoop loop, LiveFlows flows) throws IOException {
        Optional<Throwable> failure = poll(loop, flows, flows::look);
        String counted = "";
        try {
            InspectorTotals totals = flows.finish();
            flows.close();
            if (!report.quiet) streams.err().print(FlowReport.summary(totals, flows.printed()));
            counted = ",\"flows\":" + FlowReport.json(totals).strip();
        } catch (IOException e) {
            if (!isClosedPipe(e) && failure.isEmpty()) failure = Optional.of(e);
        }
        return tell(loop, counted, failure);
    }

    /** To be done between two looks at the interfaces; told the time of {@link System#nanoTime}. */
    @FunctionalInterface
    private interface Meanwhile {
        void run(long nanos) throws IOException;
    }

    /** Takes packets to the end, and closes files and interfaces; answers what went wrong. */
    private Optional<Throwable> poll(CaptureLoop loop, PacketHandler handler, Meanwhile meanwhile) {
        Optional<Throwable> failure = Optional.empty();
        try (var _ = Progress.of(loop::line, showsLine(), streams)) {
            while (loop.poll(handler, BATCH) != PacketSource.END) {
                meanwhile.run(System.nanoTime());
                loop.tellEvery(report.interval, streams);
            }
        } catch (IOException e) {
            if (isClosedPipe(e)) loop.abandon(); // as after | head: whoever closed it has seen enough
            else failure = Optional.of(e);
        }
        return closed(loop, failure);
    }

    private int tell(CaptureLoop loop, String more, Optional<Throwable> failure) throws IOException {
        failure.ifPresent(e -> Failures.tell(e, streams));
        boolean written = tell(loop, more);
        return failure.isPresent() || !written ? ExitCode.FAILED : ExitCode.DONE;
    }

    /** Pairs, and writes if asked to. */
    int matching(EngineSettings engineSettings, OutputOptions output) throws IOException, InterruptedException {
        try (var signal = StopCopying.listen(streams, PATIENCE)) {
            prime(signal, engineSettings);
            try (var group = opened()) {
                int code = match(group, signal, engineSettings, output);
                signal.finished(code);
                return code;
            }
        }
    }

    private int match(LiveGroup group, StopCopying signal, EngineSettings engineSettings, OutputOptions output)
            throws IOException, InterruptedException {
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
        return tell(loop, ",\"match\":" + match) ? code : ExitCode.FAILED;
    }

    private boolean showsLine() {
        boolean printing = file.prints() && Terminal.isStandardOutput();
        return !report.quiet && streams.errIsTerminal() && !printing;
    }

    /** Has the way of a packet compiled before the first one comes: made-up packets go it, up to where they would be kept. */
    private void prime(StopCopying signal) throws IOException {
        if (!file.isGiven()) return;
        try (var group = madeUp();
                var loop = rehearsal(group, signal)) {
            while (loop.poll(_ -> {}, BATCH) != PacketSource.END) {}
        }
    }

    /** The same, with an engine at its end. */
    private void prime(StopCopying signal, EngineSettings engineSettings) throws IOException, InterruptedException {
        try (var group = madeUp()) {
            Engine engine = PairEngine.builder(rehearsal(group, signal), engineSettings)
                    .sink(ResultSink.NONE)
                    .build();
            engine.start();
            engine.awaitEnd();
        }
    }

    private LiveGroup madeUp() throws IOException {
        boolean pcapng = file.isGiven() && file.format() == CaptureFormat.PCAPNG;
        Duration longest = pcapng ? PRIMING_PCAPNG : Priming.USUAL;
        return LiveGroup.open(settings.subList(0, 1), device -> Priming.source(device, longest));
    }

    private CaptureLoop rehearsal(LiveGroup group, StopCopying signal) throws IOException {
        return CaptureLoop.endless(group, CaptureSink.rehearsing(group, file, streams), signal);
    }

    /** Opens no interface: only has everything compiled and loaded that a capture needs, for the start-up cache. */
    int rehearsing() throws IOException {
        try (var signal = StopCopying.listen(streams, PATIENCE)) {
            prime(signal);
            rehearseOpening();
            signal.finished(ExitCode.DONE);
            return ExitCode.DONE;
        }
    }

    /** Opens the loopback interface for a moment, if this user may. */
    private void rehearseOpening() {
        LiveSettings loopback = LiveSettings.of("lo").withPromiscuous(false).withRingBytes(LiveSettings.SMALLEST_RING);
        try (var source = LiveSource.open(loopback)) {
            source.stop();
            while (source.poll(_ -> {}, BATCH) != PacketSource.END) {}
            LiveRights.giveUp(Optional.empty());
            CaptureReport.opening(source);
        } catch (IOException e) {
            Failures.tell(e, streams); // the cache is useful without it
        }
    }

    private LiveGroup opened() throws IOException {
        LiveGroup group = LiveGroup.open(settings, opening);
        try {
            LiveRights.giveUp(user);
            tellOpening(group);
            return group;
        } catch (IOException | RuntimeException e) {
            group.close();
            throw e;
        }
    }

    private void tellOpening(LiveGroup group) {
        if (!report.quiet) for (LiveSource source : group.sources()) streams.tell(CaptureReport.opening(source));
    }

    private CaptureSink sink(LiveGroup group, boolean prints) throws IOException {
        return sink(group, prints, Optional.empty());
    }

    private CaptureSink sink(LiveGroup group, boolean prints, Optional<Path> path) throws IOException {
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
        return CaptureSink.open(
                group, file, path, limits, prints ? Optional.of(print.style()) : Optional.empty(), streams);
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

    private boolean tell(CaptureLoop loop, String more) throws IOException {
        return tell(List.of(loop), more);
    }

    /** The last account; false if it could not be written where it was asked for. */
    private boolean tell(List<CaptureLoop> loops, String more) throws IOException {
        if (!report.quiet) {
            for (int i = 0; i < settings.size(); i++) {
                streams.tell(CaptureReport.ending(settings.get(i).device(), CaptureReport.sum(loops, i)));
            }
            if (file.isGiven()) streams.tell(CaptureReport.written(loops, file.file()));
        }
        if (report.statisticsFile.isEmpty()) return true;
        try {
            TextFile.write(report.statisticsFile.get(), CaptureReport.json(loops, more));
            return true;
        } catch (IOException e) {
            Failures.tell(e, streams);
            return false;
        }
    }
}
