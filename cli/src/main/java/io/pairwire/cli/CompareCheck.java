package io.pairwire.cli;

import io.pairwire.engine.compare.CompareReport;
import io.pairwire.engine.compare.FieldChange;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;

/**
 * A condition under which a comparison counts as failed: {@code similarity<0.99}, {@code missing_in_b>0}.
 *
 * @param text as the user wrote it
 * @param quantity what is compared
 * @param comparison how
 * @param limit with what
 */
record CompareCheck(String text, ToDoubleFunction<CompareReport> quantity, String comparison, double limit) {
    private static final Pattern FORM =
            Pattern.compile("\\s*([a-z_]+)\\s*(>=|<=|==|!=|>|<|=)\\s*(\\d+(\\.\\d+)?%?)\\s*");

    /** @throws IllegalArgumentException if the text is no such condition */
    static CompareCheck parse(String text) {
        var form = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no check such as similarity<0.99 or missing>0");
        }
        boolean percent = form.group(3).endsWith("%");
        if (percent && !form.group(1).equals("similarity"))
            throw new IllegalArgumentException("only similarity is compared with a percentage: '" + text + "'");
        double limit = Double.parseDouble(percent ? form.group(3).replace("%", "") : form.group(3));
        return new CompareCheck(text.strip(), quantity(form.group(1)), form.group(2), percent ? limit / 100 : limit);
    }

    /** Why the comparison failed this check; nothing if it did not. */
    Optional<String> failure(CompareReport report) {
        double value = quantity.applyAsDouble(report);
        boolean applies = switch (comparison) {
            case ">" -> value > limit;
            case ">=" -> value >= limit;
            case "<" -> value < limit;
            case "<=" -> value <= limit;
            case "!=" -> value != limit;
            default -> value == limit;
        };
        if (!applies) return Optional.empty();
        String shown = value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
        return Optional.of("check failed: " + text + ": it is " + shown);
    }

    private static ToDoubleFunction<CompareReport> quantity(String name) {
        return switch (name) {
            case "similarity" -> report -> report.similarity().score();
            case "matched" -> CompareReport::matched;
            case "changed" -> CompareReport::changed;
            case "missing" -> report -> report.missingInA() + report.missingInB();
            case "missing_in_a" -> CompareReport::missingInA;
            case "missing_in_b" -> CompareReport::missingInB;
            case "duplicates" -> report -> report.a().duplicates() + report.b().duplicates();
            case "duplicates_a" -> report -> report.a().duplicates();
            case "duplicates_b" -> report -> report.b().duplicates();
            case "resegmented" ->
                report -> report.a().resegmented() + report.b().resegmented();
            case "reordered" -> CompareReport::reordered;
            case "findings" -> report -> report.findings().size();
            default -> change(name);
        };
    }

    private static ToDoubleFunction<CompareReport> change(String name) {
        FieldChange change = Arrays.stream(FieldChange.values())
                .filter(known -> known.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown quantity '" + name
                        + "': similarity, matched, changed, missing, missing_in_a, missing_in_b, duplicates,"
                        + " duplicates_a, duplicates_b, resegmented, reordered, findings, or a field change: "
                        + String.join(
                                ", ",
                                Arrays.stream(FieldChange.values())
                                        .map(FieldChange::label)
                                        .toList())));
        return report -> report.fieldChanges().get(change);
    }
}
