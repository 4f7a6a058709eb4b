package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapWriterTest {
    private static final long LATE = 0xffff_ffffL * 1_000_000_000 + 999_999_999;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private PcapWriter writer(PcapFormat format) {
        return new PcapWriter(Channels.newChannel(written), format);
    }

    @Test
    void nanoseconds_in_little_endian_are_laid_out_as_the_format_says() throws IOException {
        try (var writer = writer(PcapFormat.nanoseconds(LinkType.RAW))) {
            writer.write(1_000_000_002L, new byte[] {0x45, 0x00});
            assertEquals(1, writer.packets());
        }
        assertArrayEquals(
                Captures.bytes("4d3cb2a1 0200 0400 00000000 00000000 00000400 65000000"
                        + "01000000 02000000 02000000 02000000 4500"),
                written.toByteArray());
    }

    @Test
    void microseconds_in_big_endian_drop_what_is_below_a_microsecond() throws IOException {
        try (var writer = writer(new PcapFormat(ByteOrder.BIG_ENDIAN, false, LinkType.ETHERNET, 96))) {
            writer.write(1_000_002_999L, 60, new byte[] {9, 8, 7}, 1, 2);
        }
        assertArrayEquals(
                Captures.bytes("a1b2c3d4 0002 0004 00000000 00000000 00000060 00000001"
                        + "00000001 00000002 00000002 0000003c 0807"),
                written.toByteArray());
    }

    @Test
    void a_packet_is_written_from_where_its_window_lies() throws IOException {
        byte[] memory = new byte[600_000]; // more than the buffer holds
        new Random(1).nextBytes(memory);
        var format = new PcapFormat(ByteOrder.LITTLE_ENDIAN, true, LinkType.ETHERNET, 600_000);
        var packet = new Packet()
                .moveTo(MemorySegment.ofArray(memory), 3, 500_000, 700_000, LATE)
                .linkType(LinkType.ETHERNET);
        try (var writer = writer(format)) {
            writer.write(packet);
            writer.write(1, memory);
        }
        var reader = PcapReader.open(Captures.channel(written.toByteArray()));
        var read = new Packet();
        reader.next(read);
        assertEquals(LATE, read.epochNanos());
        assertEquals(700_000, read.originalLength());
        assertEquals(
                -1,
                read.memory()
                        .asSlice(read.start(), 500_000)
                        .mismatch(MemorySegment.ofArray(memory).asSlice(3, 500_000)));
        reader.next(read);
        assertEquals(-1, read.memory().asSlice(read.start(), 600_000).mismatch(MemorySegment.ofArray(memory)));
        assertFalse(reader.next(read));
    }

    @Test
    void a_time_outside_the_format_and_a_length_above_the_snaplen_are_refused() throws IOException {
        try (var writer = writer(new PcapFormat(ByteOrder.LITTLE_ENDIAN, true, LinkType.ETHERNET, 4))) {
            assertThrows(IllegalArgumentException.class, () -> writer.write(-1, new byte[1]));
            assertThrows(IllegalArgumentException.class, () -> writer.write(LATE + 1, new byte[1]));
            assertThrows(IllegalArgumentException.class, () -> writer.write(0, new byte[5]));
            writer.write(LATE, new byte[4]);
            assertEquals(1, writer.packets());
        }
        assertEquals(24 + 16 + 4, written.size());
    }

    @Test
    void flush_makes_what_was_written_readable(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.pcap");
        try (var writer = PcapWriter.create(file, PcapFormat.microseconds(LinkType.ETHERNET))) {
            writer.write(1_000, new byte[10]);
            assertEquals(0, Files.size(file));
            writer.flush();
            assertEquals(24 + 16 + 10, Files.size(file));
        }
    }

    @Test
    void a_format_checks_itself() {
        assertThrows(IllegalArgumentException.class, () -> PcapFormat.nanoseconds(-1));
        assertThrows(IllegalArgumentException.class, () -> PcapFormat.nanoseconds(65_536));
        assertThrows(IllegalArgumentException.class, () -> new PcapFormat(ByteOrder.BIG_ENDIAN, true, 1, 0));
    }
}
