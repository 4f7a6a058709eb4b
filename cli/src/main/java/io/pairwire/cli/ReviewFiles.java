package io.pairwire.cli;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.FileSource;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.WriteOptions;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.Matcher;
import io.pairwire.engine.Outcome;
import io.pairwire.engine.PairObserver;
import io.pairwire.engine.fate.AloneReason;
import io.pairwire.engine.fate.Bursts;
import io.pairwire.engine.fate.CaptureSpan;
import io.pairwire.engine.fate.Copies;
import io.pairwire.engine.fate.FateList;
import io.pairwire.engine.fate.Review;
import io.pairwire.engine.fate.Reviewer;
import io.pairwire.engine.fate.ServerEndpoints;
import io.pairwire.engine.fate.condition.Condition;
import io.pairwire.engine.store.GivenUp;
import io.pairwire.output.HumanText;
import io.pairwire.output.report.Annotation;
import io.pairwire.output.report.BurstsFile;
import io.pairwire.output.report.DuplicatesReport;
import io.pairwire.output.report.ReviewedCopy;
import io.pairwire.output.report.UnmatchedReport;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Notes what becomes of packets while a run goes on; afterwards reads the inputs again for {@link ReviewOptions}. */
final class ReviewFiles implements Closeable {
    private final ReviewOptions options;
    private final Optional<Condition> condition;
    private final EngineSettings settings;
    private final Streams streams;
    private final FateList fates = new FateList(Path.of(System.getProperty("java.io.tmpdir")));
    private final ServerEndpoints servers = new ServerEndpoints();
    private final CaptureSpan span = new CaptureSpan();

    ReviewFiles(ReviewOptions options, Optional<Condition> condition, EngineSettings settings, Streams streams) {
        this.options = options;
        this.condition = condition;
        this.settings = settings;
        this.streams = streams;
    }

    /** Who wants to see each pair. */
    List<PairObserver> observers() {
        return List.of(fates, servers);
    }

    /** The filter with what wants to see each packet in front of it. */
    Predicate<Packet> noting(Predicate<Packet> filter) {
        return span.noting(filter);
    }

    /** The same matcher, with what wants to know about copies behind it. */
    Matcher noting(Matcher matcher) {
        return fates.noting(matcher);
    }

    /** Who wants to know what one store gives up. */
    GivenUp givenUp() {
        return fates.givenUp();
    }

    /**
     * Reads the inputs again and writes what was asked for.
     *
     * @param inputs the files of the first time, in their order
     * @param stopping was a stop asked for?
     */
    void write(
            List<String> inputs,
            Predicate<Packet> filter,
            Supplier<Matcher> matcher,
            Outcome outcome,
            boolean quiet,
            BooleanSupplier stopping)
            throws IOException {
        if (stopping.getAsBoolean()) throw stopped();
        try (var table = fates.table();
                var source = FileSource.open(inputs);
                var _ = Progress.of(source, !quiet && streams.errIsTerminal(), streams)) {
            var review = new Review(
                    source, filter, new LayerDecoder(), matcher.get(), table, servers, settings, outcome, span);
            write(source, review, quiet, stopping);
        }
    }

    private void write(FileSource source, Review review, boolean quiet, BooleanSupplier stopping) throws IOException {
        var reports = new ArrayList<Report>();
        try {
            open(source, reports);
            List<Reviewer> reviewers = reports.stream().map(Report::reviewer).toList();
            if (!review.run(reviewers, stopping)) {
                throw stopped();
            }
            for (Report report : reports) {
                report.commit.run();
                if (!quiet) report.told.get().ifPresent(streams::tell);
            }
        } finally {
            for (Report report : reports) report.close.close();
        }
    }

    private static IOException stopped() {
        return new IOException("stopped by a signal: the reports about single packets are not whole");
    }

    /** One report on its way. */
    private record Report(Reviewer reviewer, Committing commit, Closeable close, Supplier<Optional<String>> told) {}

    private interface Committing {
        void run() throws IOException;
    }

    private void open(FileSource source, List<Report> reports) throws IOException {
        var bursts = new Bursts();
        if (options.unmatchedFile.isPresent() || options.burstsFile.isPresent()) {
            reports.add(new Report(bursts, () -> writeBursts(bursts), () -> {}, Optional::empty));
        }
        if (options.unmatchedFile.isPresent()) {
            Path path = options.unmatchedFile.get();
            var report = new UnmatchedReport(path, bursts);
            reports.add(new Report(
                    report, report::commit, report, () -> Optional.of(path + ": " + reasons(report.reasons()))));
        }
        if (options.duplicatesFile.isPresent()) {
            Path path = options.duplicatesFile.get();
            var report = new DuplicatesReport(path, new Copies(settings.expiry().toNanos()));
            reports.add(new Report(
                    report,
                    report::commit,
                    report,
                    () -> Optional.of(path + ": " + HumanText.count(report.retransmissions(), "retransmission") + ", "
                            + HumanText.count(report.equalPayloads(), "equal payload"))));
        }
        if (options.annotatedFile.isPresent()) {
            var annotation = new Annotation(
                    source.statistics().files(), settings.expiry().toNanos());
            reports.add(copy(
                    new ReviewedCopy(
                            options.annotatedFile.get(),
                            source,
                            written(CaptureFormat.PCAPNG),
                            _ -> true,
                            annotation::of),
                    options.annotatedFile.get()));
        }
        if (options.extractedFile.isPresent()) {
            Path path = options.extractedFile.get();
            reports.add(copy(
                    new ReviewedCopy(
                            path,
                            source,
                            written(ReviewedCopy.format(path)),
                            condition.orElseThrow()::test,
                            _ -> List.of()),
                    path));
        }
    }

    private static Report copy(ReviewedCopy copy, Path path) {
        return new Report(
                copy, copy::commit, copy, () -> Optional.of(path + ": " + HumanText.count(copy.packets(), "packet")));
    }

    private static WriteOptions written(CaptureFormat format) {
        return new WriteOptions(format, true, PcapFormat.SNAPLEN, VersionText.line(), "", "", List.of());
    }

    private void writeBursts(Bursts bursts) throws IOException {
        if (options.burstsFile.isPresent()) BurstsFile.write(options.burstsFile.get(), bursts);
    }

    private static String reasons(Map<AloneReason, Long> reasons) {
        long packets = reasons.values().stream().mapToLong(Long::longValue).sum();
        String each = reasons.entrySet().stream()
                .map(entry -> entry.getKey().text().replace('_', ' ') + " " + HumanText.count(entry.getValue()))
                .collect(Collectors.joining(", "));
        return HumanText.count(packets, "packet") + " without partner" + (each.isEmpty() ? "" : ": " + each);
    }

    @Override
    public void close() throws IOException {
        fates.close();
    }
}
