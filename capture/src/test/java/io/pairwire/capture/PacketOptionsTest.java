package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketOptionsTest {
    private static final byte[] FRAME = {1, 2, 3};

    private static CaptureReader reader(Blocks blocks) throws IOException {
        return CaptureFormat.open(Captures.channel(blocks.bytes()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void every_option_of_the_format_is_told_in_either_order(boolean big) throws IOException {
        var order = big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        var blocks = new Blocks(order).section(order).describe(LinkType.ETHERNET, 0);
        blocks.enhanced(
                0,
                1,
                3,
                FRAME,
                blocks.option(1, "früh"),
                blocks.option32(2, 0x8000_0141),
                blocks.option(3, new byte[] {2, 0x11, 0x22, 0x33, 0x44}),
                blocks.option64(4, 12),
                blocks.option64(5, -2),
                blocks.option32(6, -3),
                blocks.option(7, new byte[] {0, 9}),
                blocks.option(1, "spät"),
                Blocks.end(),
                blocks.option(1, "never"));
        var packet = new Packet();
        assertTrue(reader(blocks).next(packet));
        var options = packet.options();
        assertSame(options, packet.options());
        assertFalse(options.isEmpty());
        assertEquals(List.of("früh", "spät"), options.comments());
        assertTrue(options.hasFlags());
        assertEquals(0x8000_0141, options.flags());
        assertEquals(12, options.dropCount());
        assertTrue(options.hasPacketId());
        assertEquals(-2, options.packetId());
        assertEquals(0xffff_fffdL, options.queue());
        assertEquals(
                List.of(new PacketOptions.Hash(2, ByteBuffer.wrap(new byte[] {0x11, 0x22, 0x33, 0x44}))),
                options.hashes());
        assertEquals(List.of(new PacketOptions.Verdict(0, ByteBuffer.wrap(new byte[] {9}))), options.verdicts());
        var codes = new ArrayList<Integer>();
        options.forEach((code, value) -> {
            codes.add(code);
            assertEquals(order, value.order());
            if (code == PacketOptions.FLAGS) assertEquals(0x8000_0141, value.getInt());
            assertEquals(12, options.dropCount(), "asked while walking");
        });
        assertEquals(List.of(1, 2, 3, 4, 5, 6, 7, 1), codes);
    }

    @Test
    void a_packet_without_options_has_none_and_the_view_moves_along() throws IOException {
        var blocks = Blocks.little().section().describe(LinkType.ETHERNET, 0);
        blocks.enhanced(0, 1, 3, FRAME, blocks.option(1, "one"), blocks.option32(2, 1), Blocks.end());
        blocks.enhanced(0, 2, 3, FRAME);
        blocks.enhanced(0, 3, 3, FRAME, Blocks.end());
        var reader = reader(blocks);
        var packet = new Packet();
        reader.next(packet);
        assertEquals(List.of("one"), packet.options().comments());
        for (int i = 0; i < 2; i++) {
            reader.next(packet);
            assertTrue(packet.options().isEmpty());
            assertEquals(List.of(), packet.options().comments());
            assertEquals(List.of(), packet.options().hashes());
            assertEquals(List.of(), packet.options().verdicts());
            assertFalse(packet.options().hasFlags());
            assertFalse(packet.options().hasPacketId());
            assertEquals(0, packet.options().flags());
            assertEquals(-1, packet.options().dropCount());
            assertEquals(-1, packet.options().queue());
        }
    }

    @Test
    void values_too_short_for_what_they_should_be_are_not_believed() throws IOException {
        var blocks = Blocks.little().section().describe(LinkType.ETHERNET, 0);
        blocks.enhanced(
                0,
                1,
                3,
                FRAME,
                blocks.option(2, new byte[2]),
                blocks.option(3, new byte[0]),
                blocks.option(4, new byte[4]),
                blocks.option(7, new byte[0]));
        var packet = new Packet();
        reader(blocks).next(packet);
        assertFalse(packet.options().hasFlags());
        assertEquals(-1, packet.options().dropCount());
        assertEquals(List.of(), packet.options().hashes());
        assertEquals(List.of(), packet.options().verdicts());
    }

    @Test
    void classic_pcap_has_none() throws IOException {
        var packet = new Packet();
        CaptureFormat.open(Captures.channel(Captures.pcap(1))).next(packet);
        assertTrue(packet.options().isEmpty());
        assertEquals(List.of(), packet.options().comments());
        assertEquals(0, packet.interfaceIndex());
    }
}
