package io.pairwire.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistogramFileTest {
    @TempDir
    Path folder;

    @Test
    void the_distribution_is_in_nanoseconds_and_counts_every_pair() throws IOException {
        Path file = folder.resolve("latency.hgrm");
        HistogramFile.write(file, Runs.latencies());
        var lines = Files.readAllLines(file);
        assertTrue(lines.getFirst().contains("Value") && lines.getFirst().contains("TotalCount"), lines.getFirst());
        String last = lines.stream()
                .filter(line -> line.contains("1.000000000000"))
                .findFirst()
                .orElseThrow();
        assertEquals("1000", last.strip().split("\\s+")[2]);
        assertTrue(Double.parseDouble(last.strip().split("\\s+")[0]) >= 999_000, last);
    }

    @Test
    void the_point_stays_a_point_in_a_country_that_writes_a_comma() throws IOException {
        Locale usual = Locale.getDefault();
        Path file = folder.resolve("latency.hgrm");
        try {
            Locale.setDefault(Locale.GERMANY);
            HistogramFile.write(file, Runs.latencies());
        } finally {
            Locale.setDefault(usual);
        }
        assertTrue(Files.readString(file).contains("1.000000000000"));
    }
}
