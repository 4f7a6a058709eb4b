package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Compressions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Compressed captures in a process of its own: its heap, its standard input, its native library, what it says. */
@Timeout(60)
class CompressedCapturesTest {
    private static final int BOMB_PACKETS = 4_000_000;

    @TempDir
    Path folder;

    private record Ended(int exitCode, String out, String err) {}

    private Ended run(Path input, List<String> options, String... args) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-Dlogback.configurationFile=logback.xml"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Pairwire.class.getName()));
        command.addAll(List.of(args));
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(input.toFile())
                .redirectError(err.toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), out, Files.readString(err));
    }

    /** Packs a capture, followed by so many packets without a byte in them. */
    private Path pack(Path capture, String name, int emptyPackets) throws IOException {
        Path packed = folder.resolve(name);
        try (var channel = Compressions.compress(
                Compressions.ofFileName(name),
                FileChannel.open(packed, StandardOpenOption.CREATE, StandardOpenOption.WRITE))) {
            channel.write(ByteBuffer.wrap(Files.readAllBytes(capture)));
            ByteBuffer zeros = ByteBuffer.allocate(16_000);
            for (int i = 0; i < emptyPackets / 1_000; i++) channel.write(zeros.clear());
        }
        return packed;
    }

    @Test
    void they_are_read_from_files_and_standard_input_in_little_memory_and_silence() throws Exception {
        Path capture = Cli.gateway(folder, 500);
        Path zstd = pack(capture, "a.zst", BOMB_PACKETS);
        Path bomb = pack(capture, "bomb.gz", BOMB_PACKETS);
        assertTrue(Files.size(bomb) < 1 << 20, "no bomb: " + Files.size(bomb));
        Path lz4 = Files.move(pack(capture, "a.lz4", 0), folder.resolve("named-otherwise.txt"));
        Path xz = pack(capture, "a.xz", 0);
        var ended = run(
                zstd,
                List.of(
                        "-Xmx64m",
                        "--sun-misc-unsafe-memory-access=deny",
                        "--illegal-native-access=deny",
                        "--enable-native-access=ALL-UNNAMED"),
                "read",
                "--count",
                "-",
                bomb.toString(),
                lz4.toString(),
                xz.toString());
        assertEquals("", ended.err);
        assertEquals(4 * 1_000 + 2 * BOMB_PACKETS + " packets\n", ended.out);
        assertEquals(0, ended.exitCode);
    }

    @Test
    void a_cut_one_ends_with_3_after_all_its_packets() throws Exception {
        Path capture = Cli.gateway(folder, 500);
        byte[] packed = Files.readAllBytes(pack(capture, "whole.gz", 0));
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(packed, packed.length - 1));
        var ended = run(cut, List.of(), "read", "--count", cut.toString());
        assertEquals("1000 packets\n", ended.out);
        assertEquals(
                "pairwire: " + cut + ": damaged at byte " + Files.size(capture)
                        + " after 1000 packets: gzip stream is cut, at byte " + (packed.length - 1)
                        + " of the compressed stream\n",
                ended.err);
        assertEquals(3, ended.exitCode);
    }

    @Test
    void where_the_native_library_may_not_be_unpacked_the_reason_is_told() throws Exception {
        Path zstd = pack(Cli.gateway(folder, 5), "a.zst", 0);
        var ended = run(
                zstd,
                List.of("-Djava.io.tmpdir=" + folder.resolve("missing"), "--enable-native-access=ALL-UNNAMED"),
                "read",
                "--count",
                "-");
        assertTrue(
                ended.err.matches(
                        "(?s).*pairwire: -: zstd cannot load its native library: .*; unpack it with: zstd -d\n"),
                ended.err);
        assertEquals(3, ended.exitCode);
    }
}
