package io.pairwire.engine.analyse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TalkTableTest {
    private static final int KEYS = 20_000;

    @TempDir
    Path folder;

    /** Counts of one key, as a line. */
    private Map<Long, String> counted(long share, boolean mustSpill) throws IOException {
        var workspace = new Workspace(Workspace.LEAST, folder);
        var found = new HashMap<Long, String>();
        try (var table = new TalkTable(workspace, share, 99)) {
            var random = new Random(5);
            for (int i = 0; i < 120_000; i++) {
                long key = random.nextInt(KEYS);
                Talk talk = table.find(key, 1, 2, 3, 4);
                talk.count(random.nextBoolean(), random.nextInt(1_500));
                talk.times(i, i);
                talk.number(i);
            }
            assertEquals(mustSpill, table.spills() > 0);
            assertEquals(mustSpill, workspace.spilledBytes() > 0);
            assertTrue(workspace.peakBytes() <= Math.max(share, 1 << 18), () -> "peak " + workspace.peakBytes());
            table.forEach(talk -> {
                var line = new StringBuilder();
                for (int field = Talk.PACKETS_UP; field < Talk.LENGTH; field += 8) {
                    line.append(talk.get(field)).append(' ');
                }
                assertEquals(null, found.put(talk.key(0), line.toString()), "a key was shown twice");
            });
        }
        return found;
    }

    @Test
    void a_table_that_spills_counts_as_one_that_does_not() throws IOException {
        Map<Long, String> inMemory = counted(64 << 20, false);
        assertEquals(inMemory, counted(1 << 17, true));
        assertTrue(inMemory.size() > KEYS - 100);
        try (var left = Files.list(folder)) {
            assertEquals(0, left.count(), "temporary files have no name");
        }
    }

    @Test
    void runs_are_merged_when_there_are_many() throws IOException {
        var workspace = new Workspace(Workspace.LEAST, folder);
        try (var table = new TalkTable(workspace, 1, 3)) {
            for (long key = 0; key < 60_000; key++)
                table.find(key % 40_000, 0, 0, 0, 0).count(true, 1);
            assertTrue(table.spills() > 70, () -> "spills " + table.spills());
            long[] sums = new long[2];
            table.forEach(talk -> {
                sums[0]++;
                sums[1] += talk.get(Talk.PACKETS_UP);
            });
            assertEquals(40_000, sums[0]);
            assertEquals(60_000, sums[1]);
        }
    }

    @Test
    void an_empty_table_shows_nothing() throws IOException {
        try (var table = new TalkTable(new Workspace(Workspace.LEAST, folder), 1, 3)) {
            table.forEach(_ -> {
                throw new AssertionError("nothing was counted");
            });
        }
    }
}
