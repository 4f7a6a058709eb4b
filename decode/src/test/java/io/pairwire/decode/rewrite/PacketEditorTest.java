package io.pairwire.decode.rewrite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PacketEditorTest {
    private static final byte[] PAYLOAD = "what stays".getBytes(StandardCharsets.US_ASCII);
    private static final MovedNetwork TEN = new MovedNetwork(false, 0, 0x0a000000L, 0, 0xc0a80000L, 16);
    private static final MovedNetwork SIX =
            new MovedNetwork(true, 0x2001_0db8_0000_0000L, 0, 0xfd00_0000_0000_0000L, 0, 32);

    @Test
    void addresses_of_a_network_move_into_another_and_right_checksums_are_right_again() {
        var moved = edit(
                settings(List.of(TEN), false),
                Frame.udp("10.0.3.4", 1000, "10.9.0.1", 53).payload(PAYLOAD).toEthernet());
        assertArrayEquals(
                Frame.udp("192.168.3.4", 1000, "10.9.0.1", 53).payload(PAYLOAD).toEthernet(), moved);
        var moved6 = edit(
                settings(List.of(TEN, SIX), false),
                Frame.tcp("2001:db8::1", 1000, "2001:db8:1::2", 80)
                        .payload(PAYLOAD)
                        .toEthernet());
        assertArrayEquals(
                Frame.tcp("fd00:0::1", 1000, "fd00:0:1::2", 80).payload(PAYLOAD).toEthernet(), moved6);
    }

    @Test
    void a_wrong_checksum_stays_wrong_unless_right_ones_are_asked_for() {
        byte[] wrong = Frame.udp("10.0.0.1", 1, "10.0.0.2", 2)
                .payload(PAYLOAD)
                .checksum(0x1234)
                .toEthernet();
        assertEquals(List.of("ip true", "UDP false"), Sums.judge(packet(edit(settings(List.of(TEN), false), wrong))));
        assertEquals(List.of("ip true", "UDP true"), Sums.judge(packet(edit(settings(List.of(), true), wrong))));
        assertArrayEquals(wrong, edit(settings(List.of(), false), wrong), "nothing was asked for");
    }

    @Test
    void mac_addresses_are_exchanged_or_set() {
        byte[] frame =
                Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).macs(0x1111, 0x2222).toEthernet();
        var settings = new EditorSettings(
                List.of(), List.of(new MovedMac(0x1111, 0x3333)), OptionalLong.empty(), OptionalLong.of(0x4444), false);
        assertArrayEquals(
                Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).macs(0x3333, 0x4444).toEthernet(), edit(settings, frame));
        var arp = edit(
                settings(List.of(TEN), false), Frame.arp("10.0.0.1", "10.0.0.2").toEthernet());
        assertArrayEquals(Frame.arp("192.168.0.1", "192.168.0.2").toEthernet(), arp);
    }

    @Test
    void a_packet_that_is_not_understood_stays_and_is_counted() {
        byte[] cut = Arrays.copyOf(Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).toEthernet(), 20);
        var editor = new PacketEditor(settings(List.of(TEN), true));
        assertArrayEquals(cut, bytes(editor.rewrite(packet(cut))));
        assertEquals(1, editor.notUnderstood());
    }

    @Test
    void settings_say_what_they_do_not_take() {
        assertThrows(IllegalArgumentException.class, () -> new MovedMac(1L << 48, 0));
        assertThrows(IllegalArgumentException.class, () -> new MovedNetwork(false, 0, 0, 0, 0, 33));
        assertTrue(settings(List.of(), false).isEmpty());
    }

    private static EditorSettings settings(List<MovedNetwork> networks, boolean right) {
        return new EditorSettings(networks, List.of(), OptionalLong.empty(), OptionalLong.empty(), right);
    }

    private static byte[] edit(EditorSettings settings, byte[] frame) {
        return bytes(new PacketEditor(settings).rewrite(packet(frame)));
    }

    private static Packet packet(byte[] frame) {
        return new Packet()
                .moveTo(MemorySegment.ofArray(frame), 0, frame.length, frame.length, 0)
                .linkType(LinkType.ETHERNET);
    }

    private static byte[] bytes(Packet packet) {
        return packet.memory().asSlice(packet.start(), packet.capturedLength()).toArray(ValueLayout.JAVA_BYTE);
    }
}
