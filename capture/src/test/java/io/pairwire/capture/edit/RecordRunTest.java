package io.pairwire.capture.edit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CaptureWriter;
import io.pairwire.capture.FileSource;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import io.pairwire.capture.WriteOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs of records must come out as packets that are written one by one. */
class RecordRunTest {
    private static final long START = 1_700_000_000_000_000_000L;
    private static final Predicate<Packet> ALL = _ -> true;

    /** Bytes of a capture are read a megabyte at a time, so that runs end where reading goes on. */
    private static final int PACKETS = 4_000;

    @TempDir
    Path folder;

    private int calls;

    private Path capture(String name, ByteOrder order, boolean nanoseconds, long seed) throws IOException {
        Path file = folder.resolve(name);
        var random = new Random(seed);
        var format = new PcapFormat(order, nanoseconds, LinkType.ETHERNET, PcapFormat.SNAPLEN);
        try (var writer = PcapWriter.create(file, format)) {
            long time = START + seed;
            for (int i = 0; i < PACKETS; i++) {
                byte[] frame = new byte[random.nextInt(1500)];
                random.nextBytes(frame);
                writer.write(time, frame.length + random.nextInt(2), frame, 0, frame.length);
                time += random.nextInt(5_000_000);
            }
        }
        return file;
    }

    private byte[] copy(List<Path> files, boolean gathers, boolean nanoseconds, int snaplen, Predicate<Packet> wanted)
            throws IOException {
        var bytes = new ByteArrayOutputStream();
        var options = WriteOptions.of(CaptureFormat.PCAP).nanoseconds(nanoseconds);
        calls = 0;
        var counting = new WritableByteChannel() {
            private final WritableByteChannel target = Channels.newChannel(bytes);

            @Override
            public int write(ByteBuffer from) throws IOException {
                calls++;
                return target.write(from);
            }

            @Override
            public boolean isOpen() {
                return target.isOpen();
            }

            @Override
            public void close() throws IOException {
                target.close();
            }
        };
        long[] written = {0};
        try (var source = FileSource.open(files.stream().map(Path::toString).toList());
                var copy = new PacketCopy(
                        source, _ -> CaptureWriter.open(counting, options), UnaryOperator.identity(), snaplen)) {
            if (gathers) copy.gatherRuns();
            while (source.poll(
                            packet -> {
                                if (!wanted.test(packet)) return;
                                written[0]++;
                                write(copy, packet);
                                assertEquals(written[0], copy.packets());
                            },
                            100)
                    != PacketSource.END) {}
            copy.finish();
        }
        return bytes.toByteArray();
    }

    private static void write(PacketCopy copy, Packet packet) {
        try {
            copy.write(packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_capture_of_the_same_kind_comes_out_byte_for_byte_and_in_a_few_calls() throws IOException {
        Path file = capture("a.pcap", ByteOrder.LITTLE_ENDIAN, false, 1);
        assertArrayEquals(Files.readAllBytes(file), copy(List.of(file), true, false, Integer.MAX_VALUE, ALL));
        assertTrue(calls < 10, "calls " + calls);
    }

    @Test
    void whatever_is_left_out_the_rest_is_what_packets_one_by_one_give() throws IOException {
        Path file = capture("a.pcap", ByteOrder.LITTLE_ENDIAN, true, 1);
        for (int of : new int[] {2, 3, 50, 1000}) {
            Predicate<Packet> some = packet -> new Random(packet.number()).nextInt(of) > 0;
            assertArrayEquals(
                    copy(List.of(file), false, true, Integer.MAX_VALUE, some),
                    copy(List.of(file), true, true, Integer.MAX_VALUE, some));
        }
    }

    @Test
    void another_order_precision_or_snapshot_length_is_written_anew() throws IOException {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            Path file = capture("a" + order + ".pcap", order, true, 2);
            for (boolean nanoseconds : new boolean[] {true, false}) {
                for (int snaplen : new int[] {700, Integer.MAX_VALUE}) {
                    assertArrayEquals(
                            copy(List.of(file), false, nanoseconds, snaplen, ALL),
                            copy(List.of(file), true, nanoseconds, snaplen, ALL));
                }
            }
        }
    }

    @Test
    void captures_that_overlap_in_time_are_merged_all_the_same() throws IOException {
        var files = List.of(
                capture("a.pcap", ByteOrder.LITTLE_ENDIAN, true, 3),
                capture("b.pcap", ByteOrder.BIG_ENDIAN, true, 4),
                capture("c.pcap", ByteOrder.LITTLE_ENDIAN, true, 5));
        assertArrayEquals(
                copy(files, false, true, Integer.MAX_VALUE, ALL), copy(files, true, true, Integer.MAX_VALUE, ALL));
    }

    /** Such a fraction is carried into the seconds, and the writer writes what was carried. */
    @Test
    void a_time_with_too_large_a_fraction_is_written_as_the_time_it_is() throws IOException {
        Path file = capture("a.pcap", ByteOrder.LITTLE_ENDIAN, false, 1);
        byte[] bytes = Files.readAllBytes(file);
        var records = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int second = 24 + 16 + records.getInt(24 + 8);
        records.putInt(second + 4, 1_000_000);
        Files.write(file, bytes);
        byte[] copied = copy(List.of(file), true, false, Integer.MAX_VALUE, ALL);
        records.putInt(second, records.getInt(second) + 1).putInt(second + 4, 0);
        assertArrayEquals(bytes, copied);
    }

    @Test
    void a_failure_of_the_output_comes_out_of_the_polling_and_is_no_damage_of_the_input() throws IOException {
        Path file = capture("a.pcap", ByteOrder.LITTLE_ENDIAN, true, 1);
        WritableByteChannel full = new WritableByteChannel() {
            @Override
            public int write(ByteBuffer from) throws IOException {
                throw new IOException("full");
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
        try (var source = FileSource.open(List.of(file.toString()))) {
            var options = WriteOptions.of(CaptureFormat.PCAP);
            var copy = new PacketCopy(
                    source, _ -> CaptureWriter.open(full, options), UnaryOperator.identity(), Integer.MAX_VALUE);
            copy.gatherRuns();
            var thrown = assertThrows(UncheckedIOException.class, () -> {
                while (source.poll(packet -> write(copy, packet), 100) != PacketSource.END) {}
            });
            assertEquals("full", thrown.getCause().getMessage());
            assertEquals(0, source.statistics().damagedFiles());
        }
    }
}
