package io.pairwire.output.analysis;

import io.pairwire.engine.analyse.CaptureReport;
import io.pairwire.engine.analyse.Conversation;
import io.pairwire.engine.analyse.Endpoint;
import io.pairwire.engine.analyse.Finding;
import io.pairwire.engine.analyse.LayerTalk;
import io.pairwire.engine.analyse.TalkMeasure;
import io.pairwire.engine.analyse.TcpEvent;
import io.pairwire.engine.analyse.TimeSeries;
import io.pairwire.output.HumanText;
import java.util.List;
import java.util.Locale;

/** A report in a few short lines, to be drawn again and again while packets come. */
public final class RollingText {
    private static final int LISTED = 5;
    private static final int WIDTH = 78;

    private final StringBuilder text = new StringBuilder();

    private RollingText() {}

    /** The lines, each ended, none longer than a terminal is wide. */
    public static String of(CaptureReport report) {
        return new RollingText().write(report);
    }

    private String write(CaptureReport report) {
        line(
                "packets",
                HumanText.count(report.counts().packets()) + "  "
                        + Quantity.bytes(report.counts().originalBytes()) + "  in "
                        + HumanText.duration(report.counts().durationNanos()));
        now(report.series());
        if (report.tcpStreams() >= 0) {
            line(
                    "streams",
                    HumanText.count(report.tcpStreams()) + " TCP, "
                            + HumanText.count(Math.max(0, report.udpStreams())) + " UDP, "
                            + HumanText.count(report.tcp().count(TcpEvent.RETRANSMISSION)) + " segments sent again");
        }
        List<Endpoint> top = report.talkers().getOrDefault(TalkMeasure.BYTES, List.of());
        for (Endpoint end : top.subList(0, Math.min(LISTED, top.size()))) {
            line(
                    end == top.getFirst() ? "talkers" : "",
                    EndText.of(end.end(), false) + "  " + Quantity.bytes(end.bytesOut()) + " sent, "
                            + Quantity.bytes(end.bytesIn()) + " received");
        }
        if (top.isEmpty()) report.layers().forEach(this::largest);
        List<Finding> findings = report.findings();
        for (Finding finding : findings.subList(0, Math.min(LISTED, findings.size()))) {
            line(
                    finding.severity().name().toLowerCase(Locale.ROOT),
                    finding.text() + " (" + HumanText.count(finding.count()) + ")");
        }
        return text.toString();
    }

    /** The last step that is whole. */
    private void now(TimeSeries series) {
        int steps = series.steps().size();
        if (steps < 2) return;
        TimeSeries.Step step = series.steps().get(steps - 2);
        line(
                "now",
                HumanText.rate(step.packets(), series.stepNanos()).replace("/s", " packets/s") + ", "
                        + Quantity.bytes(step.bytes() * 1e9 / series.stepNanos()) + "/s");
    }

    private void largest(LayerTalk talk) {
        if (talk.topConversations().isEmpty()) return;
        Conversation first = talk.topConversations().getFirst();
        boolean ports = talk.layer().hasPorts();
        line(
                talk.layer().key(),
                EndText.of(first.originator(), ports) + " <> " + EndText.of(first.responder(), ports) + "  "
                        + Quantity.bytes(first.bytes()));
    }

    private void line(String label, String value) {
        String line = label + " ".repeat(Math.max(1, 10 - label.length())) + value;
        text.append(line, 0, Math.min(WIDTH, line.length())).append('\n');
    }
}
