package io.pairwire.output.analysis;

import io.pairwire.capture.SourceStatistics;
import io.pairwire.capture.inspect.PacketCounts;
import io.pairwire.engine.analyse.CaptureReport;
import io.pairwire.engine.analyse.Conversation;
import io.pairwire.engine.analyse.Distribution;
import io.pairwire.engine.analyse.Endpoint;
import io.pairwire.engine.analyse.Finding;
import io.pairwire.engine.analyse.LayerTalk;
import io.pairwire.engine.analyse.ProtocolNode;
import io.pairwire.engine.analyse.ReportPart;
import io.pairwire.engine.analyse.TalkMeasure;
import io.pairwire.engine.analyse.TcpCounts;
import io.pairwire.engine.analyse.TcpEvent;
import io.pairwire.engine.analyse.TimeSeries;
import io.pairwire.output.HumanText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Reports as one page for a browser: plots, tables, findings. The page needs nothing else, neither files nor a network, and
 * runs no script.
 */
public final class ReportHtml {
    private final StringBuilder page = new StringBuilder();

    private ReportHtml() {}

    /** The page of these reports, one below the other. */
    public static String of(List<CaptureReport> reports) {
        return new ReportHtml().write(reports);
    }

    private String write(List<CaptureReport> reports) {
        String title = reports.size() == 1 ? reports.getFirst().file() : HumanText.count(reports.size(), "capture");
        page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(escaped(title))
                .append(" - Pairwire</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<main>\n");
        for (CaptureReport report : reports) report(report);
        page.append("<footer>Made by Pairwire. What the words mean is in docs/analysis.md.</footer>\n")
                .append("</main>\n</body>\n</html>\n");
        return page.toString();
    }

