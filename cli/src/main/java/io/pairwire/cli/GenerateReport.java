package io.pairwire.cli;

import io.pairwire.engine.generate.Profile;
import io.pairwire.engine.generate.TrafficPlan;
import io.pairwire.engine.generate.Written;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code pairwire generate} wrote, for people and for programs. */
record GenerateReport(TrafficPlan plan, Written written, List<String> names) {

    /** The name of a profile as it is given on the command line. */
    static String nameOf(Profile profile) {
        return profile.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A few lines for each capture. */
    String text() {
        return eachCapture(this::text).collect(Collectors.joining());
    }

    private String text(String name, Written.Capture capture) {
        long mean = capture.packets() == 0 ? 0 : capture.bytes() / capture.packets();
        return name + ": " + capture.packets() + " packets, " + mean + " bytes in the mean\n"
                + "  " + written.pairs() + " pairs sent, " + written.unanswered() + " unanswered, " + capture.answered()
                + " answered in this capture; matching finds " + capture.matches() + "\n"
                + "  " + capture.lost() + " packets lost, " + capture.duplicates() + " duplicates, "
                + capture.reordered() + " out of order\n"
                + (capture.notEligible().isEmpty()
                        ? ""
                        : "  not for matching: " + join(capture.notEligible(), "%s %d", ", ") + "\n");
    }

    /** One object; its names are a stable interface. */
    String json() {
        return "{\"profile\":\"" + nameOf(plan.profile()) + "\",\"seed\":" + plan.seed() + ",\"pairs\":"
                + written.pairs() + ",\"unanswered\":" + written.unanswered() + ",\"captures\":["
                + eachCapture(GenerateReport::json).collect(Collectors.joining(",")) + "]}";
    }

    private static String json(String name, Written.Capture capture) {
        return "{\"file\":" + quoted(name)
                + ",\"packets\":" + capture.packets()
                + ",\"bytes\":" + capture.bytes()
                + ",\"answered\":" + capture.answered()
                + ",\"matches\":" + capture.matches()
                + ",\"lost\":" + capture.lost()
                + ",\"duplicates\":" + capture.duplicates()
                + ",\"reordered\":" + capture.reordered()
                + ",\"not_eligible\":{" + join(capture.notEligible(), "\"%s\":%d", ",")
                + "},\"first_ns\":" + capture.firstEpochNanos()
                + ",\"last_ns\":" + capture.lastEpochNanos() + "}";
    }

    private Stream<String> eachCapture(BiFunction<String, Written.Capture, String> line) {
        Iterator<String> name = names.iterator();
        return written.captures().stream().map(capture -> line.apply(name.next(), capture));
    }

    private static String join(Map<String, Long> counts, String format, String separator) {
        return counts.entrySet().stream()
                .map(count -> String.format(Locale.ROOT, format, count.getKey(), count.getValue()))
                .collect(Collectors.joining(separator));
    }

    private static String quoted(String text) {
        var json = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') json.append('\\').append((char) c);
            else if (c < ' ') json.append(String.format(Locale.ROOT, "\\u%04x", c));
            else json.append((char) c);
        });
        return json.append('"').toString();
    }
}
