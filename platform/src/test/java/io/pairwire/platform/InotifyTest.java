package io.pairwire.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InotifyTest {
    private static final int ALL = Inotify.IN_MODIFY
            | Inotify.IN_CLOSE_WRITE
            | Inotify.IN_MOVED_FROM
            | Inotify.IN_MOVED_TO
            | Inotify.IN_CREATE
            | Inotify.IN_DELETE;

    @TempDir
    Path folder;

    private Inotify inotify;

    private record Event(int watch, int mask, String name) {}

    @BeforeEach
    void open() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "inotify is a call of Linux");
        inotify = Inotify.open();
    }

    @AfterEach
    void close() throws IOException {
        if (inotify != null) inotify.close();
    }

    private List<Event> events() throws IOException {
        var events = new ArrayList<Event>();
        while (inotify.poll(0, (watch, mask, name) -> events.add(new Event(watch, mask, name))) > 0) {}
        return events;
    }

    @Test
    void tells_what_is_created_written_closed_moved_and_deleted() throws IOException {
        int watch = inotify.watch(folder, ALL);
        Path file = Files.writeString(folder.resolve("a capture"), "1");
        Path moved = Files.move(file, folder.resolve("häm"));
        Files.delete(moved);
        assertEquals(
                List.of(
                        new Event(watch, Inotify.IN_CREATE, "a capture"),
                        new Event(watch, Inotify.IN_MODIFY, "a capture"),
                        new Event(watch, Inotify.IN_CLOSE_WRITE, "a capture"),
                        new Event(watch, Inotify.IN_MOVED_FROM, "a capture"),
                        new Event(watch, Inotify.IN_MOVED_TO, "häm"),
                        new Event(watch, Inotify.IN_DELETE, "häm")),
                events());
    }

    @Test
    void a_new_folder_is_told_as_a_folder() throws IOException {
        inotify.watch(folder, ALL);
        Files.createDirectory(folder.resolve("sub"));
        assertEquals(Inotify.IN_CREATE | Inotify.IN_ISDIR, events().getFirst().mask());
    }

    @Test
    void the_same_folder_keeps_its_number() throws IOException {
        assertEquals(inotify.watch(folder, ALL), inotify.watch(folder, ALL));
    }

    @Test
    void a_full_queue_is_told_with_the_watch_minus_one() throws IOException {
        long limit;
        try (var reader = Files.newBufferedReader(Path.of("/proc/sys/fs/inotify/max_queued_events"))) {
            limit = Long.parseLong(reader.readLine()); // not Files.readString: such files give a number only whole
        }
        assumeTrue(limit <= 20_000, "the queue of this machine is too long to fill in a test: " + limit);
        inotify.watch(folder, Inotify.IN_CREATE | Inotify.IN_DELETE);
        for (long i = 0; i <= limit / 2; i++) { // names of their own, as the kernel merges equal events
            Path made = Files.createDirectory(folder.resolve(Long.toString(i)));
            Files.delete(made);
        }
        Event last = events().getLast();
        assertEquals(-1, last.watch());
        assertEquals(Inotify.IN_Q_OVERFLOW, last.mask());
    }

    @Test
    void a_file_is_no_folder_to_watch() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        var refused = assertThrows(SystemCallException.class, () -> inotify.watch(file, ALL));
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
    }

    @Test
    void after_close_nothing_is_read() throws IOException {
        inotify.close();
        assertThrows(IllegalStateException.class, () -> inotify.poll(0, (watch, mask, name) -> {}));
    }

    @Test
    void a_local_file_system_has_no_network_name() throws IOException {
        assertEquals("", FileSystem.networkName(FileSystem.type(folder)));
        assertEquals("nfs", FileSystem.networkName(0x6969));
    }

    @Test
    void a_path_that_is_not_there_is_refused_with_its_name() {
        var refused = assertThrows(SystemCallException.class, () -> FileSystem.type(folder.resolve("none")));
        assertEquals(Errno.ENOENT, refused.errno());
    }
}
