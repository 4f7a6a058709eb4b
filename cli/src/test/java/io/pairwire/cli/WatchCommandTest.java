package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Single passes of a watch, in this process. */
class WatchCommandTest {
    @TempDir
    Path folder;

    private Path captures;
    private Path output;
    private Path source;

    @BeforeEach
    void makeCaptures() throws IOException {
        captures = Files.createDirectory(folder.resolve("captures"));
        output = folder.resolve("pairs.csv");
        source = Cli.gateway(folder, 300);
    }

    private GrowingFolder split(int files) throws IOException {
        return GrowingFolder.of(source, captures, files);
    }

    private Cli.Run watch(Object... more) {
        return Cli.run(Stream.concat(Stream.of("watch", "--once", "--format", "csv", "-o", output), Stream.of(more))
                .toArray());
    }

    private List<String> matched() throws IOException {
        Path reference = folder.resolve("reference.csv");
        assertEquals(
                0,
                Cli.run("match", "--format", "csv", "-o", reference, captures).code());
        return Files.readAllLines(reference);
    }

    /** Without the columns that name files and packets, which depend on the split. */
    private static List<String> times(List<String> lines) {
        return lines.stream()
                .map(line -> String.join(",", Arrays.asList(line.split(",")).subList(0, 10)))
                .toList();
    }

    @Test
    void a_single_pass_writes_what_match_writes() throws IOException {
        split(4).writeAll();
        assertEquals(0, watch(captures).code());
        assertEquals(matched(), Files.readAllLines(output));
    }

    @Test
    void output_is_the_same_for_any_number_of_threads() throws IOException {
        split(3).writeAll();
        var expected = matched();
        for (int threads : new int[] {1, 2, 5}) {
            Files.deleteIfExists(output);
            assertEquals(
                    0, watch("--no-journal", "--threads", threads, captures).code());
            assertEquals(expected, Files.readAllLines(output), threads + " threads");
        }
    }

    @Test
    void pairs_are_the_same_for_any_split_into_files() throws IOException {
        Cli.run("match", "--format", "csv", "-o", output, source);
        var expected = times(Files.readAllLines(output));
        for (int files : new int[] {1, 2, 7, 40}) {
            Path part = Files.createDirectory(captures.resolve("in-" + files));
            GrowingFolder.of(source, part, files).writeAll();
            Path out = folder.resolve("out-" + files);
            assertEquals(
                    0,
                    Cli.run("watch", "--once", "--format", "csv", "-o", out, part)
                            .code());
            assertEquals(expected, times(Files.readAllLines(out)), files + " files");
        }
    }

    @Test
    void passes_add_up_to_what_one_would_have_written_and_pairs_span_them() throws IOException {
        var growing = split(3);
        long step = growing.length() / 9 + 1;
        for (int i = 0; i < 9; i++) {
            growing.write(step);
            int code = watch("--threads", 1 + i % 3, captures).code();
            assertTrue(code == 0 || code == 3, "cut files are told, code " + code);
        }
        assertEquals(matched(), Files.readAllLines(output));
    }

    @Test
    void results_that_no_commit_knows_are_cut_away_and_found_again() throws IOException {
        split(2).writeAll();
        watch(captures);
        byte[] whole = Files.readAllBytes(output);
        Files.writeString(output, "pair,half a line", java.nio.file.StandardOpenOption.APPEND);
        var run = watch(captures);
        assertEquals(0, run.code());
        assertTrue(run.err().contains("took away 16 bytes"), run.err());
        assertArrayEquals(whole, Files.readAllBytes(output));
    }

    @Test
    void without_an_output_everything_is_read_again_and_that_is_said() throws IOException {
        split(2).writeAll();
        watch(captures);
        byte[] whole = Files.readAllBytes(output);
        Files.delete(output);
        var run = watch(captures);
        assertTrue(run.err().contains("is gone or empty: everything is read again"), run.err());
        assertArrayEquals(whole, Files.readAllBytes(output));
    }

    @Test
    void an_output_that_is_another_file_is_refused() throws IOException {
        split(2).writeAll();
        watch(captures);
        byte[] other = Files.readAllBytes(output);
        other[other.length - 5] ^= 1;
        Files.write(output, other);
        var run = watch(captures);
        assertEquals(1, run.code());
        assertTrue(run.err().contains("is not the file that its journal is about"), run.err());
        Files.write(output, Arrays.copyOf(other, other.length / 2));
        assertTrue(watch(captures).err().contains("were written when its journal was"));
    }

