package io.pairwire.decode.wire;

import static io.pairwire.decode.Packets.hex;
import static io.pairwire.decode.Packets.packet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Packet;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class FrameCheckSequenceTest {

    @Test
    void the_sequence_of_nine_digits_is_the_one_in_every_catalogue() {
        Packet packet = packet("x123456789y".getBytes(StandardCharsets.US_ASCII), 1);
        assertEquals(0xcbf43926, FrameCheckSequence.of(packet, 1, 9));
        assertEquals(0, FrameCheckSequence.of(packet, 1, 0));
    }

    @Test
    void the_last_four_bytes_belong_to_those_before_until_one_bit_is_changed() {
        byte[] frame = hex("ffffffffffff 020000000001 0806 0001 0800 0604 0001 00000000");
        var crc = new CRC32();
        crc.update(frame, 0, frame.length - 4);
        for (int i = 0; i < 4; i++) frame[frame.length - 4 + i] = (byte) (crc.getValue() >>> 8 * i);
        assertTrue(FrameCheckSequence.isValid(packet(frame, 1), 0, frame.length));
        for (int bit = 0; bit < 8 * frame.length; bit++) {
            frame[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(FrameCheckSequence.isValid(packet(frame, 1), 0, frame.length), "bit " + bit);
            frame[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    @Test
    void too_few_bytes_are_the_callers_mistake() {
        assertThrows(IllegalArgumentException.class, () -> FrameCheckSequence.isValid(packet(new byte[8], 1), 0, 3));
    }
}
