package io.pairwire.engine.analyse;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.capture.inspect.Counting;
import io.pairwire.decode.DeepDecoder;
import io.pairwire.decode.Layer;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.Ethernet;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Sflow;
import io.pairwire.decode.wire.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The analysis that {@code pairwire analyze} makes: everything a {@link CaptureReport} tells. Its memory does not grow beyond
 * the limit of its settings, however many conversations there are.
 */
public final class CaptureAnalysis implements Analysis<CaptureReport> {
    private static final long DAY = 86_400_000_000_000L;
    private static final long[] LENGTHS = {0, 64, 128, 256, 512, 1_024, 1_519, 2_560, 9_217, 65_536, 1 << 20};
    private static final long[] TIMES = {
        0,
        1_000,
        10_000,
        100_000,
        1_000_000,
        10_000_000,
        100_000_000,
        1_000_000_000,
        10_000_000_000L,
        60_000_000_000L,
        DAY
    };
    private static final int LONGEST = 1 << 20;

    private final AnalyzerSettings settings;
    private final long seed;
    private final boolean protocols;
    private final boolean spreads;
    private final boolean series;
    private final boolean talking;
    private final boolean ethernet;
    private final boolean ipTalks;
    private final boolean tcpTalks;
    private final boolean udpTalks;
    private final boolean sctpTalks;
    private final Workspace workspace;
    private final TalkTable frames;
    private final TalkShards shards;
    private final Counting counting = new Counting();
    private final ProtocolTree tree = new ProtocolTree();
    private final StepCounter steps;
    private final Distribution.Collector lengths = new Distribution.Collector(LONGEST);
    private final Distribution.Collector gaps = new Distribution.Collector(DAY);
    private final Evidence malformed = new Evidence();
    private final Evidence cut = new Evidence();
    private final Evidence backwards = new Evidence();
    private final Layers inner = new Layers();
    private final Sflow samples = new Sflow();
    private final Packet sample = new Packet().linkType(LinkType.ETHERNET);
    private final LayerDecoder sampleDecoder = new LayerDecoder();
    private String capture = "";
    private long before = Long.MIN_VALUE;

    /**
     * One that does everything in the thread that calls it.
     *
     * @param seed of hashes, unknown to who sends packets; the answer does not depend on it
     */
    public CaptureAnalysis(AnalyzerSettings settings, long seed) {
        this(settings, seed, 0);
    }

    /**
     * @param seed of hashes, unknown to who sends packets; the answer does not depend on it
     * @param threads besides the calling one that count conversations; the answer does not depend on them either
     */
    public CaptureAnalysis(AnalyzerSettings settings, long seed, int threads) {
        this.settings = settings;
        this.seed = seed;
        protocols = settings.tells(ReportPart.PROTOCOLS);
        spreads = settings.tells(ReportPart.DISTRIBUTIONS) || settings.tells(ReportPart.FINDINGS);
        series = settings.tells(ReportPart.SERIES);
        boolean judges = settings.judgesSegments();
        boolean ip = settings.tellsTalks(TalkLayer.IPV4) || settings.tellsTalks(TalkLayer.IPV6);
        ethernet = settings.tellsTalks(TalkLayer.ETHERNET);
        ipTalks = ip;
        tcpTalks = judges || ip || settings.tellsTalks(TalkLayer.TCP);
        udpTalks = ip || settings.tellsTalks(TalkLayer.UDP);
        sctpTalks = ip || settings.tellsTalks(TalkLayer.SCTP);
        talking = ipTalks || tcpTalks || udpTalks || sctpTalks;
        workspace = new Workspace(settings.memoryLimitBytes(), settings.temporaryFolder());
        frames = new TalkTable(workspace, workspace.limitBytes() / 16, seed);
        shards = new TalkShards(settings, seed, talking ? threads : 0);
        steps = new StepCounter(settings.interval().toNanos());
    }

    @Override
    public void start(String capture) {
        this.capture = capture;
    }

    @Override
    public void packet(Packet packet, Layers layers) {
        int length = packet.originalLength();
        counting.add(packet);
        if (protocols) tree.add(layers, length);
        if (spreads) lengths.add(length);
        if (packet.hasTime()) time(packet, length);
        if (layers.verdict() != Verdict.OK) judge(packet, layers);
        if (ethernet && layers.depth() > 0 && layers.kind(0) == Layer.ETHERNET) frame(packet, layers.at(0));
        if (talking && layers.isIp()) ip(packet, layers);
    }

    private void time(Packet packet, int length) {
        long nanos = packet.epochNanos();
        if (series) steps.add(nanos, length);
        if (!spreads) return;
        if (before != Long.MIN_VALUE) {
            if (nanos >= before) gaps.add(nanos - before < 0 ? Long.MAX_VALUE : nanos - before);
            else backwards.add(packet.number());
        }
        before = nanos;
    }

    private void judge(Packet packet, Layers layers) {
        if (layers.verdict() == Verdict.MALFORMED) malformed.add(packet.number());
        else if (layers.verdict() == Verdict.TRUNCATED) cut.add(packet.number());
    }

    private void frame(Packet packet, int at) {
        long source = Ethernet.source(packet, at);
        long destination = Ethernet.destination(packet, at);
        boolean up = source <= destination;
        long word = TalkCounter.word(TalkCounter.ETHERNET, 0, 0, 0);
        Talk talk = frames.find(word, 0, up ? source : destination, 0, up ? destination : source);
        talk.count(up, packet.originalLength());
        if (packet.hasTime()) talk.times(packet.epochNanos(), packet.epochNanos());
        talk.number(packet.number() << 1 | (up ? 0 : 1));
    }

