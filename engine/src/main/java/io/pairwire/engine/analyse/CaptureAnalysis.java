package io.pairwire.engine.analyse;

import io.pairwire.capture.Packet;
import io.pairwire.capture.inspect.Counting;
import io.pairwire.decode.DeepDecoder;
import io.pairwire.decode.Layer;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Verdict;
import java.io.IOException;

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
    private final Workspace workspace;
    private final TalkCounter talks;
    private final TcpCounter tcp;
    private final Counting counting = new Counting();
    private final ProtocolTree tree = new ProtocolTree();
    private final StepCounter steps;
    private final Distribution.Collector lengths = new Distribution.Collector(LONGEST);
    private final Distribution.Collector gaps = new Distribution.Collector(DAY);
    private final Evidence malformed = new Evidence();
    private final Evidence cut = new Evidence();
    private final Evidence backwards = new Evidence();
    private final Layers inner = new Layers();
    private String capture = "";
    private long before = Long.MIN_VALUE;

    /**
     * @param seed of hashes, unknown to who sends packets; the answer does not depend on it
     */
    public CaptureAnalysis(AnalyzerSettings settings, long seed) {
        this.settings = settings;
        this.seed = seed;
        workspace = new Workspace(settings.memoryLimitBytes(), settings.temporaryFolder());
        talks = new TalkCounter(workspace, seed);
        tcp = new TcpCounter(workspace);
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
        tree.add(layers, length);
        lengths.add(length);
        if (packet.hasTime()) time(packet, length);
        if (layers.verdict() != Verdict.OK) judge(packet, layers);
        if (layers.depth() > 0 && layers.kind(0) == Layer.ETHERNET) talks.countEthernet(packet, layers.at(0));
        if (layers.isIp()) ip(packet, layers);
    }

    private void time(Packet packet, int length) {
        long nanos = packet.epochNanos();
        steps.add(nanos, length);
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
    }

    private static boolean isUdp(Layers ip) {
        return ip.transportAt() >= 0 && ip.ipProtocol() == IpProtocol.UDP;
    }

    private static boolean isTcp(Layers ip) {
        return ip.transportAt() >= 0 && ip.ipProtocol() == IpProtocol.TCP;
    }

    private void transport(Packet packet, Layers ip, boolean shown, boolean quoted) {
        if (!isTcp(ip)) {
            talks.countIp(packet, ip, shown, quoted);
            return;
        }
        int events = tcp.count(packet, ip, talks, shown, quoted);
        if ((events & TcpEvent.RETRANSMISSION.bit()) != 0 && packet.hasTime()) steps.addRetransmission();
    }

    /** Most native memory of the tables so far, bytes. */
    public long memoryBytes() {
        return workspace.peakBytes();
    }

    @Override
    public CaptureReport finish(CaptureEnd end) throws IOException {
        var report = new TalkReport(settings.top(), settings.order());
        report.add(talks, workspace, seed);
        var counts = counting.counts();
        var findings = new Findings(counts, end, tcp)
                .timeSteps(backwards, gaps)
                .headers(malformed, cut)
                .connections(report)
                .ranked();
        return new CaptureReport(
                capture,
                end,
                counts,
                report.shownTcp(),
                report.shownUdp(),
                tcp.counts(),
                tree.roots(),
                report.layers(),
                report.talkers(),
                steps.series(),
                lengths.distribution(LENGTHS),
                gaps.distribution(TIMES),
                tcp.handshakes().distribution(TIMES),
                tcp.roundTrips().distribution(TIMES),
                findings,
                workspace.peakBytes(),
                workspace.spilledBytes());
    }

    @Override
    public CaptureReport merge(CaptureReport first, CaptureReport second) {
        return new ReportSum(settings).of(first, second);
    }

    @Override
    public void close() throws IOException {
        try (talks) {
            tcp.close();
        }
    }
}
