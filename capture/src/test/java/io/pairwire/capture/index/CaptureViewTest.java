package io.pairwire.capture.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CaptureInterface;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import io.pairwire.capture.PcapngWriter;
import io.pairwire.capture.TimeResolution;
import io.pairwire.capture.WriteOptions;
import io.pairwire.capture.edit.PacketNumbers;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureViewTest {
    private static final int PACKETS = 2_000;
    private static final int SMALLEST_WINDOW = 4 << 10;

    @TempDir
    Path folder;

    /** Packets whose first bytes are their numbers, from 4 to 700 bytes long. */
    private static byte[] frame(int number) {
        byte[] frame = new byte[4 + (int) (number * 2_654_435_761L & 0x7fffffff) % 697];
        for (int i = 0; i < 4; i++) frame[i] = (byte) (number >>> 24 - 8 * i);
        return frame;
    }

    private Path pcap() throws IOException {
        Path file = folder.resolve("view.pcap");
        try (var writer = PcapWriter.create(file, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            for (int i = 1; i <= PACKETS; i++) writer.write(1_000L * i, frame(i));
        }
        return file;
    }

    /** With an interface described in the middle, so that a jump over it must still learn of it. */
    private Path pcapng() throws IOException {
        Path file = folder.resolve("view.pcapng");
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try (var writer = new PcapngWriter(channel, WriteOptions.of(CaptureFormat.PCAPNG))) {
            for (int i = 1; i <= PACKETS; i++) {
                if (i == 1 || i == PACKETS / 2) {
                    writer.addInterface(CaptureInterface.of(LinkType.ETHERNET, 0, TimeResolution.NANOSECONDS));
                }
                byte[] frame = frame(i);
                writer.write(
                        new Packet()
                                .moveTo(MemorySegment.ofArray(frame), 0, frame.length, frame.length, 1_000L * i)
                                .linkType(LinkType.ETHERNET)
                                .interfaceIndex(i < PACKETS / 2 ? 0 : 1),
                        List.of());
            }
        }
        return file;
    }

    private static void check(Packet packet, long number) {
        assertEquals(number, packet.number());
        assertEquals(number, packet.u32(0));
        assertEquals(1_000 * number, packet.epochNanos());
        assertEquals(frame((int) number).length, packet.capturedLength());
    }

    private Path file(String format) throws IOException {
        if (format.equals("pcapng")) return pcapng();
        Path pcap = pcap();
        if (format.equals("pcap")) return pcap;
        Path packed = folder.resolve("view.pcap.gz");
        byte[] bytes = Files.readAllBytes(pcap);
        try (var out = Files.newOutputStream(packed)) { // members of 64 KB
            for (int at = 0; at < bytes.length; at += 65_536) {
                var member = new GZIPOutputStream(out);
                member.write(bytes, at, Math.min(65_536, bytes.length - at));
                member.finish();
            }
        }
        return packed;
    }

    @ParameterizedTest
    @ValueSource(strings = {"pcap", "pcapng", "gzip"})
    void packets_are_shown_in_any_order_through_a_small_window(String format) throws IOException {
        var index = IndexBuilder.sparse(file(format)).build();
        assertEquals(PACKETS, index.packets());
        var random = new Random(1);
        try (var view = CaptureView.of(index, SMALLEST_WINDOW)) {
            for (int i = 0; i < 300; i++) {
                long number = random.nextLong(1, PACKETS + 1);
                check(view.packet(number), number);
                if (number < PACKETS) check(view.packet(number + 1), number + 1);
            }
            assertThrows(IndexOutOfBoundsException.class, () -> view.packet(0));
            assertThrows(IndexOutOfBoundsException.class, () -> view.packet(PACKETS + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pcap", "pcapng", "gzip"})
    void ranges_are_shown_whole_and_in_order(String format) throws IOException {
        var index = IndexBuilder.sparse(file(format)).build();
        try (var view = CaptureView.of(index, SMALLEST_WINDOW)) {
            for (long[] range : new long[][] {{1_990, 2_000}, {1, 2_000}, {500, 500}, {7, 6}}) {
                var seen = new ArrayList<Long>();
                view.forEach(range[0], range[1], packet -> {
                    check(packet, packet.number());
                    seen.add(packet.number());
                });
                assertEquals(LongStream.rangeClosed(range[0], range[1]).boxed().toList(), seen);
            }
            assertThrows(IndexOutOfBoundsException.class, () -> view.forEach(5, PACKETS + 1, _ -> {}));
        }
    }

    @Test
    void a_query_shows_what_it_means_and_little_else() throws IOException {
        var index = IndexBuilder.sparse(pcap()).build();
        try (var view = CaptureView.of(index)) {
            var seen = new ArrayList<Long>();
            view.forEach(PacketQuery.ALL.withTimes(1_000_000, 1_010_000), packet -> seen.add(packet.number()));
            assertTrue(seen.containsAll(LongStream.range(1_000, 1_010).boxed().toList()), "" + seen);
            assertTrue(seen.size() < 500, "a chunk or two: " + seen.size());
            seen.clear();
            view.forEach(
                    PacketQuery.ALL.withNumbers(PacketNumbers.parse("3,1998-")), packet -> seen.add(packet.number()));
            assertTrue(seen.containsAll(List.of(3L, 1_998L, 1_999L, 2_000L)));
        }
    }

    @Test
    void a_packet_of_a_stretch_that_is_no_longer_mapped_cannot_be_read() throws IOException {
        var index = IndexBuilder.sparse(pcap()).build();
        try (var view = CaptureView.of(index, SMALLEST_WINDOW)) {
            MemorySegment first = view.packet(1).memory();
            view.packet(PACKETS);
            assertFalse(first.scope().isAlive());
        }
    }

    @Test
    void a_sparse_index_takes_a_thousandth_of_the_capture() throws IOException {
        Path file = pcap();
        var index = IndexBuilder.sparse(file).build();
        assertTrue(index.length() - 300 <= Files.size(file) / 1_000, "" + index.length());
    }
}
