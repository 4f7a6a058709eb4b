package io.pairwire.cli;

import io.pairwire.engine.analyse.Analyzer;
import io.pairwire.engine.analyse.AnalyzerSettings;
import io.pairwire.engine.analyse.CaptureAnalysis;
import io.pairwire.engine.analyse.CaptureReport;
import io.pairwire.engine.analyse.Rolling;
import io.pairwire.live.LiveGroup;
import io.pairwire.live.LiveSource;
import io.pairwire.output.analysis.ReportJson;
import io.pairwire.output.analysis.RollingText;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.function.Consumer;

/** Analyses live packets; results roll while they come: on a terminal as a few lines drawn anew, as JSON one object after the other. */
final class LiveAnalysis {
    private static final String CLEAR_TO_END = "\u001b[J";

    private final LiveAnalysisOptions options;
    private final AnalyzerSettings settings;
    private final boolean json;
    private final boolean quiet;
    private final Streams streams;
    private int lines;

    LiveAnalysis(LiveAnalysisOptions options, AnalyzerSettings settings, boolean json, boolean quiet, Streams streams) {
        this.options = options;
        this.settings = settings;
        this.json = json;
        this.quiet = quiet;
        this.streams = streams;
    }

    /** Reads until a signal, a time or a number of packets ends it, closes the interfaces, and answers with the whole report. */
    CaptureReport read(LiveGroup group, StopCopying stop) throws IOException {
        if (!quiet)
            for (LiveSource source : group.sources()) streams.tell(io.pairwire.cli.CaptureReport.opening(source));
        var source =
                new LimitedSource(group, options.count(), options.duration().toNanos(), stop::isAsked);
        var analysis = new CaptureAnalysis(settings, new SecureRandom().nextLong());
        var rolling = new Rolling<>(options.refresh(), System::nanoTime, answers());
        CaptureReport report =
                new Analyzer(settings).analyze(source, options.names(), analysis, rolling, () -> false, _ -> {});
        draw("");
        return report;
    }

    private Consumer<CaptureReport> answers() {
        if (json) {
            return report -> {
                streams.out().println(ReportJson.of(report));
                streams.out().flush();
            };
        }
        return quiet || !streams.errIsTerminal() ? _ -> {} : report -> draw(RollingText.of(report));
    }

    private void draw(String text) {
        if (text.isEmpty() && lines == 0) return;
        streams.err().print((lines == 0 ? "\r" : "\r\u001b[" + lines + "A") + CLEAR_TO_END + text);
        streams.err().flush();
        lines = (int) text.chars().filter(character -> character == '\n').count();
    }
}
