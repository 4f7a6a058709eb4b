package io.pairwire.output.compare;

import io.pairwire.engine.compare.CompareReport;
import io.pairwire.engine.compare.Delays;
import io.pairwire.engine.compare.FieldChange;
import io.pairwire.engine.compare.Finding;
import io.pairwire.engine.compare.SessionDifference;
import io.pairwire.engine.compare.SessionDifferences;
import io.pairwire.engine.compare.Similarity;
import io.pairwire.output.JsonText;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A comparison as one JSON object. The names are stable. */
public final class CompareJson {
    private CompareJson() {}

    /**
     * The object, on one line.
     *
     * @param nameA what A was called
     * @param nameB what B was called
     */
    public static String of(String nameA, String nameB, CompareReport report) {
        return "{\"a\":" + capture(nameA, report.a())
                + ",\"b\":" + capture(nameB, report.b())
                + ",\"matched\":" + report.matched()
                + ",\"changed\":" + report.changed()
                + ",\"missing_in_a\":" + report.missingInA()
                + ",\"missing_in_b\":" + report.missingInB()
                + ",\"duplicates_a\":" + report.a().duplicates()
                + ",\"duplicates_b\":" + report.b().duplicates()
                + ",\"resegmented_a\":" + report.a().resegmented()
                + ",\"resegmented_b\":" + report.b().resegmented()
                + ",\"refragmented_a\":" + report.a().refragmented()
                + ",\"refragmented_b\":" + report.b().refragmented()
                + ",\"reordered\":" + report.reordered()
                + ",\"reorder_distance_max\":" + report.greatestDistance()
                + ",\"reorder_distance_mean\":" + decimal(report.meanDistance())
                + ",\"field_changes\":" + changes(report)
                + delays(report.delays())
                + ",\"sessions\":" + sessions(report.sessions())
                + ",\"similarity\":" + similarity(report.similarity())
                + ",\"findings\":" + list(report, CompareJson::finding)
                + "}";
    }

    private static String capture(String name, CompareReport.Capture capture) {
        return "{\"file\":" + JsonText.quoted(name)
                + ",\"packets\":" + capture.packets()
                + ",\"bytes\":" + capture.bytes()
                + ",\"first_ns\":" + capture.firstNanos()
                + ",\"last_ns\":" + capture.lastNanos()
                + ",\"unpaired\":" + capture.unpaired()
                + ",\"unpaired_outside\":" + capture.outside()
                + ",\"unpaired_resets\":" + capture.resets()
                + "}";
    }

    private static String changes(CompareReport report) {
        var changes = new StringBuilder("{");
        for (FieldChange change : FieldChange.values()) {
            if (changes.length() > 1) changes.append(',');
            changes.append(JsonText.quoted(change.label()))
                    .append(':')
                    .append(report.fieldChanges().get(change));
        }
        return changes.append('}').toString();
    }

    private static String delays(Delays delays) {
        return ",\"offset_ns\":" + delays.offsetNanos()
                + ",\"drift_ppm\":" + decimal(delays.driftPpm())
                + ",\"delay\":{\"earliest_ns\":" + delays.earliestNanos()
                + ",\"latest_ns\":" + delays.latestNanos()
                + ",\"median_ns\":" + delays.medianNanos()
                + ",\"p99_ns\":" + delays.p99Nanos()
                + "}";
    }

    private static String sessions(SessionDifferences sessions) {
        return "{\"seen\":" + sessions.sessions()
                + ",\"differing\":" + sessions.differing()
                + ",\"packets_beyond\":" + sessions.packetsBeyond()
                + ",\"worst\":"
                + sessions.worst().stream().map(CompareJson::session).collect(Collectors.joining(",", "[", "]"))
                + "}";
    }

    private static String session(SessionDifference session) {
        return "{\"who\":" + JsonText.quoted(EvidenceText.of(session.who()))
                + ",\"what\":"
                + session.what().stream().map(JsonText::quoted).collect(Collectors.joining(",", "[", "]"))
                + ",\"a\":" + view(session.a())
                + ",\"b\":" + view(session.b())
                + "}";
    }

    private static String view(SessionDifference.View view) {
        return "{\"packets\":" + view.packets()
                + ",\"payload_bytes\":" + view.bytes()
                + ",\"syn\":" + view.syns()
                + ",\"syn_ack\":" + view.synAcks()
                + ",\"fin\":" + view.fins()
                + ",\"rst\":" + view.resets()
                + ",\"retransmissions\":" + view.retransmissions()
                + ",\"client_hello\":" + (view.hello() != 0)
                + "}";
    }

    private static String similarity(Similarity similarity) {
        return decimal(similarity.score())
                + ",\"similarity_parts\":{\"content\":" + decimal(similarity.content())
                + ",\"order\":" + decimal(similarity.order())
                + ",\"timing\":" + decimal(similarity.timing())
                + "}";
    }

    private static String list(CompareReport report, Function<Finding, String> json) {
        return report.findings().stream().map(json).collect(Collectors.joining(",", "[", "]"));
    }

    private static String finding(Finding finding) {
        return "{\"kind\":" + JsonText.quoted(finding.kind())
                + ",\"severity\":" + JsonText.quoted(finding.severity().name().toLowerCase(Locale.ROOT))
                + ",\"count\":" + finding.count()
                + ",\"what\":" + JsonText.quoted(finding.what())
                + ",\"cause\":" + JsonText.quoted(finding.cause())
                + ",\"evidence\":"
                + finding.evidence().stream().map(CompareJson::evidence).collect(Collectors.joining(",", "[", "]"))
                + "}";
    }

    private static String evidence(Finding.Evidence place) {
        return "{\"packet_a\":" + place.packetA()
                + ",\"packet_b\":" + place.packetB()
                + ",\"who\":" + JsonText.quoted(EvidenceText.of(place.who()))
                + ",\"what\":" + JsonText.quoted(place.what())
                + "}";
    }

    /** Twelve digits: what is equal is equal, and what differs by one packet in a thousand million still differs. */
    static String decimal(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) return Long.toString((long) value);
        String digits = String.format(Locale.ROOT, "%.12f", value);
        return digits.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
