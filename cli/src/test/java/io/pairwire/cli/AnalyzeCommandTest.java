package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeCommandTest {
    /** Stable names, from the beginning of an object. */
    private static final List<String> NAMES = List.of(
            "file",
            "packets",
            "captured_bytes",
            "original_bytes",
            "first_ns",
            "last_ns",
            "tcp_streams",
            "udp_streams",
            "tcp");

    private static final List<String> TCP_NAMES = List.of(
            "packets",
            "payload_bytes",
            "syn",
            "fin",
            "rst",
            "retransmission",
            "fast_retransmission",
            "spurious_retransmission",
            "out_of_order",
            "duplicate_ack",
            "lost_segment",
            "ack_lost_segment",
            "zero_window",
            "zero_window_probe",
            "window_full",
            "window_update",
            "keep_alive",
            "keep_alive_ack",
            "reused_ports");

    @TempDir
    Path folder;

    @Test
    void json_has_the_stable_names() throws IOException {
        Path file = CaptureFiles.pcap(folder.resolve("a.pcap"), 0, 1_000_000_000);
        var run = Cli.run("analyze", "--json", file);
        assertEquals(0, run.code(), run.err());
        assertEquals(1, run.lines().size());
        String json = run.lines().getFirst();
        for (String name : NAMES) assertTrue(json.contains("\"" + name + "\":"), name);
        String tcp = json.substring(json.indexOf("\"tcp\":{"), json.indexOf('}', json.indexOf("\"tcp\":{")));
        for (String name : TCP_NAMES) assertTrue(tcp.contains("\"" + name + "\":0"), name);
        assertTrue(json.contains("\"packets\":2,\"captured_bytes\":95,\"original_bytes\":95,"), json);
        assertTrue(json.contains(
                "\"first_ns\":" + CaptureFiles.START + ",\"last_ns\":" + (CaptureFiles.START + 1_000_000_000)));
        assertTrue(json.contains("\"udp_streams\":1,"), json);
    }

    @Test
    void text_tells_what_is_in_the_capture() {
        var run = Cli.run("analyze", "--conversations", "--endpoints", Cli.gateway(folder, 50));
        assertEquals(0, run.code(), run.err());
        for (String part : List.of(
                "packets         100\n", "PROTOCOLS", "TRAFFIC", "TOP TALKERS", "TCP CONVERSATIONS", "UDP ENDPOINTS")) {
            assertTrue(run.out().contains(part), () -> part + " is missing:\n" + run.out());
        }
    }

    @Test
    void lists_are_as_long_as_asked_for() {
        Path file = Cli.gateway(folder, 50);
        var two = Cli.run("analyze", "--conversations", "--layers", "udp", "--top", 2, file);
        assertEquals(2, two.lines().stream().filter(line -> line.contains("<>")).count());
        var all = Cli.run("analyze", "--conversations", "--layers", "udp", "--top", 0, file);
        assertEquals(
                50, all.lines().stream().filter(line -> line.contains("<>")).count());
    }

    @Test
    void a_damaged_capture_is_analysed_as_far_as_it_goes_and_ends_with_3() throws IOException {
        var run = Cli.run("analyze", "--json", Cli.cut(folder, 10));
        assertEquals(3, run.code());
        assertTrue(run.out().contains("\"packets\":19,"), run.out());
        assertTrue(
                run.out().contains("\"damage_count\":1,\"damages\":[{\"kind\":\"CUT_RECORD\",\"offset\":"), run.out());
        assertTrue(run.err().contains("damaged at byte"), run.err());
    }

    @Test
    void a_folder_is_an_object_for_each_capture_in_order_also_with_workers() throws IOException {
        for (int i = 0; i < 6; i++) CaptureFiles.pcap(folder.resolve(i + ".pcap"), new long[i + 1]);
        var run = Cli.run("analyze", "--json", "--workers", 3, folder);
        assertEquals(0, run.code(), run.err());
        for (int i = 0; i < 6; i++) {
            assertTrue(run.lines().get(i).contains("\"packets\":" + (i + 1) + ","), run.out());
        }
    }

    @Test
    void a_filter_leaves_out_what_it_refuses() {
        Path file = Cli.gateway(folder, 50);
        var run = Cli.run("analyze", "--json", file, "--", "tcp");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("\"packets\":50,"), run.out());
        assertTrue(run.out().contains("\"filtered\":50,\"tcp_streams\":50,\"udp_streams\":0,"), run.out());
    }

    @Test
    void the_page_needs_nothing_else_and_holds_no_script() throws IOException {
        Path named = folder.resolve("<script>.pcap");
        Files.copy(Cli.gateway(folder, 50), named);
        Path page = folder.resolve("page.html");
        var run = Cli.run("analyze", "--html", page, named);
        assertEquals(0, run.code(), run.err());
        String html = Files.readString(page);
        assertTrue(html.startsWith("<!DOCTYPE html>"));
        assertTrue(html.contains("<svg ") && html.contains("&lt;script&gt;.pcap"));
        assertFalse(html.contains("<script") || html.contains("http://") || html.contains("https://"));
    }

    @Test
    void a_step_of_time_is_as_asked_for() throws IOException {
        Path file = CaptureFiles.pcap(folder.resolve("a.pcap"), 0, 2_000_000_000);
        var run = Cli.run("analyze", "--json", "--interval", "500ms", file);
        assertTrue(run.out().contains("\"series\":{\"interval_ns\":500000000,\"steps\":[{\"start_ns\":"), run.out());
        String series =
                run.out().substring(run.out().indexOf("\"series\""), run.out().indexOf("\"lengths\""));
        assertEquals(5, series.split("start_ns").length - 1);
    }

    @Test
    void what_makes_no_sense_is_wrong_usage() throws IOException {
        Path file = CaptureFiles.pcap(folder.resolve("a.pcap"), 5);
        assertEquals(2, Cli.run("analyze").code());
        assertEquals(2, Cli.run("analyze", "--top", -1, file).code());
        assertEquals(2, Cli.run("analyze", "--memory-limit", "1k", file).code());
        assertEquals(2, Cli.run("analyze", "--layers", "token", file).code());
        assertEquals(2, Cli.run("analyze", file, "--", "no such filter").code());
        assertEquals(1, Cli.run("analyze", folder.resolve("missing")).code());
    }

    @Test
    void only_what_is_asked_for_is_told() throws IOException {
        Path file = Cli.gateway(folder, 40);
        var run = Cli.run("analyze", "--only", "conversations,protocols", "--layers", "udp", "--json", file);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("\"protocols\":["), run.out());
        assertTrue(run.out().contains("\"conversations\":{\"udp\":{\"count\":"), run.out());
        for (String absent :
                List.of("tcp_streams", "endpoints", "talkers", "series", "lengths", "findings", "ipv4\":{")) {
            assertFalse(run.out().contains("\"" + absent), absent + " in " + run.out());
        }
        var text = Cli.run("analyze", "--only", "conversations", "--layers", "udp", file);
        assertTrue(text.out().contains("UDP CONVERSATIONS"), text.out());
        assertFalse(text.out().contains("PACKET LENGTHS"), text.out());
    }

    @Test
    void live_packets_are_analysed_while_they_come_and_wholly_at_the_end() throws Exception {
        LoopbackTraffic.with(() -> {
            Path page = folder.resolve("live.html");
            var run = Cli.run(
                    "analyze", "-i", "lo", "-c", "400", "--refresh", "1ms", "--json", "--html", page, "--", "udp");
            assertEquals(0, run.code(), run.err());
            assertTrue(run.lines().size() > 1, "some before the last: " + run.out());
            long before = -1;
            for (String line : run.lines()) {
                long packets = Long.parseLong(line.replaceFirst(".*?\"packets\":(\\d+).*", "$1"));
                assertTrue(packets >= before, run.out());
                before = packets;
            }
            assertEquals(400, before);
            assertTrue(run.lines().getLast().contains("10.0.0.1"), run.out());
            assertTrue(Files.readString(page).contains("10.0.0.1"));
            var text = Cli.run("analyze", "-i", "lo", "--duration", "200ms");
            assertEquals(0, text.code(), text.err());
            assertTrue(text.out().contains("TOP TALKERS"), text.out());
            return null;
        });
    }

    @Test
    void progress_is_told_as_json_if_asked_for() throws IOException {
        var run = Cli.run("analyze", "--quiet", "--progress-json", "--json", Cli.gateway(folder, 50));
        assertEquals(0, run.code());
        assertTrue(run.err().strip().lines().allMatch(line -> line.startsWith("{\"elapsed_ns\":")), run.err());
        assertTrue(run.err().contains("\"packets\":100,"), run.err());
        assertTrue(run.err().contains("\"files_done\":1,"), run.err());
        assertEquals(1, run.lines().size());
    }

    @Test
    void interfaces_and_captures_together_are_wrong_usage() throws IOException {
        var run = Cli.run("analyze", "-i", "lo", Cli.gateway(folder, 1));
        assertEquals(2, run.code());
        assertTrue(run.err().contains("one or the other"), run.err());
        assertEquals(2, Cli.run("analyze").code());
        assertTrue(Cli.run("analyze").err().contains("no INPUT"));
    }
}
