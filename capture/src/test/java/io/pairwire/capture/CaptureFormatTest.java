package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureFormatTest {

    @ParameterizedTest
    @CsvSource({
        "d4c3b2a1, PCAP",
        "a1b2c3d4, PCAP",
        "4d3cb2a1, PCAP",
        "a1b23c4d, PCAP",
        "34cdb2a1, MODIFIED_PCAP",
        "a1b2cd34, MODIFIED_PCAP",
        "0a0d0d0a1c000000, PCAPNG",
        "736e6f6f70000000, SNOOP",
        "1f8b0800, GZIP",
        "28b52ffd, ZSTD",
        "602a4d18, UNKNOWN",
        "502a4d18, ZSTD",
        "5f2a4d18, ZSTD",
        "04224d18, LZ4",
        "02214c18, LZ4",
        "fd377a585a00, XZ",
        "fd377a58, UNKNOWN",
        "23212f62696e2f73, UNKNOWN",
        "d4c3b2, UNKNOWN",
        "'', UNKNOWN"
    })
    void a_format_is_told_by_its_first_bytes(String head, CaptureFormat format) {
        assertEquals(format, CaptureFormat.of(Captures.bytes(head)));
    }

    @Test
    void classic_pcap_is_opened() throws IOException {
        try (var reader = CaptureFormat.open(Captures.trickle(Captures.pcap(1, 2), 1))) {
            assertEquals(2, Captures.readAll(reader).size());
        }
    }

    @Test
    void a_format_without_a_reader_is_named_with_advice_and_closed() {
        var channel = Captures.channel(Captures.bytes("fd377a585a00 0000"));
        var refused = assertThrows(UnsupportedCaptureException.class, () -> CaptureFormat.open(channel));
        assertEquals(CaptureFormat.XZ, refused.format());
        assertEquals(
                "xz needs the artifact io.pairwire:pairwire-compression, which is not on the class path",
                refused.getMessage());
        assertFalse(channel.isOpen());
    }

    @Test
    void a_file_that_grew_is_read_on_where_it_was_cut(@TempDir Path folder) throws IOException {
        byte[] ng = Blocks.little()
                .section()
                .describe(LinkType.ETHERNET, 0)
                .enhanced(0, 1, "00")
                .enhanced(0, 2, "01")
                .describe(LinkType.RAW, 0)
                .enhanced(1, 3, "02")
                .bytes();
        for (byte[] all : List.of(Captures.pcap(1_000, 2_000, 3_000), ng)) {
            Path file = folder.resolve("growing");
            Files.write(file, Arrays.copyOf(all, all.length / 2));
            var packet = new Packet();
            try (var reader = CaptureFormat.open(FileChannel.open(file), 64)) {
                int packets = 0;
                for (int length = all.length / 2; length <= all.length; length++) {
                    Files.write(file, Arrays.copyOf(all, length));
                    reader.seek(reader.position(), packets + 1);
                    try {
                        while (reader.next(packet)) assertEquals(++packets * 1_000, packet.epochNanos());
                    } catch (MalformedCaptureException cut) {
                        assertEquals(DamageKind.CUT_RECORD, cut.kind());
                    }
                }
                assertEquals(3, packets);
                assertEquals(3, packet.number());
            }
        }
    }

    @Test
    void what_is_no_capture_is_shown_by_its_first_bytes() {
        var channel = Captures.channel(Captures.bytes("68656c6c6f"));
        var refused = assertThrows(UnsupportedCaptureException.class, () -> CaptureFormat.open(channel));
        assertEquals(CaptureFormat.UNKNOWN, refused.format());
        assertEquals("not a capture file: it begins with 68 65 6c 6c 6f", refused.getMessage());
    }

    @Test
    void too_few_bytes_for_any_format_are_damage() {
        for (String head : new String[] {"", "d4", "d4c3b2"}) {
            var channel = Captures.channel(Captures.bytes(head));
            var damage = assertThrows(MalformedCaptureException.class, () -> CaptureFormat.open(channel));
            assertTrue(damage.getMessage().matches("empty|too short for a capture: [13] bytes"));
        }
    }
}
