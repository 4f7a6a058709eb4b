package io.pairwire.engine.analyse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamTableTest {
    private static final int STREAMS = 8_000;

    @TempDir
    Path folder;

    @Test
    void streams_beyond_the_memory_are_found_again_in_the_file() throws IOException {
        var workspace = new Workspace(Workspace.LEAST, folder);
        try (var table = new StreamTable(workspace, 300_000, 11)) {
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < STREAMS; i++) {
                    Stream stream = find(table, i, i + 1, i % 7 << 16 | 80);
                    assertEquals(i, table.current(), "numbered in the order of their first packets");
                    assertEquals(round, stream.longAt(Stream.UP + Stream.PACKETS));
                    stream.add(Stream.UP + Stream.PACKETS, 1);
                }
            }
            assertEquals(STREAMS, table.count());
            assertTrue(workspace.peakBytes() <= 400_000, () -> "peak " + workspace.peakBytes());
            assertTrue(workspace.spilledBytes() > 1_000_000, () -> "spilled " + workspace.spilledBytes());
        }
    }

    @Test
    void a_connection_begun_again_stands_behind_the_earlier_one() throws IOException {
        try (var table = new StreamTable(new Workspace(Workspace.LEAST, folder), Workspace.LEAST, 11)) {
            find(table, 1, 2, 80).set(Stream.SYNS, 5);
            find(table, 1, 2, 81);
            find(table, 1, 2, 80);
            Stream second = table.again();
            assertEquals(2, table.current());
            assertEquals(0, second.intAt(Stream.SYNS));
            assertEquals(80, second.longAt(Stream.KEY));
            find(table, 1, 2, 80);
            assertEquals(2, table.current());
            assertEquals(5, table.get(0, new Stream()).intAt(Stream.SYNS));
        }
    }

    private static Stream find(StreamTable table, long lower, long upper, long key) {
        return table.find(TalkTable.hash(11, key, 0, lower, 0, upper), key, 0, lower, 0, upper);
    }
}
