package io.pairwire.engine.fate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.engine.store.PacketReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LatePartnersTest {
    private static long reference(int file, long number, boolean downward) {
        return PacketReference.of(file, number, false, downward, false);
    }

    @Test
    void two_of_opposite_directions_with_one_key_belong_together(@TempDir Path folder) throws IOException {
        try (var list = new FateList(folder)) {
            var givenUp = list.givenUp();
            givenUp.expired(reference(0, 1, true), 100, 7);
            givenUp.expired(reference(0, 2, true), 150, 7); // the second of its kind has nobody
            givenUp.unmatched(reference(1, 1, false), 90, 7);
            givenUp.evicted(reference(1, 2, false), 95, 7);
            givenUp.expired(reference(0, 3, true), 100, 8);
            try (FateTable table = list.table()) {
                var first = table.late(0, 1).orElseThrow();
                assertEquals(1, PacketReference.file(first.position()));
                assertEquals(10, first.nanos());
                assertTrue(!first.isLater());
                assertTrue(table.late(1, 1).orElseThrow().isLater());
                for (long number : new long[] {2, 3}) assertEquals(Optional.empty(), table.late(0, number));
                assertEquals(Optional.empty(), table.late(1, 2), "what was evicted has a reason of its own");
            }
        }
    }

    @Test
    void a_flood_of_packets_without_partner_is_looked_at_up_to_the_bound(@TempDir Path folder) throws IOException {
        try (var list = new FateList(folder)) {
            var givenUp = list.givenUp();
            int many = LatePartners.MOST + 100;
            for (int i = 1; i <= many; i++) givenUp.expired(reference(0, i, true), i, i);
            givenUp.expired(reference(1, 1, false), 0, 1);
            givenUp.expired(reference(1, 2, false), 0, many);
            try (FateTable table = list.table()) {
                assertTrue(table.late(1, 1).isPresent());
                assertTrue(table.late(1, 2).isEmpty());
            }
        }
    }
}
