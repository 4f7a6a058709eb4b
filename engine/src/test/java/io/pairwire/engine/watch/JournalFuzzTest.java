package io.pairwire.engine.watch;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.memory.Pause;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

class JournalFuzzTest {

    @FuzzTest
    void any_bytes_are_a_journal_or_refused(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("journal", null);
        try {
            Files.write(file, bytes);
            try (var journal = Journal.open(file)) {
                var last = journal.last();
                if (last.isPresent()) last.get().readAllBytes();
            } catch (IOException refused) {
                return;
            }
        } finally {
            Files.delete(file);
        }
    }

    @FuzzTest
    void any_state_of_a_folder_is_taken_over_or_refused(byte[] bytes) throws IOException {
        var settings = FolderSettings.of(Path.of("."));
        var events = FolderEvents.polling(Duration.ofSeconds(1), Pause.PARK);
        try (var folder = new WatchedFolder(settings, events, () -> 0, notice -> {})) {
            folder.restore(new DataInputStream(new ByteArrayInputStream(bytes)));
        } catch (IOException refused) {
            return;
        }
    }
}
