package io.pairwire.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CompressedInput;
import io.pairwire.capture.Compressions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs of the formats' authors open what we write, and we open what they write, in every form they offer. */
class CommandLineToolsTest {

    @TempDir
    Path folder;

    private byte[] run(Path input, List<String> command) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectInput(input.toFile())
                    .redirectOutput(output.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "no " + command.getFirst() + " here");
            throw e;
        }
        assertEquals(0, process.waitFor(), command.toString());
        return Files.readAllBytes(output);
    }

    private static byte[] plain(int length) {
        byte[] plain = new byte[length];
        var random = new Random(7);
        for (int i = 0; i < length; i++) plain[i] = (byte) (random.nextInt(8) == 0 ? random.nextInt() : i >> 6);
        return plain;
    }

    @ParameterizedTest
    @CsvSource({"GZIP, gzip -dc", "ZSTD, zstd -dc", "LZ4, lz4 -dc", "XZ, xz -dc"})
    void they_open_what_we_write(CaptureFormat format, String command) throws Exception {
        byte[] plain = plain(1_300_000);
        Path packed = folder.resolve("packed");
        try (var channel = Compressions.compress(
                Optional.of(format),
                Files.newByteChannel(packed, StandardOpenOption.CREATE, StandardOpenOption.WRITE))) {
            for (ByteBuffer source = ByteBuffer.wrap(plain); source.hasRemaining(); ) {
                int length = Math.min(source.remaining(), 70_000);
                channel.write(source.slice(source.position(), length));
                source.position(source.position() + length);
            }
        }
        assertArrayEquals(plain, run(packed, List.of(command.split(" "))));
    }

    @ParameterizedTest
    @CsvSource({
        "GZIP, gzip -1",
        "GZIP, gzip -9",
        "GZIP, gzip --rsyncable",
        "ZSTD, zstd -1",
        "ZSTD, zstd -15 --long=24",
        "ZSTD, zstd --no-check",
        "ZSTD, zstd --no-content-size",
        "LZ4, lz4 -1",
        "LZ4, lz4 -9 -BD",
        "LZ4, lz4 -B4 -BD -BX",
        "LZ4, lz4 --content-size --no-frame-crc",
        "LZ4, lz4 -l",
        "XZ, xz -0",
        "XZ, xz -6",
        "XZ, xz --check=sha256 --block-size=100KiB",
        "XZ, xz --x86 --lzma2",
    })
    void we_open_what_they_write(CaptureFormat format, String command) throws Exception {
        for (int length : new int[] {0, 1, 1_300_000}) {
            byte[] plain = plain(length);
            Path input = Files.write(folder.resolve("input"), plain);
            var whole = new ArrayList<>(Arrays.asList(command.split(" ")));
            whole.add("-c");
            byte[] packed = run(input, whole);
            var channel = Compressions.of(format)
                    .decompress(new CompressedInput(Channels.newChannel(new ByteArrayInputStream(packed))));
            try (var stream = Channels.newInputStream(channel)) {
                assertArrayEquals(plain, stream.readAllBytes());
            }
        }
    }
}
