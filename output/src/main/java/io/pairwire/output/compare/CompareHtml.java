package io.pairwire.output.compare;

import io.pairwire.engine.compare.CompareReport;
import io.pairwire.engine.compare.FieldChange;
import io.pairwire.engine.compare.Finding;
import io.pairwire.engine.compare.SessionDifference;
import io.pairwire.output.HumanText;
import java.util.Locale;

/** A comparison as one page that needs nothing else: no script, no font, no picture from elsewhere. */
public final class CompareHtml {
    private static final String STYLE = """
            :root{color-scheme:light dark;--line:#8884;--soft:#8882;--critical:#c62828;--high:#d9660a;--medium:#b58900;--low:#5b7083;--good:#2e7d32}
            body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
            h1{font-size:1.5rem;margin:0 0 .2rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}
            .files{margin:0;color:color-mix(in srgb,currentColor 70%,transparent);overflow-wrap:anywhere}
            .score{display:flex;flex-wrap:wrap;gap:1.5rem;align-items:end;margin:1.2rem 0}
            .score b{font-size:2.6rem;line-height:1;font-variant-numeric:tabular-nums}
            .part{flex:1 1 9rem}.bar{height:.5rem;background:var(--soft);border-radius:.25rem;overflow:hidden}
            .bar i{display:block;height:100%;background:var(--good)}
            .wide{overflow-x:auto}table{border-collapse:collapse;width:100%}
            th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
            td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
            .finding{border-left:.3rem solid;padding:.2rem 0 .2rem .8rem;margin:.9rem 0}
            .finding p{margin:.1rem 0}.finding ul{margin:.3rem 0 0;padding-left:1.2rem}
            .finding li{font-family:ui-monospace,monospace;font-size:.85rem;overflow-wrap:anywhere}
            .critical{border-color:var(--critical)}.high{border-color:var(--high)}.medium{border-color:var(--medium)}.low{border-color:var(--low)}
            """;

    private CompareHtml() {}

    /**
     * The page.
     *
     * @param nameA what A was called
     * @param nameB what B was called
     */
    public static String of(String nameA, String nameB, CompareReport report) {
        var page = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>")
                .append(escaped(nameA + " and " + nameB))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style></head><body>\n<h1>Two captures compared</h1>\n");
        page.append("<p class=\"files\">A: ")
                .append(escaped(nameA))
                .append("<br>B: ")
                .append(escaped(nameB));
        page.append("</p>\n");
        score(page, report);
        counts(page, report);
        findings(page, report);
        changes(page, report);
        sessions(page, report);
        return page.append("</body></html>\n").toString();
    }

    private static void score(StringBuilder page, CompareReport report) {
        var similarity = report.similarity();
        page.append("<div class=\"score\"><div>similarity<br><b>")
                .append(rounded(similarity.score()))
                .append("</b></div>");
        part(page, "content", similarity.content());
        part(page, "order", similarity.order());
        part(page, "timing", similarity.timing());
        page.append("</div>\n");
    }

    private static void part(StringBuilder page, String name, double value) {
        page.append("<div class=\"part\">")
                .append(name)
                .append(' ')
                .append(rounded(value))
                .append("<div class=\"bar\"><i style=\"width:")
                .append(String.format(Locale.ROOT, "%.2f", 100 * value))
                .append("%\"></i></div></div>");
    }

    /** Never rounded to 1 what is less. */
    private static String rounded(double value) {
        return value == 1 ? "1" : String.format(Locale.ROOT, "%.4f", Math.floor(value * 10_000) / 10_000);
    }

