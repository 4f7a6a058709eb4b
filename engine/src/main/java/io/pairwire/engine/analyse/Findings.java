package io.pairwire.engine.analyse;

import io.pairwire.capture.inspect.PacketCounts;
import io.pairwire.engine.analyse.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Says in sentences what somebody should look at, most important first. */
final class Findings {
    private static final double MANY = 0.05;
    private static final double SOME = 0.01;
    private static final double SECOND = 1e9;

    private final PacketCounts counts;
    private final TcpCounts tcp;
    private final List<Finding> findings = new ArrayList<>();

    Findings(PacketCounts counts, CaptureEnd end, TcpTotals counter) {
        this.counts = counts;
        tcp = counter.counts();
        damage(end);
        losses(counter);
        windows(counter);
        resets(counter.resets());
    }

    private void add(Severity severity, String kind, Evidence evidence, String text) {
        if (evidence.count() == 0) return;
        findings.add(new Finding(severity, kind, text, evidence.count(), evidence.packets()));
    }

    private static Severity byShare(double share) {
        return share >= MANY ? Severity.HIGH : share >= SOME ? Severity.MEDIUM : Severity.LOW;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", share * 100);
    }

    private double share(TcpEvent event) {
        return tcp.packets() == 0 ? 0 : (double) tcp.count(event) / tcp.packets();
    }

    private void damage(CaptureEnd end) {
        if (end.damageCount() == 0) return;
        String text = end.damages().isEmpty()
                ? "the capture is damaged"
                : "the capture is damaged: " + end.damages().getFirst().reason();
        findings.add(new Finding(Severity.HIGH, "damaged", text, end.damageCount(), List.of()));
    }

    private void losses(TcpTotals counter) {
        double unseen = share(TcpEvent.ACK_LOST_SEGMENT);
        add(
                byShare(unseen * 5), // a few are enough to doubt the other counts
                TcpEvent.ACK_LOST_SEGMENT.key(),
                counter.seen(TcpEvent.ACK_LOST_SEGMENT),
                "data was acknowledged that the capture does not hold: it lost packets, in " + percent(unseen)
                        + " of TCP segments; other counts may be too high");
        double again = share(TcpEvent.RETRANSMISSION);
        add(
                byShare(again),
                TcpEvent.RETRANSMISSION.key(),
                counter.seen(TcpEvent.RETRANSMISSION),
                percent(again) + " of TCP segments were sent again, "
                        + tcp.count(TcpEvent.FAST_RETRANSMISSION) + " of them after duplicate acknowledgments and "
                        + tcp.count(TcpEvent.SPURIOUS_RETRANSMISSION) + " without need");
        double lost = share(TcpEvent.LOST_SEGMENT);
        add(
                byShare(lost),
                TcpEvent.LOST_SEGMENT.key(),
                counter.seen(TcpEvent.LOST_SEGMENT),
                "segments are missing in front of " + percent(lost) + " of TCP segments");
        double overtaken = share(TcpEvent.OUT_OF_ORDER);
        add(
                overtaken >= MANY ? Severity.MEDIUM : Severity.LOW,
                TcpEvent.OUT_OF_ORDER.key(),
                counter.seen(TcpEvent.OUT_OF_ORDER),
                percent(overtaken) + " of TCP segments were overtaken on their way");
        add(
                Severity.LOW,
                TcpEvent.REUSED_PORTS.key(),
                counter.seen(TcpEvent.REUSED_PORTS),
                "connections began between ports that an earlier one had used");
    }

    private void windows(TcpTotals counter) {
        add(
                Severity.HIGH,
                TcpEvent.ZERO_WINDOW.key(),
                counter.seen(TcpEvent.ZERO_WINDOW),
                "receivers had no room: an application does not read as fast as it is sent to");
        add(
                Severity.MEDIUM,
                TcpEvent.WINDOW_FULL.key(),
                counter.seen(TcpEvent.WINDOW_FULL),
                "senders filled the window of the receiver and had to wait");
    }

    private void resets(Evidence resets) {
        double share = tcp.packets() == 0 ? 0 : (double) resets.count() / tcp.packets();
        add(byShare(share), "reset", resets, "connections were reset, by " + percent(share) + " of TCP segments");
    }

    /** Where time goes back, or stands still for long. */
    Findings timeSteps(Evidence backwards, Distribution.Collector gaps) {
        add(
                Severity.MEDIUM,
                "time_backwards",
                backwards,
                "packets carry a time before that of the packet in front of them");
        Distribution between = gaps.distribution();
        if (between.most() > SECOND && between.most() > 100 * between.mean()) {
            findings.add(new Finding(
                    Severity.LOW,
                    "silence",
                    String.format(
                            Locale.ROOT,
                            "nothing was captured for %.3f s, when otherwise packets follow after %.6f s",
                            between.most() / SECOND,
                            between.mean() / SECOND),
                    1,
                    List.of()));
        }
        return this;
    }

    /** Headers that are wrong, or not all there. */
    Findings headers(Evidence malformed, Evidence cut) {
        double share = counts.packets() == 0 ? 0 : (double) malformed.count() / counts.packets();
        add(
                share >= MANY ? Severity.MEDIUM : Severity.LOW,
                "malformed",
                malformed,
                "headers contradict themselves in " + percent(share) + " of packets");
        add(Severity.LOW, "cut_header", cut, "the snapshot length cut headers: what follows them is not counted");
        return this;
    }

    /** Connections that nobody answered. */
    Findings connections(TalkReport talks) {
        double share = talks.greeted() == 0 ? 0 : (double) talks.unanswered().count() / talks.greeted();
        Severity severity = share >= 0.5 && talks.unanswered().count() >= 100
                ? Severity.HIGH
                : share >= MANY ? Severity.MEDIUM : Severity.LOW;
        add(
                severity,
                "unanswered_syn",
                talks.unanswered(),
                percent(share)
                        + " of TCP connections that began were never answered: a scan, a flood, or a host that is"
                        + " not there");
        return this;
    }

    /** All of them, most important first. */
    List<Finding> ranked() {
        findings.sort(Comparator.comparing(Finding::severity)
                .thenComparing(Comparator.comparingLong(Finding::count).reversed())
                .thenComparing(Finding::kind));
        return findings;
    }
}
