package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.testkit.RandomCaptures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatencyFilesTest {
    private static final int PAIRS = 50;

    @TempDir
    Path folder;

    @Test
    void series_groups_and_histograms_go_to_files() throws IOException {
        Path series = folder.resolve("s.jsonl");
        Path groups = folder.resolve("g.csv");
        Path log = folder.resolve("l.hlog");
        Path histogram = folder.resolve("l.hgrm");
        var run = Cli.run(
                "match",
                "--quiet",
                "--format",
                "none",
                "--series",
                series,
                "--interval",
                "1ms",
                "--expiry",
                "1s",
                "--percentiles",
                "50,99.9",
                "--group-by",
                "kind,server/16",
                "--group-by",
                "client/8",
                "--groups",
                groups,
                "--hlog",
                log,
                "--hgrm",
                histogram,
                Cli.gateway(folder, PAIRS));
        assertEquals(new Cli.Run(0, "", ""), run);
        assertTrue(Files.readString(series).startsWith("{\"start_ns\":"), Files.readString(series));
        assertTrue(Files.readString(series).contains("\"p50_ns\":1000000,\"p99.9_ns\":1000000,\"max_ns\":1000000,"));
        var lines = Files.readAllLines(groups);
        assertEquals("group_by,group,pairs,negative,min_ns,mean_ns,max_ns,p50_ns,p99.9_ns", lines.getFirst());
        assertEquals("kind,pair,50,0,1000000,1000000,1000000,1000000,1000000", lines.get(1));
        assertTrue(lines.get(2).startsWith("server,192.168.0.0/16,"), lines.get(2));
        assertTrue(lines.get(3).startsWith("client,10.0.0.0/8,"), lines.get(3));
        assertTrue(Files.exists(folder.resolve("l.kind-pair.hgrm")));
        assertTrue(Files.exists(folder.resolve("l.server-192.168.0.0_16.hgrm")));
        long pairs = 0;
        try (var reader = new HistogramLogReader(log.toFile())) {
            for (var next = reader.nextIntervalHistogram(); next != null; next = reader.nextIntervalHistogram()) {
                if (next.getTag() == null) pairs += ((org.HdrHistogram.Histogram) next).getTotalCount();
            }
        }
        assertEquals(PAIRS, pairs);
    }

    @Test
    void files_are_the_same_to_the_byte_for_any_number_of_threads() throws IOException {
        Path capture =
                Files.write(folder.resolve("random.pcap"), RandomCaptures.of(11).pcap());
        var answers = new ArrayList<String>();
        for (int threads : new int[] {1, 2, 5}) {
            Path series = folder.resolve("s.csv");
            Path groups = folder.resolve("g.csv");
            Path log = folder.resolve("l.hlog");
            var run = Cli.run(
                    "match",
                    "--quiet",
                    "--format",
                    "none",
                    "--threads",
                    threads,
                    "--series",
                    series,
                    "--interval",
                    "50ms",
                    "--expiry",
                    "1s",
                    "--group-by",
                    "server,client",
                    "--groups",
                    groups,
                    "--hlog",
                    log,
                    capture);
            assertEquals(0, run.code(), run.err());
            answers.add(Files.readString(series) + Files.readString(groups) + Files.readString(log));
        }
        assertEquals(answers.get(0), answers.get(1));
        assertEquals(answers.get(0), answers.get(2));
    }

    @Test
    void wrong_usage_says_what_to_write() {
        Path capture = Cli.gateway(folder, PAIRS);
        for (var wrong : List.of(
                List.of("--group-by", "port"),
                List.of("--groups", "g.csv"),
                List.of("--max-groups", "0"),
                List.of("--interval", "1us", "--series", "s.csv"))) {
            var args = new ArrayList<Object>(List.of("match"));
            args.addAll(wrong);
            args.add(capture);
            var run = Cli.run(args.toArray());
            assertEquals(2, run.code(), wrong.toString());
            assertTrue(run.err().contains(wrong.getFirst()), run.err());
        }
    }

    @Test
    void a_log_that_cannot_be_written_is_a_failure() {
        Path impossible = folder.resolve("missing/l.hlog");
        var run = Cli.run("match", "--quiet", "--format", "none", "--hlog", impossible, Cli.gateway(folder, PAIRS));
        assertEquals(new Cli.Run(1, "", "pairwire: " + impossible + ": no such file or directory\n"), run);
        assertFalse(Files.exists(folder.resolve("missing")));
    }
}
