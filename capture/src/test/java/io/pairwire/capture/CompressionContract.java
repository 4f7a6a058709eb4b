package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link Compression} promises. */
public abstract class CompressionContract {
    private static final int BOMB = 48 << 20;

    /** For subclasses. */
    protected CompressionContract() {}

    /** The one that is tested. */
    protected abstract Compression compression();

    /** Plain bytes before a cut that may be missing, as their block is not whole. */
    protected int lostBeforeCut() {
        return 0;
    }

    /** Bytes that were unpacked, and what came then; null at the end of the stream. */
    protected record Unpacked(byte[] plain, @Nullable MalformedCaptureException damage) {}

    /** Packs, so many bytes a write. */
    protected final byte[] pack(byte[] plain, int step) throws IOException {
        var packed = new ByteArrayOutputStream();
        var source = ByteBuffer.wrap(plain);
        try (var channel = compression().compress(Channels.newChannel(packed))) {
            while (source.hasRemaining()) {
                int length = Math.min(step, source.remaining());
                assertEquals(length, channel.write(source.slice(source.position(), length)));
                source.position(source.position() + length);
            }
        }
        return packed.toByteArray();
    }

    protected final byte[] pack(byte[] plain) throws IOException {
        return pack(plain, 1 << 16);
    }

    /** Unpacks to the end or the damage, into a buffer of that length. */
    protected final Unpacked unpack(ReadableByteChannel packed, int bufferLength) throws IOException {
        var plain = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocateDirect(bufferLength);
        byte[] copy = new byte[bufferLength];
        try (var channel = compression().decompress(new CompressedInput(packed))) {
            while (channel.read(buffer) >= 0) {
                buffer.flip();
                int count = buffer.remaining();
                assertTrue(count > 0, "a read gave nothing");
                buffer.get(copy, 0, count).clear();
                plain.write(copy, 0, count);
            }
        } catch (MalformedCaptureException damage) {
            assertEquals(plain.size(), damage.offset());
            return new Unpacked(plain.toByteArray(), damage);
        }
        return new Unpacked(plain.toByteArray(), null);
    }

    protected final Unpacked unpack(byte[] packed) throws IOException {
        return unpack(Captures.channel(packed), 1 << 16);
    }

    /** Asserts that nothing is damaged. */
    protected final byte[] unpackWhole(byte[] packed) throws IOException {
        var unpacked = unpack(packed);
        assertNull(unpacked.damage());
        return unpacked.plain();
    }

