package io.pairwire.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableFileTest {
    private static final List<String> COLUMNS = List.of("name", "count", "part", "more");

    @TempDir
    Path folder;

    private Path write(String name) throws IOException {
        Path file = folder.resolve(name);
        try (var table = new TableFile(file, COLUMNS)) {
            table.text("a,\"b\"").number(-7).decimal(1 / 3.0).nothing();
            table.text("ä").number(0).decimal(100).text("x");
            assertEquals(2, table.rows());
            table.commit();
        }
        return file;
    }

    @Test
    void the_name_of_the_file_decides_how_rows_look() throws IOException {
        assertEquals(
                "name,count,part,more\n\"a,\"\"b\"\"\",-7,0.333,\nä,0,100.000,x\n", Files.readString(write("t.csv")));
        assertEquals(
                "{\"name\":\"a,\\\"b\\\"\",\"count\":-7,\"part\":0.333,\"more\":null}\n"
                        + "{\"name\":\"ä\",\"count\":0,\"part\":100.000,\"more\":\"x\"}\n",
                Files.readString(write("t.JSONL")));
    }

    @Test
    void many_rows_are_all_there() throws IOException {
        Path file = folder.resolve("many.csv");
        try (var table = new TableFile(file, COLUMNS)) {
            for (int i = 0; i < 10_000; i++)
                table.text("row").number(i).nothing().nothing();
            table.commit();
        }
        var lines = Files.readAllLines(file);
        assertEquals(10_001, lines.size());
        assertEquals("row,9999,,", lines.getLast());
    }

    @Test
    void a_table_that_is_not_finished_does_not_come_into_place() throws IOException {
        Path file = folder.resolve("half.csv");
        try (var table = new TableFile(file, COLUMNS)) {
            table.text("row");
        }
        assertFalse(Files.exists(file));
    }
}
