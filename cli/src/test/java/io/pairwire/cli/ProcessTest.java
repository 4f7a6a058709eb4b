package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a process of its own can show: signals, pipes, descriptors, and what is loaded at the start. */
@Timeout(60)
class ProcessTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void a_signal_ends_an_endless_input_with_everything_written() throws Exception {
        byte[] capture = Files.readAllBytes(Cli.gateway(folder, 100));
        Path statistics = folder.resolve("statistics.json");
        Process process = start("match", "--stats-file", statistics.toString(), "-");
        process.getOutputStream().write(capture);
        process.getOutputStream().flush(); // and stays open
        BufferedReader results = process.inputReader();
        for (int i = 0; i < 300; i++) assertTrue(results.readLine() != null);
        process.toHandle().destroy(); // unlike Process.destroy it leaves the pipes open
        assertEquals(0, exitCode(process));
        assertEquals("", rest(process.getInputStream()));
        String err = rest(process.getErrorStream());
        assertTrue(err.contains("pairs         100\n"), err);
        assertTrue(Files.readString(statistics).contains("\"matched_pairs\":100,"));
    }

    @Test
    void a_signal_while_the_output_is_stuck_ends_with_1_and_the_count() throws Exception {
        Path capture = Cli.gateway(folder, 20_000);
        Process process = start("match", "--quiet", capture.toString());
        assertTrue(process.getInputStream().read() >= 0); // and nobody reads on: far more follows than a pipe holds
        process.toHandle().destroy();
        assertEquals(1, exitCode(process));
        String err = rest(process.getErrorStream());
        assertTrue(err.matches("(?s).*pairwire: .*\\d results were written, [\\d,]+ were not\n.*"), err);
    }

    @Test
    void what_a_slow_input_has_delivered_is_copied_at_once_and_a_signal_ends_the_wait() throws Exception {
        byte[] capture = Files.readAllBytes(Cli.gateway(folder, 100));
        Process process = start("convert", "--no-nanoseconds", "-");
        process.getOutputStream().write(capture);
        process.getOutputStream().flush(); // and stays open
        assertArrayEquals(capture, process.getInputStream().readNBytes(capture.length));
        process.toHandle().destroy();
        assertEquals(1, exitCode(process));
        assertTrue(rest(process.getErrorStream()).contains("stopped without an end"));
    }

    @Test
    void a_reader_that_goes_away_is_a_failure_with_a_count() throws Exception {
        Path capture = Cli.gateway(folder, 20_000);
        Process process = start("match", "--quiet", capture.toString());
        assertTrue(process.getInputStream().read() >= 0);
        process.getInputStream().close();
        assertEquals(1, exitCode(process));
        String err = rest(process.getErrorStream());
        assertTrue(err.startsWith("pairwire: standard output: Broken pipe\npairwire: "), err);
        assertTrue(err.endsWith(" were not\n"), err);
    }

    @Test
    void a_reader_of_lines_that_has_seen_enough_ends_the_program_quietly() throws Exception {
        Path capture = Cli.gateway(folder, 20_000);
        Process process = start("read", capture.toString());
        assertTrue(process.inputReader().readLine().contains(" IP "));
        process.getInputStream().close();
        assertEquals(0, exitCode(process));
        assertEquals("", rest(process.getErrorStream()));
    }

    @Test
    void a_signal_ends_reading_with_everything_printed() throws Exception {
        byte[] capture = Files.readAllBytes(Cli.gateway(folder, 5));
        Process process = start("read", "--fields", "number", "-");
        process.getOutputStream().write(capture);
        process.getOutputStream().flush(); // and stays open
        BufferedReader lines = process.inputReader();
        for (int i = 0; i < 11; i++) assertTrue(lines.readLine() != null);
        process.toHandle().destroy();
        assertEquals(0, exitCode(process));
        assertEquals("", rest(process.getInputStream()));
        assertEquals("", rest(process.getErrorStream()));
    }

    @Test
    void a_signal_while_sessions_are_read_ends_with_0_and_those_so_far_written() throws Exception {
        byte[] capture = Files.readAllBytes(Cli.gateway(folder, 5_000));
        Process process = start("flows", "--format", "jsonl", "-");
        process.getOutputStream()
                .write(capture); // far more than a pipe holds: what returns from here has been read by someone
        process.getOutputStream().flush(); // and stays open
        process.toHandle().destroy();
        String out = rest(process.getInputStream());
        assertEquals(0, exitCode(process), rest(process.getErrorStream()));
        assertEquals(
                200,
                out.lines()
                        .filter(line -> line.startsWith("{") && line.endsWith("}"))
                        .count());
        assertTrue(out.endsWith("}\n"));
    }

    @Test
    void a_signal_while_sessions_are_written_waits_until_they_are() throws Exception {
        Path capture = folder.resolve("many.pcap");
        var made = Cli.run("generate", "--profile", "gateway", "--pairs", 6_000, "--flows", 6_000, "-w", capture);
        assertEquals(0, made.code(), made.err());
        Process process = start("flows", "--format", "jsonl", capture.toString());
        var out = process.inputReader();
        assertTrue(out.readLine() != null); // reading is over, and the rest does not fit into the pipe
        process.toHandle().destroy();
        long lines = 1;
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            assertTrue(line.startsWith("{") && line.endsWith("}"), line);
            lines++;
        }
        assertEquals(0, exitCode(process), rest(process.getErrorStream()));
        assertEquals(12_000, lines);
    }

    @Test
    void a_capture_comes_from_standard_input_too() throws Exception {
        byte[] capture = Files.readAllBytes(Cli.gateway(folder, 3));
        Process process = start("match", "--format", "csv", "-");
        try (var input = process.getOutputStream()) {
            input.write(capture);
        }
        assertEquals(4, rest(process.getInputStream()).lines().count());
        assertEquals(0, exitCode(process));
    }

    @Test
    void a_run_without_trouble_starts_no_logging() throws Exception {
        Path capture = Cli.gateway(folder, 3);
        Path classes = folder.resolve("classes.txt");
        Process process = start(
                List.of("-Xlog:class+load:file=" + classes),
                "match",
                "--format",
                "none",
                "--quiet",
                capture.toString());
        assertEquals(0, exitCode(process));
        String loaded = Files.readString(classes);
        assertTrue(loaded.contains("io.pairwire.cli.MatchCommand"));
        assertFalse(loaded.contains("ch.qos.logback"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "analyze --no-cache",
                "analyze --no-cache --json",
                "dedup --report",
                "dedup --report --json",
                "info",
                "read --count",
                "analyze --help"
            })
    void an_answer_that_finds_the_disk_full_says_so(String words) throws Exception {
        assumeTrue(
                Files.isWritable(FULL), FULL + " is not there: nothing else refuses to be written to like a full disk");
        Path capture = Cli.gateway(folder, 20);
        var command = new ArrayList<>(List.of(words.split(" ")));
        command.add(capture.toString());
        Process process = start(List.of(), ProcessBuilder.Redirect.to(FULL.toFile()), command);
        assertEquals(1, exitCode(process));
        assertEquals("pairwire: standard output: No space left on device\n", rest(process.getErrorStream()));
    }

    @Test
    void a_page_that_finds_the_disk_full_says_so_and_ends_with_1() throws Exception {
        assumeTrue(
                Files.isWritable(FULL), FULL + " is not there: nothing else refuses to be written to like a full disk");
        Path capture = Cli.gateway(folder, 20);
        Process process = start("analyze", "--no-cache", "--html", FULL.toString(), capture.toString());
        assertEquals(1, exitCode(process));
        assertEquals("pairwire: /dev/full: No space left on device\n", rest(process.getErrorStream()));
    }

    @Test
    void a_reader_of_help_that_has_seen_enough_is_no_failure() throws Exception {
        Process process = start("analyze", "--help");
        process.getInputStream().close();
        assertEquals(0, exitCode(process));
        assertEquals("", rest(process.getErrorStream()));
    }

    @Test
    void the_version_needs_no_option_parser() throws Exception {
        Path classes = folder.resolve("classes.txt");
        Process process = start(List.of("-Xlog:class+load:file=" + classes), "--version");
        assertEquals(0, exitCode(process));
        assertTrue(rest(process.getInputStream()).startsWith("pairwire "));
        assertFalse(Files.readString(classes).contains("picocli"));
    }

    @Test
    void a_failure_shows_its_stack_trace_only_in_the_debug_log() throws Exception {
        Process quiet = start("match", "missing.pcap");
        assertEquals(1, exitCode(quiet));
        assertEquals("pairwire: missing.pcap: no such file or folder\n", rest(quiet.getErrorStream()));
        Process debug = start("match", "-l", "debug", "missing.pcap");
        assertEquals(1, exitCode(debug));
        assertEquals("", rest(debug.getInputStream()));
        String err = rest(debug.getErrorStream());
        assertTrue(err.contains("NoSuchFileException") && err.contains("\tat io.pairwire."), err);
    }

    private Process start(String... args) throws IOException {
        return start(List.of(), args);
    }

    private Process start(List<String> options, String... args) throws IOException {
        return start(options, ProcessBuilder.Redirect.PIPE, List.of(args));
    }

    private Process start(List<String> options, ProcessBuilder.Redirect out, List<String> args) throws IOException {
        var command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        options.stream(),
                        Stream.of("-Dlogback.configurationFile=logback.xml"), // the program's, not the tests'
                        Stream.of("-cp", System.getProperty("java.class.path"), Pairwire.class.getName()),
                        args.stream())
                .flatMap(words -> words)
                .toList();
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out)
                .start();
        started.add(process);
        return process;
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "still running");
        return process.exitValue();
    }

    private static String rest(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
}