    private static void counts(StringBuilder page, CompareReport report) {
        page.append("<div class=\"wide\"><table><tr><th></th><th class=\"n\">A</th><th class=\"n\">B</th></tr>\n");
        row(page, "packets", report.a().packets(), report.b().packets());
        row(page, "matched", report.matched(), report.matched());
        row(page, "of these changed", report.changed(), report.changed());
        row(page, "only here", report.a().unpaired(), report.b().unpaired());
        row(
                page,
                "of these while the other did not capture",
                report.a().outside(),
                report.b().outside());
        row(page, "duplicates", report.a().duplicates(), report.b().duplicates());
        row(page, "in other segments", report.a().resegmented(), report.b().resegmented());
        row(page, "in other fragments", report.a().refragmented(), report.b().refragmented());
        page.append("</table></div>\n");
        var delays = report.delays();
        if (report.matched() == 0) return;
        page.append("<p>The clock of B is ")
                .append(delays.offsetNanos() < 0 ? "behind by " : "ahead by ")
                .append(HumanText.duration(delays.offsetNanos() < 0 ? -delays.offsetNanos() : delays.offsetNanos()))
                .append(
                        delays.driftPpm() == 0
                                ? ""
                                : String.format(Locale.ROOT, " at the start and drifts by %.3f ppm", delays.driftPpm()))
                .append("; beside that, packets take ")
                .append(HumanText.duration(delays.earliestNanos()))
                .append(" to ")
                .append(HumanText.duration(delays.latestNanos()))
                .append(", 99% within ")
                .append(HumanText.duration(delays.p99Nanos()))
                .append(". Out of order: ")
                .append(HumanText.count(report.reordered()))
                .append(".</p>\n");
    }

    private static void row(StringBuilder page, String name, long a, long b) {
        page.append("<tr><td>").append(name);
        page.append("</td><td class=\"n\">").append(HumanText.count(a));
        page.append("</td><td class=\"n\">").append(HumanText.count(b)).append("</td></tr>\n");
    }

    private static void findings(StringBuilder page, CompareReport report) {
        page.append("<h2>Findings</h2>\n");
        if (report.findings().isEmpty()) page.append("<p>No differences.</p>\n");
        for (Finding finding : report.findings()) {
            String severity = finding.severity().name().toLowerCase(Locale.ROOT);
            page.append("<div class=\"finding ").append(severity).append("\"><p><b>");
            page.append(severity).append(": ").append(escaped(finding.kind())).append("</b> ");
            page.append(HumanText.count(finding.count())).append(' ').append(escaped(finding.what()));
            page.append("</p><p>Likely: ").append(escaped(finding.cause())).append("</p>");
            if (!finding.evidence().isEmpty()) {
                page.append("<ul>");
                for (Finding.Evidence place : finding.evidence()) {
                    page.append("<li>").append(escaped(EvidenceText.of(place))).append("</li>");
                }
                page.append("</ul>");
            }
            page.append("</div>\n");
        }
    }

    private static void changes(StringBuilder page, CompareReport report) {
        if (report.changed() == 0) return;
        page.append(
                "<h2>Fields that differ</h2>\n<div class=\"wide\"><table><tr><th>field</th><th class=\"n\">pairs</th>"
                        + "<th>what usually does this</th></tr>\n");
        for (FieldChange change : FieldChange.values()) {
            long count = report.fieldChanges().get(change);
            if (count == 0) continue;
            page.append("<tr><td>").append(change.label());
            page.append("</td><td class=\"n\">").append(HumanText.count(count));
            page.append("</td><td>").append(escaped(change.cause())).append("</td></tr>\n");
        }
        page.append("</table></div>\n");
    }

    private static void sessions(StringBuilder page, CompareReport report) {
        var sessions = report.sessions();
        if (sessions.differing() == 0) return;
        page.append("<h2>TCP sessions that differ</h2>\n<p>")
                .append(HumanText.count(sessions.differing()))
                .append(" of ")
                .append(HumanText.count(sessions.sessions()))
                .append(sessions.differing() > sessions.worst().size() ? "; those that differ most" : "")
                .append(
                        "</p>\n<div class=\"wide\"><table><tr><th>session</th><th>what</th><th class=\"n\">packets A</th>"
                                + "<th class=\"n\">B</th><th class=\"n\">payload A</th><th class=\"n\">B</th></tr>\n");
        for (SessionDifference session : sessions.worst()) {
            page.append("<tr><td>").append(escaped(EvidenceText.of(session.who())));
            page.append("</td><td>")
                    .append(escaped(String.join(", ", session.what()).replace('_', ' ')));
            for (long value : new long[] {
                session.a().packets(),
                session.b().packets(),
                session.a().bytes(),
                session.b().bytes()
            }) {
                page.append("</td><td class=\"n\">").append(HumanText.count(value));
            }
            page.append("</td></tr>\n");
        }
        page.append("</table></div>\n");
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
