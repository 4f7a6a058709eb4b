package io.pairwire.engine.analyse;

import io.pairwire.capture.inspect.PacketCounts;
import io.pairwire.decode.Layer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One report of two. Counts are added. Lists of the largest come from the lists of both, so what was large nowhere but in
 * total may be missing. Percentiles come from the bars. Findings stay those of their captures.
 */
final class ReportSum {
    private final AnalyzerSettings settings;

    ReportSum(AnalyzerSettings settings) {
        this.settings = settings;
    }

    CaptureReport of(CaptureReport first, CaptureReport second) {
        var findings = new ArrayList<>(first.findings());
        findings.addAll(second.findings());
        findings.sort(Comparator.comparing(Finding::severity));
        var layers = new ArrayList<LayerTalk>();
        for (TalkLayer layer : TalkLayer.values()) layers.add(layer(first.layer(layer), second.layer(layer)));
        var talkers = new EnumMap<TalkMeasure, List<Endpoint>>(TalkMeasure.class);
        for (TalkMeasure measure : TalkMeasure.values()) {
            talkers.put(
                    measure,
                    endpoints(
                            first.talkers().getOrDefault(measure, List.of()),
                            second.talkers().getOrDefault(measure, List.of()),
                            measure));
        }
        return new CaptureReport(
                first.file() + ", " + second.file(),
                end(first.end(), second.end()),
                counts(first.counts(), second.counts()),
                sum(first.tcpStreams(), second.tcpStreams()),
                sum(first.udpStreams(), second.udpStreams()),
                tcp(first.tcp(), second.tcp()),
                protocols(first.protocols(), second.protocols()),
                layers,
                talkers,
                series(first.series(), second.series()),
                first.lengths().plus(second.lengths()),
                first.gaps().plus(second.gaps()),
                first.handshakes().plus(second.handshakes()),
                first.roundTrips().plus(second.roundTrips()),
                findings,
                Math.max(first.memoryBytes(), second.memoryBytes()),
                first.spilledBytes() + second.spilledBytes(),
                parts(first.parts(), second.parts()));
    }

    /** Of counts that are -1 where nobody asked for them. */
    private static long sum(long a, long b) {
        return a < 0 || b < 0 ? -1 : a + b;
    }

    private static Set<ReportPart> parts(Set<ReportPart> a, Set<ReportPart> b) {
        var both = a.isEmpty() ? EnumSet.noneOf(ReportPart.class) : EnumSet.copyOf(a);
        both.retainAll(b);
        return both;
    }

    private static CaptureEnd end(CaptureEnd a, CaptureEnd b) {
        var damages = new ArrayList<>(a.damages());
        damages.addAll(b.damages());
        String format = a.format().equals(b.format()) ? a.format() : a.format() + ", " + b.format();
        return new CaptureEnd(
                format, a.bytes() + b.bytes(), a.refused() + b.refused(), damages, a.damageCount() + b.damageCount());
    }

    private static PacketCounts counts(PacketCounts a, PacketCounts b) {
        return new PacketCounts(
                a.packets() + b.packets(),
                a.capturedBytes() + b.capturedBytes(),
                a.originalBytes() + b.originalBytes(),
                a.timed() == 0
                        ? b.firstNanos()
                        : b.timed() == 0 ? a.firstNanos() : Math.min(a.firstNanos(), b.firstNanos()),
                a.timed() == 0
                        ? b.lastNanos()
                        : b.timed() == 0 ? a.lastNanos() : Math.max(a.lastNanos(), b.lastNanos()),
                a.timed() + b.timed(),
                a.zeroTimes() + b.zeroTimes(),
                a.outOfOrder() + b.outOfOrder(),
                a.truncated() + b.truncated(),
                a.truncated() == 0
                        ? b.shortestTruncated()
                        : b.truncated() == 0
                                ? a.shortestTruncated()
                                : Math.min(a.shortestTruncated(), b.shortestTruncated()),
                Math.max(a.longestTruncated(), b.longestTruncated()),
                a.longerThanOriginal() + b.longerThanOriginal(),
                a.empty() + b.empty(),
                a.commented() + b.commented(),
                added(a.linkTypes(), b.linkTypes()),
                added(a.interfaces(), b.interfaces()));
    }

