package io.pairwire.output;

import io.pairwire.engine.dedup.CopyKind;
import io.pairwire.engine.dedup.DedupStatistics;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was found of duplicates, as lines for people or as JSON. The names of the JSON are stable. */
public final class DedupText {
    private static final int COLUMN = 14;

    private DedupText() {}

    /** Lines, each with its end. */
    public static String of(DedupStatistics found) {
        var text = new StringBuilder();
        line(text, "packets", HumanText.count(found.packets()));
        double part = found.packets() == 0 ? 0 : (double) found.copies() / found.packets();
        line(
                text,
                "copies",
                HumanText.count(found.copies()) + " (" + HumanText.percent(part) + "), "
                        + HumanText.count(found.copiedBytes(), "byte"));
        for (CopyKind kind : CopyKind.values()) {
            long count = found.kinds().get(kind);
            if (count > 0) line(text, "  " + kind.label(), HumanText.count(count) + ": " + kind.cause());
        }
        if (found.copies() > 0) {
            line(
                    text,
                    "apart",
                    HumanText.duration(found.leastNanos()) + " to " + HumanText.duration(found.mostNanos()) + ", mean "
                            + HumanText.duration(found.meanNanos()));
        }
        if (found.retransmissions() > 0)
            line(text, "sent again", HumanText.count(found.retransmissions()) + ", which are no copies");
        if (found.windowFull() > 0)
            line(
                    text,
                    "window full",
                    "at " + HumanText.count(found.windowFull(), "packet") + ": some copies may be left");
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name)
                .append(':')
                .repeat(' ', Math.max(0, COLUMN - name.length() - 1))
                .append(value)
                .append('\n');
    }

    /** One object, on one line. */
    public static String json(DedupStatistics found) {
        return "{\"packets\":" + found.packets()
                + ",\"kept\":" + (found.packets() - found.copies())
                + ",\"removed\":" + found.copies()
                + ",\"removed_bytes\":" + found.copiedBytes()
                + ",\"kinds\":"
                + Stream.of(CopyKind.values())
                        .map(kind -> JsonText.quoted(kind.label()) + ":"
                                + found.kinds().get(kind))
                        .collect(Collectors.joining(",", "{", "}"))
                + ",\"retransmissions\":" + found.retransmissions()
                + ",\"apart_ns\":{\"min\":" + found.leastNanos()
                + ",\"mean\":" + found.meanNanos()
                + ",\"max\":" + found.mostNanos()
                + "},\"window_full\":" + found.windowFull()
                + "}";
    }
}
