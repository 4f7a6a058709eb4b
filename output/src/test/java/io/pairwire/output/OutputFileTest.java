package io.pairwire.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.engine.MatchedPair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("out.csv");
    }

    @Test
    void the_old_file_is_seen_until_the_new_one_is_whole() throws IOException {
        Files.writeString(file, "old");
        var output = OutputFile.replace(file);
        output.write(bytes("new"));
        assertEquals("old", Files.readString(file));
        output.close();
        output.close();
        assertEquals("new", Files.readString(file));
        assertEquals(List.of("out.csv"), names());
    }

    @Test
    void a_file_that_was_not_there_appears_at_close() throws IOException {
        var output = OutputFile.replace(file);
        assertTrue(output.startsEmpty());
        assertFalse(Files.exists(file));
        output.close();
        assertEquals("", Files.readString(file));
    }

    @Test
    void an_abandoned_output_stays_beside_the_old_file() throws IOException {
        Files.writeString(file, "old");
        var output = OutputFile.replace(file);
        output.write(bytes("half"));
        output.abandon();
        output.close();
        assertEquals("old", Files.readString(file));
        assertEquals("half", Files.readString(folder.resolve("out.csv.partial")));
        assertEquals(List.of("out.csv", "out.csv.partial"), names());
    }

    @Test
    void a_file_that_cannot_be_put_in_place_is_kept_as_partial_and_the_error_says_so() throws IOException {
        var output = OutputFile.replace(file);
        output.write(bytes("new"));
        Files.createDirectory(file);
        Files.writeString(file.resolve("inside"), "");
        var failure = assertThrows(IOException.class, output::close);
        assertTrue(failure.getMessage().startsWith(file + ": "), failure.getMessage());
        assertTrue(failure.getMessage().contains("what was written is in " + file + ".partial"), failure.getMessage());
        assertEquals("new", Files.readString(folder.resolve("out.csv.partial")));
    }

    @Test
    void permissions_of_the_old_file_are_kept() throws IOException {
        Files.writeString(file, "old");
        Assumptions.assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        OutputFile.replace(file).close();
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void append_adds_to_what_is_there() throws IOException {
        for (String text : List.of("one", "two")) {
            var output = OutputFile.append(file);
            assertEquals(text.equals("one"), output.startsEmpty());
            output.write(bytes(text));
            output.close();
        }
        assertEquals("onetwo", Files.readString(file));
    }

    @Test
    void symbolic_links_are_followed_even_into_nothing() throws IOException {
        Path link = folder.resolve("link");
        Files.createDirectory(folder.resolve("deep"));
        Files.createSymbolicLink(link, Path.of("deep/link"));
        Files.createSymbolicLink(folder.resolve("deep/link"), Path.of("target"));
        for (String text : List.of("first", "second")) {
            var output = OutputFile.replace(link);
            output.write(bytes(text));
            output.close();
            assertTrue(Files.isSymbolicLink(link));
            assertEquals(text, Files.readString(folder.resolve("deep/target")));
            assertTrue(Files.isRegularFile(folder.resolve("deep/target"), LinkOption.NOFOLLOW_LINKS));
        }
    }

    @Test
    void a_device_is_opened_as_it_is() throws IOException {
        Path nowhere = Path.of("/dev/null");
        Assumptions.assumeTrue(Files.exists(nowhere));
        for (var output : List.of(OutputFile.replace(nowhere), OutputFile.append(nowhere))) {
            output.write(bytes("gone"));
            output.close();
        }
        assertFalse(Files.isRegularFile(nowhere));
    }

    @Test
    void a_full_disk_is_an_error_that_names_the_file_and_counts_what_was_written() throws IOException {
        Assumptions.assumeTrue(Files.exists(FULL));
        var sink = new CsvSink(OutputFile.replace(FULL), true);
        sink.write(MatchedPair.of(Pairs.GATEWAY));
        var failure = assertThrows(IOException.class, sink::flush);
        assertEquals("/dev/full: No space left on device", failure.getMessage());
        assertEquals(0, sink.written());
        sink.close();
    }

    @Test
    void a_folder_and_a_missing_folder_are_told_by_name() throws IOException {
        assertEquals(folder + ": is a directory", message(folder));
        assertEquals(
                folder + ": is a directory",
                assertThrows(IOException.class, () -> OutputFile.append(folder)).getMessage());
        Path missing = folder.resolve("missing/out.csv");
        assertEquals(missing + ": no such file or directory", message(missing));
        Files.writeString(file, "");
        Path below = file.resolve("out.csv");
        assertTrue(message(below).startsWith(below + ": "), message(below));
    }

    private static String message(Path path) {
        return assertThrows(IOException.class, () -> OutputFile.replace(path)).getMessage();
    }

    private List<String> names() throws IOException {
        try (var paths = Files.list(folder)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
