package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thread that reads ahead changes nothing of what is read. */
class ReadAheadTest {
    private static final ReadOptions ALONE = new ReadOptions(false, false);
    private static final ReadOptions AHEAD = new ReadOptions(false, true);

    /** Four megabytes: mostly ordinary packets, some longer than the headroom, some longer than a stretch. */
    private static byte[] capture = {};

    @TempDir
    static Path folder;

    private record Seen(int file, long number, long epochNanos, int captured, long checksum) {}

    private record Answer(
            List<Seen> packets, List<SourceStatistics.Damage> damages, long bytes, long skipped, long packetCount) {}

    @BeforeAll
    static void make() throws IOException {
        var random = new SplittableRandom(7);
        var bytes = new ByteArrayOutputStream();
        var format = new PcapFormat(java.nio.ByteOrder.LITTLE_ENDIAN, true, LinkType.ETHERNET, 1 << 20);
        try (var writer = new PcapWriter(Channels.newChannel(bytes), format)) {
            for (int i = 0; i < 5_000; i++) {
                int length = 60 + random.nextInt(1_200);
                if (i == 2_000) length = ReadAhead.LENGTH + 100_000;
                else if (i % 1_000 == 500) length = ReadAhead.HEADROOM + random.nextInt(100_000);
                byte[] packet = new byte[length];
                random.nextBytes(packet);
                Arrays.fill(packet, length / 2, length, (byte) 0); // so that it can be compressed
                writer.write(i * 1_000L, packet);
            }
        }
        capture = bytes.toByteArray();
        assertTrue(capture.length > 6 * ReadAhead.LENGTH);
    }

    private static Answer read(List<String> files, ReadOptions options, int limit) throws IOException {
        var packets = new ArrayList<Seen>();
        var checksum = new CRC32();
        try (var source = FileSource.open(files, options)) {
            PacketHandler handler = packet -> {
                checksum.reset();
                checksum.update(packet.memory()
                        .asSlice(packet.start(), packet.capturedLength())
                        .asByteBuffer());
                packets.add(new Seen(
                        packet.file(),
                        packet.number(),
                        packet.epochNanos(),
                        packet.capturedLength(),
                        checksum.getValue()));
            };
            while (source.poll(handler, limit) != PacketSource.END) {}
            var end = source.statistics();
            return new Answer(packets, end.damages(), end.bytes(), source.skippedBytes(), end.packets());
        }
    }

