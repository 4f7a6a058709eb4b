package io.pairwire.output;

import io.pairwire.memory.pool.MemoryGrant;
import io.pairwire.memory.pool.PoolStatistics;
import java.util.function.Function;

/**
 * The numbers of a buffer pool in the Prometheus text format, version 0.0.4. The names, {@code pairwire_buffers_…}, are a
 * stable interface; every sample is labelled with the pool, the node, and the class by its length, slices by 0. The memory of a
 * source that was asked for something has {@code asked}, {@code obtained} and {@code reason} instead.
 */
public final class PoolPrometheusText {
    private final String pool;
    private final PoolStatistics statistics;
    private final StringBuilder text = new StringBuilder();

    private PoolPrometheusText(String pool, PoolStatistics statistics) {
        this.pool = pool;
        this.statistics = statistics;
    }

    /** The numbers of the pool of that name. */
    public static String of(String pool, PoolStatistics statistics) {
        var metrics = new PoolPrometheusText(pool, statistics);
        metrics.add("buffers", "gauge", "Buffers that exist.", PoolStatistics.ForClass::buffers);
        metrics.add("buffers_ceiling", "gauge", "Buffers there may be.", PoolStatistics.ForClass::ceiling);
        metrics.add("buffers_in_use", "gauge", "Buffers somebody holds.", PoolStatistics.ForClass::inUse);
        metrics.add("buffers_allocated_total", "counter", "Buffers handed out.", PoolStatistics.ForClass::allocations);
        metrics.add("buffers_released_total", "counter", "Buffers that came back.", PoolStatistics.ForClass::releases);
        metrics.add(
                "buffers_cache_misses_total",
                "counter",
                "Times a thread looked beyond its own cache.",
                PoolStatistics.ForClass::refills);
        metrics.add(
                "buffers_for_shorter_class_total",
                "counter",
                "Buffers that served for an empty shorter class.",
                PoolStatistics.ForClass::larger);
        metrics.add(
                "buffers_exhausted_total",
                "counter",
                "Allocations that found no buffer.",
                PoolStatistics.ForClass::exhausted);
        metrics.add("buffers_growths_total", "counter", "Slabs made later.", PoolStatistics.ForClass::growths);
        metrics.add(
                "buffers_failed_growths_total",
                "counter",
                "Slabs for which there was no memory.",
                PoolStatistics.ForClass::failedGrowths);
        if (!statistics.memory().isEmpty()) metrics.addMemory();
        return metrics.text.toString();
    }

    private void addMemory() {
        head("buffers_memory_bytes", "gauge", "Memory by what was asked for and what was got.");
        for (MemoryGrant each : statistics.memory()) {
            text.append("pairwire_buffers_memory_bytes{pool=")
                    .append(PrometheusText.label(pool))
                    .append(",asked=")
                    .append(PrometheusText.label(each.asked()))
                    .append(",obtained=")
                    .append(PrometheusText.label(each.obtained()))
                    .append(",reason=")
                    .append(PrometheusText.label(each.reason()))
                    .append("} ")
                    .append(each.bytes())
                    .append('\n');
        }
    }

    private void head(String name, String type, String help) {
        text.append("# HELP pairwire_").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE pairwire_").append(name).append(' ').append(type).append('\n');
    }

    private void add(String name, String type, String help, Function<PoolStatistics.ForClass, Number> value) {
        head(name, type, help);
        for (PoolStatistics.ForClass each : statistics.classes()) {
            text.append("pairwire_")
                    .append(name)
                    .append("{pool=")
                    .append(PrometheusText.label(pool))
                    .append(",node=\"")
                    .append(statistics.node())
                    .append("\",length=\"")
                    .append(each.length())
                    .append("\"} ")
                    .append(value.apply(each))
                    .append('\n');
        }
    }
}
