package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Captures.Seen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading on behind a damage. */
class ResyncTest {
    private static final int PACKETS = 50;

    enum Kind {
        LITTLE_MICROS,
        BIG_NANOS,
        LITTLE_NG,
        BIG_NG
    }

    /** Packets of random lengths and bytes, and where each begins in the file. */
    private static final class Sample {
        final List<Seen> seen = new ArrayList<>();
        final List<Long> positions = new ArrayList<>();
        final byte[] bytes;
        final int header;

        Sample(Kind kind) throws IOException {
            bytes = switch (kind) {
                case LITTLE_MICROS -> pcap(PcapFormat.microseconds(LinkType.ETHERNET));
                case BIG_NANOS -> pcap(new PcapFormat(ByteOrder.BIG_ENDIAN, true, LinkType.ETHERNET, 65_535));
                case LITTLE_NG -> ng(ByteOrder.LITTLE_ENDIAN);
                case BIG_NG -> ng(ByteOrder.BIG_ENDIAN);
            };
            var reader = CaptureFormat.open(Captures.channel(bytes));
            var packet = new Packet();
            while (reader.next(packet)) {
                seen.add(Seen.of(packet));
                positions.add(reader.recordPosition());
            }
            header = positions.getFirst().intValue();
        }

        private static byte[] frame(Random random) {
            byte[] frame = new byte[20 + random.nextInt(200)];
            random.nextBytes(frame);
            return frame;
        }

        private static byte[] pcap(PcapFormat format) throws IOException {
            var random = new Random(7);
            var out = new ByteArrayOutputStream();
            try (var writer = new PcapWriter(Channels.newChannel(out), format)) {
                for (int i = 0; i < PACKETS; i++)
                    writer.write(1_700_000_000_000_000_000L + i * 1_000_000L, frame(random));
            }
            return out.toByteArray();
        }

        private static byte[] ng(ByteOrder order) {
            var random = new Random(7);
            var blocks = new Blocks(order).section(order).describe(LinkType.ETHERNET, 0);
            for (int i = 0; i < PACKETS; i++) {
                byte[] frame = frame(random);
                blocks.enhanced(0, 1_700_000_000_000_000L + i, frame.length, frame);
            }
            return blocks.bytes();
        }
    }

    private static final class Told implements DamageListener {
        final List<MalformedCaptureException> damages = new ArrayList<>();
        long skipped;

        @Override
        public void onDamage(MalformedCaptureException damage, long packets, long resumedAt) {
            damages.add(damage);
            assertTrue(resumedAt > damage.offset());
            skipped += resumedAt - damage.offset();
        }
    }

    /** All bytes of packets in the file, in order; the damage that ended the reading is told too. */
    private static List<String> read(byte[] bytes, Told told) throws IOException {
        var reader = CaptureFormat.open(Captures.trickle(bytes, 1_000), 64, ReadOptions.RESYNC, told);
        var packet = new Packet();
        var read = new ArrayList<String>();
        try {
            while (reader.next(packet)) {
                read.add(Captures.hex(packet));
                assertEquals(read.size(), packet.number());
            }
        } catch (MalformedCaptureException last) {
            told.damages.add(last);
            assertThrows(MalformedCaptureException.class, () -> reader.next(packet));
        }
        return read;
    }

    private static List<String> without(Sample sample, int... lost) {
        var left = new ArrayList<String>();
        for (int i = 0; i < PACKETS; i++) {
            int number = i;
            if (Arrays.stream(lost).noneMatch(one -> one == number))
                left.add(sample.seen.get(i).bytes());
        }
        return left;
    }

