package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Captures.Seen;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngReaderTest {
    private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
    private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;
    private static final byte[] FRAME = {1, 2, 3, 4, 5};

    private static CaptureReader reader(Blocks blocks) throws IOException {
        return CaptureFormat.open(Captures.channel(blocks.bytes()));
    }

    private static Blocks blocks(boolean big) {
        return new Blocks(big ? BIG : LITTLE).section();
    }

    private static Packet first(Blocks blocks) throws IOException {
        var packet = new Packet();
        assertTrue(reader(blocks).next(packet));
        return packet;
    }

    private static CaptureDescription description(Blocks blocks) throws IOException {
        var reader = reader(blocks);
        Captures.readAll(reader);
        return reader.description();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void enhanced_packets_have_time_lengths_interface_and_link_type(boolean big) throws IOException {
        var packet = new Packet();
        var reader = reader(blocks(big)
                .describe(LinkType.ETHERNET, 0)
                .describe(LinkType.RAW, 96)
                .enhanced(1, 0x0005_1234_5678_9abcL, 60, FRAME)
                .enhanced(0, 1, "ff"));
        assertTrue(reader.next(packet));
        assertEquals(new Seen(0, 1, 0x0005_1234_5678_9abcL * 1_000, 60, "0102030405"), Seen.of(packet));
        assertEquals(LinkType.RAW, packet.linkType());
        assertEquals(1, packet.interfaceIndex());
        assertTrue(packet.hasTime());
        assertTrue(packet.options().isEmpty());
        assertTrue(reader.next(packet));
        assertEquals(new Seen(0, 2, 1_000, 1, "ff"), Seen.of(packet));
        assertEquals(0, packet.interfaceIndex());
        assertFalse(reader.next(packet));
        assertFalse(reader.next(packet));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void obsolete_packets_have_a_short_interface_number_and_a_count_of_drops(boolean big) throws IOException {
        var packet = new Packet();
        var reader = reader(blocks(big)
                .describe(LinkType.ETHERNET, 0)
                .describe(LinkType.RAW, 0)
                .obsolete(1, 7, 5, 9, FRAME)
                .obsolete(0, 0xffff, 6, 5, FRAME));
        assertTrue(reader.next(packet));
        assertEquals(new Seen(0, 1, 5_000, 9, "0102030405"), Seen.of(packet));
        assertEquals(1, packet.interfaceIndex());
        assertEquals(7, packet.options().dropCount());
        assertTrue(reader.next(packet));
        assertEquals(-1, packet.options().dropCount());
        assertTrue(packet.options().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void simple_packets_have_no_time_and_are_cut_at_the_snaplen_of_the_first_interface(boolean big) throws IOException {
        var packet = new Packet();
        var reader = reader(blocks(big)
                .describe(LinkType.ETHERNET, 4)
                .describe(LinkType.RAW, 96)
                .enhanced(0, 8, "ff")
                .simple(60, new byte[] {1, 2, 3, 4})
                .simple(3, new byte[] {1, 2, 3}));
        assertTrue(reader.next(packet));
        assertTrue(packet.hasTime());
        assertTrue(reader.next(packet));
        assertFalse(packet.hasTime());
        assertEquals(new Seen(0, 2, 0, 60, "01020304"), Seen.of(packet));
        assertEquals(LinkType.ETHERNET, packet.linkType());
        assertTrue(reader.next(packet));
        assertEquals(new Seen(0, 3, 0, 3, "010203"), Seen.of(packet));
        assertFalse(packet.hasTime());
        var other = new Packet().moveTo(packet.memory(), 0, 1, 1, 5);
        assertTrue(other.hasTime());
    }

    @Test
    void sections_of_both_orders_follow_each_other_and_interfaces_are_counted_through() throws IOException {
        var blocks = Blocks.little()
                .section(LITTLE)
                .describe(LinkType.ETHERNET, 0)
                .describe(LinkType.RAW, 0)
                .enhanced(1, 1, "aa")
                .section(BIG)
                .describe(LinkType.LINUX_SLL, 0)
                .enhanced(0, 2, "bb")
                .section(LITTLE)
                .describe(LinkType.IPV6, 0)
                .enhanced(0, 3, "cc");
        var reader = reader(blocks);
        var packet = new Packet();
        for (int[] expected :
                new int[][] {{1, LinkType.RAW, 0xaa}, {2, LinkType.LINUX_SLL, 0xbb}, {3, LinkType.IPV6, 0xcc}}) {
            assertTrue(reader.next(packet));
            assertEquals(expected[0], packet.interfaceIndex());
            assertEquals(expected[1], packet.linkType());
            assertEquals(expected[2], packet.u8(0));
            assertEquals(expected[0] * 1_000L, packet.epochNanos());
        }
        assertEquals(
                List.of(LITTLE, BIG, LITTLE),
                reader.description().sections().stream()
                        .map(CaptureSection::order)
                        .toList());
        assertEquals(4, reader.description().interfaces().size());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_section_and_an_interface_tell_what_they_know(boolean big) throws IOException {
        var order = big ? BIG : LITTLE;
        var blocks = new Blocks(order);
        blocks.section(
                order,
                blocks.option(1, "made by hand"),
                blocks.option(2, "a desk"),
                blocks.option(3, "Plan 9"),
                blocks.option(4, "ed"),
                Blocks.end());
        blocks.describe(
                LinkType.RAW,
                96,
                blocks.option(1, "first"),
                blocks.option(2, "eth0"),
                blocks.option(3, "the left one"),
                blocks.option64(8, 10_000_000_000L),
                blocks.option(9, new byte[] {9}),
                blocks.option(11, "\0tcp"),
                blocks.option(12, "Plan 9 too"),
                blocks.option(13, new byte[] {4}),
                blocks.option64(14, -3),
                blocks.option(15, "a card"),
                blocks.option(1, "second"),
                Blocks.end());
        blocks.enhanced(0, 5_000_000_000L, "aa");
        var told = description(blocks);
        assertEquals(CaptureFormat.PCAPNG, told.format());
        assertEquals(
                List.of(new CaptureSection(0, order, 1, 0, -1, "a desk", "Plan 9", "ed", List.of("made by hand"))),
                told.sections());
        var expected = new CaptureInterface(
                LinkType.RAW,
                96,
                TimeResolution.NANOSECONDS,
                -3,
                4,
                10_000_000_000L,
                "eth0",
                "the left one",
                "tcp",
                "a card",
                "Plan 9 too",
                List.of("first", "second"));
        assertEquals(List.of(expected), told.interfaces());
        assertEquals(2_000_000_000L, first(blocks).epochNanos());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void names_statistics_secrets_and_unknown_blocks_are_kept(boolean big) throws Exception {
        var blocks = blocks(big).describe(LinkType.ETHERNET, 0);
        byte[] v6 = InetAddress.getByName("2001:db8::1").getAddress();
        blocks.block(
                4,
                blocks.name(1, new byte[] {10, 0, 0, 1}, "one\0uno\0"),
                blocks.name(2, v6, "six\0"),
                blocks.name(3, new byte[6], "a card\0"),
                Blocks.end(),
                blocks.option(2, "the server"));
        blocks.block(
                5,
                blocks.u32(0, 0, 9),
                blocks.optionTime(2, 1),
                blocks.optionTime(3, 0x1_0000_0002L),
                blocks.option64(4, 100),
                blocks.option64(5, 7),
                blocks.option64(8, 93),
                blocks.option(1, "fine"),
                Blocks.end());
        blocks.block(10, blocks.u32(0x544c534b, 4), new byte[] {'k', 'e', 'y', '\n'});
        blocks.block(0x40000bad, blocks.u32(32473), new byte[] {1, 2, 3});
        blocks.block(0x7fff1234, new byte[] {9});
        blocks.enhanced(0, 1, "aa");
        var told = description(blocks);
        assertEquals(
                List.of(
                        new NameRecord(InetAddress.getByName("10.0.0.1"), List.of("one", "uno")),
                        new NameRecord(InetAddress.getByName("2001:db8::1"), List.of("six"))),
                told.names());
        assertEquals(1, told.leftOut(), "the name of a card");
        assertEquals(
                List.of(new InterfaceStatistics(
                        0, 9_000, 1_000, 0x1_0000_0002L * 1_000, 100, 7, -1, -1, 93, List.of("fine"))),
                told.statistics());
        assertEquals(
                List.of(CaptureBlock.DECRYPTION_SECRETS, CaptureBlock.CUSTOM_NOT_COPIED, 0x7fff1234),
                told.blocks().stream().map(CaptureBlock::type).toList());
        assertEquals(
                ByteBuffer.wrap(new byte[] {9, 0, 0, 0}),
                told.blocks().getLast().body());
        assertEquals(0x544c534b, told.blocks().getFirst().body().getInt());
        assertEquals(1, Captures.readAll(reader(blocks)).size());
    }

    @Test
    void the_description_is_the_same_object_until_something_new_was_read() throws IOException {
        var reader = reader(blocks(false)
                .describe(LinkType.ETHERNET, 0)
                .enhanced(0, 1, "aa")
                .enhanced(0, 1, "aa")
                .describe(LinkType.RAW, 0)
                .enhanced(1, 1, "aa"));
        var packet = new Packet();
        assertEquals(List.of(), reader.description().interfaces());
        reader.next(packet);
        var before = reader.description();
        reader.next(packet);
        assertSame(before, reader.description());
        reader.next(packet);
        assertEquals(2, reader.description().interfaces().size());
    }

    @Test
    void what_is_too_much_to_keep_is_counted_and_the_packets_are_read() throws IOException {
        var blocks = blocks(false).describe(LinkType.ETHERNET, 0);
        for (int i = 0; i < 3; i++) blocks.block(0x7fff1234, new byte[3 << 20]);
        blocks.block(0x7fff1234, new byte[5 << 20]);
        blocks.enhanced(0, 1, "aa");
        var window = new StreamWindow(Captures.channel(blocks.bytes()), 64);
        var reader = CaptureFormat.open(window, ReadOptions.DEFAULT, CaptureFormat.NOBODY);
        assertEquals(1, Captures.readAll(reader).size());
        assertEquals(2, reader.description().blocks().size());
        assertEquals(2, reader.description().leftOut());
        assertTrue(window.buffer().capacity() <= 8 << 20);
    }

    @Test
    void no_more_interfaces_are_taken_than_the_limit() throws IOException {
        var blocks = blocks(false).describe(LinkType.ETHERNET, 0).enhanced(0, 1, "aa");
        for (int i = 0; i < PcapngReader.MOST; i++) blocks.describe(LinkType.ETHERNET, 0);
        var reader = reader(blocks);
        assertTrue(reader.next(new Packet()));
        var damage = assertThrows(MalformedCaptureException.class, () -> reader.next(new Packet()));
        assertEquals(DamageKind.TOO_MANY, damage.kind());
    }

    @Test
    void a_later_interface_does_not_disturb_the_section_before_it(@TempDir Path folder) throws IOException {
        var blocks = Blocks.little()
                .section(LITTLE)
                .describe(LinkType.ETHERNET, 0)
                .enhanced(0, 1, "aa")
                .describe(LinkType.RAW, 0)
                .enhanced(1, 2, "bb")
                .section(BIG)
                .describe(LinkType.IPV4, 0)
                .enhanced(0, 3, "cc")
                .enhanced(0, 4, "dd");
        Path file = Path.of(Captures.write(folder.resolve("a.pcapng"), blocks.bytes()));
        try (var reader = PcapngReader.open(FileChannel.open(file), 40)) {
            var packet = new Packet();
            long[] positions = new long[4];
            for (int i = 0; i < 4; i++) {
                reader.next(packet);
                positions[i] = reader.recordPosition();
            }
            var described = reader.description();
            for (int i : new int[] {3, 0, 2, 1}) {
                reader.seek(positions[i], i + 1);
                assertTrue(reader.next(packet));
                assertEquals(
                        new Seen(0, i + 1, (i + 1) * 1_000, 1, ("" + "abcd".charAt(i)).repeat(2)), Seen.of(packet));
                assertEquals(new int[] {1, 101, 228, 228}[i], packet.linkType());
            }
            reader.seek(positions[0], 1);
            assertEquals(4, Captures.readAll(reader).size());
            assertSame(described, reader.description());
        }
        try (var reader = PcapngReader.open(FileChannel.open(file), 40)) {
            reader.seek(file.toFile().length() - 36, 4); // nothing of what lies between was read before
            var packet = new Packet();
            assertTrue(reader.next(packet));
            assertEquals(LinkType.IPV4, packet.linkType());
            assertEquals(2, packet.interfaceIndex());
            assertFalse(reader.next(packet));
        }
    }

    @Test
    void packets_that_have_arrived_are_handed_over_before_the_channel_is_asked_again() throws IOException {
        var blocks = blocks(false).describe(LinkType.ETHERNET, 0);
        int head = blocks.length();
        byte[] all = blocks.enhanced(0, 1, "aa").enhanced(0, 2, "bb").bytes();
        var reader = CaptureFormat.open(Captures.trickle(all, head + 36));
        var packet = new Packet();
        assertTrue(reader.ready());
        assertTrue(reader.next(packet));
        assertFalse(reader.ready());
        assertTrue(reader.next(packet));
    }
}
