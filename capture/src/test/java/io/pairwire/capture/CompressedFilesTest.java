package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Captures.Seen;
import io.pairwire.capture.SourceStatistics.Damage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compressed files as inputs of a {@link FileSource}, and names of compressions. */
class CompressedFilesTest {

    @TempDir
    Path folder;

    private String file(String name, byte[] content) throws IOException {
        return Captures.write(folder.resolve(name), content);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var channel = Gzip.INSTANCE.compress(Channels.newChannel(packed))) {
            channel.write(ByteBuffer.wrap(plain));
        }
        return packed.toByteArray();
    }

    private static byte[] pcapng(long... times) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var packet = new Packet();
        try (var writer = CaptureWriter.open(
                        Channels.newChannel(bytes),
                        new WriteOptions(CaptureFormat.PCAPNG, true, PcapFormat.SNAPLEN, "", "", "", List.of()));
                var reader = CaptureFormat.open(Captures.channel(Captures.pcap(times)))) {
            while (reader.next(packet)) writer.write(packet);
        }
        return bytes.toByteArray();
    }

    private static List<Long> times(FileSource source) throws IOException {
        return Captures.pollAll(source, 7).stream().map(Seen::epochNanos).toList();
    }

    @Test
    void compressed_and_plain_files_are_merged_by_time_and_counted_as_they_lie_there() throws IOException {
        file("in/a.pcap", gzip(Captures.pcap(1, 4, 7)));
        file("in/b.gz", Captures.pcap(2, 5, 8));
        file("in/c.gz", gzip(Captures.pcap(3, 6, 9)));
        try (var source = FileSource.open(List.of(folder.resolve("in").toString()))) {
            assertEquals(LongStream.rangeClosed(1, 9).boxed().toList(), times(source));
            var end = source.statistics();
            assertEquals(List.of(), end.damages());
            assertEquals(end.totalBytes(), end.bytes());
        }
    }

    @Test
    void more_overlapping_files_than_may_be_open_are_read_again_to_where_they_were() throws IOException {
        var inputs = new ArrayList<String>();
        for (int i = 0; i < 6; i++) {
            int first = i;
            long[] times = LongStream.range(0, 10).map(n -> n * 6 + first).toArray();
            byte[] capture = i < 3 ? Captures.pcap(times) : pcapng(times);
            inputs.add(file(i + ".pcap", i == 4 ? capture : gzip(capture)));
        }
        for (int limit : new int[] {1, 2, 5, 6}) {
            try (var source = FileSource.open(inputs, ReadOptions.DEFAULT, limit)) {
                var seen = Captures.pollAll(source, 100);
                assertEquals(
                        LongStream.range(0, 60).boxed().toList(),
                        seen.stream().map(Seen::epochNanos).toList());
                for (int i = 0; i < 60; i++) assertEquals(i / 6 + 1, seen.get(i).number());
                var end = source.statistics();
                assertEquals(List.of(), end.damages());
                assertEquals(end.totalBytes(), end.bytes());
            }
        }
    }

    @Test
    void damage_in_a_compressed_file_tells_both_offsets_and_the_others_go_on() throws IOException {
        byte[] packed = gzip(Captures.pcap(10, 20, 30));
        packed[packed.length - 8] ^= 1;
        String damaged = file("damaged", packed);
        String good = file("good", gzip(Captures.pcap(15, 25, 35)));
        String headless = file("headless", Arrays.copyOf(packed, 5));
        try (var source = FileSource.open(List.of(damaged, good, headless))) {
            assertEquals(List.of(10L, 15L, 20L, 25L, 30L, 35L), times(source));
            assertEquals(
                    List.of(
                            new Damage(
                                    headless,
                                    DamageKind.CUT_COMPRESSION,
                                    0,
                                    0,
                                    "gzip stream is cut, at byte 5 of the compressed stream"),
                            new Damage(
                                    damaged,
                                    DamageKind.BAD_COMPRESSION,
                                    24 + 3 * 17,
                                    3,
                                    "gzip data has another CRC-32 than the trailer states, at byte "
                                            + (packed.length - 8) + " of the compressed stream")),
                    source.statistics().damages());
        }
    }

    @Test
    void a_search_for_the_next_record_ends_at_the_damage_of_the_compressed_stream() throws IOException {
        byte[] capture = Captures.pcap(10, 20, 30, 40);
        Arrays.fill(capture, 24 + 17 + 8, 24 + 17 + 12, (byte) 0xff); // the second record's captured length
        byte[] packed = gzip(capture);
        String damaged = file("damaged", packed);
        String cut = file("cut", Arrays.copyOf(packed, packed.length - 8));
        try (var source = FileSource.open(List.of(damaged, cut), ReadOptions.RESYNC)) {
            times(source);
            var kinds = source.statistics().damages().stream()
                    .map(damage -> damage.file() + " " + damage.kind())
                    .toList();
            assertEquals(damaged + " LENGTH_LIES", kinds.getFirst());
            assertEquals(cut + " LENGTH_LIES", kinds.getLast());
            assertEquals(2, source.statistics().damagedFiles());
        }
    }

    @Test
    void behind_the_damage_of_a_compressed_stream_nothing_is_searched() throws IOException {
        byte[] packed = gzip(Captures.pcap(10, 20, 30, 40));
        String cut = file("cut", Arrays.copyOf(packed, packed.length - 8));
        try (var source = FileSource.open(List.of(cut), ReadOptions.RESYNC)) {
            assertEquals(List.of(10L, 20L, 30L, 40L), times(source));
            var damage = source.statistics().damages().getFirst();
            assertEquals(DamageKind.CUT_COMPRESSION, damage.kind());
            assertEquals(24 + 4 * 17, damage.offset());
        }
        var channel = Captures.channel(Arrays.copyOf(packed, packed.length - 8));
        try (var reader = CaptureFormat.open(channel, 100, ReadOptions.RESYNC, CaptureFormat.NOBODY)) {
            var first = assertThrows(MalformedCaptureException.class, () -> Captures.readAll(reader));
            assertEquals(first, assertThrows(MalformedCaptureException.class, () -> Captures.readAll(reader)));
        }
    }

    @Test
    void in_a_folder_compressed_files_that_are_no_captures_are_left_out() throws IOException {
        file("in/notes.txt.gz", gzip("these are notes\n".getBytes(StandardCharsets.US_ASCII)));
        file("in/capture.gz", gzip(Captures.pcap(1)));
        String twice = file("in/twice.gz", gzip(gzip(Captures.pcap(2))));
        try (var source = FileSource.open(List.of(folder.resolve("in").toString()))) {
            assertEquals(List.of(1L), times(source));
            assertEquals(1, source.skipped());
            assertEquals(
                    List.of(new Damage(twice, -1, 0, "gzip inside gzip is not unpacked; unpack it with: gzip -d")),
                    source.statistics().damages());
        }
    }

    @Test
    void a_flushed_writer_has_compressed_all_packets_readably() throws IOException {
        var packed = new ByteArrayOutputStream();
        var format = PcapFormat.nanoseconds(LinkType.ETHERNET);
        try (var writer = new PcapWriter(
                Compressions.compress(Optional.of(CaptureFormat.GZIP), Channels.newChannel(packed)), format)) {
            writer.write(1, new byte[] {1});
            writer.write(2, new byte[] {2});
            writer.flush();
            var packet = new Packet();
            try (var reader = CaptureFormat.open(Captures.channel(packed.toByteArray()))) {
                assertTrue(reader.next(packet) && reader.next(packet));
                assertThrows(MalformedCaptureException.class, () -> reader.next(packet));
            }
        }
        try (var reader = CaptureFormat.open(Captures.channel(packed.toByteArray()))) {
            assertEquals(2, Captures.readAll(reader).size());
        }
    }

    @Test
    void a_compression_is_chosen_by_name_or_by_the_end_of_a_file_name() {
        assertEquals(Optional.of(CaptureFormat.GZIP), Compressions.named("gzip"));
        assertEquals(Optional.of(CaptureFormat.ZSTD), Compressions.named("zstd"));
        assertEquals(Optional.empty(), Compressions.named("none"));
        var unknown = assertThrows(IllegalArgumentException.class, () -> Compressions.named("pcap"));
        assertEquals("unknown compression 'pcap': gzip, lz4, xz, zstd or none", unknown.getMessage());
        assertEquals(Optional.of(CaptureFormat.GZIP), Compressions.ofFileName("a.pcap.GZ"));
        assertEquals(Optional.of(CaptureFormat.ZSTD), Compressions.ofFileName("dir/a.zst"));
        assertEquals(Optional.of(CaptureFormat.LZ4), Compressions.ofFileName("a.lz4"));
        assertEquals(Optional.of(CaptureFormat.XZ), Compressions.ofFileName("a.xz"));
        assertEquals(Optional.empty(), Compressions.ofFileName("gz"));
        assertEquals(Optional.empty(), Compressions.ofFileName("a.gz.pcap"));
    }

    @Test
    void without_its_artifact_a_compression_says_what_is_missing() throws IOException {
        for (String magic : new String[] {"28b52ffd 00000000", "04224d18 00000000", "fd377a58 5a000000"}) {
            byte[] head = Captures.bytes(magic);
            var channel = Captures.channel(head);
            var refused = assertThrows(UnsupportedCaptureException.class, () -> CaptureFormat.open(channel));
            assertEquals(CaptureFormat.of(head), refused.format());
            assertEquals(
                    refused.format()
                            + " needs the artifact io.pairwire:pairwire-compression, which is not on the class path",
                    refused.getMessage());
            assertFalse(channel.isOpen());
        }
    }
}