    /** Each IP packet in the packet: the outermost, those in tunnels, and the one that an ICMP error quotes. */
    private void ip(Packet packet, Layers layers) {
        boolean udp = isUdp(layers);
        boolean segment = isTcp(layers);
        transport(packet, layers, true, false);
        if (segment) return; // nothing is looked for behind TCP
        int quoted = layers.quotedIp();
        int depth = layers.depth();
        for (int i = 1; i < depth; i++) {
            Layer kind = layers.kind(i);
            if (kind != Layer.IPV4 && kind != Layer.IPV6 || layers.at(i) <= layers.networkAt()) continue;
            DeepDecoder.decodeInner(packet, layers, i, inner);
            boolean shown = isTcp(inner) ? !segment : !(udp && isUdp(inner));
            transport(packet, inner, shown, quoted >= 0 && i >= quoted);
            segment |= isTcp(inner);
            udp |= isUdp(inner);
        }
        if (tcpTalks && !segment && isSflow(layers)) sampled(packet, layers);
    }

    private static boolean isSflow(Layers ip) {
        boolean port = ip.destinationPort() == Sflow.PORT || ip.sourcePort() == Sflow.PORT;
        return port && ip.transport() == IpProtocol.UDP && !ip.isFragment();
    }

    /** Segments that a switch copied name their connections, as those do that an ICMP error quotes. */
    private void sampled(Packet packet, Layers layers) {
        boolean shown = true;
        samples.moveTo(packet, layers.payloadAt(), layers.payloadCaptured());
        while (samples.next()) {
            sample.moveTo(
                            packet.memory(),
                            packet.start() + samples.at(),
                            samples.length(),
                            samples.originalLength(),
                            packet.epochNanos())
                    .from(packet.file(), packet.number());
            sampleDecoder.decode(sample, inner);
            if (!inner.isIp() || !isTcp(inner)) continue;
            transport(sample, inner, shown, true);
            shown = false;
        }
    }

    private static boolean isUdp(Layers ip) {
        return ip.transportAt() >= 0 && ip.ipProtocol() == IpProtocol.UDP;
    }

    private static boolean isTcp(Layers ip) {
        return ip.transportAt() >= 0 && ip.ipProtocol() == IpProtocol.TCP;
    }

    private void transport(Packet packet, Layers ip, boolean shown, boolean quoted) {
        int kind = kind(ip);
        boolean wanted = switch (kind) {
            case TalkCounter.TCP -> tcpTalks;
            case TalkCounter.UDP -> udpTalks;
            case TalkCounter.SCTP -> sctpTalks;
            default -> ipTalks;
        };
        if (wanted) {
            int marks = (shown ? TalkBatch.SHOWN : 0) | (quoted ? TalkBatch.QUOTED : 0);
            shards.add(packet, ip, kind, marks);
        }
    }

    private static int kind(Layers ip) {
        if (ip.transportAt() < 0) return TalkCounter.IP;
        return switch (ip.ipProtocol()) {
            case IpProtocol.TCP -> TalkCounter.TCP;
            case IpProtocol.UDP -> TalkCounter.UDP;
            case IpProtocol.SCTP -> TalkCounter.SCTP;
            default -> TalkCounter.IP;
        };
    }

    /** Most native memory of the tables so far, bytes. */
    public long memoryBytes() {
        return workspace.peakBytes() + shards.peakBytes();
    }

    @Override
    public CaptureReport finish(CaptureEnd end) throws IOException {
        List<TalkCounter> counted = shards.rest();
        boolean spread = settings.tells(ReportPart.DISTRIBUTIONS);
        var talks = new TalkReport(settings);
        talks.add(counted, frames, workspace, seed);
        var tcp = new TcpTotals();
        for (TalkCounter shard : counted) tcp.addAll(shard.tcp().totals());
        return new CaptureReport(
                capture,
                end,
                counting.counts(),
                tcpTalks ? talks.shownTcp() : -1,
                udpTalks ? talks.shownUdp() : -1,
                tcp.counts(),
                tree.roots(),
                talks.layers(),
                talks.talkers(),
                steps.series(counted.stream().map(TalkCounter::retransmissions).toList()),
                spread ? lengths.distribution(LENGTHS) : Distribution.NONE,
                spread ? gaps.distribution(TIMES) : Distribution.NONE,
                tcp.handshakes().distribution(TIMES),
                tcp.roundTrips().distribution(TIMES),
                findings(end, tcp, talks),
                memoryBytes(),
                workspace.spilledBytes() + shards.spilledBytes(),
                settings.parts());
    }

    @Override
    public Optional<CaptureReport> soFar(CaptureEnd end) throws IOException {
        return Optional.of(finish(end));
    }

    private List<Finding> findings(CaptureEnd end, TcpTotals tcp, TalkReport talks) {
        if (!settings.tells(ReportPart.FINDINGS)) return List.of();
        return new Findings(counting.counts(), end, tcp)
                .timeSteps(backwards, gaps)
                .headers(malformed, cut)
                .connections(talks)
                .ranked();
    }

    @Override
    public CaptureReport merge(CaptureReport first, CaptureReport second) {
        return new ReportSum(settings).of(first, second);
    }

    @Override
    public void close() throws IOException {
        try (shards) {
            frames.close();
        }
    }
}
