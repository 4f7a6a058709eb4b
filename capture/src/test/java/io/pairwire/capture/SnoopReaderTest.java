package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Captures.Seen;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnoopReaderTest {
    private static final String HEADER = "736e6f6f70000000 00000002 00000004";

    /** Five bytes, three of padding. */
    private static final String RECORD = "0000003c 00000005 00000020 00000000 00000001 00000002 0102030405000000";

    private static CaptureReader reader(String hex) throws IOException {
        return CaptureFormat.open(Captures.channel(Captures.bytes(hex)), 16);
    }

    @Test
    void records_are_read_without_their_padding() throws IOException {
        var reader = reader(HEADER + RECORD + RECORD.replace("00000001 00000002", "80000000 001e8480"));
        var expected = List.of(
                new Seen(0, 1, 1_000_002_000, 60, "0102030405"),
                new Seen(0, 2, 0x8000_0002L * 1_000_000_000, 60, "0102030405"));
        assertEquals(expected, Captures.readAll(reader));
        var told = reader.description();
        assertEquals(CaptureFormat.SNOOP, told.format());
        assertEquals(ByteOrder.BIG_ENDIAN, told.sections().getFirst().order());
        assertEquals(LinkType.ETHERNET, told.interfaces().getFirst().linkType());
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "2, 6", "4, 1", "5, 104", "8, 10", "17, 123", "26, 242"})
    void datalink_types_are_told_as_link_types(int datalink, int linkType) throws IOException {
        var packet = new Packet();
        var reader = reader(HEADER.substring(0, HEADER.length() - 8) + String.format("%08x", datalink) + RECORD);
        assertTrue(reader.next(packet));
        assertEquals(linkType, packet.linkType());
    }

    @Test
    void what_is_not_known_is_refused() {
        var refused =
                assertThrows(UnsupportedCaptureException.class, () -> reader(HEADER.replace("00000004", "00000007")));
        assertEquals("snoop datalink type 7 is not known here", refused.getMessage());
        var version =
                assertThrows(MalformedCaptureException.class, () -> reader(HEADER.replace("00000002 ", "00000003 ")));
        assertEquals(DamageKind.BAD_VERSION, version.kind());
        assertEquals("snoop version is not 1 or 2: 3", version.getMessage());
        var cut = assertThrows(MalformedCaptureException.class, () -> reader("736e6f6f70000000 0000"));
        assertEquals("file header cut after 10 of 16 bytes", cut.getMessage());
    }

    @Test
    void lengths_that_lie_are_told() throws IOException {
        for (String lengths : List.of(
                "00000005 0000001c",
                "ffffffff 00000020",
                "00000005 ffffffff",
                "7fffffff 7fffffff",
                "00000005 00001000")) {
            var reader = reader(HEADER + RECORD + RECORD.replace("00000005 00000020", lengths));
            var packet = new Packet();
            assertTrue(reader.next(packet));
            var damage = assertThrows(MalformedCaptureException.class, () -> reader.next(packet));
            assertEquals(DamageKind.LENGTH_LIES, damage.kind());
            assertEquals(16 + 32, damage.offset());
        }
    }

    @Test
    void a_cut_record_is_told_but_missing_padding_is_no_loss() throws IOException {
        String all = (HEADER + RECORD).replace(" ", "");
        assertEquals(
                1, Captures.readAll(reader(all.substring(0, all.length() - 6))).size());
        var inData = reader(all.substring(0, all.length() - 8));
        var damage = assertThrows(MalformedCaptureException.class, () -> inData.next(new Packet()));
        assertEquals("record data cut after 4 of 5 bytes", damage.getMessage());
        assertEquals(DamageKind.CUT_RECORD, damage.kind());
        var inHeader = reader(all.substring(0, 40));
        damage = assertThrows(MalformedCaptureException.class, () -> inHeader.next(new Packet()));
        assertEquals("record header cut after 4 of 24 bytes", damage.getMessage());
    }

    @Test
    void reading_goes_on_behind_a_damage_if_wanted() throws IOException {
        String bad = RECORD.replace("00000005 00000020", "00000005 00000002");
        byte[] bytes = Captures.bytes(HEADER + RECORD + bad + RECORD + RECORD);
        var told = new ArrayList<Long>();
        var reader = CaptureFormat.open(
                Captures.channel(bytes), 16, ReadOptions.RESYNC, (damage, packets, resumedAt) -> told.add(resumedAt));
        assertEquals(3, Captures.readAll(reader).size());
        assertEquals(List.of(16L + 64), told);
    }

    @Test
    void a_record_is_found_again(@TempDir Path folder) throws IOException {
        Path file = Path.of(Captures.write(
                folder.resolve("a.snoop"), Captures.bytes(HEADER + RECORD + RECORD.replace("0102", "0908"))));
        try (var reader = CaptureFormat.open(FileChannel.open(file), 16)) {
            var packet = new Packet();
            reader.next(packet);
            reader.next(packet);
            assertEquals(16 + 32, reader.recordPosition());
            assertFalse(reader.next(packet));
            reader.seek(16, 1);
            assertTrue(reader.next(packet));
            assertEquals(1, packet.u8(0));
        }
    }
}
