package io.pairwire.output.print.summary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SequencesTest {
    private static final long PORTS = 1L << 32 | 1234L << 16 | 80;
    private static final long BACK = 1L << 32 | 80L << 16 | 1234;

    private final Sequences sequences = new Sequences();

    @Test
    void both_directions_count_from_the_first_packet_with_an_acknowledgment() {
        assertFalse(sequences.find(0, 1, 0, 2, PORTS, false, 1000, 5001));
        assertTrue(sequences.find(0, 1, 0, 2, PORTS, false, 1010, 5001));
        assertEquals(1000, sequences.sequenceFrom);
        assertEquals(5000, sequences.acknowledgmentFrom);
        assertTrue(sequences.find(0, 2, 0, 1, BACK, false, 5001, 1010));
        assertEquals(5000, sequences.sequenceFrom);
        assertEquals(1000, sequences.acknowledgmentFrom);
    }

    @Test
    void a_connection_begins_anew_with_its_next_syn() {
        sequences.find(0, 2, 0, 1, BACK, true, 5000, 1001);
        assertFalse(sequences.find(0, 2, 0, 1, BACK, true, 9000, 7001));
        assertTrue(sequences.find(0, 1, 0, 2, PORTS, false, 7001, 9001));
        assertEquals(7000, sequences.sequenceFrom);
        assertEquals(9000, sequences.acknowledgmentFrom);
    }

    @Test
    void equal_ports_are_told_apart_by_address() {
        long same = 1L << 32 | 500L << 16 | 500;
        assertFalse(sequences.find(0, 9, 0, 3, same, false, 100, 201));
        assertTrue(sequences.find(0, 3, 0, 9, same, false, 201, 101));
        assertEquals(200, sequences.sequenceFrom);
        assertEquals(100, sequences.acknowledgmentFrom);
    }

    @Test
    void the_oldest_connections_are_forgotten_and_no_more_is_kept_than_there_is_room_for() {
        for (long i = 0; i < 300_000; i++) assertFalse(sequences.find(0, i, 0, 1L << 40, PORTS, false, 1, 1));
        int remembered = 0;
        for (long i = 299_999; i >= 299_000; i--) {
            if (sequences.find(0, i, 0, 1L << 40, PORTS, false, 1, 1)) remembered++;
        }
        assertTrue(remembered > 900, "remembered " + remembered);
        assertFalse(sequences.find(0, 0, 0, 1L << 40, PORTS, false, 1, 1));
    }
}