    @Test
    void a_damaged_journal_is_told_and_the_record_before_is_used() throws IOException {
        var growing = split(2);
        growing.write(growing.length() / 2);
        watch(captures);
        Path journal = folder.resolve("pairs.csv.journal");
        long first = Files.size(journal);
        growing.writeAll();
        watch(captures);
        byte[] bytes = Files.readAllBytes(journal);
        bytes[(int) (first + bytes.length) / 2] ^= 1; // in the last record
        Files.write(journal, bytes);
        var run = watch(captures);
        assertTrue(run.err().contains("journal " + journal + ": damaged at byte "), run.err());
        assertEquals(matched(), Files.readAllLines(output));
        assertEquals(0, watch(captures).code());
    }

    @Test
    void a_journal_without_a_whole_record_is_refused() throws IOException {
        split(1).writeAll();
        Path journal = folder.resolve("pairs.csv.journal");
        Files.writeString(journal, "pairwire journal 1\nbut this is no record");
        var run = watch(captures);
        assertEquals(1, run.code());
        assertTrue(run.err().contains("has no whole record left"), run.err());
        Files.writeString(journal, "something else that is longer");
        assertTrue(watch(captures).err().contains("is no journal of pairwire"));
    }

    @Test
    void without_a_file_for_results_it_is_said_once_that_a_crash_may_repeat_them() throws IOException {
        split(1).writeAll();
        var run = Cli.run("watch", "--once", "--quiet", captures);
        assertEquals(0, run.code());
        assertEquals(900, run.lines().size());
        assertEquals(
                "pairwire: without --output FILE that is a regular file, a crash may lose results or repeat them\n",
                run.err());
    }

    @Test
    void inputs_are_untouched_and_a_folder_may_be_read_only() throws IOException {
        split(2).writeAll();
        Path first = captures.resolve("capture-000.pcap");
        var before = Files.getLastModifiedTime(first);
        assertTrue(captures.toFile().setWritable(false));
        try {
            assertEquals(0, watch(captures).code());
        } finally {
            assertTrue(captures.toFile().setWritable(true));
        }
        assertEquals(before, Files.getLastModifiedTime(first));
        try (var left = Files.list(captures)) {
            assertEquals(2, left.count());
        }
    }

    @Test
    void files_that_were_read_are_renamed_moved_or_deleted_when_asked() throws IOException {
        split(2).writeAll();
        assertEquals(0, watch("--on-done", "rename", captures).code());
        assertTrue(Files.exists(captures.resolve("capture-001.pcap.processed")));
        assertFalse(Files.exists(captures.resolve("capture-001.pcap")));

        split(2).writeAll();
        Path done = folder.resolve("done");
        assertEquals(0, watch("--on-done", "move", done, captures).code());
        assertTrue(Files.exists(done.resolve("capture-000.pcap")));

        split(2).writeAll();
        assertEquals(0, watch("--on-done", "delete", captures).code());
        assertFalse(Files.exists(captures.resolve("capture-000.pcap")));
        assertEquals(2, watch("--on-done", "burn", captures).code());
    }

    @Test
    void an_output_inside_the_folder_is_not_read() throws IOException {
        split(1).writeAll();
        Path inside = captures.resolve("pairs.pcap");
        assertEquals(0, Cli.run("watch", "--once", "-o", inside, captures).code());
        var run = Cli.run("watch", "--once", "-o", inside, captures);
        assertEquals(0, run.code(), run.err());
        assertEquals(900, Files.readAllLines(inside).size());
    }

