package io.pairwire.cli;

import io.pairwire.engine.Engine;
import io.pairwire.engine.ObservedSink;
import io.pairwire.engine.ResultSink;
import io.pairwire.engine.series.LatencyBuckets;
import io.pairwire.output.MetricsServer;
import io.pairwire.output.PrometheusText;
import io.pairwire.output.StatisticsJson;
import io.pairwire.output.StatisticsLine;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What {@code --metrics-port} asks for: the statistics of an engine over HTTP while it runs. Without the option, nothing. */
final class MetricsEndpoint implements AutoCloseable {
    private final Optional<LatencyBuckets> buckets;
    private final Optional<MetricsServer> server;
    private volatile Optional<Engine> served = Optional.empty();

    /** Opens the port; nothing is served before {@link #serve}. */
    MetricsEndpoint(ReportOptions options, Streams streams) throws IOException {
        buckets = options.metricsPort.map(_ -> new LatencyBuckets());
        server = buckets.isPresent()
                ? Optional.of(start(options.metricsPort.orElseThrow(), buckets.get()))
                : Optional.empty();
        if (server.isPresent() && !options.quiet) {
            streams.tell(
                    "statistics at http://127.0.0.1:" + server.get().port() + "/metrics, /stats.json and /stats.txt");
        }
    }

    private MetricsServer start(int port, LatencyBuckets latencies) throws IOException {
        return MetricsServer.start(
                port,
                () -> served.map(engine -> PrometheusText.of(engine.statistics(), latencies.snapshot()))
                        .orElse(""),
                () -> served.map(engine -> StatisticsJson.of(engine.statistics()))
                        .orElse("{}\n"),
                () -> served.map(engine -> StatisticsLine.of(engine.statistics()) + "\n")
                        .orElse(""));
    }

    /** The sink, with the latencies of what it gets counted if anybody may ask for them. */
    ResultSink counting(ResultSink sink) {
        return buckets.isPresent() ? new ObservedSink(sink, List.of(buckets.get())) : sink;
    }

    void serve(Engine engine) {
        served = Optional.of(engine);
    }

    @Override
    public void close() {
        server.ifPresent(MetricsServer::close);
    }
}