    private static String style() {
        try (InputStream css = Objects.requireNonNull(ReportHtml.class.getResourceAsStream("report.css"))) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the style sheet is part of the program and cannot be read", e);
        }
    }

    /** Safe in text and in attributes. */
    static String escaped(String text) {
        var safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c < ' ' && c != '\n' && c != '\t' || Character.isSurrogate(c) ? '\ufffd' : c);
            }
        }
        return safe.toString();
    }

    private void report(CaptureReport report) {
        page.append("<h1>").append(escaped(report.file())).append("</h1>\n");
        facts(report);
        findings(report.findings());
        traffic(report.series());
        distributions(report);
        protocols(report);
        tcp(report);
        talkers(report);
        report.layers().forEach(this::talk);
    }

    private void begin(String title) {
        page.append("<section>\n<h2>").append(escaped(title)).append("</h2>\n");
    }

    private void end() {
        page.append("</section>\n");
    }

    private void fact(String label, String value) {
        page.append("<div><dt>")
                .append(label)
                .append("</dt><dd>")
                .append(escaped(value))
                .append("</dd></div>\n");
    }

    private void facts(CaptureReport report) {
        PacketCounts counts = report.counts();
        page.append("<section>\n<dl class=\"facts\">\n");
        fact("Packets", HumanText.count(counts.packets()));
        fact("On the wire", Quantity.bytes(counts.originalBytes()));
        fact("Captured", Quantity.bytes(counts.capturedBytes()));
        if (counts.timed() > 0) {
            fact("First packet", ReportText.moment(counts.firstNanos()));
            fact("Last packet", ReportText.moment(counts.lastNanos()));
            fact("Duration", HumanText.duration(counts.durationNanos()));
        }
        if (report.tcpStreams() >= 0) fact("TCP streams", HumanText.count(report.tcpStreams()));
        if (report.udpStreams() >= 0) fact("UDP streams", HumanText.count(report.udpStreams()));
        if (!report.end().format().isEmpty()) fact("Format", report.end().format());
        if (report.end().refused() > 0)
            fact("Filtered", HumanText.count(report.end().refused(), "packet"));
        page.append("</dl>\n");
        for (SourceStatistics.Damage damage :
                report.end().damages().stream().limit(10).toList()) {
            page.append("<p class=\"quiet\">Damaged: ")
                    .append(escaped(damage.toString()))
                    .append("</p>\n");
        }
        end();
    }

    private void findings(List<Finding> findings) {
        if (findings.isEmpty()) return;
        begin("What to look at");
        page.append("<ul class=\"findings\">\n");
        for (Finding finding : findings) {
            page.append("<li class=\"")
                    .append(finding.severity().name().toLowerCase(Locale.ROOT))
                    .append("\"><strong>")
                    .append(finding.severity())
                    .append("</strong> ")
                    .append(escaped(finding.text()))
                    .append(" <span class=\"quiet\">(")
                    .append(HumanText.count(finding.count()))
                    .append(")</span>");
            if (!finding.packets().isEmpty()) {
                page.append("<br><span class=\"quiet\">packet ")
                        .append(String.join(
                                ", ",
                                finding.packets().stream().map(HumanText::count).toList()))
                        .append(finding.count() > finding.packets().size() ? ", …" : "")
                        .append("</span>");
            }
            page.append("</li>\n");
        }
        page.append("</ul>\n");
        end();
    }

    private void traffic(TimeSeries series) {
        if (series.steps().size() < 2) return;
        begin("Traffic, steps of " + HumanText.duration(series.stepNanos()));
        var plot = new SvgPlot(page);
        plot.series("Packets", "one", series, TimeSeries.Step::packets, HumanText::count);
        plot.series("Bytes", "two", series, TimeSeries.Step::bytes, Quantity::bytes);
        if (series.steps().stream().anyMatch(step -> step.retransmissions() > 0)) {
            plot.series("Sent again", "three", series, TimeSeries.Step::retransmissions, HumanText::count);
        }
        end();
    }

    private void distributions(CaptureReport report) {
        if (report.lengths().count() == 0 && report.handshakes().count() == 0) return;
        begin("How it is spread");
        page.append("<div class=\"pair\">\n");
        var plot = new SvgPlot(page);
        distribution(plot, "Packet lengths, bytes", "one", report.lengths(), true);
        distribution(plot, "Time between packets", "two", report.gaps(), false);
        distribution(plot, "TCP handshakes", "three", report.handshakes(), false);
        distribution(plot, "TCP round trips", "three", report.roundTrips(), false);
        page.append("</div>\n");
        end();
    }

    private static void distribution(SvgPlot plot, String title, String colour, Distribution values, boolean bytes) {
        if (values.count() == 0) return;
        if (bytes) plot.bars(title, colour, values, HumanText::count);
        else plot.bars(title, colour, values, HumanText::duration);
    }

    private void protocols(CaptureReport report) {
        if (report.protocols().isEmpty()) return;
        begin("Protocols");
        page.append("<div class=\"wide\"><table>\n<tr><th>Protocol</th><th class=\"n\">Packets</th>")
                .append("<th class=\"n\">Part</th><th class=\"n\">Bytes</th><th></th></tr>\n");
        protocols(report.protocols(), 0, report.counts().packets());
        page.append("</table></div>\n");
        end();
    }

    private void protocols(List<ProtocolNode> nodes, int depth, long all) {
        for (ProtocolNode node : nodes) {
            double part = all == 0 ? 0 : 100.0 * node.packets() / all;
            page.append("<tr><td style=\"padding-left:").append(depth * 1.2).append("rem\">");
            page.append(escaped(node.layer().name().toLowerCase(Locale.ROOT))).append("</td>");
            number(HumanText.count(node.packets()));
            number(Quantity.percent(node.packets(), all));
            number(Quantity.bytes(node.bytes()));
            page.append(String.format(
                    Locale.ROOT,
                    "<td style=\"width:35%%\"><span class=\"bar\" style=\"width:%.2f%%\"></span></td></tr>\n",
                    part));
            protocols(node.children(), depth + 1, all);
        }
    }

    private void number(String value) {
        page.append("<td class=\"n\">").append(escaped(value)).append("</td>");
    }

    private void tcp(CaptureReport report) {
        TcpCounts tcp = report.tcp();
        if (tcp.packets() == 0 || !report.tells(ReportPart.TCP)) return;
        begin("TCP");
        page.append("<p class=\"quiet\">")
                .append(HumanText.count(tcp.packets(), "segment"))
                .append(", ")
                .append(Quantity.bytes(tcp.payloadBytes()))
                .append(" of payload, ")
                .append(HumanText.count(tcp.syn()))
                .append(" SYN, ")
                .append(HumanText.count(tcp.fin()))
                .append(" FIN, ")
                .append(HumanText.count(tcp.rst()))
                .append(
                        " RST</p>\n<table>\n<tr><th>Event</th><th class=\"n\">Segments</th><th class=\"n\">Part</th></tr>\n");
        for (TcpEvent event : TcpEvent.values()) {
            if (tcp.count(event) == 0) continue;
            page.append("<tr><td>").append(event.key().replace('_', ' ')).append("</td>");
            number(HumanText.count(tcp.count(event)));
            number(Quantity.percent(tcp.count(event), tcp.packets()));
            page.append("</tr>\n");
        }
        page.append("</table>\n");
        end();
    }

    private void talkers(CaptureReport report) {
        if (report.talkers().getOrDefault(TalkMeasure.BYTES, List.of()).isEmpty()) return;
        begin("Top talkers");
        for (TalkMeasure measure : TalkMeasure.values()) {
            List<Endpoint> top = report.talkers().getOrDefault(measure, List.of());
            if (top.isEmpty()) continue;
            open("by " + measure.key(), measure == TalkMeasure.BYTES);
            endpoints(top);
            page.append("</details>\n");
        }
        end();
    }

    private void open(String summary, boolean open) {
        page.append(open ? "<details open>" : "<details>");
        page.append("<summary>").append(escaped(summary)).append("</summary>\n");
    }

    private void endpoints(List<Endpoint> endpoints) {
        page.append(
                        "<div class=\"wide\"><table>\n<tr><th>End</th><th class=\"n\">Packets sent</th><th class=\"n\">Bytes sent</th>")
                .append("<th class=\"n\">Packets received</th><th class=\"n\">Bytes received</th>")
                .append("<th class=\"n\">Sessions</th><th class=\"n\">Sent again</th></tr>\n");
        for (Endpoint endpoint : endpoints) {
            String end = EndText.of(endpoint.end(), endpoint.layer().hasPorts());
            page.append("<tr><td>").append(escaped(end)).append("</td>");
            number(HumanText.count(endpoint.packetsOut()));
            number(Quantity.bytes(endpoint.bytesOut()));
            number(HumanText.count(endpoint.packetsIn()));
            number(Quantity.bytes(endpoint.bytesIn()));
            number(HumanText.count(endpoint.sessions()));
            number(HumanText.count(endpoint.retransmissions()));
            page.append("</tr>\n");
        }
        page.append("</table></div>\n");
    }

    private void talk(LayerTalk talk) {
        if (Math.max(talk.conversations(), talk.endpoints()) <= 0) return;
        begin(talk.layer().key().toUpperCase(Locale.ROOT));
        if (talk.conversations() > 0) conversations(talk);
        if (talk.endpoints() > 0) {
            open(counted(talk.topEndpoints().size(), talk.endpoints(), "endpoint"), false);
            endpoints(talk.topEndpoints());
            page.append("</details>\n");
        }
        end();
    }

    private void conversations(LayerTalk talk) {
        open(counted(talk.topConversations().size(), talk.conversations(), "conversation"), true);
        page.append(
                        "<div class=\"wide\"><table>\n<tr><th>Originator</th><th>Responder</th><th class=\"n\">Packets &gt;</th>")
                .append(
                        "<th class=\"n\">Bytes &gt;</th><th class=\"n\">Packets &lt;</th><th class=\"n\">Bytes &lt;</th>")
                .append(
                        "<th class=\"n\">Lasts</th><th class=\"n\">First packet</th><th class=\"n\">Sent again</th></tr>\n");
        for (Conversation each : talk.topConversations()) {
            boolean ports = each.layer().hasPorts();
            page.append("<tr><td>")
                    .append(escaped(EndText.of(each.originator(), ports)))
                    .append("</td><td>");
            page.append(escaped(EndText.of(each.responder(), ports))).append("</td>");
            number(HumanText.count(each.packetsOut()));
            number(Quantity.bytes(each.bytesOut()));
            number(HumanText.count(each.packetsIn()));
            number(Quantity.bytes(each.bytesIn()));
            number(HumanText.duration(each.lastNanos() - each.firstNanos()));
            number(HumanText.count(each.firstPacket()));
            number(HumanText.count(each.retransmissions()));
            page.append("</tr>\n");
        }
        page.append("</table></div>\n</details>\n");
    }

    private static String counted(long shown, long all, String what) {
        return shown == all ? HumanText.count(all, what) : HumanText.count(shown) + " of " + HumanText.count(all, what);
    }
}
