package io.pairwire.dpi.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.dpi.registry.CatalogueBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SessionTableProperties {

    private static SessionTable table(long seed) {
        return new SessionTable(new Random(seed), new PathTable(new CatalogueBuilder().build(), new ErrorCounts()));
    }

    /** Either direction, at random. */
    private static TrackedSession find(SessionTable table, int key, boolean back) {
        int one = 0x0a000000 + (key >> 4);
        int other = 0x0a000001 + (key >> 7);
        int onePort = 1000 + (key & 15);
        return back
                ? table.find(4, 17, 0, other, 53, 0, one, onePort)
                : table.find(4, 17, 0, one, onePort, 0, other, 53);
    }

    @Property(tries = 30)
    void it_holds_what_a_map_holds(@ForAll long seed) {
        var random = new Random(seed);
        var table = table(seed);
        Map<Integer, TrackedSession> model = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            int key = random.nextInt(4_000);
            TrackedSession found = find(table, key, random.nextBoolean());
            assertSame(model.get(key), found);
            if (found == null) {
                model.put(key, table.add());
            } else if (random.nextInt(3) == 0) {
                table.remove(found);
                model.remove(key);
            }
            assertEquals(model.size(), table.count());
        }
        model.forEach((key, session) -> assertSame(session, find(table, key, true)));
    }

    @Example
    void full_hashes_collide_in_fewer_than_four_of_a_thousand_lookups_and_probes_stay_short() {
        var table = table(1);
        for (int key = 0; key < 200_000; key++) {
            assertNull(find(table, key, false));
            table.add();
        }
        assertTrue(table.hashCollisions() * 1000 <= 4 * table.lookups(), "collisions " + table.hashCollisions());
        assertTrue(table.probes() < 3 * table.lookups(), "probes " + table.probes() + " of " + table.lookups());
        assertTrue(table.longestProbe() < 200, "longest " + table.longestProbe());
    }
}
