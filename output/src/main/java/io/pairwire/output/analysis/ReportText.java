package io.pairwire.output.analysis;

import io.pairwire.capture.SourceStatistics;
import io.pairwire.capture.inspect.PacketCounts;
import io.pairwire.engine.analyse.CaptureReport;
import io.pairwire.engine.analyse.Distribution;
import io.pairwire.engine.analyse.Finding;
import io.pairwire.engine.analyse.ProtocolNode;
import io.pairwire.engine.analyse.ReportPart;
import io.pairwire.engine.analyse.TcpCounts;
import io.pairwire.engine.analyse.TcpEvent;
import io.pairwire.engine.analyse.TimeSeries;
import io.pairwire.output.HumanText;
import io.pairwire.output.TimeFormat;
import io.pairwire.output.TimeText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.LongFunction;

/** A report for people, with bars and sparklines. */
public final class ReportText {
    private static final int BAR = 24;
    private static final int SPARKS = 72;
    private static final int LISTED = 10;

    private final CaptureReport report;
    private final Blocks blocks;
    private final StringBuilder text = new StringBuilder();

    private ReportText(CaptureReport report, boolean unicode) {
        this.report = report;
        blocks = new Blocks(unicode);
    }

    /**
     * All lines, each with its end.
     *
     * @param unicode whether the terminal knows block elements; plain letters otherwise
     */
    public static String of(CaptureReport report, Shown shown, boolean unicode) {
        return new ReportText(report, unicode).write(shown);
    }

    private String write(Shown shown) {
        text.append(report.file()).append('\n');
        facts();
        findings();
        protocols();
        traffic();
        bars("PACKET LENGTHS", ", bytes", report.lengths(), HumanText::count);
        bars("TIME BETWEEN PACKETS", "", report.gaps(), HumanText::duration);
        tcp();
        new TalkTables(report, text).write(shown);
        return text.toString();
    }

    private void title(String title, String more) {
        text.append('\n').append("  ").append(title).append(more).append('\n');
    }

    private void line(String label, String value) {
        text.append("  ").append(label).append(" ".repeat(Math.max(1, 16 - label.length())));
        text.append(value).append('\n');
    }

    private void facts() {
        PacketCounts counts = report.counts();
        if (!report.end().format().isEmpty()) line("format", report.end().format());
        line("packets", HumanText.count(counts.packets()));
        if (report.end().refused() > 0)
            line("filtered", HumanText.count(report.end().refused(), "packet"));
        line(
                "bytes",
                Quantity.bytes(counts.originalBytes()) + " on the wire, " + Quantity.bytes(counts.capturedBytes())
                        + " captured");
        if (counts.timed() > 0) {
            line("first packet", moment(counts.firstNanos()));
            line("last packet", moment(counts.lastNanos()));
            line("duration", HumanText.duration(counts.durationNanos()) + rates(counts));
        }
        if (report.tcpStreams() >= 0) {
            String udp = report.udpStreams() < 0 ? "" : ", " + HumanText.count(report.udpStreams()) + " UDP";
            line("streams", HumanText.count(report.tcpStreams()) + " TCP" + udp);
        }
        for (SourceStatistics.Damage damage :
                report.end().damages().stream().limit(LISTED).toList()) {
            line("DAMAGED", damage.toString());
        }
        if (report.spilledBytes() > 0) {
            line(
                    "tables",
                    Quantity.bytes(report.memoryBytes()) + " in memory, " + Quantity.bytes(report.spilledBytes())
                            + " in temporary files");
        }
    }

    private static String rates(PacketCounts counts) {
        double seconds = counts.durationNanos() / 1e9;
        if (seconds <= 0) return "";
        return "  (" + HumanText.rate(counts.packets(), counts.durationNanos()).replace("/s", " packets/s") + ", "
                + Quantity.bytes(counts.originalBytes() / seconds) + "/s)";
    }

    static String moment(long epochNanos) {
        byte[] bytes = new byte[TimeText.LONGEST];
        int length = new TimeText(TimeFormat.ISO).moment(bytes, 0, epochNanos);
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }

