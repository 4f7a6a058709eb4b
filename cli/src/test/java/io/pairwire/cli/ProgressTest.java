package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.capture.SourceStatistics;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long TWO_SECONDS = 2_000_000_000;

    @Test
    void the_bar_tells_part_rate_and_time_left() {
        assertEquals(
                "[##########....................] 33%  2,000,000 packets  1.0 M/s  4 s left",
                Progress.line(source(100, 300), TWO_SECONDS));
        assertEquals(
                "[##############################] 100%  2,000,000 packets  1.0 M/s  0 s left",
                Progress.line(source(301, 300), TWO_SECONDS));
    }

    @Test
    void without_a_known_length_there_is_no_bar() {
        assertEquals("2,000,000 packets  1.0 M/s", Progress.line(source(100, 0), TWO_SECONDS));
    }

    private static SourceStatistics source(long bytes, long total) {
        return new SourceStatistics(1, 0, 0, 2_000_000, bytes, total, List.of());
    }
}
