package io.pairwire.output;

import io.pairwire.engine.replay.ReplayReport;
import java.util.Locale;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** The account of a replay, for people and for programs; the names in the second are stable. */
public final class ReplayText {
    private static final double MICROS = 1_000.0;
    private static final double SECOND = 1e9;

    private ReplayText() {}

    /** A few lines, each with an end of line. */
    public static String of(String device, ReplayReport report, long filtered) {
        var text = new StringBuilder();
        text.append("sent ").append(HumanText.count(report.sent())).append(" of ");
        text.append(HumanText.count(report.read() + filtered, "packet"))
                .append(" at ")
                .append(device);
        if (report.loops() > 1) text.append(" in ").append(report.loops()).append(" loops");
        text.append(", ").append(HumanText.count(report.bytes(), "byte"));
        text.append(" in ").append(HumanText.duration(report.nanos()));
        if (report.nanos() > 0 && report.sent() > 1) {
            text.append(": ").append(HumanText.rate(report.sent(), report.nanos()));
            text.append(String.format(Locale.ROOT, ", %.3f Mbit/s", bitsPerSecond(report) / 1e6));
        }
        text.append('\n');
        if (filtered + report.refusedTotal() > 0)
            text.append("not sent: ").append(reasons(report, filtered)).append('\n');
        if (report.cut() > 0) {
            text.append("sent although a snapshot length had cut them: ");
            text.append(HumanText.count(report.cut(), "packet")).append('\n');
        }
        if (report.backwards() > 0) {
            text.append("captured before the one before them, sent right behind it: ");
            text.append(HumanText.count(report.backwards(), "packet")).append('\n');
        }
        if (report.shortened() > 0) {
            text.append("pauses cut short: ")
                    .append(HumanText.count(report.shortened()))
                    .append('\n');
        }
        Histogram late = report.lateness();
        if (late.getTotalCount() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "lateness in us: p50 %.1f  p90 %.1f  p99 %.1f  p99.9 %.1f  max %.1f  mean %.1f\n",
                    micros(late, 50),
                    micros(late, 90),
                    micros(late, 99),
                    micros(late, 99.9),
                    late.getMaxValue() / MICROS,
                    late.getMean() / MICROS));
        }
        return text.toString();
    }

    private static String reasons(ReplayReport report, long filtered) {
        var reasons = report.refused().entrySet().stream()
                .map(entry -> HumanText.words(entry.getKey().key()) + " " + HumanText.count(entry.getValue()))
                .collect(Collectors.joining(", "));
        if (filtered == 0) return reasons;
        return "filtered " + HumanText.count(filtered) + (reasons.isEmpty() ? "" : ", " + reasons);
    }

    /** One object on one line, without an end of line. */
    public static String json(String device, ReplayReport report, long filtered) {
        Histogram late = report.lateness();
        String refused = report.refused().entrySet().stream()
                .map(entry -> JsonText.quoted(entry.getKey().key()) + ":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
        String lateness = String.format(
                Locale.ROOT,
                "{\"count\":%d,\"p50\":%.3f,\"p90\":%.3f,\"p99\":%.3f,\"p99_9\":%.3f,\"max\":%.3f,\"mean\":%.3f}",
                late.getTotalCount(),
                micros(late, 50),
                micros(late, 90),
                micros(late, 99),
                micros(late, 99.9),
                late.getMaxValue() / MICROS,
                late.getTotalCount() == 0 ? 0 : late.getMean() / MICROS);
        return String.format(
                Locale.ROOT,
                "{\"interface\":%s,\"read\":%d,\"sent\":%d,\"bytes\":%d,\"filtered\":%d,\"refused\":%s,\"cut\":%d,"
                        + "\"loops\":%d,\"elapsed_ns\":%d,\"packets_per_second\":%.3f,\"bits_per_second\":%.3f,"
                        + "\"backwards\":%d,\"shortened\":%d,\"waits\":%d,\"lateness_us\":%s}",
                JsonText.quoted(device),
                report.read() + filtered,
                report.sent(),
                report.bytes(),
                filtered,
                refused,
                report.cut(),
                report.loops(),
                report.nanos(),
                report.nanos() <= 0 ? 0 : report.sent() * SECOND / report.nanos(),
                bitsPerSecond(report),
                report.backwards(),
                report.shortened(),
                report.waits(),
                lateness);
    }

    private static double bitsPerSecond(ReplayReport report) {
        return report.nanos() <= 0 ? 0 : 8 * report.bytes() * SECOND / report.nanos();
    }

    private static double micros(Histogram histogram, double percentile) {
        return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / MICROS;
    }
}
