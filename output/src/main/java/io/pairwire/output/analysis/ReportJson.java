package io.pairwire.output.analysis;

import static io.pairwire.output.JsonObject.list;

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
import io.pairwire.output.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** A report as one JSON object; names are stable. */
public final class ReportJson {
    private ReportJson() {}

    /** The object on one line, without an end of line. */
    public static String of(CaptureReport report) {
        PacketCounts counts = report.counts();
        var object = new JsonObject()
                .add("file", report.file())
                .text("format", report.end().format())
                .add("packets", counts.packets())
                .add("captured_bytes", counts.capturedBytes())
                .add("original_bytes", counts.originalBytes());
        boolean timed = counts.timed() > 0;
        object.raw("first_ns", timed ? Long.toString(counts.firstNanos()) : "null")
                .raw("last_ns", timed ? Long.toString(counts.lastNanos()) : "null")
                .add("duration_ns", timed ? counts.durationNanos() : 0)
                .add("filtered", report.end().refused());
        if (report.tcpStreams() >= 0) object.add("tcp_streams", report.tcpStreams());
        if (report.udpStreams() >= 0) object.add("udp_streams", report.udpStreams());
        addParts(report, object);
        object.add("damage_count", report.end().damageCount())
                .raw("damages", list(report.end().damages(), ReportJson::damage))
                .add("memory_bytes", report.memoryBytes())
                .add("spilled_bytes", report.spilledBytes());
        return object.toString();
    }

    private static void addParts(CaptureReport report, JsonObject object) {
        if (report.tells(ReportPart.TCP)) object.raw("tcp", tcp(report.tcp()));
        if (report.tells(ReportPart.PROTOCOLS)) {
            object.raw("protocols", list(report.protocols(), ReportJson::protocol));
        }
        if (report.tells(ReportPart.CONVERSATIONS)) object.raw("conversations", conversations(report));
        if (report.tells(ReportPart.ENDPOINTS)) {
            object.raw("endpoints", endpoints(report)).raw("talkers", talkers(report));
        }
        if (report.tells(ReportPart.SERIES)) object.raw("series", series(report.series()));
        if (report.tells(ReportPart.DISTRIBUTIONS)) {
            object.raw("lengths", distribution(report.lengths())).raw("gaps_ns", distribution(report.gaps()));
        }
        if (report.tells(ReportPart.TCP)) {
            object.raw("handshakes_ns", distribution(report.handshakes()))
                    .raw("round_trips_ns", distribution(report.roundTrips()));
        }
        if (report.tells(ReportPart.FINDINGS)) object.raw("findings", list(report.findings(), ReportJson::finding));
    }

    private static String tcp(TcpCounts tcp) {
        var object = new JsonObject()
                .add("packets", tcp.packets())
                .add("payload_bytes", tcp.payloadBytes())
                .add("syn", tcp.syn())
                .add("fin", tcp.fin())
                .add("rst", tcp.rst());
        for (TcpEvent event : TcpEvent.values()) object.add(event.key(), tcp.count(event));
        return object.toString();
    }

    private static String protocol(ProtocolNode node) {
        return new JsonObject()
                .add("protocol", node.layer().name().toLowerCase(Locale.ROOT))
                .add("packets", node.packets())
                .add("bytes", node.bytes())
                .add("ending", node.ending())
                .raw("children", list(node.children(), ReportJson::protocol))
                .toString();
    }

    private static String conversations(CaptureReport report) {
        var object = new JsonObject();
        for (LayerTalk talk : report.layers()) {
            if (talk.conversations() < 0) continue;
            object.raw(
                    talk.layer().key(),
                    new JsonObject()
                            .add("count", talk.conversations())
                            .raw("top", list(talk.topConversations(), ReportJson::conversation))
                            .toString());
        }
        return object.toString();
    }

