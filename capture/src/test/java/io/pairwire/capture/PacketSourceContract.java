package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link PacketSource} keeps to. An implementation's test extends it and says what its source holds. */
public abstract class PacketSourceContract {

    /** Time and bytes of a packet that the source is expected to hand over. */
    public record Expected(long epochNanos, String bytes) {
        static Expected of(Packet packet) {
            byte[] bytes = new byte[packet.capturedLength()];
            for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) packet.u8(i);
            return new Expected(packet.epochNanos(), HexFormat.of().formatHex(bytes));
        }
    }

    /** What {@link #source} hands over, at least three packets. */
    protected abstract List<Expected> expected();

    /** A new source, whose input is there already and ends. */
    protected abstract PacketSource source() throws IOException;

    private List<Expected> read(PacketSource source, int limit) throws IOException {
        var read = new ArrayList<Expected>();
        int handed;
        while ((handed = source.poll(packet -> read.add(Expected.of(packet)), limit)) != PacketSource.END) {
            assertTrue(handed >= 0 && handed <= limit, "handed over " + handed);
        }
        return read;
    }

    @Test
    void all_packets_are_handed_over_in_order_whatever_the_limit() throws IOException {
        for (int limit : new int[] {1, 2, 7, Integer.MAX_VALUE}) {
            try (var source = source()) {
                assertEquals(expected(), read(source, limit), "limit " + limit);
            }
        }
    }

    @Test
    void poll_says_how_often_the_handler_was_called() throws IOException {
        try (var source = source()) {
            var calls = new int[1];
            int handed;
            while ((handed = source.poll(packet -> calls[0]++, 2)) != PacketSource.END) {
                assertEquals(calls[0], handed);
                calls[0] = 0;
            }
            assertEquals(0, calls[0]);
        }
    }

    @Test
    void packets_are_numbered_from_one_in_each_file_and_files_have_names() throws IOException {
        try (var source = source()) {
            Map<Integer, Long> numbers = new HashMap<>();
            while (source.poll(
                            packet -> assertEquals(
                                    numbers.merge(packet.file(), 1L, Long::sum),
                                    packet.number(),
                                    "file " + packet.file()),
                            3)
                    != PacketSource.END) {}
            for (int file : numbers.keySet()) assertFalse(source.fileName(file).isEmpty());
        }
    }

    @Test
    void a_limit_of_zero_hands_over_nothing_and_a_negative_one_is_refused() throws IOException {
        try (var source = source()) {
            assertEquals(0, source.poll(packet -> assertEquals("", "called"), 0));
            assertThrows(IllegalArgumentException.class, () -> source.poll(packet -> {}, -1));
            assertEquals(expected(), read(source, 100));
        }
    }

    @Test
    void the_end_stays_the_end() throws IOException {
        try (var source = source()) {
            read(source, 100);
            assertEquals(PacketSource.END, source.poll(packet -> {}, 1));
            assertEquals(PacketSource.END, source.poll(packet -> {}, 100));
        }
    }

    @Test
    void a_handler_that_throws_does_not_see_the_packet_twice() throws IOException {
        try (var source = source()) {
            var read = new ArrayList<Expected>();
            assertThrows(
                    IllegalStateException.class,
                    () -> source.poll(
                            packet -> {
                                read.add(Expected.of(packet));
                                if (read.size() == 2) throw new IllegalStateException("as the test wants");
                            },
                            100));
            assertEquals(2, source.statistics().packets());
            read.addAll(read(source, 100));
            assertEquals(expected(), read);
        }
    }

    @Test
    void statistics_count_what_was_handed_over() throws IOException {
        try (var source = source()) {
            assertEquals(0, source.statistics().packets());
            long handed = source.poll(packet -> {}, 2);
            assertEquals(handed, source.statistics().packets());
            read(source, 100);
            var end = source.statistics();
            assertEquals(expected().size(), end.packets());
            assertEquals(end.files(), end.filesDone());
            assertEquals(0, end.damagedFiles());
            assertEquals(List.of(), end.damages());
        }
    }

    @Test
    void closing_ends_polling_and_may_be_repeated() throws IOException {
        var source = source();
        source.poll(packet -> {}, 1);
        source.close();
        assertDoesNotThrow(source::close);
        assertThrows(IllegalStateException.class, () -> source.poll(packet -> {}, 1));
        assertEquals(1, source.statistics().packets());
    }
}
