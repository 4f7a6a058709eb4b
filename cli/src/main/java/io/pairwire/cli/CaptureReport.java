package io.pairwire.cli;

import io.pairwire.capture.LinkType;
import io.pairwire.live.LiveSource;
import io.pairwire.live.LiveStatistics;
import io.pairwire.output.HumanText;
import io.pairwire.output.JsonText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is told about a capture: at its beginning, at its end, and as JSON, whose names are a stable interface. */
final class CaptureReport {
    private CaptureReport() {}

    static String opening(LiveSource source) {
        return "capturing on " + source.settings().device() + ", link type " + LinkType.name(source.linkType())
                + ", snapshot length " + source.settings().snaplen() + " bytes; " + source.description()
                + ", stamps of "
                + source.timestamps().name().toLowerCase(Locale.ROOT);
    }

    /** About one interface. */
    static String ending(String device, LiveStatistics counted) {
        var text = new StringBuilder(device)
                .append(": ")
                .append(HumanText.count(counted.delivered(), "packet"))
                .append(" captured, ")
                .append(HumanText.count(counted.received()))
                .append(" received, ")
                .append(HumanText.count(counted.droppedKernel()))
                .append(" dropped by kernel, ")
                .append(HumanText.count(counted.droppedInterface()))
                .append(" by interface");
        if (counted.filtered() > 0)
            text.append(", ").append(HumanText.count(counted.filtered())).append(" filtered");
        if (counted.left() > 0)
            text.append(", ").append(HumanText.count(counted.left())).append(" not asked for");
        if (counted.outages() > 0) {
            text.append(", the interface went down ").append(HumanText.count(counted.outages(), "time"));
        }
        return text.toString();
    }

    /** About files. */
    static String written(List<CaptureLoop> loops, Path file) {
        long files = loops.stream().mapToLong(loop -> loop.sink().files()).sum();
        long packets = loops.stream().mapToLong(loop -> loop.sink().written()).sum();
        String where = files == 1 ? "" : ", in " + HumanText.count(files, "file");
        return HumanText.count(packets, "packet") + " written to " + file + where;
    }

    /**
     * One object on one line.
     *
     * @param loops that share the same interfaces
     * @param more members, with a comma in front of each
     */
    static String json(List<CaptureLoop> loops, String more) throws IOException {
        var interfaces = new ArrayList<String>();
        List<LiveSource> sources = loops.getFirst().group().sources();
        for (int i = 0; i < sources.size(); i++) {
            LiveSource source = sources.get(i);
            interfaces.add("{\"name\":" + JsonText.quoted(source.settings().device()) + ",\"link_type\":"
                    + source.linkType() + ",\"timestamps\":\""
                    + source.timestamps().name().toLowerCase(Locale.ROOT) + "\"," + members(sum(loops, i)) + "}");
        }
        long written = 0;
        long files = 0;
        long elapsed = 0;
        for (CaptureLoop loop : loops) {
            written += loop.sink().written();
            files += loop.sink().files();
            elapsed = Math.max(elapsed, loop.elapsedNanos());
        }
        return "{" + members(CaptureLine.sum(CaptureCrew.groups(loops))) + ",\"written\":" + written + ",\"files\":"
                + files + ",\"elapsed_ns\":" + elapsed + ",\"interfaces\":[" + String.join(",", interfaces) + "]" + more
                + "}\n";
    }

    /** Of one interface, all shares of its traffic together; what the interface itself counts is there only once. */
    static LiveStatistics sum(List<CaptureLoop> loops, int place) throws IOException {
        LiveStatistics sum = LiveStatistics.NONE;
        for (CaptureLoop loop : loops) {
            sum = sum.plusShare(loop.group().sources().get(place).liveStatistics());
        }
        return sum;
    }

    private static String members(LiveStatistics counted) {
        return "\"received\":" + counted.received() + ",\"delivered\":" + counted.delivered() + ",\"filtered\":"
                + counted.filtered() + ",\"dropped_kernel\":" + counted.droppedKernel() + ",\"dropped_interface\":"
                + counted.droppedInterface() + ",\"dropped_application\":" + counted.droppedApplication() + ",\"left\":"
                + counted.left() + ",\"bytes\":" + counted.bytes() + ",\"freezes\":" + counted.freezes()
                + ",\"outages\":" + counted.outages();
    }
}
