package io.pairwire.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DurationTextTest {

    @Test
    void every_unit_is_read() {
        assertEquals(Duration.ofNanos(5), DurationText.parse("5ns", TimeUnit.SECONDS));
        assertEquals(Duration.ofNanos(5_000), DurationText.parse("5us", TimeUnit.SECONDS));
        assertEquals(Duration.ofMillis(500), DurationText.parse("500ms", TimeUnit.SECONDS));
        assertEquals(Duration.ofSeconds(30), DurationText.parse("30s", TimeUnit.SECONDS));
        assertEquals(Duration.ofSeconds(30), DurationText.parse("30", TimeUnit.SECONDS));
        assertEquals(Duration.ofMillis(1_500), DurationText.parse("1.5s", TimeUnit.SECONDS));
        assertEquals(Duration.ofMinutes(1), DurationText.parse("1m", TimeUnit.SECONDS));
        assertEquals(Duration.ofMinutes(1), DurationText.parse("1min", TimeUnit.SECONDS));
        assertEquals(Duration.ofHours(2), DurationText.parse("2h", TimeUnit.SECONDS));
        assertEquals(Duration.ofDays(1), DurationText.parse("1d", TimeUnit.SECONDS));
        assertEquals(Duration.ofMillis(5_000), DurationText.parse("5000", TimeUnit.MILLISECONDS));
    }

    @Test
    void what_is_no_duration_is_refused() {
        for (String wrong : List.of("", "s", "5 parsecs", "5 ms", "0.1ns", "1e", "--5s", "999999999999d")) {
            assertThrows(IllegalArgumentException.class, () -> DurationText.parse(wrong, TimeUnit.SECONDS), wrong);
        }
    }

    @Test
    void where_a_unit_is_wanted_a_number_alone_is_refused() {
        assertEquals(-2_000_000, DurationText.parseNanos("-2ms"));
        assertThrows(IllegalArgumentException.class, () -> DurationText.parseNanos("5"));
    }

    @Test
    void what_is_written_is_read_back() {
        for (long nanos : new long[] {0, 1, 1_500, 1_500_000, 2_000_000_000L, -3_000}) {
            assertEquals(nanos, DurationText.parseNanos(DurationText.format(nanos)));
        }
    }
}
