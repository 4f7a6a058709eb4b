package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CaptureWriterTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private CaptureWriter writer(CaptureFormat format) {
        return CaptureWriter.open(Channels.newChannel(written), WriteOptions.of(format));
    }

    private CaptureReader reader() throws IOException {
        return CaptureFormat.open(Captures.channel(written.toByteArray()));
    }

    private static Packet packet(int linkType, int length, long epochNanos) {
        return new Packet()
                .moveTo(MemorySegment.ofArray(new byte[length]), 0, length, length, epochNanos)
                .linkType(linkType)
                .from(0, 9);
    }

    @ParameterizedTest
    @EnumSource(names = {"PCAP", "PCAPNG"})
    void what_is_written_is_of_the_format_that_was_asked_for(CaptureFormat format) throws IOException {
        try (var writer = writer(format)) {
            writer.write(packet(LinkType.RAW, 3, 1_000_000_007));
            writer.write(packet(LinkType.RAW, 4, 1_000_000_008));
            assertEquals(2, writer.packets());
        }
        var reader = reader();
        assertEquals(format, reader.description().format());
        var packet = new Packet();
        reader.next(packet);
        assertEquals(LinkType.RAW, packet.linkType());
        assertEquals(1_000_000_007, packet.epochNanos());
    }

    @Test
    void pcap_refuses_a_second_link_type_a_strange_time_and_too_long_a_packet() throws IOException {
        try (var writer = writer(CaptureFormat.PCAP)) {
            writer.write(packet(LinkType.ETHERNET, 3, 1));
            assertRefused(
                    "pcap holds one link type, here ETHERNET, and packet 9 has RAW: write pcapng",
                    writer,
                    packet(LinkType.RAW, 3, 1));
            assertRefused(
                    "epochNanos does not fit a pcap file: -1, packet 9", writer, packet(LinkType.ETHERNET, 3, -1));
            assertRefused(
                    "epochNanos does not fit a pcap file: " + TimeResolution.LATEST + ", packet 9",
                    writer,
                    packet(LinkType.ETHERNET, 3, TimeResolution.LATEST));
            assertRefused(
                    "length exceeds snaplen 262144: 262145, packet 9", writer, packet(LinkType.ETHERNET, 262_145, 1));
            assertEquals(1, writer.packets());
        }
        assertEquals(1, Captures.readAll(reader()).size());
    }

    private static void assertRefused(String why, CaptureWriter writer, Packet packet) {
        var refused = assertThrows(UnsupportedCaptureException.class, () -> writer.write(packet));
        assertEquals(why, refused.getMessage());
        assertEquals(CaptureFormat.PCAP, refused.format());
    }

    @Test
    void a_capture_without_packets_is_a_header_of_the_link_type_that_was_described() throws IOException {
        try (var writer = writer(CaptureFormat.PCAP)) {
            writer.flush();
            var described = CaptureInterface.of(LinkType.IPV6, 0, TimeResolution.MICROSECONDS);
            var section = CaptureSection.of(java.nio.ByteOrder.LITTLE_ENDIAN, 2, 4);
            writer.describe(0, CaptureDescription.of(CaptureFormat.PCAP, section, described));
        }
        var reader = reader();
        assertFalse(reader.next(new Packet()));
        assertEquals(LinkType.IPV6, reader.description().interfaces().getFirst().linkType());
    }

    @Test
    void nothing_but_pcap_and_pcapng_is_written(@TempDir Path folder) throws IOException {
        assertThrows(IllegalArgumentException.class, () -> WriteOptions.of(CaptureFormat.SNOOP));
        assertThrows(
                IllegalArgumentException.class,
                () -> new WriteOptions(CaptureFormat.PCAP, true, 0, "", "", "", List.of()));
        try (var writer = CaptureWriter.create(folder.resolve("a"), WriteOptions.of(CaptureFormat.PCAPNG))) {
            assertInstanceOf(PcapngWriter.class, writer);
        }
    }

    @Test
    void texts_about_the_capture_are_kept() throws IOException {
        var options = WriteOptions.of(CaptureFormat.PCAPNG)
                .about(new CaptureSection(
                        0, java.nio.ByteOrder.BIG_ENDIAN, 1, 0, -1, "a desk", "Plan 9", "ed", List.of("old")))
                .comments(List.of("new"));
        CaptureWriter.open(Channels.newChannel(written), options).close();
        var section = reader().description().sections().getFirst();
        assertEquals("a desk", section.hardware());
        assertEquals("Plan 9", section.os());
        assertEquals("pairwire", section.application());
        assertEquals(List.of("new"), section.comments());
    }

    /** The promise of a crash, for pcap. */
    @Test
    void a_pcap_cut_at_any_byte_is_readable_up_to_the_last_whole_packet() throws IOException {
        try (var writer = writer(CaptureFormat.PCAP)) {
            for (int i = 0; i < 5; i++) writer.write(packet(LinkType.RAW, 10 + i, i));
        }
        byte[] all = written.toByteArray();
        for (int cut = 24; cut <= all.length; cut++) {
            var reader = CaptureFormat.open(Captures.channel(Arrays.copyOf(all, cut)), 64);
            int whole = 0;
            try {
                while (reader.next(new Packet())) whole++;
            } catch (MalformedCaptureException e) {
                assertEquals(DamageKind.CUT_RECORD, e.kind());
            }
            int expected = 0;
            for (int end = 24 + 16 + 10; end <= cut; end += 16 + 10 + ++expected) {}
            assertEquals(expected, whole, "cut " + cut);
        }
    }

    @Test
    void the_channel_gets_whole_records() throws IOException {
        try (var writer = writer(CaptureFormat.PCAP)) {
            int before = 0;
            for (int i = 0; i < 1_000; i++) {
                writer.write(packet(LinkType.ETHERNET, 1_000, i));
                if (written.size() == before) continue;
                before = written.size();
                assertEquals(0, (before - 24) % 1_016);
            }
        }
        assertEquals(1_000, Captures.readAll(reader()).size());
    }
}
