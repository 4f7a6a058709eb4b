package io.pairwire.output;

import io.pairwire.engine.LatencyRecorder;
import io.pairwire.engine.series.IntervalLatencies;
import io.pairwire.engine.series.LatencyGroups;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;

/**
 * Latencies by interval as an {@code .hlog} file, which HdrHistogram's log readers take: for each interval a line without
 * tag for all pairs, and one with the tag {@code server:192.168.0.0/24} and so on for each group. Values are nanoseconds,
 * maxima in the text milliseconds; negative latencies are not part of it. The file comes into place when it is
 * {@link #commit}ted.
 */
public final class HistogramLog implements IntervalLatencies.Listener, Closeable {
    private static final double SECOND = 1e9;
    private static final double MILLISECOND = 1e6;
    private static final int GATHERED = 1 << 16;

    private final OutputFile file;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream text = new PrintStream(bytes, false, StandardCharsets.US_ASCII);
    private final HistogramLogWriter log = new HistogramLogWriter(text);
    private final Histogram histogram = new Histogram(LatencyRecorder.SIGNIFICANT_DIGITS);
    private boolean begun;

    /** Begins a file that replaces what is there. */
    public HistogramLog(Path path) throws IOException {
        file = OutputFile.replace(path);
    }

    private void begin(long startNanos) {
        begun = true;
        log.outputComment("[Logged with pairwire, latencies in nanoseconds]");
        log.outputLogFormatVersion();
        // Written here and not by the library, whose date is in the zone of the machine.
        double seconds = startNanos / SECOND;
        log.outputComment(String.format(
                Locale.ROOT,
                "[StartTime: %.3f (seconds since epoch), %s]",
                seconds,
                Instant.ofEpochSecond(0, startNanos)));
        log.outputLegend();
    }

    @Override
    public void onInterval(IntervalLatencies.Interval interval) throws IOException {
        if (!begun) begin(interval.startNanos());
        line(interval, interval.latencies().latencies().histogram(), null);
        for (LatencyGroups.Group group : interval.groups()) {
            line(interval, group.latencies().histogram(), group.by().name() + ":" + tag(group.name()));
        }
        if (bytes.size() >= GATHERED) handOver();
    }

    /** By way of a histogram of its own: to be encoded, each takes a buffer of some 200 KB and never lets it go. */
    private void line(IntervalLatencies.Interval interval, Histogram latencies, @Nullable String tag) {
        histogram.reset();
        histogram.add(latencies);
        histogram.setTag(tag);
        log.outputIntervalHistogram(
                interval.startNanos() / SECOND, interval.endNanos() / SECOND, histogram, MILLISECOND);
    }

    /** A tag may hold no comma, blank or end of line. */
    private static String tag(String name) {
        return name.replaceAll("[,\\s]", "_");
    }

    private void handOver() throws IOException {
        text.flush();
        var gathered = ByteBuffer.wrap(bytes.toByteArray());
        bytes.reset();
        while (gathered.hasRemaining()) file.write(gathered);
    }

    /** All intervals are there: the file comes into place. */
    public void commit() throws IOException {
        if (!begun) begin(0);
        handOver();
        file.close();
    }

    /** Without {@link #commit} before, leaves the old file as it was, and what was written beside it. */
    @Override
    public void close() throws IOException {
        file.abandon();
    }
}
