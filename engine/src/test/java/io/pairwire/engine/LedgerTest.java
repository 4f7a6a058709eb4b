package io.pairwire.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Map<String, Map<String, Long>> DROPPED =
            Map.of("queue", Map.of("policy", 3L, "full", 4L), "store", Map.of("evicted", 5L));
    private static final Map<String, Long> NOT_ELIGIBLE = Map.of("not_ip", 6L, "fragment", 7L);

    @Test
    void places_and_reasons_add_up() {
        var ledger = new Ledger(100, 10, 20, 30, DROPPED, NOT_ELIGIBLE, 5);
        assertEquals(12, ledger.droppedPackets());
        assertEquals(13, ledger.notEligiblePackets());
    }

    @Test
    void a_ledger_balances_if_every_packet_is_in_exactly_one_place() {
        assertTrue(new Ledger(100, 10, 20, 30, DROPPED, NOT_ELIGIBLE, 5).balances());
        assertTrue(new Ledger(0, 0, 0, 0, Map.of(), Map.of(), 0).balances());
        for (int off : new int[] {-1, 1}) {
            assertFalse(new Ledger(100 + off, 10, 20, 30, DROPPED, NOT_ELIGIBLE, 5).balances());
            assertFalse(new Ledger(100, 10 + off, 20, 30, DROPPED, NOT_ELIGIBLE, 5).balances());
            assertFalse(new Ledger(100, 10, 20 + off, 30, DROPPED, NOT_ELIGIBLE, 5).balances());
            assertFalse(new Ledger(100, 10, 20, 30 + off, DROPPED, NOT_ELIGIBLE, 5).balances());
            assertFalse(new Ledger(100, 10, 20, 30, DROPPED, NOT_ELIGIBLE, 5 + off).balances());
        }
        assertFalse(new Ledger(100, 10, 20, 30, Map.of(), NOT_ELIGIBLE, 5).balances());
        assertFalse(new Ledger(100, 10, 20, 30, DROPPED, Map.of(), 5).balances());
    }
}
