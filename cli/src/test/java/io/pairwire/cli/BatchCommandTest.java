package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchCommandTest {
    private static final long ENORMOUS = 1L << 38;

    @TempDir
    Path folder;

    private Path captures;
    private Path plan;

    @BeforeEach
    void prepare() throws IOException {
        captures = Files.createDirectory(folder.resolve("captures"));
        plan = folder.resolve("the.plan");
    }

    private void captures(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            CaptureFiles.pcap(captures.resolve(String.format("day%03d.pcap", i)), i, 2L * i, 1_000L + i);
        }
    }

    private void plan(Object... job) {
        var args = new ArrayList<Object>(List.of("batch", "plan", "-o", plan, captures, "--"));
        args.addAll(Arrays.asList(job));
        var run = Cli.run(args.toArray());
        assertEquals(0, run.code(), run.err());
    }

    private byte[] merged(Object... options) throws IOException {
        Path out = folder.resolve("merged");
        var args = new ArrayList<Object>(List.of("batch", "merge", plan, "-o", out));
        args.addAll(Arrays.asList(options));
        var run = Cli.run(args.toArray());
        assertEquals(0, run.code(), run.err());
        return Files.readAllBytes(out);
    }

    @Test
    void any_split_gives_the_same_bytes_as_no_split() throws IOException {
        captures(11);
        plan("read", "--fields", "file,number,time_ns");
        assertEquals(
                0,
                Cli.run("batch", "run", plan, "--workers", 2, "-o", folder.resolve("whole"))
                        .code());
        byte[] whole = merged(folder.resolve("whole"));
        assertEquals(1 + 33, new String(whole).lines().count());
        for (int parts = 2; parts < 4; parts++) {
            var places = new ArrayList<Object>();
            for (int part = 1; part <= parts; part++) {
                Path place = folder.resolve(parts + "-" + part);
                places.add(place);
                assertEquals(
                        0,
                        Cli.run("batch", "run", plan, "--part", part + "/" + parts, "-o", place)
                                .code());
            }
            Collections.reverse(places);
            assertArrayEquals(whole, merged(places.toArray()));
        }
    }

    @Test
    void of_three_hundred_files_one_garbage_and_one_enormous_the_rest_is_done_and_the_report_is_right()
            throws IOException {
        captures(298);
        byte[] garbage = new byte[2_000];
        new Random(1).nextBytes(garbage);
        byte[] header = Arrays.copyOf(Files.readAllBytes(captures.resolve("day000.pcap")), 24);
        System.arraycopy(header, 0, garbage, 0, header.length);
        Files.write(captures.resolve("garbage.pcap"), garbage);
        Path enormous = Files.write(captures.resolve("enormous.pcap"), header);
        try (var file = new RandomAccessFile(enormous.toFile(), "rw")) {
            file.setLength(ENORMOUS); // nothing but a hole: it takes no room, but a long time to read
        }
        plan("read", "--count", "--json");
        var run = Cli.run("batch", "run", plan, "--workers", 2, "--timeout", "2s", "--json");
        assertEquals(1, run.code(), run.err());
        assertTrue(
                run.out().startsWith("{\"files\":300,\"done\":298,\"damaged\":1,\"failed\":0,\"timed_out\":1,"),
                run.out());
        assertTrue(run.err().contains("enormous.pcap: timed out: took longer than 2000 ms"), run.err());
        assertTrue(run.err().contains("garbage.pcap: damaged: "), run.err());
        assertEquals(1, Cli.run("batch", "merge", plan).code());
        var partial = Cli.run("batch", "merge", plan, "--partial", "--quiet");
        assertEquals(1, partial.code());
        assertEquals(299, partial.lines().size());
    }

    @Test
    void what_was_interrupted_anywhere_goes_on_from_there_to_the_same_result() throws IOException {
        captures(9);
        plan("read", "--fields", "file,number");
        assertEquals(0, Cli.run("batch", "run", plan).code());
        byte[] whole = merged();
        Path results = Path.of(plan + ".results");
        var random = new Random(2);
        for (int run = 0; run < 4; run++) {
            // What a process that was killed leaves: some records, results without records, halves under another name.
            try (var files = Files.list(results)) {
                for (Path file : files.sorted().toList()) {
                    if (random.nextInt(3) == 0) Files.delete(file);
                }
            }
            Files.writeString(results.resolve("000004.tmp"), "half");
            assertEquals(0, Cli.run("batch", "run", plan).code());
            assertArrayEquals(whole, merged());
        }
        assertTrue(Cli.run("batch", "run", plan).err().contains("9 of them before"));
    }

    @Test
    void in_processes_of_their_own_files_end_for_sure_and_give_the_same_bytes() throws IOException {
        captures(3);
        plan("match", "--format", "csv");
        assertEquals(0, Cli.run("batch", "run", plan).code());
        byte[] whole = merged();
        Path apart = folder.resolve("apart");
        var run = Cli.run("batch", "run", plan, "--isolate", "--workers", 1, "-o", apart);
        assertEquals(0, run.code(), run.err());
        assertArrayEquals(whole, merged(apart));
    }

    @Test
    void files_that_changed_or_went_since_the_plan_are_skipped_with_the_reason() throws IOException {
        captures(3);
        plan("read", "--count");
        Files.delete(captures.resolve("day000.pcap"));
        CaptureFiles.pcap(captures.resolve("day001.pcap"), 77);
        var run = Cli.run("batch", "run", plan);
        assertEquals(1, run.code());
        assertTrue(run.err().contains("day000.pcap: skipped: is no longer there"), run.err());
        assertTrue(run.err().contains("day001.pcap: skipped: has changed since the plan was made"), run.err());
        assertTrue(run.err().contains("3 files: 1 done, 2 skipped"), run.err());
    }

    @Test
    void wrong_usage_ends_with_2() throws IOException {
        captures(1);
        assertEquals(2, Cli.run("batch").code());
        assertEquals(2, Cli.run("batch", "plan", captures).code());
        assertEquals(2, Cli.run("batch", "plan", "--", "match").code());
        assertEquals(
                2, Cli.run("batch", "plan", captures, "--", "match", "-o", "x").code());
        plan("nonsense");
        assertEquals(2, Cli.run("batch", "run", plan, "--part", "3/2").code());
        assertEquals(2, Cli.run("batch", "run", plan, "--memory", "100M").code());
        var run = Cli.run("batch", "run", plan);
        assertEquals(1, run.code());
        assertTrue(run.err().contains("failed: "), run.err());
        assertFalse(Files.exists(folder.resolve("merged")));
    }
}
