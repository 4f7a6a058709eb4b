package io.pairwire.examples;

import io.pairwire.memory.pool.PacketPool;
import io.pairwire.memory.pool.PoolStatistics;
import io.pairwire.output.MetricsServer;
import io.pairwire.output.PoolPrometheusText;
import java.io.IOException;

/**
 * The numbers of a pool over HTTP, for Prometheus and for people: {@code /metrics}, {@code /stats.json}, {@code /stats.txt}.
 * They are added up when somebody asks, on a thread of the server, never where packets go.
 *
 * <p>{@code PoolMetrics 9109} prints where to ask, and answers until Enter is pressed.
 */
public final class PoolMetrics {
    private PoolMetrics() {}

    /** @param arguments the port on 127.0.0.1; 0 for any that is free */
    public static void main(String... arguments) throws IOException {
        PacketPool pool = PacketPool.shared();
        try (var server = serve(pool, Integer.parseInt(arguments[0]))) {
            System.out.println("http://127.0.0.1:" + server.port() + "/metrics");
            System.in.read();
        }
    }

    /** Answers until it is closed. */
    static MetricsServer serve(PacketPool pool, int port) throws IOException {
        return MetricsServer.start(
                port,
                () -> PoolPrometheusText.of("packets", pool.statistics()),
                () -> json(pool.statistics()),
                () -> pool.leaks().toString());
    }

    private static String json(PoolStatistics numbers) {
        return "{\"allocations\":" + numbers.allocations() + ",\"releases\":" + numbers.releases() + ",\"in_use\":"
                + numbers.inUse() + "}";
    }
}
