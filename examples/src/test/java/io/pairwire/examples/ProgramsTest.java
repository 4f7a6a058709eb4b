package io.pairwire.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.output.CsvSink;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs do what their comments say. */
@Timeout(60)
class ProgramsTest {
    private static final String GATEWAY = "captures/gateway.pcap";

    @FunctionalInterface
    private interface Program {
        void run() throws Exception;
    }

    private static List<String> printedBy(Program program) throws Exception {
        var bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(out);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void match_a_file_prints_pairs_and_percentiles() throws Exception {
        List<String> lines = printedBy(() -> MatchAFile.main(GATEWAY));
        assertEquals(List.of("992 pairs, p50 943.103 us, p99 3.430 ms"), lines);
    }

    @Test
    void capture_to_pairs_writes_a_table_and_prints_a_summary(@TempDir Path folder) throws Exception {
        Path table = folder.resolve("pairs.csv");
        List<String> lines = printedBy(() -> CaptureToPairs.main(GATEWAY, table.toString()));
        List<String> rows = Files.readAllLines(table);
        assertEquals(CsvSink.COLUMNS, rows.getFirst());
        assertEquals("pairs         " + (rows.size() - 1), lines.getFirst());
    }

    @Test
    void all_parts_replaced_prints_what_pings_took() throws Exception {
        List<String> lines = printedBy(AllPartsReplaced::main);
        assertEquals(
                List.of(
                        "read 2,000, pairs 1,000, waiting 0, lost 0, not eligible 0: balanced",
                        "p50 100.031 us",
                        "packets 19 and 20: 900.000 us",
                        "packets 39 and 40: 900.000 us",
                        "packets 59 and 60: 900.000 us"),
                lines);
    }
}