    private static <K> Map<K, Long> added(Map<K, Long> a, Map<K, Long> b) {
        var sum = new HashMap<>(a);
        b.forEach((key, count) -> sum.merge(key, count, Long::sum));
        return sum;
    }

    private static TcpCounts tcp(TcpCounts a, TcpCounts b) {
        return new TcpCounts(
                a.packets() + b.packets(),
                a.payloadBytes() + b.payloadBytes(),
                a.syn() + b.syn(),
                a.fin() + b.fin(),
                a.rst() + b.rst(),
                added(a.events(), b.events()));
    }

    private static List<ProtocolNode> protocols(List<ProtocolNode> a, List<ProtocolNode> b) {
        var nodes = new LinkedHashMap<Layer, ProtocolNode>();
        a.forEach(node -> nodes.put(node.layer(), node));
        b.forEach(node -> nodes.merge(node.layer(), node, ReportSum::protocol));
        return nodes.values().stream()
                .sorted(Comparator.comparingLong(ProtocolNode::packets).reversed())
                .toList();
    }

    private static ProtocolNode protocol(ProtocolNode a, ProtocolNode b) {
        return new ProtocolNode(
                a.layer(),
                a.packets() + b.packets(),
                a.bytes() + b.bytes(),
                a.ending() + b.ending(),
                protocols(a.children(), b.children()));
    }

    private LayerTalk layer(LayerTalk a, LayerTalk b) {
        var talks = new ArrayList<>(a.topConversations());
        talks.addAll(b.topConversations());
        talks.sort(Comparator.comparingLong(this::size).reversed());
        return new LayerTalk(
                a.layer(),
                sum(a.conversations(), b.conversations()),
                sum(a.endpoints(), b.endpoints()),
                talks.subList(0, Math.min(talks.size(), settings.top())),
                endpoints(a.topEndpoints(), b.topEndpoints(), settings.order()));
    }

    private long size(Conversation talk) {
        return switch (settings.order()) {
            case BYTES -> talk.bytes();
            case PACKETS -> talk.packets();
            case SESSIONS -> talk.sessions();
            case RETRANSMISSIONS -> talk.retransmissions();
        };
    }

    private List<Endpoint> endpoints(List<Endpoint> a, List<Endpoint> b, TalkMeasure measure) {
        var ends = new LinkedHashMap<End, Endpoint>();
        a.forEach(end -> ends.put(end.end(), end));
        b.forEach(end -> ends.merge(end.end(), end, ReportSum::endpoint));
        return ends.values().stream()
                .sorted(Comparator.<Endpoint>comparingLong(end -> end.measured(measure))
                        .reversed())
                .limit(settings.top())
                .toList();
    }

    private static Endpoint endpoint(Endpoint a, Endpoint b) {
        return new Endpoint(
                a.layer(),
                a.end(),
                a.packetsOut() + b.packetsOut(),
                a.bytesOut() + b.bytesOut(),
                a.packetsIn() + b.packetsIn(),
                a.bytesIn() + b.bytesIn(),
                a.sessions() + b.sessions(),
                a.retransmissions() + b.retransmissions(),
                Math.min(a.firstNanos(), b.firstNanos()),
                Math.max(a.lastNanos(), b.lastNanos()));
    }

    private static TimeSeries series(TimeSeries a, TimeSeries b) {
        long length = Math.max(a.stepNanos(), b.stepNanos());
        var steps = new TreeMap<Long, TimeSeries.Step>();
        for (TimeSeries series : List.of(a, b)) {
            for (TimeSeries.Step step : series.steps()) {
                long start = Math.floorDiv(step.startNanos(), length) * length;
                var moved = new TimeSeries.Step(start, step.packets(), step.bytes(), step.retransmissions());
                steps.merge(start, moved, ReportSum::step);
            }
        }
        return new TimeSeries(length, List.copyOf(steps.values()));
    }

    private static TimeSeries.Step step(TimeSeries.Step a, TimeSeries.Step b) {
        return new TimeSeries.Step(
                a.startNanos(),
                a.packets() + b.packets(),
                a.bytes() + b.bytes(),
                a.retransmissions() + b.retransmissions());
    }
}
