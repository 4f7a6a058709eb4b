package io.pairwire.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.engine.series.LatencyBuckets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MetricsServerTest {
    private final AtomicInteger asked = new AtomicInteger();
    private MetricsServer server = start();

    @BeforeEach
    void again() {
        asked.set(0);
    }

    private MetricsServer start() {
        try {
            return MetricsServer.start(
                    0,
                    () -> {
                        asked.incrementAndGet();
                        return PrometheusText.of(Runs.STATISTICS, new LatencyBuckets().snapshot());
                    },
                    () -> StatisticsJson.of(Runs.STATISTICS),
                    () -> StatisticsLine.of(Runs.STATISTICS) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String answer(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String answer(String method, String path, String host) throws IOException {
        return answer(method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.split(" ", 3)[1]);
    }

    @Test
    void metrics_pass_a_strict_reader_and_statistics_are_json() throws IOException {
        String metrics = answer("GET", "/metrics", "localhost:" + server.port());
        assertEquals(200, status(metrics));
        assertTrue(metrics.contains("Content-type: text/plain; version=0.0.4"), metrics);
        var samples = PrometheusSamples.parse(metrics.substring(metrics.indexOf("# HELP")));
        assertEquals("600000", samples.get("pairwire_pairs_total"));
        String line = answer("GET", "/stats.txt", "localhost");
        assertEquals(200, status(line));
        assertTrue(line.endsWith("\r\n\r\n" + StatisticsLine.of(Runs.STATISTICS) + "\n"), line);
        String json = answer("GET", "/stats.json?x=1", "127.0.0.1");
        assertTrue(json.contains("Content-type: application/json"), json);
        assertEquals(
                18, Json.object(json.substring(json.indexOf("\r\n\r\n") + 4)).size());
        assertEquals(200, status(answer("GET /metrics HTTP/1.0\r\n\r\n")));
    }

    @Test
    void anything_else_is_turned_away() throws IOException {
        for (String path : new String[] {"/", "/metrics/", "/metricsx", "/stats", "/../metrics"}) {
            assertEquals(404, status(answer("GET", path, "localhost")), path);
        }
        for (String method : new String[] {"POST", "PUT", "DELETE", "HEAD", "OPTIONS"}) {
            String answer = answer(method, "/metrics", "localhost");
            assertEquals(405, status(answer), method);
            assertTrue(answer.contains("Allow: GET"), answer);
        }
        assertEquals(403, status(answer("GET", "/metrics", "evil.example")));
        assertEquals(0, asked.get(), "nobody was told anything");
    }

    @Test
    void it_listens_on_the_loopback_address_alone_and_says_when_a_port_is_taken() {
        var taken =
                assertThrows(IOException.class, () -> MetricsServer.start(server.port(), () -> "", () -> "", () -> ""));
        assertTrue(taken.getMessage().startsWith("127.0.0.1:" + server.port() + ": "), taken.getMessage());
        assertThrows(IllegalArgumentException.class, () -> MetricsServer.start(65_536, () -> "", () -> "", () -> ""));
        assertThrows(IOException.class, () -> {
            try (var socket = new Socket()) { // 127.0.0.2 is this machine too, where it is anything
                socket.connect(
                        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), server.port()), 500);
            }
        });
    }

    @Test
    void clients_that_say_nothing_do_not_keep_others_waiting() throws IOException {
        var silent = new Socket[10];
        try {
            for (int i = 0; i < silent.length; i++) {
                silent[i] = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), server.port());
            }
            assertEquals(200, status(answer("GET", "/metrics", "localhost")));
        } finally {
            for (Socket socket : silent) if (socket != null) socket.close();
        }
    }
}
