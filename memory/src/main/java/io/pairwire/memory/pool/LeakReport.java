package io.pairwire.memory.pool;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The buffers in use, by where they were allocated; those of unknown site are under {@link #UNKNOWN}.
 *
 * @param buffers how many are in use
 * @param sites buffers at each site, most first
 */
public record LeakReport(int buffers, Map<String, Integer> sites) {
    /** The site of buffers allocated while nobody wrote sites down. */
    public static final String UNKNOWN = "unknown site (switch on Tracing.SITES)";

    public LeakReport {
        sites = Collections.unmodifiableMap(new LinkedHashMap<>(sites));
    }

    static LeakReport of(List<ActiveBuffer> active) {
        var counts = new LinkedHashMap<String, Integer>();
        for (ActiveBuffer each : active) counts.merge(each.site().orElse(UNKNOWN), 1, Integer::sum);
        var sorted = new LinkedHashMap<String, Integer>();
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return new LeakReport(active.size(), sorted);
    }

    @Override
    public String toString() {
        var text = new StringBuilder().append(buffers).append(" buffers in use\n");
        sites.forEach((site, count) ->
                text.append("  ").append(count).append(" from ").append(site).append('\n'));
        return text.toString();
    }
}
