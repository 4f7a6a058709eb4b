package io.pairwire.engine.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("journal");
    }

    private void append(String... states) throws IOException {
        try (var journal = Journal.open(file)) {
            for (String state : states) journal.append(out -> out.writeUTF(state));
        }
    }

    private String last() throws IOException {
        try (var journal = Journal.open(file)) {
            var last = journal.last();
            return last.isEmpty() ? "" : last.get().readUTF();
        }
    }

    private List<String> damages() throws IOException {
        try (var journal = Journal.open(file)) {
            return journal.damages();
        }
    }

    @Test
    void the_last_state_appended_is_the_one_found() throws IOException {
        assertEquals("", last());
        append("one", "two");
        assertEquals("two", last());
        append("three");
        assertEquals("three", last());
        assertEquals(List.of(), damages());
    }

    @Test
    void a_journal_cut_at_any_byte_gives_the_record_before_and_is_not_called_damaged() throws IOException {
        append("one");
        int first = (int) Files.size(file);
        append("two");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertEquals(length < first ? "" : "one", last(), "cut at " + length);
            Files.write(file, Arrays.copyOf(whole, length));
            assertEquals(List.of(), damages(), "cut at " + length);
            append("three");
            assertEquals("three", last(), "cut at " + length);
        }
    }

    @Test
    void a_changed_bit_anywhere_is_told_and_the_record_before_is_used_unless_a_later_one_is_whole() throws IOException {
        append("one");
        int first = (int) Files.size(file);
        append("two");
        int second = (int) Files.size(file);
        append("three");
        byte[] whole = Files.readAllBytes(file);
        for (int at = first; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= 4;
            Files.write(file, changed);
            String found = last();
            assertTrue(at < second ? !found.equals("two") : found.equals("two"), "byte " + at + ": " + found);
            assertTrue(damages().getFirst().contains("damaged at byte "), "byte " + at);
            append("four");
            assertEquals("four", last(), "byte " + at);
            assertEquals(List.of(), damages(), "byte " + at);
        }
    }

    @Test
    void what_was_damaged_is_put_aside_when_something_new_is_kept() throws IOException {
        append("one", "two");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        append("three");
        assertEquals("three", last());
        assertEquals(bytes.length, Files.size(folder.resolve("journal.damaged")));
    }

    @Test
    void another_file_is_never_taken_for_a_journal() throws IOException {
        Files.writeString(file, "kind,request_time_ns,response_time_ns\n");
        var refused = assertThrows(IOException.class, () -> Journal.open(file));
        assertTrue(refused.getMessage().contains("is no journal of pairwire"), refused.getMessage());
        Files.writeString(file, "short");
        assertThrows(IOException.class, () -> Journal.open(file));
        assertEquals("short", Files.readString(file));
    }

    @Test
    void a_long_journal_is_begun_anew_with_the_last_state_alone() throws IOException {
        byte[] state = new byte[1 << 20];
        try (var journal = Journal.open(file)) {
            for (int i = 0; i < 40; i++) {
                state[0] = (byte) i;
                journal.append(out -> out.write(state));
                assertTrue(Files.size(file) <= 18 << 20, "state " + i);
            }
            assertEquals(39, journal.last().orElseThrow().read());
        }
        try (var journal = Journal.open(file)) {
            assertEquals(40, journal.sequence());
            assertEquals(39, journal.last().orElseThrow().read());
        }
        assertFalse(Files.exists(folder.resolve("journal.new")));
    }

    @Test
    void only_one_may_have_it_open_and_only_its_owner_read_it() throws IOException {
        try (var _ = Journal.open(file)) {
            var refused = assertThrows(IOException.class, () -> Journal.open(file));
            assertTrue(refused.getMessage().contains("is in use"), refused.getMessage());
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void what_cannot_be_written_names_the_journal() throws IOException {
        try (var journal = Journal.open(file)) {
            var failed = assertThrows(
                    IOException.class,
                    () -> journal.append(out -> {
                        throw new IOException("the state cannot be told");
                    }));
            assertEquals("journal " + file + ": the state cannot be told", failed.getMessage());
        }
        assertEquals(Optional.empty(), Optional.of(last()).filter(text -> !text.isEmpty()));
    }
}
