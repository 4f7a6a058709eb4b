package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import io.pairwire.platform.DirectFile;
import io.pairwire.platform.SystemCallException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UncachedFileTest {
    private static final int PIECE = 256 << 10;

    @TempDir
    private Path folder;

    private final Random random = new Random(6);

    /** Long and short, at pages and not. */
    @Test
    void the_file_is_what_was_written_whichever_way_each_piece_went() throws IOException {
        Path path = withDirectWriting("x");
        var expected = new ByteArrayOutputStream();
        try (var file = UncachedFile.create(path, () -> false)) {
            for (int length :
                    new int[] {24, PIECE - 24, PIECE, 2 * PIECE, 5, PIECE, PIECE - 5, PIECE, PIECE, 4096, 17}) {
                expected.writeBytes(written(file, length));
            }
            assertEquals(5 * PIECE, file.bytesUncached());
        }
        assertArrayEquals(expected.toByteArray(), Files.readAllBytes(path));
    }

    /** The cache takes 10 µs a piece here and the disk 40. */
    @Test
    void what_hurries_goes_the_way_that_was_faster_lately() throws IOException {
        Path path = withDirectWriting("x");
        var hurry = new boolean[1];
        long[] now = {0};
        var file = new UncachedFile[1];
        long[] before = {0};
        LongSupplier clock = () -> {
            if (file[0] != null && file[0].bytesUncached() != before[0]) {
                before[0] = file[0].bytesUncached();
                now[0] += 30_000;
            }
            return now[0] += 10_000;
        };
        file[0] = UncachedFile.create(path, () -> hurry[0], clock);
        try (var closed = file[0]) {
            for (int i = 0; i < 4; i++) written(closed, PIECE);
            assertEquals(4 * PIECE, closed.bytesUncached(), "nothing hurries");
            hurry[0] = true;
            for (int i = 0; i < 20; i++) written(closed, PIECE);
            assertEquals(4 * PIECE, closed.bytesUncached(), "the cache is faster");
            for (int i = 0; i < 130; i++) written(closed, PIECE);
            long tried = closed.bytesUncached() / PIECE - 4;
            assertTrue(tried > 0 && tried < 10, "and the disk is tried again now and then: " + tried);
        }
    }

    @Test
    void a_file_of_before_is_emptied_and_one_that_failed_is_cut() throws IOException {
        Path path = folder.resolve("x");
        Files.write(path, new byte[3 * PIECE]);
        byte[] bytes;
        try (var file = UncachedFile.create(path, () -> false)) {
            bytes = written(file, PIECE);
            file.truncate(1000);
        }
        assertArrayEquals(Arrays.copyOf(bytes, 1000), Files.readAllBytes(path));
    }

    @Test
    void what_is_no_regular_file_is_written_as_ever() throws IOException {
        Path nothing = Path.of("/dev/null");
        if (!Files.exists(nothing)) abort("no /dev/null here");
        try (var file = UncachedFile.create(nothing, () -> false)) {
            written(file, PIECE);
            assertEquals(0, file.bytesUncached());
        }
    }

    private byte[] written(UncachedFile file, int length) throws IOException {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        ByteBuffer aligned = ByteBuffer.allocateDirect(length + 2 * DirectFile.ALIGNMENT)
                .alignedSlice(DirectFile.ALIGNMENT)
                .slice(0, length)
                .put(bytes)
                .flip();
        while (aligned.hasRemaining()) file.write(aligned);
        return bytes;
    }

    private Path withDirectWriting(String name) throws IOException {
        Path path = Files.createFile(folder.resolve(name));
        try (var _ = DirectFile.open(path)) {
            return path;
        } catch (SystemCallException e) {
            return abort("this file system has no way past the cache: " + e.getMessage());
        }
    }
}
