package io.pairwire.output.flows;

import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.session.InspectorTotals;
import io.pairwire.dpi.session.PathStatistics;
import io.pairwire.dpi.session.SessionStatistics;
import io.pairwire.output.HumanText;
import io.pairwire.output.JsonText;
import io.pairwire.output.files.FileCounts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is told about a run beside its sessions. */
public final class FlowReport {
    private FlowReport() {}

    /** A table of paths, separated by tabs, under a line with the names of its columns. */
    public static String paths(List<PathStatistics> paths) {
        var text = new StringBuilder("path\tpackets\tbytes\tpayload_bytes\tsessions\tfirst_ns\tlast_ns\n");
        for (PathStatistics path : paths) {
            text.append(path.path()).append('\t').append(path.packets()).append('\t');
            text.append(path.bytes()).append('\t').append(path.payloadBytes()).append('\t');
            text.append(path.sessions()).append('\t').append(path.firstNanos()).append('\t');
            text.append(path.lastNanos()).append('\n');
        }
        return text.toString();
    }

    /** Some lines for people. */
    public static String summary(InspectorTotals inspector, long printed) {
        SessionStatistics s = inspector.statistics();
        var text = new StringBuilder();
        text.append("sessions      ").append(HumanText.count(s.begun()));
        if (printed != s.begun())
            text.append(", ").append(HumanText.count(printed)).append(" told");
        if (s.evicted() > 0)
            text.append(", ").append(HumanText.count(s.evicted())).append(" ended early for memory");
        text.append('\n');
        text.append("packets       ").append(HumanText.count(s.packets()));
        if (s.withoutIp() > 0)
            text.append(", ").append(HumanText.count(s.withoutIp())).append(" without IP");
        long fragments = s.fragmentsHeld() + s.fragmentsDropped();
        if (fragments > 0) text.append(", ").append(HumanText.count(fragments)).append(" fragments");
        text.append('\n');
        if (s.mostOpen() > 0) {
            text.append("memory        ")
                    .append(HumanText.count(s.mostOpen(), "session"))
                    .append(" open at most, ");
            text.append(HumanText.count(s.bytesPerSession(), "byte")).append(" each\n");
        }
        inspector.errors().forEach((code, count) -> {
            if (!code.isEvasion()) return;
            text.append("evasion       ").append(HumanText.count(count, "time"));
            text.append(": ")
                    .append(code.text())
                    .append(" (")
                    .append(code.number())
                    .append(")\n");
        });
        inspector
                .thrown()
                .forEach((name, count) -> text.append("FAULT         ")
                        .append(name)
                        .append(" threw ")
                        .append(HumanText.count(count, "time"))
                        .append('\n'));
        return text.toString();
    }

    /** Everything that is counted, as one JSON object. */
    public static String json(InspectorTotals inspector) {
        return json(inspector, Optional.empty());
    }

    /** The same, with what became of files if they were taken out. */
    public static String json(InspectorTotals inspector, Optional<FileCounts> files) {
        SessionStatistics s = inspector.statistics();
        var text = new StringBuilder("{");
        number(text, "packets", s.packets());
        number(text, "counted", s.counted());
        number(text, "without_ip", s.withoutIp());
        number(text, "fragments_held", s.fragmentsHeld());
        number(text, "fragments_dropped", s.fragmentsDropped());
        number(text, "sessions", s.begun());
        number(text, "open", s.open());
        text.append("\"ended\":{\"idle\":").append(s.endedIdle());
        text.append(",\"reused\":").append(s.endedReused());
        text.append(",\"evicted\":").append(s.evicted());
        text.append(",\"finished\":").append(s.endedFinished()).append("},");
        number(text, "memory_bytes", s.memory());
        number(text, "most_open", s.mostOpen());
        number(text, "most_memory_bytes", s.mostMemory());
        number(text, "bytes_per_session", s.bytesPerSession());
        text.append("\"table\":{\"slots\":").append(s.slots());
        text.append(",\"lookups\":").append(s.lookups());
        text.append(",\"probes\":").append(s.probes());
        text.append(",\"longest_probe\":").append(s.longestProbe());
        text.append(",\"hash_collisions\":").append(s.hashCollisions()).append("},");
        number(text, "inspected", s.inspected());
        number(text, "asked", s.asked());
        files.ifPresent(counts -> {
            text.append("\"files\":{");
            number(text, "seen", counts.seen());
            number(text, "written", counts.written());
            number(text, "cut", counts.cut());
            number(text, "refused", counts.refused());
            number(text, "incomplete", counts.incomplete());
            text.append("\"bytes\":").append(counts.bytes()).append("},");
        });
        text.append("\"errors\":{");
        String comma = "";
        for (var error : inspector.errors().entrySet()) {
            ErrorCode code = error.getKey();
            text.append(comma).append('"').append(code.number()).append(' ');
            text.append(code.name().toLowerCase(Locale.ROOT)).append("\":").append(error.getValue());
            comma = ",";
        }
        text.append("},\"evasions\":{");
        comma = "";
        for (var error : inspector.errors().entrySet()) {
            if (!error.getKey().isEvasion()) continue;
            text.append(comma).append('"').append(error.getKey().name().toLowerCase(Locale.ROOT));
            text.append("\":").append(error.getValue());
            comma = ",";
        }
        text.append("},\"thrown\":{");
        comma = "";
        for (var thrown : inspector.thrown().entrySet()) {
            text.append(comma)
                    .append(JsonText.quoted(thrown.getKey()))
                    .append(':')
                    .append(thrown.getValue());
            comma = ",";
        }
        text.append("},\"paths\":[");
        comma = "";
        for (PathStatistics path : inspector.paths()) {
            text.append(comma)
                    .append("{\"path\":")
                    .append(JsonText.quoted(path.path()))
                    .append(',');
            number(text, "packets", path.packets());
            number(text, "bytes", path.bytes());
            number(text, "payload_bytes", path.payloadBytes());
            number(text, "sessions", path.sessions());
            number(text, "first_ns", path.firstNanos());
            text.append("\"last_ns\":").append(path.lastNanos()).append('}');
            comma = ",";
        }
        return text.append("]}\n").toString();
    }

    /** A line about files that were taken out of sessions. */
    public static String summary(FileCounts files) {
        var text = new StringBuilder("files         ")
                .append(HumanText.count(files.written() + files.cut()))
                .append(" written");
        if (files.incomplete() > 0)
            text.append(", ").append(HumanText.count(files.incomplete())).append(" of them not captured whole");
        if (files.cut() > 0)
            text.append(", ").append(HumanText.count(files.cut())).append(" longer than the limit");
        if (files.refused() > 0)
            text.append(", ").append(HumanText.count(files.refused())).append(" more left out for want of room");
        return text.append(", ")
                .append(HumanText.count(files.bytes()))
                .append(" bytes\n")
                .toString();
    }

    private static void number(StringBuilder text, String name, long value) {
        text.append('"').append(name).append("\":").append(value).append(',');
    }
}
