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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    @TempDir
    Path folder;

    private Path a;
    private Path b;

    /** B lacks packet 3, has a lower TTL in packet 5, and a clock that is 7 us ahead. */
    @BeforeEach
    void makeCaptures() throws IOException {
        a = folder.resolve("a<b>.pcap");
        b = folder.resolve("b.pcap");
        var pcap = PcapFormat.nanoseconds(LinkType.ETHERNET);
        try (var writerA = PcapWriter.create(a, pcap);
                var writerB = PcapWriter.create(b, pcap)) {
            for (int i = 1; i <= 10; i++) {
                Frame frame = Frame.udp("10.0.0.1", 7, "10.0.0.2", 9)
                        .identification(i)
                        .payload(new byte[] {(byte) i});
                writerA.write(CaptureFiles.START + i * 1_000L, frame.toEthernet());
                if (i == 5) frame.ttl(63);
                if (i != 3) writerB.write(CaptureFiles.START + 7_000 + i * 1_000L, frame.toEthernet());
            }
        }
    }

    @Test
    void the_names_of_the_json_are_those_that_programs_rely_on() {
        var run = Cli.run("compare", "--json", a, b);
        assertEquals(0, run.code(), run.err());
        for (String part : List.of(
                "\"a\":{\"file\":",
                "\"packets\":10,",
                "\"b\":{\"file\":",
                "\"packets\":9,",
                "\"matched\":9,",
                "\"missing_in_a\":0,",
                "\"missing_in_b\":1,",
                "\"duplicates_a\":0,",
                "\"duplicates_b\":0,",
                "\"reordered\":0,",
                "\"field_changes\":{\"ttl\":1,",
                "\"offset_ns\":7000,",
                "\"similarity\":0.94")) {
            assertTrue(run.out().contains(part), part + " in " + run.out());
        }
        assertEquals(1, run.lines().size());
        assertEquals("", run.err());
    }

    @Test
    void the_text_ranks_findings_and_names_packets_on_both_sides() {
        var run = Cli.run("compare", a, b);
        assertTrue(run.out().contains("1. high: missing_in_b: 1 packets that B lacks"), run.out());
        assertTrue(run.out().contains("packet 3 of A: UDP 10.0.0.1:7 > 10.0.0.2:9"), run.out());
        assertTrue(run.out().contains("2. low: ttl: 1 pairs"), run.out());
        assertTrue(run.out().contains("packet 5 of A, 4 of B: 64 -> 63"), run.out());
    }

    @Test
    void a_capture_and_itself_have_no_differences() {
        var run = Cli.run("compare", a, a);
        assertTrue(run.out().contains("similarity:   1 = "), run.out());
        assertTrue(run.out().contains("No differences."), run.out());
    }

    @Test
    void checks_end_the_run_with_code_4() {
        assertEquals(0, Cli.run("compare", "--fail-if", "similarity<0.9", a, b).code());
        var run = Cli.run("compare", "--fail-if", "similarity<95%", "--fail-if", "ttl>=1", a, b);
        assertEquals(4, run.code());
        assertTrue(run.err().contains("check failed: ttl>=1: it is 1"), run.err());
        assertTrue(run.err().contains("check failed: similarity<95%"), run.err());
        assertEquals(2, Cli.run("compare", "--fail-if", "beauty<1", a, b).code());
    }

    @Test
    void many_are_compared_with_a_baseline_an_object_a_line() {
        var run = Cli.run("compare", "--json", "--baseline", a, a, b);
        assertEquals(0, run.code(), run.err());
        assertEquals(2, run.lines().size());
        assertTrue(run.lines().getFirst().contains("\"similarity\":1,"), run.out());
        assertTrue(run.lines().getLast().contains("\"missing_in_b\":1,"), run.out());
    }

    @Test
    void the_differences_come_as_a_capture_with_comments() throws IOException {
        Path differences = folder.resolve("d.pcapng");
        assertEquals(0, Cli.run("compare", "--pcapng", differences, a, b).code());
        assertEquals(
                List.of(
                        "packet 3: missing in B",
                        "packet 5: differs from packet 4 of B in ttl",
                        "packet 4: differs from packet 5 of A in ttl"),
                CaptureFiles.read(differences).stream()
                        .map(seen -> seen.comments().getFirst())
                        .toList());
        String info = Cli.run("info", differences).out();
        assertTrue(info.contains("A") && info.contains("B"), info);
    }

    @Test
    void the_page_needs_nothing_from_elsewhere_and_escapes_names() throws IOException {
        Path page = folder.resolve("d.html");
        assertEquals(0, Cli.run("compare", "--html", page, a, b).code());
        String html = Files.readString(page);
        assertTrue(html.contains("a&lt;b&gt;.pcap"), html);
        assertFalse(html.contains("http:") || html.contains("https:") || html.contains("<script"), html);
        assertTrue(html.contains("missing_in_b"), html);
    }

    @Test
    void a_filter_keeps_the_numbers_that_packets_have_in_their_files() throws IOException {
        var run = Cli.run("compare", "--json", a, b, "--", "ip[8]", "<", "64", "or", "ip[4:2]", "<", "4");
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("\"missing_in_b\":1,"), run.out());
        assertTrue(run.out().contains("\"packets\":3,"), run.out());
        var changed = Cli.run("compare", a, b, "--filter", "ip[4:2] > 4");
        assertTrue(changed.out().contains("packet 5 of A, 4 of B: 64 -> 63"), changed.out());
        assertEquals(2, Cli.run("compare", a, b, "--filter", "tpc").code());
    }

    @Test
    void damage_is_told_once_though_captures_are_read_twice() throws IOException {
        byte[] bytes = Files.readAllBytes(b);
        Path cut = Files.write(folder.resolve("cut.pcap"), java.util.Arrays.copyOf(bytes, bytes.length - 5));
        var run = Cli.run("compare", "--json", a, cut);
        assertEquals(3, run.code());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.out().contains("\"missing_in_b\":2,"), run.out());
    }

    @Test
    void what_cannot_be_compared_is_wrong_usage() {
        assertEquals(2, Cli.run("compare", a).code());
        assertEquals(2, Cli.run("compare", a, b, b).code());
        assertEquals(2, Cli.run("compare", a, "-").code());
        assertEquals(2, Cli.run("compare", "--baseline", a).code());
        assertEquals(2, Cli.run("compare", "--html", b, a, b).code());
        assertEquals(1, Cli.run("compare", a, folder.resolve("none.pcap")).code());
    }
}
