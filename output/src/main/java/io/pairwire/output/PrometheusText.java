package io.pairwire.output;

import io.pairwire.engine.EngineStatistics;
import io.pairwire.engine.Latencies;
import io.pairwire.engine.series.LatencyBuckets;

/**
 * Statistics in the Prometheus text format, version 0.0.4. The names, {@code pairwire_…}, are a stable interface; times
 * are seconds, as Prometheus wants them.
 */
public final class PrometheusText {
    private static final double SECOND = 1e9;

    private final StringBuilder text = new StringBuilder();

    private PrometheusText() {}

    /** The statistics alone. */
    public static String of(EngineStatistics statistics) {
        var metrics = new PrometheusText();
        metrics.packets(statistics);
        metrics.parts(statistics);
        return metrics.text.toString();
    }

    /** The statistics, and the latencies so far as the histogram {@code pairwire_latency_histogram_seconds}. */
    public static String of(EngineStatistics statistics, LatencyBuckets.Snapshot latencies) {
        var metrics = new PrometheusText();
        metrics.packets(statistics);
        metrics.parts(statistics);
        metrics.buckets(latencies);
        return metrics.text.toString();
    }

    /** The statistics, and the latencies as the summary {@code pairwire_latency_seconds}. */
    public static String of(EngineStatistics statistics, Latencies latencies, Percentiles percentiles) {
        var metrics = new PrometheusText();
        metrics.packets(statistics);
        metrics.parts(statistics);
        metrics.latencies(latencies, percentiles);
        return metrics.text.toString();
    }

    private void packets(EngineStatistics statistics) {
        var ledger = statistics.ledger();
        counter("packets_read_total", "Packets taken from the source.", ledger.read());
        counter("pairs_total", "Pairs found; two packets each.", ledger.matchedPairs());
        counter("unmatched_packets_total", "Packets without partner at the end of the input.", ledger.unmatched());
        counter("expired_packets_total", "Packets whose partner did not come in time.", ledger.expired());
        head("dropped_packets_total", "Packets given up by policy or bound.", "counter");
        ledger.dropped()
                .forEach((place, reasons) -> reasons.forEach((reason, count) -> sample(
                        "dropped_packets_total", "{place=" + label(place) + ",reason=" + label(reason) + "}", count)));
        head("not_eligible_packets_total", "Packets that cannot take part in the matching.", "counter");
        ledger.notEligible()
                .forEach((reason, count) ->
                        sample("not_eligible_packets_total", "{reason=" + label(reason) + "}", count));
        gauge("in_flight_packets", "Packets waiting for their partner.", ledger.inFlight());
    }

    private void parts(EngineStatistics statistics) {
        var source = statistics.source();
        gauge("inputs", "Inputs known.", source.files());
        counter("inputs_done_total", "Inputs read to their end or to their damage.", source.filesDone());
        counter("damaged_inputs_total", "Inputs that were damaged, cut or not readable.", source.damagedFiles());
        counter("read_bytes_total", "Bytes read from the inputs.", source.bytes());
        counter("decoded_packets_total", "Packets decoded down to the transport.", statistics.parsed());
        counter(
                "decode_failed_packets_total",
                "Packets cut, broken or of unknown link type.",
                statistics.parseFailed());
        counter("retransmissions_total", "TCP segments seen before.", statistics.retransmissions());
        counter("stored_packets_total", "Packets put into the unmatched store.", statistics.stored());
        gauge("outstanding_packets", "Packets in the unmatched store.", statistics.outstanding());
        counter("results_written_total", "Results the destination has taken.", statistics.resultsWritten());
        counter("failed_writes_total", "Results that could not be written.", statistics.failedWrites());
        gauge("pool_available", "Packet descriptors free.", statistics.pool().available());
        gauge("pool_size", "Packet descriptors in all.", statistics.pool().total());
        counter(
                "pool_exhausted_total",
                "Times no descriptor was free.",
                statistics.pool().exhausted());
        head("queue_size", "Items in a queue.", "gauge");
        statistics.queues().forEach((name, queue) -> sample("queue_size", queue(name), queue.size()));
        head("queue_capacity", "Items a queue holds.", "gauge");
        statistics.queues().forEach((name, queue) -> sample("queue_capacity", queue(name), queue.capacity()));
        head("queue_waits_total", "Times a producer waited for room.", "counter");
        statistics.queues().forEach((name, queue) -> sample("queue_waits_total", queue(name), queue.waits()));
        head("elapsed_seconds", "Time since the start.", "gauge");
        sample("elapsed_seconds", "", Double.toString(statistics.elapsedNanos() / SECOND));
    }

    private void latencies(Latencies latencies, Percentiles percentiles) {
        head("latency_seconds", "From the first transmission of a request to its response.", "summary");
        for (double percent : percentiles.percents()) {
            String quantile = Percentiles.quantile(percent);
            sample(
                    "latency_seconds",
                    "{quantile=" + label(quantile) + "}",
                    latencies.count() == 0 ? "NaN" : Double.toString(latencies.percentile(percent) / SECOND));
        }
        sample("latency_seconds_sum", "", Double.toString(latencies.mean() * latencies.count() / SECOND));
        sample("latency_seconds_count", "", latencies.count());
        counter("negative_latencies_total", "Pairs whose response is earlier than the request.", latencies.negative());
    }

    private void buckets(LatencyBuckets.Snapshot latencies) {
        head("latency_histogram_seconds", "From the first transmission of a request to its response.", "histogram");
        long below = 0;
        for (int i = 0; i < latencies.counts().length; i++) {
            below += latencies.counts()[i];
            boolean last = i == latencies.limitNanos().length;
            String limit = last ? "+Inf" : Double.toString(latencies.limitNanos()[i] / SECOND);
            sample("latency_histogram_seconds_bucket", "{le=" + label(limit) + "}", below);
        }
        sample("latency_histogram_seconds_sum", "", Double.toString(latencies.sumNanos() / SECOND));
        sample("latency_histogram_seconds_count", "", below);
    }

    private void counter(String name, String help, long value) {
        head(name, help, "counter");
        sample(name, "", value);
    }

    private void gauge(String name, String help, long value) {
        head(name, help, "gauge");
        sample(name, "", value);
    }

    private void head(String name, String help, String type) {
        text.append("# HELP pairwire_").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE pairwire_").append(name).append(' ').append(type).append('\n');
    }

    private void sample(String name, String labels, long value) {
        sample(name, labels, Long.toString(value));
    }

    private void sample(String name, String labels, String value) {
        text.append("pairwire_")
                .append(name)
                .append(labels)
                .append(' ')
                .append(value)
                .append('\n');
    }

    private static String queue(String name) {
        return "{queue=" + label(name) + "}";
    }

    static String label(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
