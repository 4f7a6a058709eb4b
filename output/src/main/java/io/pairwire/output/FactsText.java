package io.pairwire.output;

import io.pairwire.capture.CaptureDescription;
import io.pairwire.capture.CaptureInterface;
import io.pairwire.capture.CaptureSection;
import io.pairwire.capture.InterfaceStatistics;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.capture.inspect.CaptureFacts;
import io.pairwire.capture.inspect.PacketCounts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;

/** What is known about a capture, for people: a fact a line, what is wrong at the end. */
public final class FactsText {
    /** Interfaces and comments listed at most; {@link FactsJson} lists all that are kept. */
    private static final int LISTED = 20;

    private static final int LABEL = 18;
    private static final double SECOND = 1e9;

    private final StringBuilder text = new StringBuilder();

    private FactsText() {}

    /** All lines, each with its end. */
    public static String of(CaptureFacts facts) {
        return new FactsText().write(facts);
    }

    private String write(CaptureFacts facts) {
        text.append(facts.name()).append('\n');
        facts.description().ifPresentOrElse(this::format, () -> line("format", facts.container()));
        if (facts.description().isPresent() && facts.container() != facts.format()) {
            line("compression", facts.container());
        }
        line("file size", HumanText.count(facts.fileBytes(), "byte"));
        counts(facts.counts());
        facts.description().ifPresent(this::contents);
        facts.description().ifPresent(description -> interfaces(description, facts.counts()));
        facts.sha256().ifPresent(sum -> line("SHA-256", sum));
        facts.damages().stream().limit(LISTED).forEach(this::damage);
        long untold = facts.damageCount() - Math.min(facts.damages().size(), LISTED);
        if (untold > 0) line("DAMAGED", "... and " + HumanText.count(untold) + " more");
        return text.toString();
    }

    private void line(String label, Object value) {
        text.append("  ").append(label).append(" ".repeat(Math.max(LABEL - label.length(), 1)));
        text.append(value).append('\n');
    }

    private void format(CaptureDescription description) {
        if (description.sections().isEmpty()) {
            line("format", description.format());
            return;
        }
        CaptureSection first = description.sections().getFirst();
        line(
                "format",
                description.format() + " " + first.majorVersion() + "." + first.minorVersion() + ", "
                        + first.order()
                                .toString()
                                .toLowerCase(java.util.Locale.ROOT)
                                .replace('_', ' '));
    }

    private void counts(PacketCounts counts) {
        line("packets", HumanText.count(counts.packets()));
        if (counts.packets() == 0) return;
        line("captured", HumanText.count(counts.capturedBytes(), "byte"));
        line("on the wire", HumanText.count(counts.originalBytes(), "byte"));
        line("mean length", HumanText.thousandths(counts.originalBytes() / (double) counts.packets()) + " bytes");
        new TreeMap<>(counts.linkTypes())
                .forEach((type, packets) -> line(
                        "link type",
                        LinkType.name(type) + " (" + type + ")"
                                + (counts.linkTypes().size() == 1 ? "" : ", " + HumanText.count(packets, "packet"))));
        if (counts.timed() > 0) times(counts);
        lengths(counts);
    }

    private void times(PacketCounts counts) {
        line("first packet", moment(counts.firstNanos()));
        line("last packet", moment(counts.lastNanos()));
        line("duration", HumanText.duration(counts.durationNanos()));
        double seconds = counts.durationNanos() / SECOND;
        if (seconds > 0) {
            line(
                    "rate",
                    HumanText.thousandths(counts.packets() / seconds) + " packets/s, "
                            + HumanText.thousandths(counts.originalBytes() * 8 / seconds) + " bits/s");
        }
        line("in order of time", counts.isInOrder() ? "yes" : "no");
        problem(counts.outOfOrder(), "before the one in front");
        problem(counts.zeroTimes(), "with time 0");
        problem(counts.packets() - counts.timed(), "without a time");
    }

