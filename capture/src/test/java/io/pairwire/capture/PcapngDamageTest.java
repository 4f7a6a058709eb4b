package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapngDamageTest {
    private static final byte[] FRAME = {1, 2, 3, 4};

    /** A section, an interface, and a packet: whatever comes next, this one is read. */
    private static Blocks begun() {
        return Blocks.little().section().describe(LinkType.ETHERNET, 0).enhanced(0, 1, "aa");
    }

    private static void assertDamage(DamageKind kind, String what, Blocks blocks) throws IOException {
        var reader = CaptureFormat.open(Captures.channel(blocks.bytes()));
        var packet = new Packet();
        assertTrue(reader.next(packet));
        var damage = assertThrows(MalformedCaptureException.class, () -> reader.next(packet));
        assertEquals(kind, damage.kind());
        assertEquals(begun().length(), damage.offset());
        assertEquals(what, damage.getMessage());
        assertSame(damage, assertThrows(MalformedCaptureException.class, () -> reader.next(packet)));
        assertEquals(1, packet.number());
    }

    private static void assertHeaderDamage(DamageKind kind, String what, byte[] bytes) {
        var damage =
                assertThrows(MalformedCaptureException.class, () -> PcapngReader.open(Captures.channel(bytes), 64));
        assertEquals(kind, damage.kind());
        assertEquals(0, damage.offset());
        assertEquals(what, damage.getMessage());
    }

    @Test
    void lengths_that_lie_are_told() throws IOException {
        assertDamage(
                DamageKind.LENGTH_LIES, "block of type 6 cannot be 8 bytes long", begun().block(6, 8, 8, new byte[20]));
        assertDamage(
                DamageKind.LENGTH_LIES,
                "block of type 6 cannot be 4294967280 bytes long",
                begun().block(6, -16, -16, new byte[20]));
        assertDamage(
                DamageKind.LENGTH_LIES,
                "block of type 77 cannot be 14 bytes long",
                begun().block(77, 14, 14, new byte[20]));
        assertDamage(DamageKind.LENGTH_LIES, "block of type 1 cannot be 12 bytes long", begun().block(1));
        var blocks = begun();
        assertDamage(
                DamageKind.LENGTH_LIES,
                "captured length 5 does not fit a block of 36 bytes",
                blocks.block(6, blocks.u32(0, 0, 0, 5, 5), FRAME));
        assertDamage(
                DamageKind.LENGTH_LIES,
                "captured length 4294967295 does not fit a block of 36 bytes",
                begun().block(6, blocks.u32(0, 0, 0, -1, 5), FRAME));
        assertDamage(
                DamageKind.LENGTH_LIES, "captured length 9 does not fit a block of 20 bytes", begun().simple(9, FRAME));
    }

    @Test
    void a_trailer_that_differs_is_told_and_its_packet_not_believed() throws IOException {
        var blocks = begun();
        assertDamage(
                DamageKind.BAD_TRAILER,
                "block of 36 bytes ends with length 32",
                blocks.block(6, 36, 32, blocks.u32(0, 0, 0, 4, 4), FRAME));
        assertDamage(DamageKind.BAD_TRAILER, "block of 16 bytes ends with length 0", begun().block(77, 16, 0, FRAME));
    }

    @Test
    void an_interface_that_was_not_described_is_told() throws IOException {
        assertDamage(
                DamageKind.UNKNOWN_INTERFACE,
                "interface 1 is not described, the section has 1",
                begun().enhanced(1, 1, "bb"));
        assertDamage(
                DamageKind.UNKNOWN_INTERFACE,
                "interface 4294967295 is not described, the section has 1",
                begun().enhanced(-1, 1, "bb"));
        assertDamage(
                DamageKind.UNKNOWN_INTERFACE,
                "interface 65535 is not described, the section has 1",
                begun().obsolete(-1, 0, 1, 4, FRAME));
        var alone = Blocks.little().section().simple(4, FRAME);
        var reader = CaptureFormat.open(Captures.channel(alone.bytes()));
        var damage = assertThrows(MalformedCaptureException.class, () -> reader.next(new Packet()));
        assertEquals("interface 0 is not described, the section has 0", damage.getMessage());
    }

    @Test
    void a_file_cut_anywhere_gives_the_packets_before_the_cut() throws IOException {
        byte[] all = begun().enhanced(0, 2, "bbbb").bytes();
        int whole = begun().length();
        for (int cut = 0; cut < all.length; cut++) {
            byte[] head = java.util.Arrays.copyOf(all, cut);
            if (cut < 28) {
                String what = cut == 0 ? "empty" : "section header cut after " + cut + " bytes";
                assertHeaderDamage(cut == 0 ? DamageKind.EMPTY : DamageKind.CUT_HEADER, what, head);
                continue;
            }
            var reader = PcapngReader.open(Captures.channel(head), 16);
            var packet = new Packet();
            boolean atBlock = cut == 28 || cut == 48 || cut == whole;
            assertEquals(cut >= whole, whole <= cut && reader.next(packet));
            if (atBlock) {
                assertFalse(reader.next(packet));
            } else {
                var damage = assertThrows(MalformedCaptureException.class, () -> reader.next(packet), "cut " + cut);
                assertEquals(DamageKind.CUT_RECORD, damage.kind());
                assertEquals(cut > whole ? whole : cut > 48 ? 48 : 28, damage.offset());
            }
        }
    }

    @Test
    void a_wrong_header_is_told() throws IOException {
        byte[] good = Blocks.little().section().bytes();
        byte[] mark = good.clone();
        mark[8] ^= 1;
        assertHeaderDamage(DamageKind.BAD_MAGIC, "section has byte-order mark 4c3c2b1a", mark);
        byte[] type = good.clone();
        type[0] = 6;
        type[1] = type[2] = type[3] = 0;
        assertHeaderDamage(DamageKind.BAD_MAGIC, "not pcapng: begins with block type 00000006", type);
        byte[] trailer = good.clone();
        trailer[24] ^= 4;
        assertHeaderDamage(DamageKind.BAD_TRAILER, "block of 28 bytes ends with length 24", trailer);
        byte[] version = good.clone();
        version[12] = 2;
        var damage =
                assertThrows(MalformedCaptureException.class, () -> PcapngReader.open(Captures.channel(version), 64));
        assertEquals("pcapng version is not 1.x: 2.0", damage.getMessage());
    }

    @Test
    void a_claimed_length_takes_no_memory_before_its_bytes_arrive() throws IOException {
        for (int type : new int[] {6, 1, 0x0a0d0d0a, 77, 4}) {
            var blocks = begun().block(type, 0x0ffffff0, 0, new byte[20]);
            var window = new StreamWindow(Captures.channel(blocks.bytes()), 64);
            var reader = new PcapngReader(window, ReadOptions.DEFAULT, CaptureFormat.NOBODY);
            assertTrue(reader.next(new Packet()));
            assertThrows(MalformedCaptureException.class, () -> reader.next(new Packet()));
            assertTrue(window.buffer().capacity() <= 256, "type " + type);
        }
    }

    record Told(DamageKind kind, long offset, long packets, long resumedAt) {}

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void options_that_overrun_are_left_out_and_the_rest_is_used(boolean big) throws IOException {
        var order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        var blocks = new Blocks(order);
        byte[] lying = blocks.option(1, "lying");
        lying[big ? 3 : 2] = 99;
        blocks.section(order, blocks.option(4, "ed"), lying);
        blocks.describe(LinkType.ETHERNET, 0, blocks.option(2, "eth0"), lying);
        int packet = blocks.length();
        blocks.enhanced(0, 1, 4, FRAME, blocks.option(1, "true"), lying);
        int names = blocks.length();
        blocks.block(4, blocks.name(1, new byte[4], "one"), lying);
        blocks.enhanced(0, 1, 4, FRAME, blocks.option(1, "true"), new byte[] {0, 2, 0, 0});

        var told = new ArrayList<Told>();
        var reader = CaptureFormat.open(
                Captures.channel(blocks.bytes()),
                64,
                ReadOptions.DEFAULT,
                (damage, packets, resumedAt) -> told.add(new Told(damage.kind(), damage.offset(), packets, resumedAt)));
        var view = new Packet();
        assertTrue(reader.next(view));
        assertEquals(List.of("true"), view.options().comments());
        assertTrue(reader.next(view));
        assertFalse(reader.next(view));
        assertEquals("ed", reader.description().sections().getFirst().application());
        assertEquals("eth0", reader.description().interfaces().getFirst().name());
        assertEquals(1, reader.description().names().size());
        assertEquals(
                List.of(
                        new Told(DamageKind.OPTIONS_OVERRUN, 24 + 8, 0, 48),
                        new Told(DamageKind.OPTIONS_OVERRUN, 48 + 16 + 8, 0, packet),
                        new Told(DamageKind.OPTIONS_OVERRUN, packet + 32 + 8, 1, names),
                        new Told(DamageKind.OPTIONS_OVERRUN, names + 8 + 12, 1, names + 12 + 12 + 12)),
                told.subList(0, 4));
        assertEquals(told.size(), reader.damages());
    }
}
