package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Captures.Seen;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngWriterTest {
    private static final WriteOptions BARE =
            new WriteOptions(CaptureFormat.PCAPNG, true, PcapFormat.SNAPLEN, "", "", "", List.of());

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private PcapngWriter writer() {
        return new PcapngWriter(Channels.newChannel(written), BARE);
    }

    private CaptureReader reader() throws IOException {
        return CaptureFormat.open(Captures.channel(written.toByteArray()));
    }

    private static Packet packet(int linkType, long epochNanos, String hex) {
        byte[] bytes = Captures.bytes(hex);
        return new Packet()
                .moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, epochNanos)
                .linkType(linkType);
    }

    /** Reads a capture and writes it again. */
    private void copy(byte[] capture) throws IOException {
        try (var writer = writer()) {
            copy(0, capture, writer);
        }
    }

    private static void copy(int file, byte[] capture, CaptureWriter writer) throws IOException {
        var reader = CaptureFormat.open(Captures.channel(capture));
        var packet = new Packet().from(file, 0);
        while (reader.next(packet)) {
            writer.describe(file, reader.description());
            writer.write(packet);
        }
        writer.describe(file, reader.description());
    }

    @Test
    void blocks_are_laid_out_as_the_format_says() throws IOException {
        try (var writer = writer()) {
            int number = writer.addInterface(CaptureInterface.of(LinkType.RAW, 96, TimeResolution.MICROSECONDS)
                    .named("eth0"));
            writer.write(packet(LinkType.RAW, 0x1_0000_0002L * 1_000 + 999, "450102"), List.of("hi"));
            writer.statistics(InterfaceStatistics.of(number, 3_000, 1, 0));
            assertEquals(1, writer.packets());
        }
        assertArrayEquals(
                Captures.bytes("0a0d0d0a 20000000 4d3c2b1a 0100 0000 ffffffffffffffff 00000000 20000000"
                        + "01000000 28000000 6500 0000 60000000 0200 0400 65746830 0900 0100 06000000 00000000 28000000"
                        + "06000000 30000000 00000000 01000000 02000000 03000000 03000000 45010200 0100 0200 68690000"
                        + "00000000 30000000"
                        + "05000000 34000000 00000000 00000000 03000000 0400 0800 0100000000000000"
                        + "0500 0800 0000000000000000 00000000 34000000"),
                written.toByteArray());
    }

    @Test
    void packets_without_a_described_interface_get_one_for_their_link_type() throws IOException {
        try (var writer = writer()) {
            writer.write(packet(LinkType.ETHERNET, 1_000_000_001, "aa"));
            writer.write(packet(LinkType.RAW, 1_000_000_002, "bb"));
            writer.write(packet(LinkType.ETHERNET, 1_000_000_003, "cc"));
        }
        var reader = reader();
        var packet = new Packet();
        for (int[] expected : new int[][] {{0, 1, 0xaa}, {1, 101, 0xbb}, {0, 1, 0xcc}}) {
            assertTrue(reader.next(packet));
            assertEquals(expected[0], packet.interfaceIndex());
            assertEquals(expected[1], packet.linkType());
            assertEquals(expected[2], packet.u8(0));
            assertEquals(1_000_000_000 + packet.number(), packet.epochNanos());
        }
        assertFalse(reader.next(packet));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everything_that_may_be_copied_is_carried_over(boolean big) throws Exception {
        var order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        var blocks = new Blocks(order);
        blocks.section(order).describe(LinkType.ETHERNET, 64, blocks.option(2, "eth0"));
        blocks.describe(
                LinkType.RAW, 0, blocks.option(9, new byte[] {3}), blocks.option64(14, -5), blocks.option(1, "x"));
        blocks.describe(LinkType.RAW, 0, blocks.option(9, new byte[] {(byte) 0x94}));
        blocks.block(4, blocks.name(1, new byte[] {10, 0, 0, 1}, "one\0uno\0"), Blocks.end());
        blocks.block(10, blocks.u32(0x544c534b, 4), new byte[] {'k', 'e', 'y', '\n'});
        byte[] frame = {1, 2, 3};
        blocks.enhanced(
                0,
                5,
                60,
                frame,
                blocks.option(1, "hi"),
                blocks.option32(2, 0x8000_0001),
                blocks.option(3, new byte[] {2, 9, 8, 7, 6}),
                blocks.option64(4, 3),
                blocks.option64(5, 77),
                blocks.option32(6, 2),
                blocks.option(
                        7,
                        ByteBuffer.allocate(9)
                                .order(order)
                                .put((byte) 1)
                                .putLong(5)
                                .array()));
        blocks.obsolete(1, 4, 7_000, 3, frame);
        blocks.enhanced(2, 1 << 20, 3, frame);
        blocks.block(5, blocks.u32(1, 0, 9_000), blocks.option64(4, 100), blocks.option(1, "fine"), Blocks.end());
        blocks.block(9, "entry=1\n".getBytes());
        copy(blocks.bytes());

        var before = CaptureFormat.open(Captures.channel(blocks.bytes()));
        var after = reader();
        assertEquals(Captures.readAll(before), Captures.readAll(after));
        var told = after.description();
        var original = before.description();
        assertEquals(original.interfaces().subList(0, 2), told.interfaces().subList(0, 2));
        assertEquals(TimeResolution.NANOSECONDS, told.interfaces().get(2).resolution());
        assertEquals(original.names(), told.names());
        assertEquals(original.statistics(), told.statistics());
        assertEquals(
                List.of(CaptureBlock.DECRYPTION_SECRETS, CaptureBlock.SYSTEMD_JOURNAL),
                told.blocks().stream().map(CaptureBlock::type).toList());
        var secrets = told.blocks().getFirst().body();
        assertEquals(0x544c534b, secrets.getInt());
        assertEquals(4, secrets.getInt());
        assertEquals(ByteBuffer.wrap(new byte[] {'k', 'e', 'y', '\n'}), secrets);

        var packet = new Packet();
        after = reader();
        after.next(packet);
        var options = packet.options();
        assertEquals(List.of("hi"), options.comments());
        assertEquals(0x8000_0001, options.flags());
        assertEquals(3, options.dropCount());
        assertEquals(77, options.packetId());
        assertEquals(2, options.queue());
        assertEquals(
                ByteBuffer.wrap(new byte[] {9, 8, 7, 6}),
                options.hashes().getFirst().value());
        var verdict = options.verdicts().getFirst().value().order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(5, verdict.getLong());
        after.next(packet);
        assertEquals(4, packet.options().dropCount());
        assertEquals(1, packet.interfaceIndex());
    }

    @Test
    void what_may_not_be_copied_is_left_out() throws IOException {
        var blocks = Blocks.little().section().describe(LinkType.ETHERNET, 0);
        blocks.block(0x40000bad, blocks.u32(32473))
                .block(0x7fff1234, new byte[4])
                .block(0xbad, blocks.u32(32473, 1));
        blocks.enhanced(
                0, 1, 1, new byte[1], blocks.option(2989, blocks.u32(32473)), blocks.option(19373, blocks.u32(32473)));
        copy(blocks.bytes());
        var reader = reader();
        var packet = new Packet();
        reader.next(packet);
        var codes = new ArrayList<Integer>();
        packet.options().forEach((code, value) -> codes.add(code));
        assertEquals(List.of(2989), codes);
        assertEquals(
                List.of(CaptureBlock.CUSTOM),
                reader.description().blocks().stream().map(CaptureBlock::type).toList());
        var foreign = new CaptureBlock(0x7fff1234, ByteOrder.LITTLE_ENDIAN, ByteBuffer.allocate(4));
        assertThrows(IllegalArgumentException.class, () -> writer().write(foreign));
    }

    @Test
    void a_packet_without_time_stays_one_where_the_format_can_say_so() throws IOException {
        var blocks = Blocks.little().section().describe(LinkType.ETHERNET, 2).describe(LinkType.RAW, 0);
        copy(blocks.simple(60, new byte[] {1, 2}).enhanced(1, 5, "aa").bytes());
        var reader = reader();
        var packet = new Packet();
        reader.next(packet);
        assertFalse(packet.hasTime());
        assertEquals(60, packet.originalLength());
        reader.next(packet);
        assertTrue(packet.hasTime());
    }

    @Test
    void equal_interfaces_of_several_files_become_one_and_different_ones_stay() throws IOException {
        var one = Blocks.little().section().describe(LinkType.ETHERNET, 0).describe(LinkType.ETHERNET, 0);
        byte[] first = one.enhanced(1, 1, "aa").bytes();
        byte[] second = Captures.pcap(2_000);
        try (var writer = writer()) {
            copy(0, first, writer);
            copy(1, first, writer);
            copy(7, second, writer);
        }
        var reader = reader();
        assertEquals(
                List.of(1_000L, 1_000L, 2_000L),
                Captures.readAll(reader).stream().map(Seen::epochNanos).toList());
        assertEquals(3, reader.description().interfaces().size());
    }

    @Test
    void a_time_before_the_interface_begins_is_refused_and_leaves_no_trace() throws IOException {
        try (var writer = writer()) {
            writer.write(packet(LinkType.ETHERNET, 5, "aa"));
            var refused = assertThrows(
                    UnsupportedCaptureException.class, () -> writer.write(packet(LinkType.ETHERNET, -1, "bb")));
            assertEquals("time lies before what the interface can say: -1 ns", refused.getMessage());
            var tooLong = List.of("x".repeat(70_000));
            assertThrows(
                    IllegalArgumentException.class, () -> writer.write(packet(LinkType.ETHERNET, 6, "cc"), tooLong));
            var interfaceTooLong =
                    CaptureInterface.of(LinkType.RAW, 0, TimeResolution.SECONDS).named("x".repeat(70_000));
            assertThrows(IllegalArgumentException.class, () -> writer.addInterface(interfaceTooLong));
            writer.write(packet(LinkType.ETHERNET, 7, "dd"));
            assertEquals(2, writer.packets());
        }
        assertEquals(
                List.of("aa", "dd"),
                Captures.readAll(reader()).stream().map(Seen::bytes).toList());
    }

    @Test
    void packets_longer_than_the_buffer_are_written_whole() throws IOException {
        byte[] large = new byte[1_000_001];
        Arrays.fill(large, (byte) 7);
        var packet = new Packet()
                .moveTo(MemorySegment.ofArray(large), 0, large.length, large.length, 1)
                .linkType(LinkType.ETHERNET);
        try (var writer = writer()) {
            for (int i = 0; i < 3; i++) writer.write(packet);
        }
        var seen = Captures.readAll(reader());
        assertEquals(3, seen.size());
        assertEquals(2 * large.length, seen.getLast().bytes().length());
    }

    @Test
    void many_names_are_spread_over_blocks() throws Exception {
        var names = new ArrayList<NameRecord>();
        for (int i = 0; i < 5_000; i++) {
            names.add(new NameRecord(
                    InetAddress.getByAddress(new byte[] {10, 0, (byte) (i >> 8), (byte) i}), List.of("host" + i)));
        }
        try (var writer = writer()) {
            writer.write(names);
        }
        var reader = reader();
        assertFalse(reader.next(new Packet()));
        assertEquals(names, reader.description().names());
    }

    /** The promise of a crash: what was written before a kill at any byte can be read, up to the last whole block. */
    @Test
    void a_file_cut_at_any_byte_is_readable_up_to_the_last_whole_packet() throws IOException {
        var ends = new ArrayList<Integer>();
        try (var writer = writer()) {
            for (int i = 0; i < 5; i++) {
                writer.write(packet(i % 2 == 0 ? LinkType.ETHERNET : LinkType.RAW, i, "aabbcc"), List.of("note " + i));
                writer.flush();
                ends.add(written.size());
            }
            writer.statistics(InterfaceStatistics.of(0, 9, 3, 0));
        }
        byte[] all = written.toByteArray();
        for (int cut = 32; cut <= all.length; cut++) {
            var reader = CaptureFormat.open(Captures.channel(Arrays.copyOf(all, cut)), 64);
            var packet = new Packet();
            int whole = 0;
            try {
                while (reader.next(packet)) whole++;
            } catch (MalformedCaptureException e) {
                assertEquals(DamageKind.CUT_RECORD, e.kind());
            }
            int at = cut;
            assertEquals(ends.stream().filter(end -> end <= at).count(), whole, "cut " + cut);
        }
    }

    /** Only whole blocks reach the channel, so that a killed process leaves a file that ends between two. */
    @Test
    void the_channel_gets_whole_blocks() throws IOException {
        byte[] large = new byte[1_000];
        var packet = new Packet()
                .moveTo(MemorySegment.ofArray(large), 0, large.length, large.length, 1)
                .linkType(LinkType.ETHERNET);
        try (var writer = writer()) {
            int before = 0;
            for (int i = 0; i < 2_000; i++) {
                writer.write(packet);
                if (written.size() == before) continue;
                before = written.size();
                var reader = reader();
                while (reader.next(new Packet())) {}
            }
            assertTrue(before > 0);
        }
    }
}
