package io.pairwire.engine.watch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFolderTest {
    @TempDir
    Path folder;

    private Path write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes);
    }

    // --- half-written

    @Test
    void a_file_cut_at_any_byte_is_read_to_its_last_whole_record_and_gone_on_with() throws IOException {
        byte[] whole = Captures.pcap(1, 2, 3);
        for (byte[] bytes : List.of(whole, Captures.pcapng(1, 2, 3))) {
            for (int cut = 0; cut <= bytes.length; cut++) {
                Path file = write("half", Arrays.copyOf(bytes, cut));
                try (var watching = new Watching(folder)) {
                    var seen = new ArrayList<>(watching.read());
                    Captures.append(file, bytes, cut, bytes.length);
                    seen.addAll(watching.read());
                    assertEquals(List.of("half 1 1", "half 2 2", "half 3 3"), seen, "cut at " + cut);
                    assertEquals(List.of(), watching.notices, "cut at " + cut);
                }
                Files.delete(file);
            }
        }
    }

    @Test
    void a_packed_file_that_grows_is_unpacked_again_and_its_packets_come_once() throws IOException {
        byte[] bytes = Captures.gzip(Captures.pcap(1, 2, 3));
        Path file = write("a.gz", Arrays.copyOf(bytes, bytes.length / 2));
        try (var watching = new Watching(folder)) {
            var seen = new ArrayList<>(watching.read());
            Captures.append(file, bytes, bytes.length / 2, bytes.length);
            watching.later(Duration.ofSeconds(6));
            seen.addAll(watching.read());
            watching.later(Duration.ofSeconds(6));
            seen.addAll(watching.read());
            assertEquals(List.of("a.gz 1 1", "a.gz 2 2", "a.gz 3 3"), seen);
        }
    }

    @Test
    void a_file_that_stays_cut_is_told_at_the_end_of_a_single_pass() throws IOException {
        byte[] bytes = Captures.pcap(1, 2);
        write("cut", Arrays.copyOf(bytes, bytes.length - 1));
        try (var watching = new Watching(folder, settings -> settings.withOnce(true))) {
            assertEquals(List.of("cut 1 1"), watching.read());
            assertTrue(watching.ended());
            assertEquals(1, watching.source.statistics().damagedFiles());
            assertTrue(watching.notices.getFirst().contains("record data cut after"), watching.notices.toString());
        }
    }

    // --- order

    @Test
    void files_are_read_oldest_packet_first_whatever_their_names_and_overlapping_ones_merged() throws IOException {
        write("c", Captures.pcap(1, 5));
        write("b", Captures.pcap(10, 30));
        write("a", Captures.pcapng(20, 40));
        try (var watching = new Watching(folder)) {
            assertEquals(List.of("c 1 1", "c 2 5", "b 1 10", "a 1 20", "b 2 30", "a 2 40"), watching.read());
        }
    }

    @Test
    void what_one_file_got_before_the_next_began_is_read_before_it() throws IOException {
        byte[] first = Captures.pcap(1, 2, 3, 4);
        int half = 24 + 2 * (first.length - 24) / 4;
        Path file = write("1", Arrays.copyOf(first, half));
        try (var watching = new Watching(folder)) {
            assertEquals(List.of("1 1 1", "1 2 2"), watching.read());
            Captures.append(file, first, half, first.length);
            write("2", Captures.pcap(5, 6));
            assertEquals(List.of("1 3 3", "1 4 4", "2 1 5", "2 2 6"), watching.read());
        }
    }

    @Test
    void a_thousand_files_are_read_in_order_with_few_open_at_once() throws IOException {
        for (int i = 0; i < 1000; i++) {
            String name = "%03d".formatted(i * 7 % 1000);
            write(name, Captures.pcap(10L * i, 10L * i + 15)); // each overlaps with the next
        }
        try (var watching = new Watching(folder)) {
            List<String> seen = watching.read();
            assertEquals(2000, seen.size());
            long before = -1;
            for (String packet : seen) {
                long time = Long.parseLong(packet.substring(packet.lastIndexOf(' ') + 1));
                assertTrue(time >= before, packet);
                before = time;
            }
            assertEquals(1000, watching.source.statistics().files());
        }
    }

    // --- rings

    @Test
    void a_renamed_file_goes_on_under_the_name_it_had() throws IOException {
        byte[] bytes = Captures.pcap(1, 2);
        Path file = write("ring_new", Arrays.copyOf(bytes, bytes.length - 10));
        try (var watching = new Watching(folder)) {
            assertEquals(List.of("ring_new 1 1"), watching.read());
            Path renamed = Files.move(file, folder.resolve("ring_old"));
            assertEquals(List.of(), watching.read());
            Captures.append(renamed, bytes, bytes.length - 10, bytes.length);
            assertEquals(List.of("ring_new 2 2"), watching.read());
            assertEquals(List.of(), watching.notices);
        }
    }

    @Test
    void a_file_written_anew_in_place_is_another_file_even_if_it_is_longer() throws IOException {
        Path file = write("ring0", Captures.pcap(1, 2));
        try (var watching = new Watching(folder)) {
            assertEquals(2, watching.read().size());
            Files.write(file, Captures.pcap(11, 12, 13), StandardOpenOption.TRUNCATE_EXISTING);
            assertEquals(List.of("ring0 1 11", "ring0 2 12", "ring0 3 13"), watching.read());
            Files.write(file, Captures.pcap(21), StandardOpenOption.TRUNCATE_EXISTING);
            assertEquals(List.of("ring0 1 21"), watching.read());
            assertEquals(List.of(), watching.notices);
        }
    }

    @Test
    void a_name_that_passes_from_file_to_file_is_as_many_files() throws IOException {
        Path current = write("current", Captures.pcap(1));
        try (var watching = new Watching(folder)) {
            assertEquals(List.of("current 1 1"), watching.read());
            Files.move(current, folder.resolve("older"));
            write("current", Captures.pcap(2));
            assertEquals(List.of("current 1 2"), watching.read());
        }
    }

    @Test
    void what_was_not_read_of_a_file_written_anew_is_told() throws IOException {
        byte[] bytes = Captures.pcap(1, 2);
        Path file = write("ring0", Arrays.copyOf(bytes, bytes.length - 3));
        try (var watching = new Watching(folder)) {
            watching.read();
            Files.write(file, Captures.pcap(11), StandardOpenOption.TRUNCATE_EXISTING);
            assertEquals(List.of("ring0 1 11"), watching.read());
            assertEquals(List.of(), watching.notices, "a cut record was read as far as it could be");
        }
    }

    @Test
    void a_truncated_file_begins_again() throws IOException {
        byte[] bytes = Captures.pcap(1, 2, 3);
        Path file = write("a", bytes);
        try (var watching = new Watching(folder)) {
            assertEquals(3, watching.read().size());
            Files.write(file, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            assertEquals(List.of(), watching.read());
            Captures.append(file, bytes, 0, bytes.length);
            assertEquals(3, watching.read().size());
        }
    }

    // --- what can go wrong

    @Test
    void a_file_that_vanishes_half_read_is_counted() throws IOException {
        byte[] packed = Captures.gzip(Captures.pcap(1, 2, 3));
        Path file = write("a.gz", Arrays.copyOf(packed, packed.length - 3));
        try (var watching = new Watching(folder)) {
            watching.read();
            Captures.append(file, packed, packed.length - 3, packed.length); // too soon to be unpacked again
            watching.read();
            Files.delete(file);
            watching.read();
            assertEquals(1, watching.source.vanished());
            assertTrue(watching.notices.getFirst().contains("vanished"), watching.notices.toString());
        }
    }

    @Test
    void a_file_that_was_read_may_vanish() throws IOException {
        Path file = write("a", Captures.pcap(1));
        try (var watching = new Watching(folder)) {
            watching.read();
            Files.delete(file);
            watching.read();
            assertEquals(0, watching.source.vanished());
            assertEquals(List.of(), watching.notices);
        }
    }

    @Test
    void what_cannot_be_read_is_told_once_and_hinders_nothing() throws IOException {
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop")); // unreadable for root as well
        write("a", Captures.pcap(1));
        try (var watching = new Watching(folder)) {
            assertEquals(List.of("a 1 1"), watching.read());
            watching.read();
            assertEquals(1, watching.notices.size(), watching.notices.toString());
            assertTrue(watching.notices.getFirst().contains("loop"), watching.notices.toString());
            assertEquals(1, watching.source.statistics().damagedFiles());
        }
    }

    @Test
    void a_damaged_file_is_told_once_with_the_offset_and_left_alone() throws IOException {
        byte[] bytes = Captures.pcap(1, 2);
        int second = 24 + (bytes.length - 24) / 2;
        Arrays.fill(bytes, second + 8, second + 12, (byte) 0xff); // the captured length
        write("a", bytes);
        write("b", Captures.pcap(3));
        try (var watching = new Watching(folder)) {
            assertEquals(List.of("a 1 1", "b 1 3"), watching.read());
            watching.read();
            assertEquals(1, watching.notices.size(), watching.notices.toString());
            assertTrue(watching.notices.getFirst().contains("damaged at byte " + second), watching.notices.toString());
        }
        assertArrayEquals(bytes, Files.readAllBytes(folder.resolve("a")));
    }

    @Test
    void what_is_no_capture_is_left_out_until_it_becomes_one() throws IOException {
        Path file = write("notes", "these are no packets".getBytes());
        write("empty", new byte[0]);
        try (var watching = new Watching(folder)) {
            assertEquals(List.of(), watching.read());
            assertEquals(0, watching.source.statistics().files());
            Files.write(file, Captures.pcap(1));
            assertEquals(List.of("notes 1 1"), watching.read());
            assertEquals(List.of(), watching.notices);
        }
    }

    @Test
    void a_folder_that_is_not_there_is_refused_by_name() throws IOException {
        try (var watching = new Watching(folder.resolve("none"))) {
            var refused = assertThrows(NoSuchFileException.class, watching::read);
            assertTrue(refused.getMessage().contains("none: no such file or folder"), refused.getMessage());
        }
    }

    @Test
    void a_root_that_vanishes_may_come_back() throws IOException {
        Path root = Files.createDirectory(folder.resolve("root"));
        try (var watching = new Watching(root)) {
            assertEquals(List.of(), watching.read());
            Files.delete(root);
            assertEquals(List.of(), watching.read());
            write("root/a", Captures.pcap(1));
            assertEquals(List.of("a 1 1"), watching.read());
        }
    }

    // --- which files

    @Test
    void folders_inside_are_watched_those_that_come_later_too() throws IOException {
        write("x/y/a", Captures.pcap(1));
        try (var watching = new Watching(folder)) {
            assertEquals(List.of("x/y/a 1 1"), watching.read());
            write("x/z/b", Captures.pcap(2));
            assertEquals(List.of("x/z/b 1 2"), watching.read());
        }
        try (var flat = new Watching(folder, settings -> settings.withSubfolders(false))) {
            assertEquals(List.of(), flat.read());
        }
    }

    @Test
    void links_lead_to_a_file_once_and_loops_end() throws IOException {
        Path real = write("real", Captures.pcap(1));
        Files.createSymbolicLink(folder.resolve("another name"), real);
        Files.createSymbolicLink(folder.resolve("here"), folder);
        Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("none"));
        Files.createLink(folder.resolve("x hard link"), real);
        try (var watching = new Watching(folder)) {
            assertEquals(List.of("real 1 1"), watching.read());
            watching.read();
            assertEquals(List.of(), watching.notices);
        }
    }

    @Test
    void a_file_outside_is_read_through_a_link_and_followed() throws IOException {
        byte[] bytes = Captures.pcap(1, 2);
        Path outside = write("outside/a", Arrays.copyOf(bytes, bytes.length - 5));
        Path root = Files.createDirectory(folder.resolve("root"));
        Files.createSymbolicLink(root.resolve("link"), outside);
        try (var watching = new Watching(root)) {
            assertEquals(List.of("link 1 1"), watching.read());
            Captures.append(outside, bytes, bytes.length - 5, bytes.length);
            assertEquals(List.of("link 2 2"), watching.read());
        }
    }

    @Test
    void globs_choose_by_name_or_by_path_and_what_was_processed_stays_out() throws IOException {
        write("a.pcap", Captures.pcap(1));
        write("b.cap", Captures.pcap(2));
        write("sub/c.pcap", Captures.pcap(3));
        write("d.pcap.processed", Captures.pcap(4));
        assertEquals(List.of("a.pcap 1 1", "sub/c.pcap 1 3"), named(List.of("*.pcap"), List.of()));
        assertEquals(List.of("sub/c.pcap 1 3"), named(List.of("sub/*"), List.of()));
        assertEquals(List.of("a.pcap 1 1", "b.cap 1 2"), named(List.of(), List.of("sub/**")));
        assertEquals(List.of("a.pcap 1 1", "b.cap 1 2", "sub/c.pcap 1 3"), named(List.of(), List.of()));
    }

    private List<String> named(List<String> include, List<String> exclude) throws IOException {
        try (var watching = new Watching(folder, settings -> settings.withNames(include, exclude))) {
            return watching.read();
        }
    }

    // --- going on

    @Test
    void what_was_saved_is_not_read_again_not_even_under_another_name() throws IOException {
        byte[] bytes = Captures.pcap(1, 2, 3);
        int cut = bytes.length - 7;
        Path file = write("a", Arrays.copyOf(bytes, cut));
        write("b", Captures.pcapng(1, 2));
        write("c.gz", Captures.gzip(Captures.pcap(5)));
        byte[] saved;
        try (var watching = new Watching(folder)) {
            assertEquals(5, watching.read().size());
            saved = watching.saved();
        }
        Path renamed = Files.move(file, folder.resolve("renamed"));
        Captures.append(renamed, bytes, cut, bytes.length);
        write("d", Captures.pcap(7));
        try (var watching = new Watching(folder).restored(saved)) {
            assertEquals(List.of("a 3 3", "d 1 7"), watching.read());
            assertEquals(List.of(), watching.notices);
        }
    }

    @Test
    void a_file_that_was_copied_elsewhere_meanwhile_is_known_by_its_content() throws IOException {
        Path file = write("a", Captures.pcap(1, 2));
        byte[] saved;
        try (var watching = new Watching(folder)) {
            watching.read();
            saved = watching.saved();
        }
        Files.copy(file, folder.resolve("copy"));
        Files.delete(file);
        write("other", Captures.pcap(9)); // may get the place that became free
        try (var watching = new Watching(folder).restored(saved)) {
            assertEquals(List.of("other 1 9"), watching.read());
        }
    }

    @Test
    void saving_in_the_middle_of_a_round_loses_and_repeats_nothing() throws IOException {
        write("a", Captures.pcap(1, 3, 5));
        write("b", Captures.pcapng(2, 4, 6));
        write("c.gz", Captures.gzip(Captures.pcap(2, 7)));
        for (int polled = 0; polled <= 8; polled++) {
            var times = new ArrayList<Long>();
            byte[] saved;
            try (var watching = new Watching(folder)) {
                for (int i = 0; i < polled; i++) {
                    watching.source.poll(packet -> times.add(packet.epochNanos() - Captures.START), 1);
                }
                saved = watching.saved();
            }
            try (var watching = new Watching(folder).restored(saved)) {
                for (String packet : watching.read()) {
                    times.add(Long.parseLong(packet.substring(packet.lastIndexOf(' ') + 1)));
                }
            }
            assertEquals(List.of(1L, 2L, 2L, 3L, 4L, 5L, 6L, 7L), times, "after " + polled);
        }
    }

    // --- on done

    @Test
    void nothing_becomes_of_a_file_before_its_results_are_safe_and_it_is_complete() throws IOException {
        Path file = write("a", Captures.pcap(1));
        try (var watching = new Watching(folder, settings -> settings.withOnDone(new OnDone.Rename()))) {
            watching.read();
            watching.commit();
            assertTrue(Files.exists(file), "it may still be written");
            watching.later(Duration.ofSeconds(6));
            assertTrue(watching.source.wantsCommit());
            assertTrue(Files.exists(file), "its results are not safe");
            watching.commit();
            assertFalse(Files.exists(file));
            assertTrue(Files.exists(folder.resolve("a.processed")));
            assertEquals(List.of(), watching.read());
            assertFalse(watching.source.wantsCommit());
        }
    }

    @Test
    void an_older_processed_file_is_not_overwritten() throws IOException {
        write("a", Captures.pcap(1));
        write("a.processed", new byte[] {1});
        try (var watching =
                new Watching(folder, s -> s.withOnDone(new OnDone.Rename()).withOnce(true))) {
            watching.read();
            watching.commit();
        }
        assertArrayEquals(new byte[] {1}, Files.readAllBytes(folder.resolve("a.processed")));
        assertTrue(Files.exists(folder.resolve("a.1.processed")));
    }

    @Test
    void a_file_that_grew_after_it_was_read_is_kept() throws IOException {
        byte[] bytes = Captures.pcap(1, 2);
        Path file = write("a", Arrays.copyOf(bytes, 24 + (bytes.length - 24) / 2));
        try (var watching =
                new Watching(folder, s -> s.withOnDone(new OnDone.Delete()).withOnce(true))) {
            watching.read();
            watching.source.beginCommit();
            Captures.append(file, bytes, 24 + (bytes.length - 24) / 2, bytes.length);
            watching.source.committed();
            assertTrue(Files.exists(file));
        }
    }

    @Test
    void files_are_moved_into_a_folder_that_is_not_watched() throws IOException {
        write("a", Captures.pcap(1));
        Path done = folder.resolve("done");
        try (var watching = new Watching(
                folder,
                s -> s.withOnDone(new OnDone.Move(done))
                        .withOnce(true)
                        .withLeftOut(java.util.Set.of(done.toAbsolutePath().normalize())))) {
            assertEquals(1, watching.read().size());
            watching.commit();
            assertTrue(Files.exists(done.resolve("a")));
            assertEquals(List.of(), watching.read());
        }
    }

    @Test
    void a_cut_file_is_never_taken_away() throws IOException {
        byte[] bytes = Captures.pcap(1, 2);
        Path file = write("a", Arrays.copyOf(bytes, bytes.length - 1));
        try (var watching =
                new Watching(folder, s -> s.withOnDone(new OnDone.Delete()).withOnce(true))) {
            watching.read();
            watching.commit();
            assertTrue(Files.exists(file));
        }
    }
}