    private static String file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content).toString();
    }

    private static void assertSameAnswer(int expected, List<String> files, boolean resync) throws IOException {
        var alone = read(files, new ReadOptions(resync, false), 1_000);
        assertEquals(expected, alone.packets.size());
        assertEquals(alone, read(files, new ReadOptions(resync, true), 1_000));
        assertNoThreadIsLeft();
    }

    private static void assertNoThreadIsLeft() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            assertFalse(thread.getName().equals("pairwire-read-ahead") && thread.isAlive(), "a thread is left");
        }
    }

    @Test
    void packets_of_any_length_are_the_same() throws IOException {
        assertSameAnswer(5_000, List.of(file("whole.pcap", capture)), false);
    }

    @Test
    void several_files_are_merged_the_same_and_one_after_the_other() throws IOException {
        String one = file("one.pcap", capture);
        String other = file("other.pcap", capture);
        assertSameAnswer(10_000, List.of(one, other), false);
    }

    @Test
    void a_file_of_another_format_is_the_same() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var options = new WriteOptions(CaptureFormat.PCAPNG, true, PcapFormat.SNAPLEN, "", "", "", List.of());
        try (var writer = CaptureWriter.open(Channels.newChannel(bytes), options);
                var reader = PcapReader.open(Captures.channel(capture))) {
            var packet = new Packet();
            while (reader.next(packet)) writer.write(packet);
        }
        assertSameAnswer(5_000, List.of(file("whole.pcapng", bytes.toByteArray())), false);
    }

    @Test
    void a_cut_file_ends_at_the_same_packet_with_the_same_damage() throws IOException {
        byte[] cut = Arrays.copyOf(capture, capture.length - 7);
        assertSameAnswer(4_999, List.of(file("cut.pcap", cut)), false);
    }

    @Test
    void a_damage_is_searched_behind_in_the_same_way() throws IOException {
        byte[] damaged = capture.clone();
        Arrays.fill(damaged, 3 << 19, (3 << 19) + 5_000, (byte) 0xee);
        String file = file("damaged.pcap", damaged);
        var alone = read(List.of(file), new ReadOptions(true, false), 1_000);
        assertTrue(alone.packets.size() > 4_000 && !alone.damages.isEmpty());
        assertEquals(alone, read(List.of(file), new ReadOptions(true, true), 1_000));
    }

    @Test
    void a_compressed_file_is_unpacked_ahead() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var channel = Gzip.INSTANCE.compress(Channels.newChannel(packed))) {
            channel.write(ByteBuffer.wrap(capture));
        }
        byte[] gzip = packed.toByteArray();
        assertSameAnswer(5_000, List.of(file("whole.pcap.gz", gzip)), false);
        String cut = file("cut.pcap.gz", Arrays.copyOf(gzip, gzip.length * 3 / 4));
        var alone = read(List.of(cut), ALONE, 1_000);
        assertEquals(1, alone.damages.size());
        assertEquals(alone, read(List.of(cut), AHEAD, 1_000));
    }

    @Test
    void a_source_may_be_closed_at_any_packet() throws IOException {
        String file = file("closed.pcap", capture);
        for (int stop = 0; stop < 5_000; stop += 997) {
            try (var source = FileSource.open(List.of(file), AHEAD)) {
                if (stop > 0) source.poll(packet -> {}, stop);
            }
            assertNoThreadIsLeft();
        }
    }

    /** Gives bytes, then fails. */
    private static ReadableByteChannel failing(byte[] bytes, Exception failure) {
        var channel = Channels.newChannel(new ByteArrayInputStream(bytes));
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer target) throws IOException {
                int read = channel.read(target);
                if (read >= 0) return read;
                if (failure instanceof IOException e) throw e;
                throw (RuntimeException) failure;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }

    @Test
    void a_failure_comes_behind_what_was_read_before_it() throws IOException {
        for (Exception failure : List.of(new IOException("gone"), new IllegalStateException("broken"))) {
            var ahead = new ReadAhead();
            ahead.start(failing(new byte[700_000], failure));
            long length = 0;
            for (int i = 0; i < 2; i++) {
                var stretch = ahead.next();
                assertNotNull(stretch);
                length += stretch.end() - ReadAhead.HEADROOM;
                ahead.give(1);
            }
            assertEquals(700_000, length);
            assertSame(failure, assertThrows(failure.getClass(), ahead::next));
            assertSame(failure, assertThrows(failure.getClass(), ahead::next));
            ahead.stop();
        }
    }

    @Test
    void stretches_are_used_again_for_the_next_channel() throws IOException {
        var ahead = new ReadAhead();
        for (int round = 0; round < 5; round++) {
            ahead.start(Channels.newChannel(new ByteArrayInputStream(new byte[1 + round * 600_000])));
            if (round % 2 == 0) {
                var stretch = ahead.next();
                assertNotNull(stretch);
                ahead.give(1);
                while ((stretch = ahead.next()) != null) ahead.give(1);
                assertNull(ahead.next());
            }
            ahead.stop();
            ahead.stop();
            assertNoThreadIsLeft();
        }
    }

    @Test
    void a_thread_that_waits_for_the_next_stretch_is_freed_by_an_interrupt() throws Exception {
        var ahead = new ReadAhead();
        var never = new CountDownLatch(1);
        ahead.start(new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer target) throws IOException {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return -1;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        });
        Thread.currentThread().interrupt();
        assertThrows(ClosedByInterruptException.class, ahead::next);
        assertTrue(Thread.interrupted());
        never.countDown();
        ahead.stop();
    }
}
