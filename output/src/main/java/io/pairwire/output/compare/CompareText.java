package io.pairwire.output.compare;

import io.pairwire.engine.compare.CompareReport;
import io.pairwire.engine.compare.FieldChange;
import io.pairwire.engine.compare.Finding;
import io.pairwire.output.HumanText;
import java.util.Locale;

/** A comparison as lines for people. */
public final class CompareText {
    private CompareText() {}

    /**
     * The lines, each with its end.
     *
     * @param nameA what A was called
     * @param nameB what B was called
     */
    public static String of(String nameA, String nameB, CompareReport report) {
        var text = new StringBuilder();
        line(text, "A", nameA);
        line(text, "B", nameB);
        line(text, "similarity", similarity(report));
        line(
                text,
                "packets",
                HumanText.count(report.a().packets()) + " in A, "
                        + HumanText.count(report.b().packets()) + " in B");
        line(
                text,
                "matched",
                HumanText.count(report.matched())
                        + (report.changed() == 0 ? "" : ", " + HumanText.count(report.changed()) + " of them changed"));
        both(text, "missing", report.missingInA(), report.missingInB());
        both(text, "duplicates", report.a().duplicates(), report.b().duplicates());
        both(text, "resegmented", report.a().resegmented(), report.b().resegmented());
        both(text, "refragmented", report.a().refragmented(), report.b().refragmented());
        if (report.reordered() > 0) {
            line(
                    text,
                    "reordered",
                    HumanText.count(report.reordered()) + ", by up to "
                            + HumanText.count(report.greatestDistance(), "packet"));
        }
        changes(text, report);
        clocks(text, report);
        text.append('\n');
        if (report.findings().isEmpty()) text.append("No differences.\n");
        for (int i = 0; i < report.findings().size(); i++)
            finding(text, i + 1, report.findings().get(i));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format(Locale.ROOT, "%-14s%s\n", name + ":", value));
    }

    private static String similarity(CompareReport report) {
        var parts = report.similarity();
        return CompareJson.decimal(parts.score()) + " = content " + six(parts.content()) + " x order "
                + six(parts.order()) + " x timing " + six(parts.timing());
    }

    private static String six(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    private static void both(StringBuilder text, String name, long a, long b) {
        if (a == 0 && b == 0 && !name.equals("missing")) return;
        line(text, name, HumanText.count(a) + " in A, " + HumanText.count(b) + " in B");
    }

    private static void changes(StringBuilder text, CompareReport report) {
        var changes = new StringBuilder();
        for (FieldChange change : FieldChange.values()) {
            long count = report.fieldChanges().get(change);
            if (count == 0) continue;
            changes.append(changes.isEmpty() ? "" : ", ")
                    .append(change.label())
                    .append(' ')
                    .append(HumanText.count(count));
        }
        if (!changes.isEmpty()) line(text, "changes", changes.toString());
    }

    private static void clocks(StringBuilder text, CompareReport report) {
        if (report.matched() == 0) return;
        var delays = report.delays();
        String drift = delays.driftPpm() == 0
                ? ""
                : String.format(Locale.ROOT, " at the start, drifting by %.3f ppm", delays.driftPpm());
        line(text, "clock of B", (delays.offsetNanos() < 0 ? "" : "+") + delays.offsetNanos() + " ns" + drift);
        line(
                text,
                "delays",
                HumanText.duration(delays.earliestNanos()) + " to "
                        + HumanText.duration(delays.latestNanos()) + " beside that, half within "
                        + HumanText.duration(delays.medianNanos()) + ", 99% within "
                        + HumanText.duration(delays.p99Nanos()));
    }

    private static void finding(StringBuilder text, int rank, Finding finding) {
        text.append(rank)
                .append(". ")
                .append(finding.severity().name().toLowerCase(Locale.ROOT))
                .append(": ")
                .append(finding.kind())
                .append(": ")
                .append(HumanText.count(finding.count()))
                .append(' ')
                .append(finding.what())
                .append('\n');
        text.append("   likely: ").append(finding.cause()).append('\n');
        for (Finding.Evidence place : finding.evidence()) {
            text.append("   ").append(EvidenceText.of(place)).append('\n');
        }
    }
}
