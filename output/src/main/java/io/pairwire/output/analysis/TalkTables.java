package io.pairwire.output.analysis;

import io.pairwire.engine.analyse.CaptureReport;
import io.pairwire.engine.analyse.Conversation;
import io.pairwire.engine.analyse.Endpoint;
import io.pairwire.engine.analyse.LayerTalk;
import io.pairwire.engine.analyse.TalkMeasure;
import io.pairwire.output.HumanText;
import java.util.List;
import java.util.Locale;

/** Conversations and endpoints as tables. */
final class TalkTables {
    private static final int SHORT = 5;

    private final CaptureReport report;
    private final StringBuilder text;

    TalkTables(CaptureReport report, StringBuilder text) {
        this.report = report;
        this.text = text;
    }

    void write(Shown shown) {
        talkers();
        for (LayerTalk talk : report.layers()) {
            if (shown.conversations().contains(talk.layer()) && talk.conversations() > 0) conversations(talk);
        }
        for (LayerTalk talk : report.layers()) {
            if (shown.endpoints().contains(talk.layer()) && talk.endpoints() > 0) endpoints(talk);
        }
    }

    private void title(String title, long shown, long all) {
        text.append('\n').append("  ").append(title.toUpperCase(Locale.ROOT));
        text.append(shown == all ? "" : ", " + HumanText.count(shown) + " of " + HumanText.count(all))
                .append('\n');
    }

    /** The largest addresses, each with its part in all four measures. */
    private void talkers() {
        List<Endpoint> top = report.talkers().getOrDefault(TalkMeasure.BYTES, List.of());
        if (top.isEmpty()) return;
        text.append("\n  TOP TALKERS\n");
        header("address");
        for (Endpoint endpoint : top.subList(0, Math.min(SHORT, top.size()))) row(endpoint);
    }

    private void header(String first) {
        text.append(String.format(
                Locale.ROOT,
                "  %-47s %10s %10s %10s %10s %9s %11s\n",
                first,
                "packets >",
                "bytes >",
                "packets <",
                "bytes <",
                "sessions",
                "sent again"));
    }

    private void row(Endpoint endpoint) {
        text.append(String.format(
                Locale.ROOT,
                "  %-47s %10s %10s %10s %10s %9s %11s\n",
                EndText.of(endpoint.end(), endpoint.layer().hasPorts()),
                HumanText.count(endpoint.packetsOut()),
                Quantity.bytes(endpoint.bytesOut()),
                HumanText.count(endpoint.packetsIn()),
                Quantity.bytes(endpoint.bytesIn()),
                HumanText.count(endpoint.sessions()),
                HumanText.count(endpoint.retransmissions())));
    }

    private void endpoints(LayerTalk talk) {
        title(talk.layer().key() + " endpoints", talk.topEndpoints().size(), talk.endpoints());
        header("endpoint");
        talk.topEndpoints().forEach(this::row);
    }

    private void conversations(LayerTalk talk) {
        title(talk.layer().key() + " conversations", talk.topConversations().size(), talk.conversations());
        int width = width(talk);
        text.append(String.format(
                Locale.ROOT,
                "  %-" + width + "s    %-" + width + "s %10s %10s %10s %10s %12s %12s%s\n",
                "originator",
                "responder",
                "packets >",
                "bytes >",
                "packets <",
                "bytes <",
                "begins at",
                "lasts",
                isTcp(talk) ? "  stream  sent again" : ""));
        for (Conversation each : talk.topConversations()) row(each, width);
    }

    private static boolean isTcp(LayerTalk talk) {
        return talk.layer() == io.pairwire.engine.analyse.TalkLayer.TCP;
    }

    private static int width(LayerTalk talk) {
        boolean ports = talk.layer().hasPorts();
        return talk.topConversations().stream()
                .mapToInt(each -> Math.max(
                        EndText.of(each.originator(), ports).length(),
                        EndText.of(each.responder(), ports).length()))
                .max()
                .orElse(10);
    }

    private void row(Conversation talk, int width) {
        boolean ports = talk.layer().hasPorts();
        text.append(String.format(
                Locale.ROOT,
                "  %-" + width + "s <> %-" + width + "s %10s %10s %10s %10s %12s %12s",
                EndText.of(talk.originator(), ports),
                EndText.of(talk.responder(), ports),
                HumanText.count(talk.packetsOut()),
                Quantity.bytes(talk.bytesOut()),
                HumanText.count(talk.packetsIn()),
                Quantity.bytes(talk.bytesIn()),
                HumanText.duration(talk.firstNanos() - report.counts().firstNanos()),
                HumanText.duration(talk.lastNanos() - talk.firstNanos())));
        if (talk.stream() >= 0) {
            text.append(
                    String.format(Locale.ROOT, "  %6d  %10s", talk.stream(), HumanText.count(talk.retransmissions())));
        }
        text.append('\n');
    }
}
