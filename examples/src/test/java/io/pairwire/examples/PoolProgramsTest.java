package io.pairwire.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.memory.pool.PacketBuffer;
import io.pairwire.memory.pool.PacketPool;
import io.pairwire.memory.pool.PoolSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The programs around the buffer pool do what their comments say. */
@Timeout(60)
class PoolProgramsTest {
    @FunctionalInterface
    private interface Program {
        void run() throws Exception;
    }

    private static List<String> printedBy(Program program) throws Exception {
        var bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(out);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void pool_basics_gives_back_what_it_takes() throws Exception {
        assertEquals(List.of("0x0800 on port 3", "1 allocated, 1 released, 0 in use"), printedBy(PoolBasics::main));
    }

    @Test
    void pool_zero_copy_sends_one_payload_twice() throws Exception {
        assertEquals(
                List.of("to receiver 0: 514 bytes in 2 parts", "to receiver 1: 514 bytes in 2 parts", "0 in use"),
                printedBy(PoolZeroCopy::main));
    }

    /** 1000 requests from address 1, 992 responses from address 2; flooded are those before the first response. */
    @Test
    void the_learning_switch_floods_only_until_it_has_learned() throws Exception {
        List<String> lines = printedBy(() -> LearningSwitch.main("captures/gateway.pcap"));
        int flooded = Integer.parseInt(lines.getFirst().replaceAll("2 addresses, (\\d+) frames flooded", "$1"));
        assertTrue(flooded >= 1 && flooded < 1_000, lines.getFirst());
        assertEquals(
                List.of("port 0: " + flooded, "port 1: 992", "port 2: 1000", "port 3: " + flooded),
                lines.subList(1, 5));
        assertEquals(0, PacketPool.shared().outstanding());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_pool_on_each_node_gets_everything_back() throws Exception {
        List<String> lines = printedBy(PoolOnNodes::main);
        long allocated = 0;
        for (String line : lines) {
            assertTrue(line.matches("node \\d+: \\d+ allocated, 0 in use, .* pages, .*"), line);
            allocated += Long.parseLong(line.replaceAll("node \\d+: (\\d+) .*", "$1"));
        }
        assertTrue(allocated > 0 && allocated % 10_000 == 0, lines.toString());
    }

    @Test
    void pool_metrics_answers_prometheus_and_people() throws Exception {
        try (var pool = new PacketPool(PoolSettings.of(10, 10, 2048));
                var server = PoolMetrics.serve(pool, 0);
                var client = HttpClient.newHttpClient()) {
            PacketBuffer buffer = pool.allocate(1500);
            var metrics = get(client, server.port(), "/metrics");
            assertTrue(
                    metrics.lines().anyMatch(line -> line.matches("pairwire_buffers_in_use\\{.*\"2048\".*} 1")),
                    metrics);
            assertEquals("{\"allocations\":1,\"releases\":0,\"in_use\":1}", get(client, server.port(), "/stats.json"));
            assertTrue(get(client, server.port(), "/stats.txt").startsWith("1 buffers in use"));
            buffer.release();
        }
    }

    private static String get(HttpClient client, int port, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Test
    void pool_speed_prints_a_rate() throws Exception {
        List<String> lines = printedBy(() -> PoolSpeed.main("20"));
        assertTrue(lines.getFirst().matches("32 at a time: \\d+\\.\\d million buffers a second"), lines.getFirst());
    }
}
