package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.SourceStatistics;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long TWO_SECONDS = 2_000_000_000;

    @Test
    void the_bar_tells_part_rate_and_time_left() {
        assertEquals(
                "[##########....................] 33%  2,000,000 packets  1.0 M/s  0 MB/s  4 s left  70 MB",
                Progress.line(source(100, 300), TWO_SECONDS, 70_000_000));
        assertEquals(
                "[##############################] 100%  2,000,000 packets  1.0 M/s  0 MB/s  0 s left  70 MB",
                Progress.line(source(301, 300), TWO_SECONDS, 70_000_000));
    }

    @Test
    void without_a_known_length_there_is_no_bar() {
        assertEquals("2,000,000 packets  1.0 M/s  0 MB/s", Progress.line(source(100, 0), TWO_SECONDS, 70_000_000));
    }

    @Test
    void events_are_json_with_names_that_stay() {
        String event = Progress.event(source(100, 300), TWO_SECONDS);
        assertTrue(
                event.startsWith("{\"elapsed_ns\":2000000000,\"packets\":2000000,\"bytes\":100,\"total_bytes\":300,"
                        + "\"files\":1,\"files_done\":0,\"damaged_files\":0,\"memory_bytes\":"),
                event);
    }

    private static SourceStatistics source(long bytes, long total) {
        return new SourceStatistics(1, 0, 0, 2_000_000, bytes, total, List.of());
    }
}
