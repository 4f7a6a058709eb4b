package io.pairwire.decode.rewrite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.Packets;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.OptionalLong;

class PacketEditorFuzzTest {
    private static final MovedNetwork THERE = new MovedNetwork(false, 0, 0x0a000000L, 0, 0xc0000000L, 8);
    private static final MovedNetwork BACK = new MovedNetwork(false, 0, 0xc0000000L, 0, 0x0a000000L, 8);

    @FuzzTest
    void never_throws_keeps_lengths_and_without_orders_every_byte(FuzzedDataProvider input) {
        int linkType = input.pickValue(new int[] {
            LinkType.ETHERNET,
            LinkType.LINUX_SLL,
            LinkType.LINUX_SLL2,
            LinkType.NULL,
            LinkType.RAW,
            LinkType.IPV4,
            LinkType.IPV6,
            LinkType.PPP,
            LinkType.IEEE802_11
        });
        boolean right = input.consumeBoolean();
        int missing = input.consumeInt(-64, 2048);
        byte[] bytes = input.consumeRemainingAsBytes();
        Packet packet = Packets.packet(bytes.clone(), bytes.length + missing, linkType);
        var none = OptionalLong.empty();
        var idle = new PacketEditor(new EditorSettings(List.of(), List.of(), none, none, false));
        assertArrayEquals(bytes, bytes(idle.rewrite(packet)));
        var busy = new PacketEditor(new EditorSettings(
                List.of(THERE, BACK), List.of(new MovedMac(1, 2)), OptionalLong.of(3), OptionalLong.of(4), right));
        assertEquals(bytes.length, busy.rewrite(packet).capturedLength());
    }

    private static byte[] bytes(Packet packet) {
        return packet.memory().asSlice(packet.start(), packet.capturedLength()).toArray(ValueLayout.JAVA_BYTE);
    }
}