    /** Partly noise, partly repeated, as captures are. */
    protected static byte[] plain(int length) {
        var random = new Random(length);
        byte[] plain = new byte[length];
        int at = 0;
        while (at < length) {
            int part = Math.min(length - at, 1 + random.nextInt(400));
            if (at > 500 && random.nextInt(3) > 0) {
                System.arraycopy(plain, random.nextInt(at - 400), plain, at, part);
            } else {
                for (int i = 0; i < part; i++) plain[at + i] = (byte) random.nextInt();
            }
            at += part;
        }
        return plain;
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) all.writeBytes(part);
        return all.toByteArray();
    }

    @Test
    void what_was_packed_is_unpacked_whatever_the_buffers() throws IOException {
        for (int length : new int[] {0, 1, 12, 1_000, 65_536, 700_001}) {
            byte[] plain = plain(length);
            for (int step : new int[] {97, 1 << 20}) {
                byte[] packed = pack(plain, step);
                assertEquals(compression().format(), CaptureFormat.of(Arrays.copyOf(packed, CaptureFormat.HEAD)));
                for (int buffer : new int[] {61, 5_000, 1 << 20}) {
                    var unpacked = unpack(Captures.channel(packed), buffer);
                    assertNull(unpacked.damage());
                    assertArrayEquals(plain, unpacked.plain(), length + " by " + step + " into " + buffer);
                }
            }
        }
    }

    @Test
    void a_stream_may_come_a_byte_at_a_time() throws IOException {
        byte[] plain = plain(3_000);
        byte[] packed = pack(plain);
        assertArrayEquals(plain, unpack(Captures.trickle(packed, 1), 1).plain());
        assertArrayEquals(plain, unpack(Captures.trickle(packed, 7), 4_096).plain());
    }

    @Test
    void streams_one_after_the_other_are_one() throws IOException {
        byte[] first = plain(5_000);
        byte[] second = plain(7_000);
        byte[] packed = join(pack(first), pack(new byte[0]), pack(second), pack(new byte[0]));
        assertArrayEquals(join(first, second), unpackWhole(packed));
        assertArrayEquals(
                join(first, second), unpack(Captures.trickle(packed, 1), 100).plain());
    }

    @Test
    void something_else_after_the_stream_is_damage_that_costs_nothing() throws IOException {
        byte[] plain = plain(2_000);
        byte[] packed = pack(plain);
        var unpacked = unpack(join(packed, "something else".getBytes(StandardCharsets.US_ASCII)));
        assertArrayEquals(plain, unpacked.plain());
        var damage = unpacked.damage();
        assertNotNull(damage);
        var message = Pattern.compile(".*, at byte (\\d+) of the compressed stream")
                .matcher(String.valueOf(damage.getMessage()));
        assertTrue(message.matches(), damage.getMessage());
        assertTrue(Integer.parseInt(message.group(1)) >= packed.length, damage.getMessage());
    }

    @Test
    void a_stream_cut_anywhere_gives_what_comes_before_and_then_damage() throws IOException {
        byte[] plain = plain(1_500);
        byte[] packed = pack(plain);
        int before = 0;
        for (int length = 1; length < packed.length; length++) {
            var unpacked = unpack(Arrays.copyOf(packed, length));
            assertNotNull(unpacked.damage(), "cut at " + length);
            int given = unpacked.plain().length;
            assertTrue(given >= before, "cut at " + length);
            assertArrayEquals(Arrays.copyOf(plain, given), unpacked.plain(), "cut at " + length);
            before = given;
        }
    }

    /** Random bytes do not get shorter, so it is known how many of them the cut stream has. */
    @Test
    void a_cut_costs_no_more_than_what_was_cut_off() throws IOException {
        byte[] plain = new byte[600_000];
        new Random(1).nextBytes(plain);
        byte[] packed = pack(plain);
        for (int cut : new int[] {1, 1_000, 200_000, 599_000}) {
            var unpacked = unpack(Arrays.copyOf(packed, packed.length - cut));
            int given = unpacked.plain().length;
            assertArrayEquals(Arrays.copyOf(plain, given), unpacked.plain());
            assertTrue(given >= plain.length - cut - lostBeforeCut() - 100, "cut " + cut + ", given " + given);
        }
    }

    @Test
    void flipped_bits_are_noticed_or_mean_nothing() throws IOException {
        byte[] plain = plain(1_500);
        byte[] packed = pack(plain);
        for (int at = 0; at < packed.length; at++) {
            byte[] flipped = packed.clone();
            flipped[at] ^= (byte) (1 << (at % 8));
            try {
                var unpacked = unpack(flipped);
                if (unpacked.damage() == null) assertArrayEquals(plain, unpacked.plain(), "flipped at " + at);
            } catch (UnsupportedCaptureException refused) {
                assertEquals(compression().format(), refused.format());
            }
        }
    }

    @Test
    void what_was_flushed_can_be_read_though_the_writer_never_ends() throws IOException {
        byte[] plain = plain(20_000);
        var packed = new ByteArrayOutputStream();
        try (var channel = compression().compress(Channels.newChannel(packed))) {
            channel.write(ByteBuffer.wrap(plain, 0, 12_345));
            channel.flush();
            channel.write(ByteBuffer.wrap(plain, 12_345, plain.length - 12_345));
            channel.flush();
            channel.flush();
            var unpacked = unpack(packed.toByteArray());
            assertArrayEquals(plain, unpacked.plain());
            assertNotNull(unpacked.damage());
        }
        assertArrayEquals(plain, unpackWhole(packed.toByteArray()));
    }

    @Test
    void a_killed_writer_leaves_all_but_the_last_megabytes() throws IOException {
        int length = 2 * CompressingChannel.FLUSH_EVERY + 100;
        var packed = new ByteArrayOutputStream();
        try (var channel = compression().compress(Channels.newChannel(packed))) {
            channel.write(ByteBuffer.allocate(length));
            byte[] seen = unpack(packed.toByteArray()).plain();
            assertTrue(seen.length >= 2 * CompressingChannel.FLUSH_EVERY, "readable: " + seen.length);
        }
    }

    @Test
    void a_bomb_is_read_in_little_memory() throws IOException {
        byte[] packed;
        var out = new ByteArrayOutputStream();
        try (var channel = compression().compress(Channels.newChannel(out))) {
            ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
            for (int i = 0; i < BOMB >> 20; i++) channel.write(zeros.clear());
        }
        packed = out.toByteArray();
        assertTrue(packed.length < BOMB / 100, "no bomb: " + packed.length);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long total = 0;
        try (var channel = compression().decompress(new CompressedInput(Captures.channel(packed)))) {
            for (int count; (count = channel.read(buffer.clear())) >= 0; ) total += count;
        }
        allocated = threads.getCurrentThreadAllocatedBytes() - allocated;
        assertEquals(BOMB, total);
        assertTrue(allocated < BOMB / 4, "allocated " + allocated);
    }

    @Test
    void a_damaged_stream_stays_damaged() throws IOException {
        byte[] packed = pack(plain(1_000));
        var channel = compression()
                .decompress(new CompressedInput(Captures.channel(Arrays.copyOf(packed, packed.length - 1))));
        ByteBuffer buffer = ByteBuffer.allocate(4_096);
        var first = assertThrows(MalformedCaptureException.class, () -> {
            while (channel.read(buffer.clear()) >= 0) {}
        });
        assertEquals(first, assertThrows(MalformedCaptureException.class, () -> channel.read(buffer.clear())));
        channel.close();
        channel.close();
        assertFalse(channel.isOpen());
        assertThrows(ClosedChannelException.class, () -> channel.read(buffer.clear()));
    }

    @Test
    void packets_before_the_damage_are_delivered_whatever_the_name() throws IOException {
        int frame = 200;
        var bytes = new ByteArrayOutputStream();
        try (var writer = new PcapWriter(Channels.newChannel(bytes), PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            var random = new Random(2);
            byte[] content = new byte[frame];
            for (int i = 1; i <= 3_000; i++) {
                random.nextBytes(content);
                writer.write(i, content);
            }
        }
        byte[] packed = pack(bytes.toByteArray());
        try (var reader = CaptureFormat.open(Captures.trickle(packed, 1_000), 3_000)) {
            assertEquals(3_000, Captures.readAll(reader).size());
            assertEquals(packed.length, reader.bytesRead());
            assertFalse(reader.seekable());
        }
        byte[] cut = Arrays.copyOf(packed, packed.length / 2);
        int given = unpack(cut).plain().length;
        var packet = new Packet();
        try (var reader = CaptureFormat.open(Captures.channel(cut))) {
            var damage = assertThrows(MalformedCaptureException.class, () -> {
                while (reader.next(packet)) assertEquals(packet.number(), packet.epochNanos());
            });
            assertEquals((given - 24) / (16 + frame), packet.number());
            assertEquals(given, damage.offset());
            assertEquals(
                    compression().format() + " stream is cut, at byte " + cut.length + " of the compressed stream",
                    damage.getMessage());
            assertEquals(damage, assertThrows(MalformedCaptureException.class, () -> reader.next(packet)));
        }
    }

    @Test
    @Timeout(60)
    void a_reader_that_waits_is_freed_by_an_interrupt_and_by_a_close() throws Exception {
        byte[] packed = pack(plain(1_000));
        for (boolean interrupt : new boolean[] {true, false}) {
            Pipe pipe = Pipe.open();
            pipe.sink().write(ByteBuffer.wrap(packed, 0, packed.length / 2));
            var channel = compression().decompress(new CompressedInput(pipe.source()));
            var ended = new Throwable[1];
            var reading = new Thread(() -> {
                ByteBuffer buffer = ByteBuffer.allocateDirect(4_096);
                ended[0] = assertThrows(IOException.class, () -> {
                    while (channel.read(buffer.clear()) >= 0) {}
                });
            });
            reading.start();
            if (interrupt) reading.interrupt();
            else channel.close();
            reading.join();
            if (interrupt) assertInstanceOf(ClosedByInterruptException.class, ended[0]);
            else
                assertTrue(
                        ended[0] instanceof AsynchronousCloseException || ended[0] instanceof ClosedChannelException);
            assertFalse(pipe.source().isOpen());
            channel.close();
            pipe.sink().close();
        }
    }

    @Test
    void a_compressed_stream_in_a_compressed_stream_is_refused() throws IOException {
        byte[] twice = pack(pack(Captures.pcap(1, 2)));
        var channel = Captures.channel(twice);
        var refused = assertThrows(UnsupportedCaptureException.class, () -> CaptureFormat.open(channel));
        assertTrue(
                String.valueOf(refused.getMessage())
                        .startsWith(compression().format() + " inside "
                                + compression().format() + " is not unpacked"),
                refused.getMessage());
        assertFalse(channel.isOpen());
    }

    /** Nothing but the exceptions that files may cause. For fuzz tests. */
    public static void unpackAnything(Compression compression, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(4_096);
        long limit = 64L << 20;
        try (var channel = compression.decompress(new CompressedInput(Captures.channel(bytes)))) {
            for (int count; limit > 0 && (count = channel.read(buffer.clear())) >= 0; ) {
                if (count == 0) throw new AssertionError("a read gave nothing");
                limit -= count;
            }
        } catch (MalformedCaptureException e) {
            if (e.offset() < 0) throw new AssertionError("offset " + e.offset(), e);
        } catch (UnsupportedCaptureException e) {
            if (e.format() != compression.format()) {
                throw new AssertionError(HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 16)), e);
            }
        }
    }
}
