package io.pairwire.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.regex.Pattern;

/** A strict reader of the Prometheus text format, version 0.0.4. */
final class PrometheusSamples {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{([a-zA-Z_]\\w*=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\",?)*})? (NaN|-?[0-9.]+(E-?[0-9]+)?)");

    private PrometheusSamples() {}

    /** Each metric has one HELP and one TYPE in front of its samples, which stand together; no sample comes twice. */
    static Map<String, String> parse(String text) {
        assertTrue(text.endsWith("\n"));
        var samples = new HashMap<String, String>();
        var seen = new HashSet<String>();
        String metric = "";
        String type = "";
        String help = "";
        for (String line : text.split("\n")) {
            var words = line.split(" ", 4);
            if (line.startsWith("# HELP ")) {
                help = words[2];
                assertTrue(NAME.matcher(help).matches() && seen.add(help), line);
            } else if (line.startsWith("# TYPE ")) {
                metric = words[2];
                type = words[3];
                assertEquals(help, metric);
                assertTrue(type.matches("counter|gauge|summary|histogram"), line);
                assertEquals(type.equals("counter"), metric.endsWith("_total"), line);
            } else {
                var sample = SAMPLE.matcher(line);
                assertTrue(sample.matches(), line);
                assertTrue(belongs(sample.group(1), metric, type), line);
                int space = line.lastIndexOf(' ');
                assertTrue(samples.put(line.substring(0, space), line.substring(space + 1)) == null, line);
            }
        }
        return samples;
    }

    private static boolean belongs(String sample, String metric, String type) {
        return switch (type) {
            case "summary" -> sample.equals(metric) || sample.matches(metric + "_(sum|count)");
            case "histogram" -> sample.matches(metric + "_(bucket|sum|count)");
            default -> sample.equals(metric);
        };
    }
}
