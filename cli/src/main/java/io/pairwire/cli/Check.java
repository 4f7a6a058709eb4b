package io.pairwire.cli;

import io.pairwire.engine.Latencies;
import io.pairwire.engine.Ledger;
import io.pairwire.engine.Outcome;
import io.pairwire.memory.DurationText;
import io.pairwire.output.HumanText;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;

/**
 * A condition under which a run counts as failed: {@code p99>5ms}, {@code unmatched>0}, {@code loss>0.1%}.
 *
 * @param text as the user wrote it
 * @param quantity what is compared
 * @param comparison how
 * @param limit with what: nanoseconds, a count, or a part of one
 */
record Check(String text, Quantity quantity, String comparison, double limit) {
    private static final Pattern FORM = Pattern.compile("\\s*([a-z_]+[0-9.]*)\\s*(>=|<=|==|!=|>|<|=)\\s*(\\S+)\\s*");

    /** What can be compared. Latencies know no value without pairs. */
    sealed interface Quantity {

        /** {@code pNN}, {@code min}, {@code mean}, {@code max}; nanoseconds. */
        record Latency(String name) implements Quantity {}

        /** Packets without partner in proportion to those that could have had one. */
        record Loss() implements Quantity {}

        record Count(ToLongFunction<Outcome> count) implements Quantity {}
    }

    /** @throws IllegalArgumentException if the text is no such condition */
    static Check parse(String text) {
        var form = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no check such as p99>5ms, unmatched>0 or loss>0.1%");
        }
        Quantity quantity = quantity(form.group(1));
        return new Check(text.strip(), quantity, form.group(2), limit(quantity, form.group(3)));
    }

    /** Why the run failed this check; nothing if it did not. */
    Optional<String> failure(Outcome outcome) {
        var latencies = outcome.latencies();
        if (quantity instanceof Quantity.Latency && latencies.count() - latencies.negative() == 0) {
            return Optional.of("check failed: " + text + ": there are no latencies");
        }
        double value = value(outcome);
        if (!applies(value)) return Optional.empty();
        return Optional.of("check failed: " + text + ": it is " + shown(value));
    }

    private boolean applies(double value) {
        return switch (comparison) {
            case ">" -> value > limit;
            case ">=" -> value >= limit;
            case "<" -> value < limit;
            case "<=" -> value <= limit;
            case "!=" -> value != limit;
            default -> value == limit;
        };
    }

    private double value(Outcome outcome) {
        Latencies latencies = outcome.latencies();
        return switch (quantity) {
            case Quantity.Latency(String name) ->
                switch (name) {
                    case "min" -> latencies.smallest();
                    case "mean" -> latencies.mean();
                    case "max" -> latencies.largest();
                    default -> latencies.percentile(Double.parseDouble(name.substring(1)));
                };
            case Quantity.Loss() -> loss(outcome.statistics().ledger());
            case Quantity.Count(ToLongFunction<Outcome> count) -> count.applyAsLong(outcome);
        };
    }

    private static double loss(Ledger ledger) {
        long alone = ledger.unmatched() + ledger.expired() + ledger.droppedPackets();
        return alone == 0 ? 0 : (double) alone / (alone + 2 * ledger.matchedPairs());
    }

    private static ToLongFunction<Outcome> count(String name) {
        return switch (name) {
            case "read" -> outcome -> ledger(outcome).read();
            case "pairs", "matched_pairs" -> outcome -> ledger(outcome).matchedPairs();
            case "unmatched" -> outcome -> ledger(outcome).unmatched();
            case "expired" -> outcome -> ledger(outcome).expired();
            case "unpaired" ->
                outcome -> ledger(outcome).unmatched() + ledger(outcome).expired();
            case "dropped" -> outcome -> ledger(outcome).droppedPackets();
            case "not_eligible" -> outcome -> ledger(outcome).notEligiblePackets();
            case "retransmissions" -> outcome -> outcome.statistics().retransmissions();
            case "damaged_files" -> outcome -> outcome.statistics().source().damagedFiles();
            case "negative" -> outcome -> outcome.latencies().negative();
            default ->
                throw new IllegalArgumentException("unknown quantity '" + name
                        + "': pNN, min, mean, max, loss, read, pairs, unmatched, expired, unpaired, dropped, not_eligible,"
                        + " retransmissions, negative or damaged_files");
        };
    }

    private static Ledger ledger(Outcome outcome) {
        return outcome.statistics().ledger();
    }

    private String shown(double value) {
        return switch (quantity) {
            case Quantity.Latency _ -> HumanText.duration(Math.round(value));
            case Quantity.Loss _ -> value * 100 + "%";
            case Quantity.Count _ -> HumanText.count(Math.round(value));
        };
    }

    private static Quantity quantity(String name) {
        if (name.equals("loss")) return new Quantity.Loss();
        if (name.equals("min") || name.equals("mean") || name.equals("max")) return new Quantity.Latency(name);
        if (name.matches("p\\d+(\\.\\d+)?")) {
            double percent = Double.parseDouble(name.substring(1));
            if (percent == 0 || percent > 100) throw new IllegalArgumentException("no such percentile: " + name);
            return new Quantity.Latency(name);
        }
        return new Quantity.Count(count(name));
    }

    private static double limit(Quantity quantity, String text) {
        boolean unit = Character.isLetter(text.charAt(text.length() - 1));
        if (quantity instanceof Quantity.Latency) {
            if (!unit) throw new IllegalArgumentException("a latency needs a unit: " + text + "ms?");
            return DurationText.parse(text, TimeUnit.NANOSECONDS).toNanos();
        }
        boolean percent = text.endsWith("%");
        if (percent && !(quantity instanceof Quantity.Loss)) {
            throw new IllegalArgumentException("only loss is compared with a percentage, not '" + text + "'");
        }
        try {
            double value = Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
            return percent ? value / 100 : value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no number", e);
        }
    }
}