    private static String conversation(Conversation talk) {
        boolean ports = talk.layer().hasPorts();
        var object = new JsonObject().add("src", EndText.address(talk.originator()));
        if (ports) object.add("src_port", talk.originator().port());
        object.add("dst", EndText.address(talk.responder()));
        if (ports) object.add("dst_port", talk.responder().port());
        object.add("packets_out", talk.packetsOut())
                .add("bytes_out", talk.bytesOut())
                .add("packets_in", talk.packetsIn())
                .add("bytes_in", talk.bytesIn())
                .add("start_ns", talk.firstNanos())
                .add("end_ns", talk.lastNanos())
                .add("first_packet", talk.firstPacket());
        if (talk.stream() >= 0) object.add("stream", talk.stream()).add("handshake_ns", talk.handshakeNanos());
        return object.add("sessions", talk.sessions())
                .add("retransmissions", talk.retransmissions())
                .toString();
    }

    private static String endpoints(CaptureReport report) {
        var object = new JsonObject();
        for (LayerTalk talk : report.layers()) {
            if (talk.endpoints() < 0) continue;
            object.raw(
                    talk.layer().key(),
                    new JsonObject()
                            .add("count", talk.endpoints())
                            .raw("top", list(talk.topEndpoints(), ReportJson::endpoint))
                            .toString());
        }
        return object.toString();
    }

    private static String endpoint(Endpoint endpoint) {
        var object = new JsonObject().add("address", EndText.address(endpoint.end()));
        if (endpoint.layer().hasPorts()) object.add("port", endpoint.end().port());
        return object.add("packets_out", endpoint.packetsOut())
                .add("bytes_out", endpoint.bytesOut())
                .add("packets_in", endpoint.packetsIn())
                .add("bytes_in", endpoint.bytesIn())
                .add("sessions", endpoint.sessions())
                .add("retransmissions", endpoint.retransmissions())
                .add("start_ns", endpoint.firstNanos())
                .add("end_ns", endpoint.lastNanos())
                .toString();
    }

    private static String talkers(CaptureReport report) {
        var object = new JsonObject();
        for (TalkMeasure measure : TalkMeasure.values()) {
            List<Endpoint> top = report.talkers().getOrDefault(measure, List.of());
            object.raw(measure.key(), list(top, ReportJson::endpoint));
        }
        return object.toString();
    }

    private static String series(TimeSeries series) {
        return new JsonObject()
                .add("interval_ns", series.stepNanos())
                .raw("steps", list(series.steps(), ReportJson::step))
                .toString();
    }

    private static String step(TimeSeries.Step step) {
        return new JsonObject()
                .add("start_ns", step.startNanos())
                .add("packets", step.packets())
                .add("bytes", step.bytes())
                .add("retransmissions", step.retransmissions())
                .toString();
    }

    private static String distribution(Distribution values) {
        return new JsonObject()
                .add("count", values.count())
                .add("min", values.least())
                .raw("mean", decimal(values.mean()))
                .add("p50", values.p50())
                .add("p90", values.p90())
                .add("p99", values.p99())
                .add("max", values.most())
                .raw(
                        "bars",
                        list(
                                values.bars(),
                                bar -> new JsonObject()
                                        .add("from", bar.from())
                                        .add("to", bar.to())
                                        .add("count", bar.count())
                                        .toString()))
                .toString();
    }

    private static String decimal(double value) {
        return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String finding(Finding finding) {
        return new JsonObject()
                .add("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                .add("kind", finding.kind())
                .add("text", finding.text())
                .add("count", finding.count())
                .raw("packets", finding.packets().toString().replace(" ", ""))
                .toString();
    }

    private static String damage(SourceStatistics.Damage damage) {
        var object = new JsonObject().add("kind", damage.kind().name());
        if (damage.offset() >= 0) object.add("offset", damage.offset());
        object.add("packets", damage.packets());
        if (damage.resumedAt() >= 0) object.add("resumed_at", damage.resumedAt());
        return object.add("reason", damage.reason()).toString();
    }
}
