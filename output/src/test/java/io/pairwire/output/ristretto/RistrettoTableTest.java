package io.pairwire.output.ristretto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RistrettoTableTest {
    /** What the library itself wrote for {@code (ts INTEGER, rtt REAL, ip TEXT(16))} and two rows: all that is not zero. */
    private static final String[] WRITTEN_BY_THE_LIBRARY = {
        "000 525354524442 0000 01000000 20000000 0200000000000000 03000000",
        "028 7473",
        "048 01080000",
        "050 727474",
        "070 02080800",
        "078 6970",
        "098 03101000",
        "100 7b68e5cf8b010000 000000000000f83f 31302e302e302e31",
        "120 feffffffffffffff 0000000000000000 6162636465666768696a6b6c6d6e6f00",
    };

    private static final List<RistrettoColumn> COLUMNS =
            List.of(RistrettoColumn.integer("ts"), RistrettoColumn.real("rtt"), RistrettoColumn.text("ip", 16));

    @TempDir
    Path folder;

    @Test
    void the_bytes_are_those_of_the_library() throws IOException {
        Path file = folder.resolve("rtts.rdb");
        try (var table = new RistrettoTable(file, COLUMNS)) {
            table.put(1_700_000_000_123L).put(1.5).put("10.0.0.1");
            table.put(-2).putNothing().put("abcdefghijklmnopqrstuvwxyz");
            assertEquals(2, table.rows());
            assertFalse(Files.exists(file), "only a whole table takes the place");
        }
        var expected = new byte[1 << 20];
        for (String line : WRITTEN_BY_THE_LIBRARY) {
            String[] words = line.split(" ", 2);
            byte[] bytes = HexFormat.of().parseHex(words[1].replace(" ", ""));
            System.arraycopy(bytes, 0, expected, HexFormat.fromHexDigits(words[0]), bytes.length);
        }
        byte[] written = Files.readAllBytes(file);
        assertArrayEquals(Arrays.copyOf(expected, 512), Arrays.copyOf(written, 512));
        assertArrayEquals(expected, written);
    }

    @Test
    void rows_come_back_and_the_file_doubles_when_it_is_full() throws IOException {
        Path file = folder.resolve("many.rdb");
        int rows = 70_000; // of 32 bytes: more than 2 MB
        try (var table = new RistrettoTable(file, COLUMNS)) {
            for (int i = 0; i < rows; i++) table.put(i).put(i / 4.0).put("row " + i);
        }
        assertEquals(4 << 20, Files.size(file));
        var read = RistrettoFile.read(file);
        assertEquals(List.of("ts", "rtt", "ip"), read.names());
        assertEquals(rows, read.rows().size());
        assertEquals(List.of(69_999L, 17_499.75, "row 69999"), read.rows().getLast());
    }

    @Test
    void text_is_cut_behind_a_whole_character() throws IOException {
        Path file = folder.resolve("text.rdb");
        try (var table = new RistrettoTable(file, List.of(RistrettoColumn.text("t", 6)))) {
            table.put("12345").put("123456").put("1234é").put("12é€").put("");
        }
        assertEquals(
                List.of("12345", "12345", "1234", "12é", ""),
                RistrettoFile.read(file).rows().stream().map(List::getFirst).toList());
    }

    @Test
    void a_sixth_column_is_refused_for_the_library_would_lose_it() {
        var six = Collections.nCopies(6, RistrettoColumn.integer("n"));
        assertThrows(IllegalArgumentException.class, () -> new RistrettoTable(folder.resolve("six.rdb"), six));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RistrettoTable(folder.resolve("two.rdb"), six.subList(0, 2)),
                "two of one name");
        assertThrows(IllegalArgumentException.class, () -> new RistrettoTable(folder.resolve("none.rdb"), List.of()));
        assertThrows(IllegalArgumentException.class, () -> RistrettoColumn.text("t", 256));
        assertThrows(IllegalArgumentException.class, () -> RistrettoColumn.integer("a".repeat(32)));
        assertThrows(IllegalArgumentException.class, () -> RistrettoColumn.integer("no name"));
    }

    @Test
    void a_value_of_another_type_is_refused_and_a_table_given_up_leaves_the_old_one() throws IOException {
        Path file = Files.writeString(folder.resolve("old.rdb"), "old");
        try (var table = new RistrettoTable(file, COLUMNS)) {
            assertThrows(IllegalStateException.class, () -> table.put("text"));
            table.put(1);
            assertThrows(IllegalStateException.class, table::close, "a row that is not whole");
            table.abandon();
        }
        assertEquals("old", Files.readString(file));
        assertTrue(Files.exists(folder.resolve("old.rdb.partial")));
    }

    @Test
    void a_folder_that_is_not_there_is_named() {
        var thrown = assertThrows(IOException.class, () -> new RistrettoTable(folder.resolve("no/where.rdb"), COLUMNS));
        assertTrue(String.valueOf(thrown.getMessage()).contains("where.rdb"), thrown.toString());
    }
}