    private void lengths(PacketCounts counts) {
        if (counts.truncated() > 0) {
            String cut = counts.shortestTruncated() == counts.longestTruncated()
                    ? HumanText.count(counts.longestTruncated())
                    : HumanText.count(counts.shortestTruncated()) + " to " + HumanText.count(counts.longestTruncated());
            line("cut", HumanText.count(counts.truncated(), "packet") + ", to " + cut + " bytes");
        }
        problem(counts.longerThanOriginal(), "longer than on the wire");
        problem(counts.empty(), "without captured bytes");
        if (counts.commented() > 0) line("comments", "at " + HumanText.count(counts.commented(), "packet"));
    }

    private void problem(long count, String what) {
        if (count > 0) line("", HumanText.count(count, "packet") + " " + what);
    }

    private static String moment(long epochNanos) {
        byte[] bytes = new byte[TimeText.LONGEST];
        int length = new TimeText(TimeFormat.ISO).moment(bytes, 0, epochNanos);
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }

    private void contents(CaptureDescription description) {
        List<CaptureSection> sections = description.sections();
        if (sections.size() > 1) line("sections", HumanText.count(sections.size()));
        for (CaptureSection section : sections.subList(0, Math.min(sections.size(), LISTED))) {
            if (!section.hardware().isEmpty()) line("hardware", OneLine.of(section.hardware()));
            if (!section.os().isEmpty()) line("system", OneLine.of(section.os()));
            if (!section.application().isEmpty()) line("written by", OneLine.of(section.application()));
            section.comments().stream().limit(LISTED).forEach(comment -> line("comment", OneLine.of(comment)));
        }
        if (!description.names().isEmpty())
            line("resolved names", HumanText.count(description.names().size()));
        long secrets = FactsJson.secrets(description);
        if (secrets > 0) line("secrets", HumanText.count(secrets, "block") + " of decryption secrets");
        if (description.leftOut() > 0) line("not listed", HumanText.count(description.leftOut(), "more description"));
    }

    private void interfaces(CaptureDescription description, PacketCounts counts) {
        List<CaptureInterface> interfaces = description.interfaces();
        for (int i = 0; i < Math.min(interfaces.size(), LISTED); i++) {
            CaptureInterface one = interfaces.get(i);
            line(
                    "interface " + i,
                    (one.name().isEmpty() ? "" : OneLine.of(one.name()) + ", ") + LinkType.name(one.linkType())
                            + ", snaplen " + (one.snaplen() == 0 ? "unlimited" : HumanText.count(one.snaplen()))
                            + ", times in " + one.resolution() + " s, "
                            + HumanText.count(counts.interfaces().getOrDefault(i, 0L), "packet"));
            if (!one.filter().isEmpty()) line("", "filter " + OneLine.of(one.filter()));
            if (!one.description().isEmpty()) line("", OneLine.of(one.description()));
        }
        if (interfaces.size() > LISTED) {
            line("", "... and " + HumanText.count(interfaces.size() - LISTED, "more interface"));
        }
        for (InterfaceStatistics counted :
                description.statistics().stream().limit(LISTED).toList()) {
            line(
                    "statistics " + counted.interfaceIndex(),
                    known(counted.received(), "received") + ", " + known(counted.dropped(), "dropped"));
        }
    }

    private static String known(long count, String what) {
        return (count < 0 ? "unknown" : HumanText.count(count)) + " " + what;
    }

    private void damage(SourceStatistics.Damage damage) {
        String where = damage.offset() < 0
                ? ""
                : " at byte " + HumanText.count(damage.offset()) + " after "
                        + HumanText.count(damage.packets(), "packet");
        String on = damage.resumedAt() < 0 ? "" : "; went on at byte " + HumanText.count(damage.resumedAt());
        line("DAMAGED", damage.kind() + where + ": " + damage.reason() + on);
    }
}
