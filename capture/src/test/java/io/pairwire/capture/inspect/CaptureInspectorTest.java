package io.pairwire.capture.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.DamageKind;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import io.pairwire.capture.ReadOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CaptureInspectorTest {
    private static final int FILE_HEADER = 24;
    private static final int RECORD = 16 + 60;

    @Test
    void lengths_and_times_are_counted() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var writer = new PcapWriter(Channels.newChannel(bytes), PcapFormat.nanoseconds(LinkType.RAW))) {
            writer.write(50, 100, new byte[60], 0, 60);
            writer.write(40, 100, new byte[70], 0, 70);
            writer.write(0, 30, new byte[31], 0, 31);
            writer.write(60, 0, new byte[0], 0, 0);
        }
        CaptureFacts facts = inspect(bytes.toByteArray(), ReadOptions.DEFAULT);
        var counts = facts.counts();
        assertEquals(4, counts.packets());
        assertEquals(161, counts.capturedBytes());
        assertEquals(230, counts.originalBytes());
        assertEquals(0, counts.firstNanos());
        assertEquals(60, counts.lastNanos());
        assertEquals(60, counts.durationNanos());
        assertEquals(1, counts.zeroTimes());
        assertEquals(2, counts.outOfOrder());
        assertEquals(2, counts.truncated());
        assertEquals(60, counts.shortestTruncated());
        assertEquals(70, counts.longestTruncated());
        assertEquals(1, counts.longerThanOriginal());
        assertEquals(1, counts.empty());
        assertEquals(Map.of(LinkType.RAW, 4L), counts.linkTypes());
        assertTrue(facts.isWhole());
    }

    @Test
    void the_digest_is_that_of_the_whole_file_even_if_reading_ends_before() throws Exception {
        byte[] whole = records(3);
        byte[] damaged = Arrays.copyOf(whole, whole.length + 100);
        Arrays.fill(damaged, whole.length, damaged.length, (byte) 0xff);
        CaptureFacts facts = inspect(damaged, ReadOptions.DEFAULT);
        byte[] expected = MessageDigest.getInstance("SHA-256").digest(damaged);
        assertEquals(Optional.of(HexFormat.of().formatHex(expected)), facts.sha256());
        assertEquals(damaged.length, facts.fileBytes());
    }

    @Test
    void a_damage_is_told_with_kind_and_offset_and_what_is_before_it_counts() throws IOException {
        byte[] cut = Arrays.copyOf(records(3), FILE_HEADER + 2 * RECORD + 20);
        CaptureFacts facts = inspect(cut, ReadOptions.DEFAULT);
        assertFalse(facts.isWhole());
        var damage = facts.damages().getFirst();
        assertEquals(DamageKind.CUT_RECORD, damage.kind());
        assertEquals(FILE_HEADER + 2 * RECORD, damage.offset());
        assertEquals(2, damage.packets());
        assertEquals(2, facts.counts().packets());
    }

    @Test
    void with_resync_reading_goes_on_behind_a_damage() throws IOException {
        byte[] bytes = records(8);
        Arrays.fill(bytes, FILE_HEADER + 2 * RECORD, FILE_HEADER + 2 * RECORD + 16, (byte) 0xff);
        CaptureFacts facts = inspect(bytes, ReadOptions.RESYNC);
        assertEquals(1, facts.damageCount());
        assertEquals(7, facts.counts().packets());
        assertEquals(FILE_HEADER + 3 * RECORD, facts.damages().getFirst().resumedAt());
    }

    @Test
    void what_is_no_capture_is_a_damage_and_not_a_failure() throws IOException {
        CaptureFacts facts = inspect(new byte[] {'t', 'e', 'x', 't', 's'}, ReadOptions.DEFAULT);
        assertEquals(CaptureFormat.UNKNOWN, facts.container());
        assertEquals(Optional.empty(), facts.description());
        assertEquals(1, facts.damageCount());
        assertEquals(
                DamageKind.EMPTY,
                inspect(new byte[0], ReadOptions.DEFAULT).damages().getFirst().kind());
    }

    @Test
    void progress_ends_at_the_end() throws IOException {
        byte[] bytes = records(5);
        var inspector =
                new CaptureInspector("a", Channels.newChannel(new ByteArrayInputStream(bytes)), bytes.length, false);
        assertEquals(0, inspector.progress().packets());
        inspector.inspect(ReadOptions.DEFAULT);
        assertEquals(5, inspector.progress().packets());
        assertEquals(bytes.length, inspector.progress().bytes());
        assertEquals(bytes.length, inspector.progress().totalBytes());
    }

    /** A file of so many packets of 60 bytes, a second apart. */
    private static byte[] records(int count) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var writer = new PcapWriter(Channels.newChannel(bytes), PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            for (int i = 0; i < count; i++) writer.write(1_700_000_000_000_000_000L + i * 1_000_000_000L, new byte[60]);
        }
        return bytes.toByteArray();
    }

    private static CaptureFacts inspect(byte[] bytes, ReadOptions options) throws IOException {
        var channel = Channels.newChannel(new ByteArrayInputStream(bytes));
        return new CaptureInspector("a", channel, bytes.length, true).inspect(options);
    }
}
