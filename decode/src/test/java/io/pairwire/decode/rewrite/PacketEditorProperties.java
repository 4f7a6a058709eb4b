package io.pairwire.decode.rewrite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PacketEditorProperties {
    private static final List<MovedNetwork> EVERYTHING =
            List.of(new MovedNetwork(false, 0, 0, 0, 0x0a000000L, 8), new MovedNetwork(true, 0, 0, 1L << 63, 0, 1));

    /** The memory ends where the packet ends, so that a stray access throws. */
    @Property(tries = 500)
    void any_bytes_keep_their_length_and_without_orders_their_content(@ForAll byte[] bytes) {
        assertArrayEquals(bytes, edit(List.of(), false, bytes));
        assertEquals(bytes.length, edit(EVERYTHING, true, bytes).length);
    }

    private static byte[] edit(List<MovedNetwork> networks, boolean right, byte[] bytes) {
        var none = OptionalLong.empty();
        var editor = new PacketEditor(new EditorSettings(networks, List.of(), none, none, right));
        Packet packet = editor.rewrite(new Packet()
                .moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, 0)
                .linkType(LinkType.ETHERNET));
        return packet.memory().asSlice(packet.start(), packet.capturedLength()).toArray(ValueLayout.JAVA_BYTE);
    }
}
