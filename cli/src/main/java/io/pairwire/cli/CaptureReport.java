package io.pairwire.cli;

import io.pairwire.capture.LinkType;
import io.pairwire.live.LiveSource;
import io.pairwire.live.LiveStatistics;
import io.pairwire.output.HumanText;
import io.pairwire.output.JsonText;
import java.io.IOException;
import java.util.ArrayList;
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

    static String ending(LiveSource source) throws IOException {
        LiveStatistics counted = source.liveStatistics();
        var text = new StringBuilder(source.settings().device())
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

    /**
     * One object on one line.
     *
     * @param more members, with a comma in front of each
     */
    static String json(CaptureLoop loop, String more) throws IOException {
        var interfaces = new ArrayList<String>();
        for (LiveSource source : loop.group().sources()) {
            interfaces.add("{\"name\":" + JsonText.quoted(source.settings().device()) + ",\"link_type\":"
                    + source.linkType() + ",\"timestamps\":\""
                    + source.timestamps().name().toLowerCase(Locale.ROOT) + "\","
                    + members(source.liveStatistics()) + "}");
        }
        return "{" + members(loop.group().liveStatistics()) + ",\"written\":"
                + loop.sink().written() + ",\"files\":"
                + loop.sink().files() + ",\"elapsed_ns\":" + loop.elapsedNanos() + ",\"interfaces\":["
                + String.join(",", interfaces) + "]" + more + "}\n";
    }

    private static String members(LiveStatistics counted) {
        return "\"received\":" + counted.received() + ",\"delivered\":" + counted.delivered() + ",\"filtered\":"
                + counted.filtered() + ",\"dropped_kernel\":" + counted.droppedKernel() + ",\"dropped_interface\":"
                + counted.droppedInterface() + ",\"dropped_application\":" + counted.droppedApplication() + ",\"left\":"
                + counted.left() + ",\"bytes\":" + counted.bytes() + ",\"freezes\":" + counted.freezes()
                + ",\"outages\":" + counted.outages();
    }
}
