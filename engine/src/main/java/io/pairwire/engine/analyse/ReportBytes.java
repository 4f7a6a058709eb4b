package io.pairwire.engine.analyse;

import static io.pairwire.engine.analyse.ByteFields.putAll;
import static io.pairwire.engine.analyse.ByteFields.putText;
import static io.pairwire.engine.analyse.ByteFields.takeAll;
import static io.pairwire.engine.analyse.ByteFields.takeOne;
import static io.pairwire.engine.analyse.ByteFields.takeText;

import io.pairwire.capture.DamageKind;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.capture.inspect.PacketCounts;
import io.pairwire.decode.Layer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A report as bytes, to be kept, and back. What reads bytes of another form, or damaged ones, fails with an
 * {@link IOException} and never takes much memory for it.
 */
final class ReportBytes implements KeptForm<CaptureReport> {
    /** Changes whenever a report has other contents or means something else. */
    static final int VERSION = 2;

    private static final int DEEPEST = 64;

    ReportBytes() {}

    @Override
    public String name() {
        return "analyze";
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public byte[] encode(CaptureReport report) {
        var bytes = new ByteArrayOutputStream();
        try (var to = new DataOutputStream(bytes)) {
            to.writeInt(VERSION);
            put(report.end(), to);
            put(report.counts(), to);
            to.writeLong(report.tcpStreams());
            to.writeLong(report.udpStreams());
            put(report.tcp(), to);
            putAll(report.protocols(), ReportBytes::put, to);
            putAll(report.layers(), TalkBytes::put, to);
            for (TalkMeasure measure : TalkMeasure.values()) {
                putAll(report.talkers().getOrDefault(measure, List.of()), TalkBytes::put, to);
            }
            to.writeLong(report.series().stepNanos());
            putAll(report.series().steps(), ReportBytes::put, to);
            for (Distribution values :
                    List.of(report.lengths(), report.gaps(), report.handshakes(), report.roundTrips())) {
                put(values, to);
            }
            putAll(report.findings(), ReportBytes::put, to);
            to.writeLong(report.memoryBytes());
            to.writeLong(report.spilledBytes());
            to.writeInt(bits(report.parts()));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return bytes.toByteArray();
    }

    @Override
    public CaptureReport decode(byte[] bytes, String capture) throws IOException {
        var from = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = from.readInt();
        if (version != VERSION) throw new IOException("a report of another version: " + version);
        CaptureEnd end = takeEnd(from, capture);
        PacketCounts counts = takeCounts(from);
        long tcpStreams = from.readLong();
        long udpStreams = from.readLong();
        TcpCounts tcp = takeTcp(from);
        List<ProtocolNode> protocols = takeAll(next -> takeProtocol(next, 0), from);
        List<LayerTalk> layers = takeAll(TalkBytes::takeLayer, from);
        if (layers.size() != TalkLayer.values().length) throw new IOException("layers are missing: " + layers.size());
        var talkers = new EnumMap<TalkMeasure, List<Endpoint>>(TalkMeasure.class);
        for (TalkMeasure measure : TalkMeasure.values()) {
            talkers.put(measure, takeAll(TalkBytes::takeEndpoint, from));
        }
        var series = new TimeSeries(from.readLong(), takeAll(ReportBytes::takeStep, from));
        return new CaptureReport(
                capture,
                end,
                counts,
                tcpStreams,
                udpStreams,
                tcp,
                protocols,
                layers,
                talkers,
                series,
                takeDistribution(from),
                takeDistribution(from),
                takeDistribution(from),
                takeDistribution(from),
                takeAll(ReportBytes::takeFinding, from),
                from.readLong(),
                from.readLong(),
                takeParts(from));
    }

    private static int bits(Set<ReportPart> parts) {
        int bits = 0;
        for (ReportPart part : parts) bits |= 1 << part.ordinal();
        return bits;
    }

    private static Set<ReportPart> takeParts(DataInputStream from) throws IOException {
        int bits = from.readInt();
        var parts = EnumSet.noneOf(ReportPart.class);
        for (ReportPart part : ReportPart.values()) {
            if ((bits & 1 << part.ordinal()) != 0) parts.add(part);
        }
        if (bits(parts) != bits) throw new IOException("no parts of a report: " + bits);
        return parts;
    }

    private static void put(CaptureEnd end, DataOutputStream to) throws IOException {
        putText(end.format(), to);
        to.writeLong(end.bytes());
        to.writeLong(end.refused());
        putAll(end.damages(), ReportBytes::put, to);
        to.writeLong(end.damageCount());
    }

    private static CaptureEnd takeEnd(DataInputStream from, String capture) throws IOException {
        return new CaptureEnd(
                takeText(from),
                from.readLong(),
                from.readLong(),
                takeAll(next -> takeDamage(next, capture), from),
                from.readLong());
    }

    private static void put(SourceStatistics.Damage damage, DataOutputStream to) throws IOException {
        to.writeInt(damage.kind().ordinal());
        to.writeLong(damage.offset());
        to.writeLong(damage.packets());
        to.writeLong(damage.resumedAt());
        putText(damage.reason(), to);
    }

    private static SourceStatistics.Damage takeDamage(DataInputStream from, String capture) throws IOException {
        return new SourceStatistics.Damage(
                capture,
                takeOne(DamageKind.values(), from),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                takeText(from));
    }

    private static void put(PacketCounts counts, DataOutputStream to) throws IOException {
        for (long count : List.of(
                counts.packets(),
                counts.capturedBytes(),
                counts.originalBytes(),
                counts.firstNanos(),
                counts.lastNanos(),
                counts.timed(),
                counts.zeroTimes(),
                counts.outOfOrder(),
                counts.truncated())) {
            to.writeLong(count);
        }
        to.writeInt(counts.shortestTruncated());
        to.writeInt(counts.longestTruncated());
        to.writeLong(counts.longerThanOriginal());
        to.writeLong(counts.empty());
        to.writeLong(counts.commented());
        putNumbers(counts.linkTypes(), to);
        putNumbers(counts.interfaces(), to);
    }

    private static PacketCounts takeCounts(DataInputStream from) throws IOException {
        return new PacketCounts(
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readInt(),
                from.readInt(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                takeNumbers(from),
                takeNumbers(from));
    }

    private static void putNumbers(Map<Integer, Long> numbers, DataOutputStream to) throws IOException {
        putAll(
                List.copyOf(numbers.entrySet()),
                (entry, out) -> {
                    out.writeInt(entry.getKey());
                    out.writeLong(entry.getValue());
                },
                to);
    }

    private static Map<Integer, Long> takeNumbers(DataInputStream from) throws IOException {
        var numbers = new HashMap<Integer, Long>();
        takeAll(next -> numbers.put(next.readInt(), next.readLong()), from);
        return numbers;
    }

    private static void put(TcpCounts tcp, DataOutputStream to) throws IOException {
        to.writeLong(tcp.packets());
        to.writeLong(tcp.payloadBytes());
        to.writeLong(tcp.syn());
        to.writeLong(tcp.fin());
        to.writeLong(tcp.rst());
        for (TcpEvent event : TcpEvent.values()) to.writeLong(tcp.count(event));
    }

    private static TcpCounts takeTcp(DataInputStream from) throws IOException {
        long packets = from.readLong();
        long payloadBytes = from.readLong();
        long syn = from.readLong();
        long fin = from.readLong();
        long rst = from.readLong();
        var events = new EnumMap<TcpEvent, Long>(TcpEvent.class);
        for (TcpEvent event : TcpEvent.values()) events.put(event, from.readLong());
        return new TcpCounts(packets, payloadBytes, syn, fin, rst, events);
    }

    private static void put(ProtocolNode node, DataOutputStream to) throws IOException {
        to.writeInt(node.layer().ordinal());
        to.writeLong(node.packets());
        to.writeLong(node.bytes());
        to.writeLong(node.ending());
        putAll(node.children(), ReportBytes::put, to);
    }

    private static ProtocolNode takeProtocol(DataInputStream from, int depth) throws IOException {
        if (depth > DEEPEST) throw new IOException("protocols inside each other without an end");
        return new ProtocolNode(
                takeOne(Layer.values(), from),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                takeAll(next -> takeProtocol(next, depth + 1), from));
    }

    private static void put(TimeSeries.Step step, DataOutputStream to) throws IOException {
        to.writeLong(step.startNanos());
        to.writeLong(step.packets());
        to.writeLong(step.bytes());
        to.writeLong(step.retransmissions());
    }

    private static TimeSeries.Step takeStep(DataInputStream from) throws IOException {
        return new TimeSeries.Step(from.readLong(), from.readLong(), from.readLong(), from.readLong());
    }

    private static void put(Distribution values, DataOutputStream to) throws IOException {
        to.writeLong(values.count());
        to.writeLong(values.least());
        to.writeDouble(values.mean());
        to.writeLong(values.p50());
        to.writeLong(values.p90());
        to.writeLong(values.p99());
        to.writeLong(values.most());
        putAll(
                values.bars(),
                (bar, out) -> {
                    out.writeLong(bar.from());
                    out.writeLong(bar.to());
                    out.writeLong(bar.count());
                },
                to);
    }

    private static Distribution takeDistribution(DataInputStream from) throws IOException {
        return new Distribution(
                from.readLong(),
                from.readLong(),
                from.readDouble(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                from.readLong(),
                takeAll(next -> new Distribution.Bar(next.readLong(), next.readLong(), next.readLong()), from));
    }

    private static void put(Finding finding, DataOutputStream to) throws IOException {
        to.writeInt(finding.severity().ordinal());
        putText(finding.kind(), to);
        putText(finding.text(), to);
        to.writeLong(finding.count());
        putAll(finding.packets(), (number, out) -> out.writeLong(number), to);
    }

    private static Finding takeFinding(DataInputStream from) throws IOException {
        return new Finding(
                takeOne(Finding.Severity.values(), from),
                takeText(from),
                takeText(from),
                from.readLong(),
                takeAll(DataInputStream::readLong, from));
    }
}
