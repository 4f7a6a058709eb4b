package io.pairwire.dpi.session;

import io.pairwire.dpi.ErrorCode;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one or several inspectors counted.
 *
 * @param statistics of all of them; the longest probe is that of the longest
 * @param errors how often each happened
 * @param thrown how often protocols threw, by name
 * @param paths what was counted on each path of protocols, in the order of their text
 */
public record InspectorTotals(
        SessionStatistics statistics,
        Map<ErrorCode, Long> errors,
        Map<String, Long> thrown,
        List<PathStatistics> paths) {

    /** Of one inspector, as it stands now. */
    public static InspectorTotals of(Inspector inspector) {
        return new InspectorTotals(inspector.statistics(), inspector.errors(), inspector.thrown(), inspector.paths());
    }

    /** With one more error, of those that others than an inspector see. */
    public InspectorTotals with(ErrorCode code) {
        var allErrors = new EnumMap<ErrorCode, Long>(ErrorCode.class);
        allErrors.putAll(errors);
        allErrors.merge(code, 1L, Long::sum);
        return new InspectorTotals(statistics, allErrors, thrown, paths);
    }

    /** These and others together. */
    public InspectorTotals plus(InspectorTotals other) {
        var allErrors = new EnumMap<ErrorCode, Long>(ErrorCode.class);
        allErrors.putAll(errors);
        other.errors.forEach((code, count) -> allErrors.merge(code, count, Long::sum));
        var allThrown = new TreeMap<>(thrown);
        other.thrown.forEach((name, count) -> allThrown.merge(name, count, Long::sum));
        var allPaths = new TreeMap<String, PathStatistics>();
        paths.forEach(path -> allPaths.put(path.path(), path));
        other.paths.forEach(path -> allPaths.merge(path.path(), path, PathStatistics::plus));
        return new InspectorTotals(
                statistics.plus(other.statistics), allErrors, allThrown, List.copyOf(allPaths.values()));
    }
}
