package io.pairwire.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class DiscardedFramesTest {
    @Test
    void frames_are_gathered_as_by_a_sender_and_counted() throws Exception {
        try (FrameSender sender = FrameSender.nowhere()) {
            var frame = MemorySegment.ofArray(new byte[100]);
            for (int i = 0; i < FrameSender.BATCH + 3; i++) sender.send(frame, 0, 100);
            assertEquals(3, sender.gathered());
            assertEquals(FrameSender.BATCH, sender.counts().sent());
            sender.drain();
            assertEquals(new TransmitCounts(67, 6_700, 0, 0), sender.counts());
            assertThrows(IllegalArgumentException.class, () -> sender.send(frame, 0, 0));
        }
    }
}
