package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Captures.Seen;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapReaderTest {
    /** Micros, little endian, snaplen 65535, Ethernet. */
    private static final String HEADER = "d4c3b2a1 0200 0400 00000000 00000000 ffff0000 01000000";

    private static final String RECORD = "01000000 02000000 02000000 3c000000 abcd";

    private static PcapReader reader(String hex) throws IOException {
        return PcapReader.open(Captures.channel(Captures.bytes(hex)));
    }

    private static Packet first(String hex) throws IOException {
        var packet = new Packet();
        assertTrue(reader(hex).next(packet));
        return packet;
    }

    private static MalformedCaptureException headerDamage(String hex) {
        return assertThrows(MalformedCaptureException.class, () -> reader(hex));
    }

    private static MalformedCaptureException damage(CaptureReader reader) {
        return assertThrows(MalformedCaptureException.class, () -> reader.next(new Packet()));
    }

    @Test
    void all_four_magics_are_read() throws IOException {
        String bigRecord = "00000001 00000002 00000002 0000003c abcd";
        var micros = List.of(new Seen(0, 1, 1_000_002_000, 60, "abcd"));
        var nanos = List.of(new Seen(0, 1, 1_000_000_002, 60, "abcd"));
        assertEquals(micros, Captures.readAll(reader(HEADER + RECORD)));
        assertEquals(nanos, Captures.readAll(reader(HEADER.replace("d4c3b2a1", "4d3cb2a1") + RECORD)));
        String big = " 0002 0004 00000000 00000000 0000ffff 00000001" + bigRecord;
        assertEquals(micros, Captures.readAll(reader("a1b2c3d4" + big)));
        assertEquals(nanos, Captures.readAll(reader("a1b23c4d" + big)));
    }

    @Test
    void the_header_is_told_as_a_format() throws IOException {
        assertEquals(
                new PcapFormat(ByteOrder.LITTLE_ENDIAN, false, 1, 65_535),
                reader(HEADER).format());
        assertEquals(
                new PcapFormat(ByteOrder.BIG_ENDIAN, true, 276, Integer.MAX_VALUE),
                reader("a1b23c4d 0002 0003 00000000 00000000 ffffffff 00000114").format());
        assertEquals(
                PcapFormat.microseconds(LinkType.ETHERNET),
                reader(HEADER.replace("ffff0000", "00000000")).format());
    }

    @Test
    void upper_bits_of_the_link_type_word_are_not_the_link_type() throws IOException {
        assertEquals(
                LinkType.ETHERNET,
                first(HEADER.replace("01000000", "01000024") + RECORD).linkType());
    }

    @Test
    void the_length_of_the_frame_check_sequence_is_told_where_the_file_says_it() throws IOException {
        for (var word : new String[][] {{"01000000", "-1"}, {"01000024", "4"}, {"01000004", "0"}, {"01000020", "-1"}}) {
            var reader = reader(HEADER.substring(0, HEADER.length() - 8) + word[0] + RECORD);
            var only = reader.description().interfaces().getFirst();
            assertEquals(Integer.parseInt(word[1]), only.fcsLength(), word[0]);
            assertEquals(LinkType.ETHERNET, only.linkType());
            assertEquals(65_535, only.snaplen());
        }
    }

    @Test
    void the_modified_form_has_longer_record_headers_in_either_order() throws IOException {
        var expected = List.of(new Seen(0, 1, 1_000_002_000, 60, "abcd"), new Seen(0, 2, 3_000_000_000L, 2, "0102"));
        String little = HEADER.replace("d4c3b2a1", "34cdb2a1")
                + "01000000 02000000 02000000 3c000000 07000000 0800 00 00 abcd"
                + "03000000 00000000 02000000 02000000 07000000 0800 00 00 0102";
        String big = "a1b2cd34 0002 0004 00000000 00000000 0000ffff 00000001"
                + "00000001 00000002 00000002 0000003c 00000007 0800 00 00 abcd"
                + "00000003 00000000 00000002 00000002 00000007 0800 00 00 0102";
        for (String hex : List.of(little, big)) {
            var reader = reader(hex);
            assertEquals(expected, Captures.readAll(reader));
            assertEquals(CaptureFormat.MODIFIED_PCAP, reader.description().format());
        }
    }

    @Test
    void before_version_2_3_the_lengths_stand_the_other_way_round() throws IOException {
        String swapped = "01000000 02000000 3c000000 02000000 abcd";
        var expected = List.of(new Seen(0, 1, 1_000_002_000, 60, "abcd"));
        assertEquals(expected, Captures.readAll(reader(HEADER.replace("0200 0400", "0200 0200") + swapped)));
        assertEquals(expected, Captures.readAll(reader(HEADER.replace("0200 0400", "0200 0300") + swapped)));
        assertEquals(expected, Captures.readAll(reader(HEADER.replace("0200 0400", "0200 0300") + RECORD)));
        assertEquals(expected, Captures.readAll(reader(HEADER.replace("0200 0400", "1f02 0000") + swapped)));
        assertEquals(expected, Captures.readAll(reader(HEADER.replace("0200 0400", "0200 0500") + RECORD)));
        var old = headerDamage(HEADER.replace("0200 0400", "0100 0400"));
        assertEquals(DamageKind.BAD_VERSION, old.kind());
    }

    @Test
    void more_captured_than_there_was_is_handed_over_as_it_stands() throws IOException {
        var packet = first(HEADER + "01000000 00000000 02000000 01000000 abcd");
        assertEquals(2, packet.capturedLength());
        assertEquals(1, packet.originalLength());
    }

    @Test
    void a_fraction_of_a_second_or_more_is_carried() throws IOException {
        String late = "01000000 80841e00 00000000 00000000"; // 2,000,000 µs
        assertEquals(3_000_000_000L, first(HEADER + late).epochNanos());
        String never = "ffffffff ffffffff 00000000 00000000";
        assertEquals(
                0xffff_ffffL * 1_000_000_000 + 0xffff_ffffL * 1_000,
                first(HEADER + never).epochNanos());
    }

    @Test
    void seconds_go_past_2038() throws IOException {
        assertEquals(
                0x8000_0000L * 1_000_000_000,
                first(HEADER + "00000080 00000000 00000000 00000000").epochNanos());
    }

    @Test
    void an_original_length_past_an_int_is_the_largest_int() throws IOException {
        assertEquals(
                Integer.MAX_VALUE,
                first(HEADER + "00000000 00000000 00000000 000000ff").originalLength());
    }

    @Test
    void a_file_of_a_header_alone_has_no_packets() throws IOException {
        var reader = reader(HEADER);
        assertFalse(reader.next(new Packet()));
        assertFalse(reader.next(new Packet()));
        assertTrue(reader.ready());
    }

    @Test
    void a_broken_file_header_is_told_with_its_place() {
        assertEquals("empty", headerDamage("").getMessage());
        assertEquals(
                "file header cut after 3 of 24 bytes", headerDamage("d4c3b2").getMessage());
        assertEquals(
                "not classic pcap: magic 0a0d0d0a",
                headerDamage("0a0d0d0a" + HEADER).getMessage());
        var version = headerDamage(HEADER.replace("0200 0400", "0300 0100"));
        assertEquals(4, version.offset());
        assertEquals("pcap version is not 2.x: 3.1", version.getMessage());
    }

    @Test
    void a_lying_length_is_damage_at_its_record_and_stays_so() throws IOException {
        for (String length : List.of("01000400", "ffffff7f", "00000080", "ffffffff")) {
            var reader = reader(HEADER + RECORD + "01000000 00000000 " + length + " 00000000" + RECORD);
            assertTrue(reader.next(new Packet()));
            assertTrue(reader.ready());
            var damage = damage(reader);
            assertEquals(24 + 18, damage.offset());
            assertTrue(damage.getMessage().matches("captured length \\d+ exceeds 262144, snaplen is 65535"));
            assertSame(damage, damage(reader));
            assertTrue(reader.ready());
        }
    }

    @Test
    void a_record_longer_than_a_small_snaplen_is_believed_when_plausible() throws IOException {
        String small = HEADER.replace("ffff0000", "01000000");
        assertEquals(2, first(small + RECORD).capturedLength());
    }

    @Test
    void a_cut_record_is_damage_that_counts_the_bytes() throws IOException {
        var inHeader = reader(HEADER + "0100");
        assertEquals("record header cut after 2 of 16 bytes", damage(inHeader).getMessage());
        var inData = reader(HEADER + RECORD.substring(0, RECORD.length() - 2));
        assertEquals("record data cut after 1 of 2 bytes", damage(inData).getMessage());
        assertEquals(24, damage(inData).offset());
    }

    @Test
    void a_claimed_length_takes_no_memory_before_its_bytes_arrive() throws IOException {
        String hostile = HEADER.replace("ffff0000", "ffffffff") + "00000000 00000000 ffffff0f 00000000 abcd";
        var window = new StreamWindow(Captures.channel(Captures.bytes(hostile)), 64);
        assertEquals(
                "record data cut after 2 of 268435455 bytes",
                damage(new PcapReader(window, ReadOptions.DEFAULT, CaptureFormat.NOBODY))
                        .getMessage());
        assertTrue(window.buffer().capacity() <= 128);
        String absurd = hostile.replace("ffffff0f", "01000010");
        assertTrue(damage(reader(absurd)).getMessage().startsWith("captured length 268435457 exceeds 268435456"));
    }

    @Test
    void records_that_have_arrived_are_handed_over_before_the_channel_is_asked_again() throws IOException {
        byte[] two = Captures.bytes(HEADER + RECORD + RECORD);
        var reader = PcapReader.open(Captures.trickle(two, 24 + 18));
        var packet = new Packet();
        assertTrue(reader.ready());
        assertTrue(reader.next(packet));
        assertEquals(24 + 18, reader.bytesRead());
        assertFalse(reader.ready());
        assertTrue(reader.next(packet));
        assertEquals(two.length, reader.bytesRead());
    }

    @Test
    void positions_and_numbers_tell_where_a_record_is(@TempDir Path folder) throws IOException {
        Path file = Path.of(Captures.write(folder.resolve("a.pcap"), Captures.pcap(1, 2, 3)));
        try (var reader = PcapReader.open(file)) {
            var packet = new Packet();
            assertEquals(24, reader.position());
            reader.next(packet);
            reader.next(packet);
            long second = reader.recordPosition();
            assertEquals(24 + 17, second);
            assertEquals(24 + 34, reader.position());
            reader.next(packet);
            assertFalse(reader.next(packet));
            reader.seek(second, 2);
            assertTrue(reader.next(packet));
            assertEquals(new Seen(0, 2, 2, 1, "01"), Seen.of(packet));
        }
    }

    @Test
    void a_seek_outside_the_window_reads_again(@TempDir Path folder) throws IOException {
        long[] times = new long[1_000];
        Arrays.setAll(times, i -> i);
        Path file = Path.of(Captures.write(folder.resolve("a.pcap"), Captures.pcap(times)));
        try (var reader = PcapReader.open(FileChannel.open(file), 256)) {
            var all = Captures.readAll(reader);
            reader.seek(24, 1);
            assertEquals(all, Captures.readAll(reader));
        }
    }

    @Test
    void a_stream_cannot_seek() throws IOException {
        var reader = reader(HEADER);
        assertFalse(reader.seekable());
        assertThrows(UnsupportedOperationException.class, () -> reader.seek(24, 1));
    }

    @Test
    void a_refused_file_is_closed() {
        var channel = Captures.channel(new byte[0]);
        assertThrows(MalformedCaptureException.class, () -> PcapReader.open(channel));
        assertFalse(channel.isOpen());
    }
}
