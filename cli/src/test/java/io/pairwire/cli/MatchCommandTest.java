package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.output.CsvSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchCommandTest {
    private static final int PAIRS = 50;

    @TempDir
    Path folder;

    private Path capture;
    private Path output;

    @BeforeEach
    void make() {
        capture = Cli.gateway(folder, PAIRS);
        output = folder.resolve("out.csv");
    }

    @Test
    void results_alone_go_to_standard_output_and_the_summary_to_standard_error() {
        var run = Cli.run("match", capture);
        assertEquals(0, run.code(), run.err());
        assertEquals(3 * PAIRS, run.lines().size());
        assertTrue(run.lines().getFirst().startsWith("REQ: 10."), run.lines().getFirst());
        assertEquals("LATENCY: 1000000 ns", run.lines().getLast());
        assertTrue(run.err().startsWith("pairs         50\nlatency       p50 1.000 ms  p90 1.000 ms"), run.err());
    }

    @Test
    void every_format_is_printed_and_none_prints_nothing() {
        assertEquals(
                CsvSink.COLUMNS,
                Cli.run("match", "--format", "csv", capture).lines().getFirst());
        assertEquals(
                PAIRS + 1, Cli.run("match", "--format", "CSV", capture).lines().size());
        assertTrue(
                Cli.run("match", "--format", "jsonl", capture).lines().getLast().startsWith("{\"kind\":\"pair\","));
        assertEquals("", Cli.run("match", "--format", "none", capture).out());
        assertTrue(Cli.run("match", "--time-format", "iso", capture)
                .lines()
                .getFirst()
                .endsWith("000Z"));
    }

    @Test
    void a_quiet_run_says_nothing_but_its_results() {
        assertEquals(new Cli.Run(0, "", ""), Cli.run("match", "--quiet", "--format", "none", capture));
    }

    @Test
    void the_classic_input_option_and_the_arguments_are_read_together() {
        var run = Cli.run("match", "--format", "none", "-i", capture, capture);
        assertEquals(0, run.code());
        assertTrue(run.err().contains("from 2 inputs"), run.err());
    }

    @Test
    void an_output_file_is_replaced_or_added_to_with_one_heading() throws IOException {
        Files.writeString(output, "old");
        assertEquals(new Cli.Run(0, "", ""), Cli.run("match", "--quiet", "--format", "csv", "-o", output, capture));
        assertEquals(PAIRS + 1, Files.readAllLines(output).size());
        Cli.run("match", "--quiet", "--format", "csv", "-o", output, "--append", capture);
        var lines = Files.readAllLines(output);
        assertEquals(2 * PAIRS + 1, lines.size());
        assertEquals(1, lines.stream().filter(CsvSink.COLUMNS::equals).count());
        assertTrue(Cli.run("match", "--quiet", "-o", "-", capture).out().startsWith("REQ: "));
    }

    @Test
    void wrong_usage_names_the_option_and_ends_with_2() {
        var wrong = List.of(
                List.of("--expiry", "soon"),
                List.of("--expiry", "-1s"),
                List.of("--pairing", "both"),
                List.of("--request-side", "left"),
                List.of("--internal", "10.0.0"),
                List.of("--max-unmatched", "0"),
                List.of("--hash-bytes", "-1"),
                List.of("--format", "xml"),
                List.of("--time-format", "local"),
                List.of("--queue-policy", "sometimes"),
                List.of("--queue-size", "0"),
                List.of("--pool-size", "none"),
                List.of("--buffer-size", "0"),
                List.of("--shards", "0"),
                List.of("--threads", "-1"),
                List.of("--cleanup-interval", "-1"),
                List.of("--stats-interval", "never"),
                List.of("--percentiles", "50,x"),
                List.of("--fail-if", "p99"),
                List.of("--fail-if", "nonsense>1"),
                List.of("--fail-if", "p99>5"),
                List.of("--log-level", "loud"),
                List.of("--kind", "dns"),
                List.of("--unknown"));
        for (var option : wrong) {
            var args = new ArrayList<Object>(List.of("match"));
            args.addAll(option);
            args.add(capture);
            var run = Cli.run(args.toArray());
            assertEquals(2, run.code(), option.toString());
            assertTrue(run.err().contains(option.getFirst()), run.err());
            assertEquals("", run.out());
        }
        assertEquals(2, Cli.run("match").code());
        assertTrue(Cli.run("match").err().contains("no INPUT"));
        assertEquals(2, Cli.run("match", "--append", capture).code());
        assertEquals(
                2, Cli.run("match", "--format", "none", "-o", output, capture).code());
        assertFalse(Files.exists(output));
    }

    @Test
    void a_folder_is_searched_for_captures_and_other_files_are_counted() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "no capture");
        var run = Cli.run("match", "--format", "none", folder);
        assertEquals(0, run.code());
        assertTrue(run.err().startsWith("pairwire: left out because they are no captures: 1 file\npairs         50\n"));
    }

    @Test
    void an_input_is_never_written_over() throws IOException {
        byte[] before = Files.readAllBytes(capture);
        Path link = Files.createSymbolicLink(folder.resolve("link.pcap"), capture);
        assertEquals(2, Cli.run("match", "-o", link, capture).code());
        assertEquals(2, Cli.run("match", "-o", capture, "--append", link).code());
        assertArrayEquals(before, Files.readAllBytes(capture));
    }

    @Test
    void classic_spellings_are_understood() {
        var run = Cli.run(
                "match", "--quiet", "-q", "AdApTiVe", "-c", "1000", "-l", "WARNING", "-o", output, "-i", capture);
        assertEquals(new Cli.Run(0, "", ""), run);
        assertEquals(
                0,
                Cli.run("match", "--quiet", "-q", "adaptive:128ms", "--pairing", "FLIP", capture)
                        .code());
        assertEquals(2, Cli.run("match", "-q", "adaptive:0ms", capture).code());
    }

    @Test
    void a_missing_input_is_a_failure_that_names_it_and_leaves_the_output_alone() throws IOException {
        Files.writeString(output, "old");
        var run = Cli.run("match", "-o", output, folder.resolve("missing.pcap"));
        assertEquals(1, run.code());
        assertEquals("pairwire: " + folder.resolve("missing.pcap") + ": no such file or folder\n", run.err());
        assertEquals("old", Files.readString(output));
    }

    @Test
    void a_cut_input_is_read_to_the_damage_and_ends_with_3() throws IOException {
        var run = Cli.run("match", Cli.cut(folder, PAIRS));
        assertEquals(3, run.code());
        assertEquals(3 * (PAIRS - 1), run.lines().size());
        assertTrue(run.err().startsWith("pairwire: " + folder.resolve("cut.pcap") + ": damaged at byte "), run.err());
        assertTrue(run.err().contains("\nunmatched     1\n"), run.err());
        Path text = Files.writeString(folder.resolve("text.txt"), "this is no capture at all");
        assertEquals(3, Cli.run("match", text, capture).code());
    }

    @Test
    void a_check_that_fails_ends_with_4_and_says_why() throws IOException {
        assertEquals(
                0,
                Cli.run("match", "--fail-if", "p99>1ms", "--fail-if", "unmatched>0", capture)
                        .code());
        var run = Cli.run("match", "--quiet", "--format", "none", "--fail-if", "p99>=1ms", capture);
        assertEquals(new Cli.Run(4, "", "pairwire: check failed: p99>=1ms: it is 1.000 ms\n"), run);
        assertEquals(
                4,
                Cli.run("match", "--fail-if", "loss>0.1%", Cli.cut(folder, PAIRS))
                        .code());
    }

    @Test
    void a_full_disk_fails_with_an_exact_count_and_still_writes_the_statistics() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full));
        Path statistics = folder.resolve("statistics.json");
        var run = Cli.run("match", "--quiet", "-o", full, "--stats-file", statistics, capture);
        assertEquals(1, run.code());
        assertEquals("""
                pairwire: /dev/full: No space left on device
                pairwire: 0 results were written, 50 were not
                """, run.err());
        assertTrue(Files.readString(statistics).contains("\"results_written\":0,\"failed_writes\":50,"));
    }

    @Test
    void statistics_latencies_and_metrics_go_to_files() throws IOException {
        Path statistics = folder.resolve("statistics.json");
        Path histogram = folder.resolve("latency.hgrm");
        Path metrics = folder.resolve("pairwire.prom");
        var run = Cli.run(
                "match",
                "--quiet",
                "--stats-file",
                statistics,
                "--hgrm",
                histogram,
                "--prometheus-file",
                metrics,
                "--percentiles",
                "50,99.99",
                "-o",
                output,
                capture);
        assertEquals(new Cli.Run(0, "", ""), run);
        String json = Files.readString(statistics);
        assertTrue(json.startsWith("{\"read\":100,\"matched_pairs\":50,\"unmatched\":0,\"expired\":0,"), json);
        assertTrue(json.contains("\"percentiles_ns\":{\"50\":1000000,\"99.99\":1000000}"), json);
        assertTrue(Files.readString(histogram).contains("1.000000000000"));
        assertTrue(Files.readString(metrics).contains("\npairwire_pairs_total 50\n"));
        assertTrue(Files.readString(metrics).contains("\npairwire_latency_seconds{quantile=\"0.9999\"} 0.001\n"));
    }

    @Test
    void a_statistics_file_that_cannot_be_written_is_a_failure() {
        Path impossible = folder.resolve("missing/statistics.json");
        var run = Cli.run("match", "--quiet", "--format", "none", "--stats-file", impossible, capture);
        assertEquals(new Cli.Run(1, "", "pairwire: " + impossible + ": no such file or directory\n"), run);
    }
}