    @Test
    void a_full_disk_is_a_failure_with_exact_counts_and_the_next_run_goes_on() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", small.toString()) == 0,
                "mounting a small file system needs CAP_SYS_ADMIN");
        try {
            split(2).writeAll();
            output = small.resolve("pairs.csv");
            Path journal = folder.resolve("kept.journal");
            Path statistics = folder.resolve("statistics.json");
            Files.write(small.resolve("ballast"), new byte[480 << 10]);
            var full = watch("--journal", journal, "--stats-file", statistics, captures);
            assertEquals(1, full.code(), full.err());
            assertTrue(full.err().contains("pairs.csv: No space left on device"), full.err());
            assertTrue(full.err().contains(" results were written, "), full.err());
            Files.delete(small.resolve("ballast"));
            var next = watch("--journal", journal, captures);
            assertEquals(0, next.code(), next.err());
            assertEquals(matched(), Files.readAllLines(output));
        } finally {
            run("umount", small.toString());
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1; // no such program
        }
    }

    @Test
    void a_device_that_is_full_is_a_failure() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full on this system");
        split(1).writeAll();
        var run = Cli.run("watch", "--once", "-o", "/dev/full", captures);
        assertEquals(1, run.code());
        assertTrue(run.err().contains("/dev/full: No space left on device"), run.err());
    }

    @Test
    void damaged_input_is_told_with_its_offset_and_exit_code_3() throws IOException {
        byte[] bytes = Files.readAllBytes(source);
        Files.write(captures.resolve("cut.pcap"), Arrays.copyOf(bytes, bytes.length - 5));
        var run = watch(captures);
        assertEquals(3, run.code());
        assertTrue(run.err().contains("cut.pcap: damaged at byte "), run.err());
        assertEquals(
                1,
                run.err()
                        .lines()
                        .filter(line -> line.contains("damaged at byte"))
                        .count());
    }

    @Test
    void the_law_holds_in_the_statistics_of_every_run() throws IOException {
        var growing = split(2);
        growing.write(growing.length() / 2 + 3);
        Path statistics = folder.resolve("statistics.json");
        watch("--stats-file", statistics, captures);
        growing.writeAll();
        watch("--stats-file", statistics, captures);
        String json = Files.readString(statistics);
        assertTrue(json.contains("\"in_flight\":0,"), json);
        long read = number(json, "read");
        assertEquals(
                read, 2 * number(json, "matched_pairs") + number(json, "unmatched") + number(json, "expired"), json);
    }

    private static long number(String json, String name) {
        int at = json.indexOf("\"" + name + "\":") + name.length() + 3;
        int end = at;
        while (Character.isDigit(json.charAt(end))) end++;
        return Long.parseLong(json.substring(at, end));
    }

    @Test
    void match_follow_and_the_classic_options_are_the_same_command() throws IOException {
        split(2).writeAll();
        var expected = matched();
        assertEquals(
                0,
                Cli.run("match", "--follow", captures, "--once", "--format", "csv", "-o", output)
                        .code());
        assertEquals(expected, Files.readAllLines(output));
        Path other = folder.resolve("other.csv");
        assertEquals(
                0,
                Cli.run("-i", captures, "-o", other, "-q", "BLOCK", "--once", "--format", "csv")
                        .code());
        assertEquals(expected, Files.readAllLines(other));
        assertEquals(
                0,
                Cli.run("match", "--follow=" + captures, "--once", "--format", "none")
                        .code());
        var help = Cli.run("watch", "--help");
        assertEquals(0, help.code());
        assertTrue(help.out().contains("pairwire -i captures/ -o pairs.txt -q adaptive"), help.out());
    }

    @Test
    void several_folders_are_merged_by_time() throws IOException {
        Path one = Files.createDirectory(captures.resolve("one"));
        Path other = Files.createDirectory(captures.resolve("other"));
        Cli.run("split", "--count", "1", source);
        GrowingFolder.of(source, one, 1).writeAll();
        Files.move(one.resolve("capture-000.pcap"), other.resolve("all.pcap"));
        assertEquals(0, watch(one, other).code());
        assertEquals(301, Files.readAllLines(output).size());
    }

    @Test
    void wrong_usage_is_told() throws IOException {
        assertEquals(2, watch("--journal", "x", "--no-journal", captures).code());
        assertEquals(2, watch("--poll-interval", "0", captures).code());
        assertEquals(
                1,
                Cli.run("watch", "--once", "--journal", folder.resolve("j"), captures)
                        .code());
        var missing = watch(folder.resolve("none"));
        assertEquals(1, missing.code());
        assertTrue(missing.err().contains("none: no such file or folder"), missing.err());
        List<Object> more = new ArrayList<>(List.of(captures));
        assertEquals(0, watch(more.toArray()).code());
    }
}
