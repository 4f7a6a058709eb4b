package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import io.pairwire.decode.craft.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DedupCommandTest {
    @TempDir
    Path folder;

    private Path span() throws IOException {
        Path file = folder.resolve("span.pcap");
        try (var writer = PcapWriter.create(file, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            for (int i = 0; i < 10; i++) {
                Frame frame = Frame.udp("10.0.0.1", 7, "10.0.0.2", 9)
                        .identification(i + 1)
                        .payload(new byte[20]);
                long time = CaptureFiles.START + i * 1_000_000L;
                writer.write(time, frame.toEthernet());
                if (i < 4) writer.write(time + 5_000, frame.toEthernet());
                if (i == 9) writer.write(time + 9_000, frame.ttl(63).macs(3, 4).toEthernet());
            }
        }
        return file;
    }

    @Test
    void copies_are_left_out_and_the_rest_keeps_its_order_and_times() throws IOException {
        Path once = folder.resolve("once.pcap");
        var run = Cli.run("dedup", "-o", once, span());
        assertEquals(0, run.code(), run.err());
        assertEquals(
                List.of(0L, 1_000_000L, 2_000_000L, 3_000_000L),
                CaptureFiles.times(once).subList(0, 4));
        assertEquals(11, CaptureFiles.read(once).size());
        assertTrue(run.err().contains("15 packets read, 11 written"), run.err());
    }

    @Test
    void a_report_alone_writes_no_capture_and_says_where_copies_come_from() throws IOException {
        var text = Cli.run("dedup", "--report", "--routed", span());
        assertEquals(0, text.code(), text.err());
        assertTrue(text.out().contains("routed:     1: captured before and behind a router"), text.out());
        var json = Cli.run("dedup", "--json", "--routed", span());
        assertTrue(
                json.out()
                        .startsWith("{\"packets\":15,\"kept\":10,\"removed\":5,\"removed_bytes\":310,"
                                + "\"kinds\":{\"same\":4,\"routed\":1,"),
                json.out());
    }

    @Test
    void the_report_keeps_away_from_a_capture_on_standard_output() throws IOException {
        var run = Cli.run("dedup", "--json", "-o", "-", span());
        assertFalse(run.out().contains("packets"), "the capture alone");
        assertTrue(run.err().contains("\"removed\":4"), run.err());
    }

    @Test
    void what_makes_no_sense_together_is_wrong_usage() throws IOException {
        Path span = span();
        assertEquals(2, Cli.run("dedup", "-d", "-D", "9", span).code());
        assertEquals(2, Cli.run("dedup", "-D", "0", span).code());
        assertEquals(
                2, Cli.run("dedup", "-D", "9", "--time-window", "1ms", span).code());
        assertEquals(2, Cli.run("dedup", "--ignore", "smell", span).code());
        assertEquals(2, Cli.run("dedup", "-o", span, span).code());
    }

    @Test
    void a_cut_capture_is_told_and_what_was_before_the_cut_is_written() throws IOException {
        byte[] bytes = Files.readAllBytes(span());
        Path cut = Files.write(folder.resolve("cut.pcap"), java.util.Arrays.copyOf(bytes, bytes.length - 5));
        Path once = folder.resolve("once.pcap");
        var run = Cli.run("dedup", "-o", once, cut);
        assertEquals(3, run.code(), run.err());
        assertEquals(10, CaptureFiles.read(once).size());
    }
}
