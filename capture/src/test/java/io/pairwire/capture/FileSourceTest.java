package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pairwire.capture.Captures.Seen;
import io.pairwire.capture.SourceStatistics.Damage;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
    private static final byte[] JUNK = "this is no capture\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private String file(String name, byte[] content) throws IOException {
        return Captures.write(folder.resolve(name), content);
    }

    private static List<Long> times(List<Seen> seen) {
        return seen.stream().map(Seen::epochNanos).toList();
    }

    private static List<String> names(FileSource source) {
        return IntStream.range(0, source.statistics().files())
                .mapToObj(source::fileName)
                .toList();
    }

    private static List<Long> read(FileSource source) throws IOException {
        return times(Captures.pollAll(source, 100));
    }

    @Test
    void files_are_read_oldest_first_and_keep_the_index_the_user_gave_them() throws IOException {
        String late = file("late.pcap", Captures.pcap(30, 40));
        String early = file("early.pcap", Captures.pcap(10, 20));
        try (var source = FileSource.open(List.of(late, early))) {
            var seen = Captures.pollAll(source, 100);
            assertEquals(List.of(10L, 20L, 30L, 40L), times(seen));
            assertEquals(List.of(1, 1, 0, 0), seen.stream().map(Seen::file).toList());
            assertEquals(List.of(late, early), names(source));
        }
    }

    @Test
    void a_folder_gives_the_captures_below_it_sorted_and_counts_the_rest() throws IOException {
        file("b/x.pcap", Captures.pcap(2));
        file("a.cap", Captures.pcap(3));
        file("b/deep/no-extension", Captures.pcap(1));
        file("b/notes.txt", JUNK);
        file("empty", new byte[0]);
        file("b/tiny", new byte[] {1, 2, 3});
        try (var source = FileSource.open(List.of(folder + "/"))) {
            assertEquals(List.of(1L, 2L, 3L), read(source));
            assertEquals(
                    List.of(folder + "/a.cap", folder + "/b/deep/no-extension", folder + "/b/x.pcap"), names(source));
            assertEquals(3, source.skipped());
            assertEquals(List.of(), source.statistics().damages());
            assertEquals(3, source.statistics().filesDone());
        }
    }

    @Test
    void links_in_a_folder_are_followed_but_give_no_file_twice() throws IOException {
        String outside = file("outside/o.pcap", Captures.pcap(9));
        file("in/z.pcap", Captures.pcap(1));
        file("in/sub/y.pcap", Captures.pcap(2));
        Path in = folder.resolve("in");
        Files.createSymbolicLink(in.resolve("a-link-to-z"), in.resolve("z.pcap"));
        Files.createSymbolicLink(in.resolve("a-link-to-sub"), in.resolve("sub"));
        Files.createSymbolicLink(in.resolve("sub/loop"), in);
        Files.createSymbolicLink(in.resolve("self"), in.resolve("self"));
        Files.createSymbolicLink(in.resolve("dangling"), in.resolve("nowhere"));
        Files.createSymbolicLink(in.resolve("elsewhere"), Path.of(outside).getParent());
        try (var source = FileSource.open(List.of(in.toString()))) {
            assertEquals(List.of(1L, 2L, 9L), read(source));
            assertEquals(
                    List.of(in + "/elsewhere/o.pcap", in + "/sub/y.pcap", in + "/z.pcap", in + "/self"), names(source));
            var damages = source.statistics().damages();
            assertEquals(
                    List.of(in + "/self"), damages.stream().map(Damage::file).toList());
        }
    }

    @Test
    void an_empty_folder_ends_at_once() throws IOException {
        try (var source = FileSource.open(List.of(folder.toString()))) {
            assertEquals(PacketSource.END, source.poll(packet -> {}, 1));
        }
    }

    @Test
    void an_input_that_does_not_exist_is_refused_by_name() {
        String missing = folder.resolve("missing.pcap").toString();
        var refused = assertThrows(NoSuchFileException.class, () -> FileSource.open(List.of(missing)));
        assertEquals(missing + ": no such file or folder", refused.getMessage());
        assertThrows(IOException.class, () -> FileSource.open(List.of("\0")));
        assertThrows(IllegalArgumentException.class, () -> FileSource.open(List.of()));
    }

    @Test
    void damage_in_one_file_is_told_once_and_the_others_go_on() throws IOException {
        byte[] whole = Captures.pcap(10, 20, 30);
        String cut = file("cut.pcap", Arrays.copyOf(whole, whole.length - 1));
        String good = file("good.pcap", Captures.pcap(15, 25, 35));
        String empty = file("empty.pcap", new byte[0]);
        String headless = file("headless.pcap", Arrays.copyOf(whole, 24 + 3));
        try (var source = FileSource.open(List.of(cut, good, empty, headless))) {
            assertEquals(List.of(10L, 15L, 20L, 25L, 35L), read(source));
            var end = source.statistics();
            assertEquals(4, end.filesDone());
            assertEquals(3, end.damagedFiles());
            assertEquals(5, end.packets());
            assertEquals(
                    List.of(
                            new Damage(empty, DamageKind.EMPTY, 0, 0, "empty"),
                            new Damage(headless, DamageKind.CUT_RECORD, 24, 0, "record header cut after 3 of 16 bytes"),
                            new Damage(
                                    cut, DamageKind.CUT_RECORD, 24 + 2 * 17, 2, "record data cut after 0 of 1 bytes")),
                    end.damages());
        }
    }

    @Test
    void what_has_no_reader_is_a_damage_without_offset() throws IOException {
        String junk = file("junk", JUNK);
        file("in/new.xz", Captures.bytes("fd377a585a00 0000"));
        try (var source = FileSource.open(List.of(junk, folder.resolve("in").toString()))) {
            assertEquals(List.of(), read(source));
            var end = source.statistics();
            assertEquals(2, end.filesDone());
            assertEquals(
                    List.of(
                            new Damage(junk, -1, 0, "not a capture file: it begins with 74 68 69 73 20 69 73 20"),
                            new Damage(
                                    folder + "/in/new.xz",
                                    -1,
                                    0,
                                    "xz needs the artifact io.pairwire:pairwire-compression, which is not on the class path")),
                    end.damages());
        }
    }

    @Test
    void a_source_goes_on_behind_a_damage_if_wanted_and_counts_what_it_passed_over() throws IOException {
        byte[] bad = Captures.pcap(10, 20, 30, 40, 50, 60);
        bad[24 + 17 + 11] = 0x7f; // the length of the second record
        bad[24 + 4 * 17 + 11] = 0x7f; // and of the fifth
        String damaged = file("damaged.pcap", bad);
        String good = file("good.pcap", Captures.pcap(15, 45));
        try (var source = FileSource.open(List.of(damaged, good), ReadOptions.RESYNC)) {
            assertEquals(List.of(10L, 15L, 30L, 40L, 45L, 60L), read(source));
            var end = source.statistics();
            assertEquals(1, end.damagedFiles());
            assertEquals(2, source.damageCount());
            assertEquals(2 * 17, source.skippedBytes());
            var first = end.damages().getFirst();
            assertEquals(new Damage(damaged, DamageKind.LENGTH_LIES, 24 + 17, 1, 24 + 2 * 17, first.reason()), first);
            assertEquals(17, first.skippedBytes());
            assertTrue(first.toString().endsWith("; went on at byte 58"), first.toString());
        }
    }

    @Test
    void what_is_lost_to_the_end_counts_as_passed_over() throws IOException {
        byte[] whole = Captures.pcap(10, 20, 30);
        String cut = file("cut.pcap", Arrays.copyOf(whole, whole.length - 1));
        try (var source = FileSource.open(List.of(cut), ReadOptions.RESYNC)) {
            assertEquals(List.of(10L, 20L), read(source));
            assertEquals(1, source.damageCount());
            assertEquals(16, source.skippedBytes());
            assertEquals(-1, source.statistics().damages().getFirst().resumedAt());
        }
    }

    @Test
    void descriptions_of_many_files_are_kept_in_brief() throws IOException {
        byte[] large = Blocks.little()
                .section()
                .describe(LinkType.ETHERNET, 0)
                .block(10, new byte[3 << 20])
                .block(10, new byte[3 << 20])
                .enhanced(0, 1, "aa")
                .bytes();
        var names = new ArrayList<String>();
        for (int i = 0; i < 7; i++) names.add(file(i + ".pcapng", large));
        try (var source = FileSource.open(names)) {
            assertEquals(7, read(source).size());
            assertEquals(2, source.description(0).orElseThrow().blocks().size());
            var last = source.description(6).orElseThrow();
            assertEquals(0, last.blocks().size());
            assertEquals(2, last.leftOut());
            assertEquals(1, last.interfaces().size());
        }
    }

    private static byte[] ng(long... micros) {
        var blocks = Blocks.little().section().describe(LinkType.ETHERNET, 0);
        for (long time : micros) blocks.enhanced(0, time, "aa");
        return blocks.block(5, blocks.u32(0, 0, 9), blocks.option64(4, micros.length), Blocks.end())
                .bytes();
    }

    @Test
    void formats_are_merged_and_each_file_describes_itself() throws IOException {
        String ng = file("a.pcapng", ng(1, 3));
        String pcap = file("b.pcap", Captures.pcap(2_000, 4_000));
        String junk = file("junk", JUNK);
        try (var source = FileSource.open(List.of(ng, pcap, junk))) {
            assertTrue(source.description(0).isEmpty());
            assertEquals(List.of(1_000L, 2_000L, 3_000L, 4_000L), read(source));
            var described = source.description(0).orElseThrow();
            assertEquals(CaptureFormat.PCAPNG, described.format());
            assertEquals(2, described.statistics().getFirst().received());
            assertEquals(CaptureFormat.PCAP, source.description(1).orElseThrow().format());
            assertTrue(source.description(2).isEmpty());
            assertTrue(source.description(99).isEmpty());
        }
    }

    @Test
    void pcapng_files_are_put_aside_and_go_on_where_they_were() throws IOException {
        var names = new ArrayList<String>();
        var expected = new ArrayList<Long>();
        for (int i = 0; i < 5; i++) {
            names.add(file(i + ".pcapng", ng(1 + i, 11 + i, 21 + i)));
            for (int j = 0; j < 3; j++) expected.add((1 + i + 10 * j) * 1_000L);
        }
        expected.sort(null);
        try (var source = FileSource.open(names, ReadOptions.DEFAULT, 2)) {
            assertEquals(expected, read(source));
            for (int i = 0; i < 5; i++) {
                var described = source.description(i).orElseThrow();
                assertEquals(1, described.interfaces().size());
                assertEquals(1, described.statistics().size());
            }
        }
    }

    @Test
    void a_packet_without_time_stays_behind_its_neighbour() throws IOException {
        var blocks = Blocks.little().section().describe(LinkType.ETHERNET, 0);
        blocks.enhanced(0, 5, "01")
                .simple(1, new byte[] {2})
                .simple(1, new byte[] {3})
                .enhanced(0, 9, "04");
        String ng = file("a.pcapng", blocks.bytes());
        String first = file(
                "b.pcapng",
                Blocks.little()
                        .section()
                        .describe(LinkType.ETHERNET, 0)
                        .simple(1, new byte[] {5})
                        .enhanced(0, 7, "06")
                        .bytes());
        try (var source = FileSource.open(List.of(ng, first))) {
            var seen = Captures.pollAll(source, 100).stream().map(Seen::bytes).toList();
            assertEquals(List.of("05", "01", "02", "03", "06", "04"), seen);
        }
    }

    @Test
    void a_file_without_permission_is_a_damage_without_offset() throws IOException {
        String secret = file("secret.pcap", Captures.pcap(1));
        Files.setPosixFilePermissions(Path.of(secret), PosixFilePermissions.fromString("---------"));
        assumeTrue(!Files.isReadable(Path.of(secret)), "this user may read everything");
        try (var source = FileSource.open(List.of(secret))) {
            assertEquals(List.of(), read(source));
            assertEquals(
                    List.of(new Damage(secret, -1, 0, "permission denied")),
                    source.statistics().damages());
        }
    }

    @Test
    void a_file_that_vanishes_before_its_turn_is_a_damage() throws IOException {
        String here = file("here.pcap", Captures.pcap(1));
        String gone = file("gone.pcap", Captures.pcap(2));
        try (var source = FileSource.open(List.of(here, gone))) {
            Files.delete(Path.of(gone));
            assertEquals(List.of(1L), read(source));
            assertEquals(
                    List.of(new Damage(gone, -1, 0, "no longer there")),
                    source.statistics().damages());
        }
    }

    @Test
    void bytes_grow_to_the_bytes_there_are() throws IOException {
        String a = file("a.pcap", Captures.pcap(1, 3));
        String b = file("b.pcap", Captures.pcap(2, 4));
        try (var source = FileSource.open(List.of(a, b))) {
            assertEquals(2 * (24 + 2 * 17), source.statistics().totalBytes());
            long before = 0;
            while (source.poll(packet -> {}, 1) != PacketSource.END) {
                long now = source.statistics().bytes();
                assertTrue(now >= before);
                before = now;
            }
            assertEquals(source.statistics().totalBytes(), before);
        }
    }

    @Test
    void thousands_of_damages_are_counted_but_only_the_first_are_kept() throws IOException {
        for (int i = 0; i < SourceStatistics.DAMAGES + 5; i++) file("in/" + i, Captures.bytes("fd377a585a00"));
        try (var source = FileSource.open(List.of(folder.resolve("in").toString()))) {
            var statistics = source.statistics();
            assertEquals(SourceStatistics.DAMAGES + 5, statistics.damagedFiles());
            assertEquals(SourceStatistics.DAMAGES, statistics.damages().size());
        }
    }

    private RandomAccessFile namedPipe(String name) throws IOException, InterruptedException {
        Path pipe = folder.resolve(name);
        boolean made;
        try {
            made = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0;
        } catch (IOException e) {
            made = false;
        }
        assumeTrue(made, "no mkfifo here");
        return new RandomAccessFile(pipe.toFile(), "rw"); // opened both ways it does not wait for the other side
    }

    @Test
    @Timeout(60)
    void a_pipe_hands_over_what_has_arrived_and_does_not_wait_for_more() throws Exception {
        byte[] all = Captures.pcap(1, 2, 3);
        try (var writer = namedPipe("pipe");
                var source = FileSource.open(List.of(folder.resolve("pipe").toString()))) {
            writer.write(all, 0, 24 + 2 * 17 + 5);
            assertEquals(2, source.poll(packet -> {}, 100));
            writer.write(all, 24 + 2 * 17 + 5, 12);
            assertEquals(1, source.poll(packet -> assertEquals(3, packet.number()), 100));
            assertEquals(0, source.statistics().totalBytes());
            writer.close();
            assertEquals(PacketSource.END, source.poll(packet -> {}, 100));
            assertEquals(all.length, source.statistics().bytes());
        }
    }

    @Test
    @Timeout(60)
    void a_pipe_and_a_file_are_merged() throws Exception {
        String file = file("a.pcap", Captures.pcap(2, 4));
        try (var writer = namedPipe("pipe");
                var source =
                        FileSource.open(List.of(file, folder.resolve("pipe").toString()))) {
            writer.write(Captures.pcap(1, 3, 5));
            var seen = new ArrayList<Seen>();
            assertEquals(5, source.poll(packet -> seen.add(Seen.of(packet)), 100));
            assertEquals(List.of(1L, 2L, 3L, 4L, 5L), times(seen));
            assertEquals(List.of(1, 0, 1, 0, 1), seen.stream().map(Seen::file).toList());
            writer.close();
            assertEquals(PacketSource.END, source.poll(packet -> {}, 100));
        }
    }

    @Test
    @Timeout(60)
    void an_interrupt_frees_a_thread_that_waits_for_a_pipe() throws Exception {
        try (var writer = namedPipe("pipe");
                var source = FileSource.open(List.of(folder.resolve("pipe").toString()))) {
            writer.write(Captures.pcap(1));
            assertEquals(1, source.poll(packet -> {}, 100));
            var ended = new Throwable[1];
            var waiting =
                    new Thread(() -> ended[0] = assertThrows(IOException.class, () -> source.poll(packet -> {}, 1)));
            waiting.start();
            waiting.interrupt();
            waiting.join();
            assertEquals(ClosedByInterruptException.class, ended[0].getClass());
            assertFalse(Thread.currentThread().isInterrupted());
            assertEquals(0, source.statistics().damagedFiles());
        }
    }
}
