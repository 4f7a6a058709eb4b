package io.pairwire.cli;

import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.ResultSink;
import io.pairwire.output.HumanText;
import java.io.IOException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/** Passes results on, and remembers the latencies of those since it was asked last. */
final class RecentLatencies implements ResultSink {
    private static final int SIGNIFICANT_DIGITS = 2;

    private final ResultSink sink;
    private final SingleWriterRecorder recorder = new SingleWriterRecorder(SIGNIFICANT_DIGITS);
    private Histogram last = recorder.getIntervalHistogram();

    RecentLatencies(ResultSink sink) {
        this.sink = sink;
    }

    @Override
    public void write(MatchedPair pair) throws IOException {
        recorder.recordValue(Math.max(0, pair.latencyNanos()));
        sink.write(pair);
    }

    @Override
    public void flush() throws IOException {
        sink.flush();
    }

    @Override
    public long written() {
        return sink.written();
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }

    /** Percentiles of those since this was asked last, or of those before if there were none. */
    synchronized String text() {
        Histogram recent = recorder.getIntervalHistogram();
        if (recent.getTotalCount() > 0) last = recent;
        if (last.getTotalCount() == 0) return "no pair yet";
        return "p50 " + HumanText.duration(last.getValueAtPercentile(50)) + "  p99 "
                + HumanText.duration(last.getValueAtPercentile(99));
    }
}
