package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own can show about a capture: signals, and files that cannot grow. */
@Timeout(60)
class CaptureProcessTest {
    @TempDir
    private Path folder;

    @Test
    void an_interrupt_ends_a_capture_with_a_full_account() throws Exception {
        LoopbackTraffic.with(() -> {
            Path file = folder.resolve("x.pcapng");
            Path statistics = folder.resolve("x.json");
            Process process = start("", "-w", file.toString(), "--stats-file", statistics.toString());
            try (var said = process.errorReader(StandardCharsets.UTF_8)) {
                assertTrue(said.readLine().startsWith("pairwire: capturing on lo"));
                new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                        .start()
                        .waitFor();
                assertEquals(0, exitCode(process));
                String account = String.join("\n", said.lines().toList());
                assertTrue(account.contains("dropped by kernel") && account.contains("written to"), account);
            } finally {
                process.destroyForcibly();
            }
            String json = Files.readString(statistics);
            assertEquals(number(json, "received"), number(json, "delivered") + number(json, "dropped_kernel"), json);
            assertEquals(number(json, "delivered"), number(json, "written"), json);
            assertEquals(number(json, "written"), packets(file));
            return null;
        });
    }

    /** A limit of the process stands for a full disk: the last write takes a part and the next one nothing. */
    @Test
    void what_was_written_before_there_was_no_more_room_is_readable() throws Exception {
        LoopbackTraffic.with(() -> {
            for (String name : List.of("x.pcap", "x.pcapng")) {
                Path file = folder.resolve(name);
                Path statistics = folder.resolve("x.json");
                Process process =
                        start("ulimit -f 3; ", "-U", "-w", file.toString(), "--stats-file", statistics.toString());
                try (var said = process.errorReader(StandardCharsets.UTF_8)) {
                    String account = String.join("\n", said.lines().toList());
                    assertEquals(1, exitCode(process), account);
                    assertTrue(account.contains(file + ": "), account);
                } finally {
                    process.destroyForcibly();
                }
                long packets = packets(file); // exit code 3 if the file ended within a packet
                assertTrue(packets > 0, name);
                assertEquals(packets, number(Files.readString(statistics), "written"));
            }
            return null;
        });
    }

    /** Through a shell, which may limit what the process may do. */
    private static Process start(String before, String... args) throws IOException {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path")));
        words.addAll(List.of(Pairwire.class.getName(), "capture", "-i", "lo"));
        words.addAll(List.of(args));
        var command = new ArrayList<>(List.of("/bin/sh", "-c", before + "exec \"$@\"", "sh"));
        command.addAll(words);
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int exitCode(Process process) throws InterruptedException {
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "still running");
        return process.exitValue();
    }

    private static long packets(Path file) {
        var count = Cli.run("read", "--count", file);
        assertEquals(0, count.code(), count.err());
        return Long.parseLong(count.out().split(" ")[0].replace(",", ""));
    }

    private static long number(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":(\\d+)").matcher(json);
        assertTrue(matcher.find(), name + " in " + json);
        return Long.parseLong(matcher.group(1));
    }
}