    @ParameterizedTest
    @EnumSource
    void one_header_of_noise_costs_one_packet_and_is_told_once(Kind kind) throws IOException {
        var sample = new Sample(kind);
        for (int damaged = 0; damaged < PACKETS - 1; damaged += 7) {
            byte[] bytes = sample.bytes.clone();
            int at = sample.positions.get(damaged).intValue();
            Arrays.fill(bytes, at, at + 16, (byte) 0xee);
            var told = new Told();
            assertEquals(without(sample, damaged), read(bytes, told));
            assertEquals(1, told.damages.size());
            assertEquals(DamageKind.LENGTH_LIES, told.damages.getFirst().kind());
            assertEquals(at, told.damages.getFirst().offset());
            assertEquals(sample.positions.get(damaged + 1) - at, told.skipped);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_hole_in_the_file_costs_the_packets_it_touches(Kind kind) throws IOException {
        var sample = new Sample(kind);
        int from = sample.positions.get(10).intValue() + 21;
        int to = sample.positions.get(13).intValue() + 5;
        byte[] bytes = new byte[sample.bytes.length - (to - from)];
        System.arraycopy(sample.bytes, 0, bytes, 0, from);
        System.arraycopy(sample.bytes, to, bytes, from, sample.bytes.length - to);
        var told = new Told();
        var read = read(bytes, told);
        assertTrue(told.damages.size() >= 1);
        // A pcap record may be believed that ends in the wrong place; everything else is as it was.
        var expected = without(sample, 10, 11, 12, 13);
        read.removeIf(packet -> !expected.contains(packet));
        int lost = expected.size() - read.size();
        assertTrue(lost <= 1, "lost " + lost);
    }

    @ParameterizedTest
    @EnumSource
    void zeros_in_the_middle_are_passed_over(Kind kind) throws IOException {
        var sample = new Sample(kind);
        int middle = sample.positions.get(20).intValue();
        byte[] bytes = new byte[sample.bytes.length + 100_000];
        System.arraycopy(sample.bytes, 0, bytes, 0, middle);
        System.arraycopy(sample.bytes, middle, bytes, middle + 100_000, sample.bytes.length - middle);
        var told = new Told();
        var read = read(bytes, told);
        assertEquals(without(sample), read);
        assertEquals(1, told.damages.size());
        assertEquals(100_000, told.skipped);
    }

    @ParameterizedTest
    @EnumSource
    void damage_to_the_last_record_ends_the_reading(Kind kind) throws IOException {
        var sample = new Sample(kind);
        var told = new Told();
        byte[] cut = Arrays.copyOf(sample.bytes, sample.bytes.length - 5);
        assertEquals(without(sample, PACKETS - 1), read(cut, told));
        assertEquals(1, told.damages.size());
        assertEquals(DamageKind.CUT_RECORD, told.damages.getFirst().kind());
    }

    @ParameterizedTest
    @EnumSource
    void without_the_option_the_first_damage_ends_the_reading(Kind kind) throws IOException {
        var sample = new Sample(kind);
        byte[] bytes = sample.bytes.clone();
        Arrays.fill(
                bytes,
                sample.positions.get(5).intValue(),
                sample.positions.get(5).intValue() + 16,
                (byte) 0xee);
        var reader = CaptureFormat.open(Captures.channel(bytes));
        var packet = new Packet();
        for (int i = 0; i < 5; i++) assertTrue(reader.next(packet));
        assertThrows(MalformedCaptureException.class, () -> reader.next(packet));
    }

    @Test
    void pcapng_goes_on_in_the_next_section_even_of_the_other_order() throws IOException {
        var blocks = Blocks.little().section().describe(LinkType.ETHERNET, 0).enhanced(0, 1, "aa");
        blocks.raw(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13});
        blocks.section(ByteOrder.BIG_ENDIAN).describe(LinkType.RAW, 0).enhanced(0, 2, "bb");
        var told = new Told();
        assertEquals(List.of("aa", "bb"), read(blocks.bytes(), told));
        assertEquals(13, told.skipped);
    }

    @Test
    void packets_of_an_interface_that_was_lost_are_each_told() throws IOException {
        var blocks = Blocks.little().section().describe(LinkType.ETHERNET, 0);
        int lost = blocks.length();
        blocks.describe(LinkType.RAW, 0)
                .enhanced(0, 1, "aa")
                .enhanced(1, 2, "bb")
                .enhanced(0, 3, "cc")
                .enhanced(1, 4, "dd");
        byte[] bytes = blocks.enhanced(0, 5, "ee").bytes();
        bytes[lost + 4] = 1;
        var told = new Told();
        assertEquals(List.of("aa", "cc", "ee"), read(bytes, told));
        assertEquals(
                List.of(DamageKind.LENGTH_LIES, DamageKind.UNKNOWN_INTERFACE, DamageKind.UNKNOWN_INTERFACE),
                told.damages.stream().map(MalformedCaptureException::kind).toList());
        assertEquals(20 + 36 + 36, told.skipped);
    }

    @Test
    void a_block_that_is_whole_is_passed_over_even_if_it_carries_a_capture() throws IOException {
        byte[] inner = Blocks.little()
                .section()
                .describe(LinkType.ETHERNET, 0)
                .enhanced(0, 1, "dead")
                .bytes();
        var blocks = Blocks.little().section().describe(LinkType.ETHERNET, 0).enhanced(0, 1, "aa");
        blocks.enhanced(7, 2, inner.length, inner).enhanced(0, 3, "bb");
        var told = new Told();
        assertEquals(List.of("aa", "bb"), read(blocks.bytes(), told));
        assertEquals(32 + inner.length, told.skipped);
    }

    /** Hands over bytes and then fails. */
    private static ReadableByteChannel failing(byte[] bytes, IOException failure) {
        var all = Captures.channel(bytes);
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer target) throws IOException {
                int read = all.read(target);
                if (read < 0) throw failure;
                return read;
            }

            @Override
            public boolean isOpen() {
                return all.isOpen();
            }

            @Override
            public void close() throws IOException {
                all.close();
            }
        };
    }

    @Test
    void a_channel_that_fails_ends_the_search_and_nothing_is_forgotten() throws IOException {
        byte[] bytes = Arrays.copyOf(Captures.pcap(1, 2), 24 + 17 + 16);
        bytes[24 + 17 + 11] = 0x7f;
        for (var failure : List.of(
                new MalformedCaptureException(7, "the packing is damaged"), new IOException("the disk is gone"))) {
            for (int length : new int[] {bytes.length, 24 + 17 + 3}) {
                var channel = failing(Arrays.copyOf(bytes, length), failure);
                var reader = CaptureFormat.open(channel, 64, ReadOptions.RESYNC, new Told());
                assertTrue(reader.next(new Packet()));
                var thrown = assertThrows(IOException.class, () -> reader.next(new Packet()));
                boolean both =
                        thrown == failure || List.of(thrown.getSuppressed()).contains(failure);
                assertTrue(both, thrown.toString());
                assertThrows(IOException.class, () -> reader.next(new Packet()));
            }
        }
    }

    /** Were the work to grow with the square, this would take minutes. */
    @ParameterizedTest
    @EnumSource
    void a_long_damage_is_searched_in_one_pass(Kind kind) throws IOException {
        var sample = new Sample(kind);
        byte[] noise = new byte[8 << 20];
        new Random(3).nextBytes(noise);
        for (int i = 0; i < noise.length; i += 64) noise[i] = (byte) i; // lengths that are believable for a while
        byte[] bytes = Arrays.copyOf(sample.bytes, sample.bytes.length + noise.length + 300);
        System.arraycopy(noise, 0, bytes, sample.bytes.length, noise.length);
        int body = sample.bytes.length - sample.header;
        byte[] all = Arrays.copyOf(bytes, sample.bytes.length + noise.length + body);
        System.arraycopy(sample.bytes, sample.header, all, sample.bytes.length + noise.length, body);
        var told = new Told();
        var read = read(all, told);
        assertTrue(read.size() >= 2 * PACKETS - 1, "read " + read.size());
        assertEquals(sample.seen.getLast().bytes(), read.getLast());
    }
}
