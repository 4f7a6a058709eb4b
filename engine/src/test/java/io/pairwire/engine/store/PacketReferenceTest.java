package io.pairwire.engine.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PacketReferenceTest {
    private static final long LAST_NUMBER = (1L << 40) - 1;

    @Test
    void what_went_in_comes_out() {
        for (int file : new int[] {0, 1, 4_711, PacketReference.FILES - 1}) {
            for (long number : new long[] {1, 2, 1L << 33, LAST_NUMBER}) {
                for (int flags = 0; flags < 8; flags++) {
                    long reference =
                            PacketReference.of(file, number, (flags & 1) != 0, (flags & 2) != 0, (flags & 4) != 0);
                    for (long each : new long[] {reference, PacketReference.retransmitted(reference)}) {
                        assertTrue(each > 0);
                        assertEquals(file, PacketReference.file(each));
                        assertEquals(number, PacketReference.number(each));
                        assertEquals((flags & 1) != 0, PacketReference.isTcp(each));
                        assertEquals((flags & 2) != 0, PacketReference.isDownward(each));
                        assertTrue(PacketReference.same(reference, each));
                        assertEquals(reference != each, PacketReference.isRetransmitted(each));
                    }
                }
            }
        }
    }

    @Test
    void files_are_in_order_before_numbers() {
        long last = PacketReference.of(3, LAST_NUMBER, true, true, false);
        long first = PacketReference.of(4, 1, false, false, false);
        assertTrue(PacketReference.position(last) < PacketReference.position(first));
        assertFalse(PacketReference.same(last, first));
    }

    @Test
    void opposite_are_two_directions_or_none() {
        long up = PacketReference.of(0, 1, false, false, false);
        long down = PacketReference.of(0, 2, false, true, false);
        long around = PacketReference.of(0, 3, false, false, true);
        assertTrue(PacketReference.opposite(up, down));
        assertTrue(PacketReference.opposite(down, up));
        assertFalse(PacketReference.opposite(up, up));
        assertFalse(PacketReference.opposite(down, down));
        assertTrue(PacketReference.opposite(around, around));
        assertEquals(PacketReference.queue(down), PacketReference.answerQueue(up));
        assertEquals(PacketReference.queue(up), PacketReference.answerQueue(down));
        assertNotEquals(PacketReference.queue(up), PacketReference.queue(down));
        assertEquals(PacketReference.queue(around), PacketReference.answerQueue(around));
    }
}
