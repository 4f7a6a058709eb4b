package io.pairwire.capture.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.CaptureDescription;
import io.pairwire.capture.CaptureWriter;
import io.pairwire.capture.Packet;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RotatingWriterTest {
    private static final long SECOND = 1_000_000_000;
    private final List<String> log = new ArrayList<>();
    private long now = 1_000 * SECOND;

    /** Writes into the log. */
    private final class Logged implements CaptureWriter, RotatingWriter.Opener {
        private final String name;
        private long packets;

        Logged(String name) {
            this.name = name;
        }

        @Override
        public CaptureWriter open(Path path) {
            return new Logged(path.toString());
        }

        @Override
        public void finish(CaptureWriter writer) {
            log.add(((Logged) writer).name + ":" + writer.packets());
        }

        @Override
        public void delete(Path path) {
            log.add("-" + path);
        }

        @Override
        public long headerBytes() {
            return 24;
        }

        @Override
        public long recordBytes(int capturedLength) {
            return 16L + capturedLength;
        }

        @Override
        public void describe(int file, CaptureDescription description) {}

        @Override
        public void write(Packet packet) {
            packets++;
        }

        @Override
        public void flush() {}

        @Override
        public long packets() {
            return packets;
        }

        @Override
        public void close() {}
    }

    private RotatingWriter writer(Rotation rotation, RotationNames names) throws IOException {
        return new RotatingWriter(rotation, names, new Logged(""), () -> now);
    }

    private static Packet packet() {
        return new Packet().moveTo(MemorySegment.ofArray(new byte[84]), 0, 84, 84, 0);
    }

    private static RotationNames numbers() {
        return (number, _) -> Path.of("f" + number);
    }

    @Test
    void without_limits_there_is_one_file() throws IOException {
        try (var writer = writer(Rotation.NONE, numbers())) {
            for (int i = 0; i < 100; i++) writer.write(packet());
            assertEquals(1, writer.files());
            assertEquals(100, writer.packets());
        }
        assertEquals(List.of("f1:100"), log);
    }

    @Test
    void a_ring_keeps_its_last_files() throws IOException {
        try (var writer = writer(new Rotation(0, 0, 2, 3, true), numbers())) {
            for (int i = 0; i < 9; i++) writer.write(packet());
        }
        assertEquals(List.of("f1:2", "f2:2", "f3:2", "-f1", "f4:2", "-f2", "f5:1"), log);
    }

    @Test
    void files_that_are_not_a_ring_end_the_capture() throws IOException {
        try (var writer = writer(new Rotation(0, 0, 2, 2, false), numbers())) {
            for (int i = 0; i < 4; i++) writer.write(packet());
            assertTrue(!writer.isOver());
            writer.write(packet());
            assertTrue(writer.isOver());
            assertEquals(4, writer.packets());
        }
        assertEquals(List.of("f1:2", "f2:2"), log);
    }

    @Test
    void length_counts_headers_and_records() throws IOException {
        try (var writer = writer(new Rotation(24 + 3 * 100, 0, 0, 0, false), numbers())) {
            for (int i = 0; i < 7; i++) writer.write(packet());
        }
        assertEquals(List.of("f1:3", "f2:3", "f3:1"), log);
    }

    @Test
    void time_rotates_at_the_strokes_of_its_clock_when_a_packet_comes() throws IOException {
        RotationNames names = (_, start) -> Path.of("at" + start / SECOND);
        try (var writer = writer(new Rotation(0, 10 * SECOND, 0, 0, false), names)) {
            writer.write(packet());
            now += 25 * SECOND;
            writer.tick();
            assertEquals(1, writer.files());
            writer.write(packet());
            now += 4 * SECOND;
            writer.tick();
            writer.write(packet());
            now += SECOND;
            writer.tick();
            writer.write(packet());
        }
        assertEquals(List.of("at1000:1", "at1020:2", "at1030:1"), log);
    }

    @Test
    void names_are_those_of_tcpdump_and_dumpcap() {
        long start = 1_769_860_800L * SECOND; // 2026-01-31 12:00:00
        Path whole = Path.of("a-%Y%m%d-%H%M%S%%.pcap");
        assertEquals(
                "a-20260131-120000%.pcap",
                RotationNames.tcpdump(whole, true, false, 0, ZoneOffset.UTC)
                        .of(3, start)
                        .toString());
        var lengths = RotationNames.tcpdump(Path.of("x.pcap"), false, true, 0, ZoneOffset.UTC);
        assertEquals("x.pcap", lengths.of(1, start).toString());
        assertEquals("x.pcap1", lengths.of(2, start).toString());
        var ring = RotationNames.tcpdump(Path.of("x.pcap"), false, true, 12, ZoneOffset.UTC);
        assertEquals("x.pcap00", ring.of(1, start).toString());
        assertEquals("x.pcap11", ring.of(12, start).toString());
        assertEquals("x.pcap00", ring.of(13, start).toString());
        assertEquals(
                "d_00002_20260131120000.pcapng.gz",
                RotationNames.dumpcap(Path.of("d.pcapng.gz")).of(2, start).toString());
    }
}