    private void findings() {
        if (report.findings().isEmpty()) return;
        title("WHAT TO LOOK AT", "");
        for (Finding finding : report.findings()) {
            text.append(String.format(Locale.ROOT, "  %-7s %s", finding.severity(), finding.text()));
            text.append(" (").append(HumanText.count(finding.count())).append(")\n");
            if (!finding.packets().isEmpty()) {
                String numbers = String.join(
                        ", ", finding.packets().stream().map(HumanText::count).toList());
                boolean more = finding.count() > finding.packets().size();
                text.append("          packet ").append(numbers).append(more ? ", ...\n" : "\n");
            }
        }
    }

    private void protocols() {
        if (report.protocols().isEmpty()) return;
        title("PROTOCOLS", "");
        text.append(String.format(Locale.ROOT, "  %-34s %12s %8s %10s%n", "", "packets", "", "bytes")
                .replace("\r", ""));
        protocols(report.protocols(), 0);
    }

    private void protocols(List<ProtocolNode> nodes, int depth) {
        long all = report.counts().packets();
        for (ProtocolNode node : nodes) {
            String name = " ".repeat(depth * 2) + node.layer().name().toLowerCase(Locale.ROOT);
            text.append(String.format(
                    Locale.ROOT,
                    "  %-34s %12s %8s %10s  %s\n",
                    name,
                    HumanText.count(node.packets()),
                    Quantity.percent(node.packets(), all),
                    Quantity.bytes(node.bytes()),
                    blocks.bar(all == 0 ? 0 : (double) node.packets() / all, BAR)));
            protocols(node.children(), depth + 1);
        }
    }

    private void traffic() {
        TimeSeries series = report.series();
        if (series.steps().size() < 2) return;
        title("TRAFFIC", ", steps of " + HumanText.duration(series.stepNanos()));
        spark("packets", series.steps().stream().map(TimeSeries.Step::packets).toList(), HumanText::count);
        spark("bytes", series.steps().stream().map(TimeSeries.Step::bytes).toList(), Quantity::bytes);
        List<Long> again =
                series.steps().stream().map(TimeSeries.Step::retransmissions).toList();
        if (again.stream().anyMatch(count -> count > 0)) spark("sent again", again, HumanText::count);
    }

    private void spark(String label, List<Long> values, LongFunction<String> amount) {
        long most = values.stream().mapToLong(Long::longValue).max().orElse(0);
        line(label, blocks.sparkline(values, SPARKS) + "  at most " + amount.apply(most) + " a step");
    }

    private void bars(String title, String more, Distribution values, LongFunction<String> amount) {
        if (values.count() == 0) return;
        title(title, more);
        line(
                "",
                "least " + amount.apply(values.least()) + ", half below " + amount.apply(values.p50()) + ", 99 % below "
                        + amount.apply(values.p99()) + ", most " + amount.apply(values.most()));
        long largest =
                values.bars().stream().mapToLong(Distribution.Bar::count).max().orElse(0);
        for (Distribution.Bar bar : values.bars()) {
            if (bar.count() == 0) continue;
            text.append(String.format(
                    Locale.ROOT,
                    "  from %12s %14s %8s  %s\n",
                    amount.apply(bar.from()),
                    HumanText.count(bar.count()),
                    Quantity.percent(bar.count(), values.count()),
                    blocks.bar((double) bar.count() / largest, BAR)));
        }
    }

    private void tcp() {
        TcpCounts tcp = report.tcp();
        if (tcp.packets() == 0 || !report.tells(ReportPart.TCP)) return;
        title("TCP", "");
        line(
                "segments",
                HumanText.count(tcp.packets()) + " with " + Quantity.bytes(tcp.payloadBytes()) + " of payload; "
                        + HumanText.count(tcp.syn()) + " SYN, " + HumanText.count(tcp.fin()) + " FIN, "
                        + HumanText.count(tcp.rst()) + " RST");
        for (TcpEvent event : TcpEvent.values()) {
            long count = tcp.count(event);
            if (count == 0) continue;
            text.append(String.format(
                    Locale.ROOT,
                    "  %-26s %12s %8s\n",
                    event.key().replace('_', ' '),
                    HumanText.count(count),
                    Quantity.percent(count, tcp.packets())));
        }
        times("handshake", report.handshakes());
        times("round trip", report.roundTrips());
    }

    private void times(String label, Distribution times) {
        if (times.count() == 0) return;
        line(
                label,
                "half below " + HumanText.duration(times.p50()) + ", 90 % below " + HumanText.duration(times.p90())
                        + ", most " + HumanText.duration(times.most()) + "  (" + HumanText.count(times.count()) + ")");
    }
}
