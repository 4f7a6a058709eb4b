package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A watch that is killed again and again, at random instants, while its folder grows. More kills than a build has time for:
 * {@code -Dpairwire.kills=200}, see docs/watching.md.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("pairwire.kills", 10);
    private static final int FILES = 5;

    /** A run lives that long at most; a commit comes every second. */
    private static final int LONGEST_MILLIS = Integer.getInteger("pairwire.kills.longest", 2_500);

    @TempDir
    Path folder;

    /** The journal when the run before was killed. */
    private String stamp = "none";

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    @Timeout(value = 40, unit = TimeUnit.MINUTES)
    void kills_at_random_instants_while_files_grow_leave_no_trace_in_the_output() throws Exception {
        long seed = Long.getLong("pairwire.kills.seed", 20_260_131);
        var random = new SplittableRandom(seed);
        Path captures = Files.createDirectory(folder.resolve("captures"));
        var growing = GrowingFolder.of(generate(600 * KILLS), captures, FILES);
        Path output = folder.resolve("killed.csv");

        long mean = growing.length() / (KILLS * 5L);
        int cutBack = 0;
        int restored = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path err = folder.resolve("err");
            Process process = start(captures, output, err, "--threads", Integer.toString(1 + kill % 3));
            if (kill % 4 != 0) awaitCommit(process, output, err); // every fourth may die before it has begun
            for (int piece = 0; piece < 5; piece++) {
                growing.write(random.nextLong(2 * mean));
                boolean ended = process.waitFor(random.nextInt(LONGEST_MILLIS / 5), TimeUnit.MILLISECONDS);
                assertFalse(ended, () -> "ended by itself: " + text(err));
            }
            process.destroyForcibly().waitFor();
            Path journal = output.resolveSibling(output.getFileName() + ".journal");
            stamp = stamp(journal);
            if (text(err).contains("took away")) cutBack++;
            if (text(err).contains("going on")) restored++;
        }
        growing.writeAll();
        var last = Cli.run("watch", "--once", "--quiet", "--format", "csv", "-o", output, captures);
        assertEquals(0, last.code(), last.err());

        for (int i = 0; i < FILES; i++) {
            assertArrayEquals(growing.contents().get(i), Files.readAllBytes(growing.path(i)), "input " + i);
        }
        Path unbroken = folder.resolve("unbroken.csv");
        assertEquals(
                0,
                Cli.run("match", "--quiet", "--format", "csv", "-o", unbroken, captures)
                        .code());
        assertEquals(-1, Files.mismatch(unbroken, output), "seed " + seed);
        System.out.println(KILLS + " kills: " + restored + " runs went on from a journal, " + cutBack
                + " of them cut the output back; " + (Files.readAllLines(output).size() - 1) + " pairs, each once");
    }

    /** Waits for the first commit of a run, which it makes before it reads anything. */
    private void awaitCommit(Process process, Path output, Path err) throws Exception {
        Path journal = output.resolveSibling(output.getFileName() + ".journal");
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (stamp(journal).equals(stamp)) {
            assertFalse(process.waitFor(10, TimeUnit.MILLISECONDS), () -> "ended by itself: " + text(err));
            assertTrue(System.nanoTime() < limit, () -> "no commit: " + text(err));
        }
    }

    private static String stamp(Path journal) throws IOException {
        return Files.exists(journal) ? Files.getLastModifiedTime(journal) + " " + Files.size(journal) : "none";
    }

    private Path generate(int pairs) {
        Path source = folder.resolve("source.pcap");
        var made = Cli.run(
                "generate", "--profile", "gateway", "--pairs", pairs, "--latency", "40ms", "--seed", 7, "-w", source);
        assertEquals(0, made.code(), made.err());
        return source;
    }

    private Process start(Path captures, Path output, Path err, String... more) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Pairwire.class.getName(),
                "watch",
                "--format",
                "csv",
                "-o",
                output.toString(),
                captures.toString()));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(err.toFile())
                .start();
        started.add(process);
        return process;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
