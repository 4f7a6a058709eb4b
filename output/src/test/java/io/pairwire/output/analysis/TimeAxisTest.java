package io.pairwire.output.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimeAxisTest {
    private static final int WIDE = 127;

    private static List<String> labels(String first, Duration span) {
        return TimeAxis.labels(nanos(first), span.toNanos(), WIDE).stream()
                .map(TimeAxis.Label::text)
                .toList();
    }

    private static long nanos(String moment) {
        Instant instant = Instant.parse(moment);
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    @Test
    void a_second_has_its_tenths() {
        assertEquals(
                List.of(
                        "12:00:00.3",
                        "12:00:00.4",
                        "12:00:00.5",
                        "12:00:00.6",
                        "12:00:00.7",
                        "12:00:00.8",
                        "12:00:00.9",
                        "12:00:01.0",
                        "12:00:01.1",
                        "12:00:01.2"),
                labels("2026-01-31T12:00:00.250Z", Duration.ofSeconds(1)));
    }

    @Test
    void minutes_have_round_seconds_or_minutes() {
        assertEquals(
                List.of(
                        "12:00:00",
                        "12:00:10",
                        "12:00:20",
                        "12:00:30",
                        "12:00:40",
                        "12:00:50",
                        "12:01:00",
                        "12:01:10",
                        "12:01:20"),
                labels("2026-01-31T12:00:00Z", Duration.ofSeconds(90)));
        assertEquals(
                List.of("12:05", "12:10", "12:15", "12:20", "12:25", "12:30", "12:35", "12:40", "12:45"),
                labels("2026-01-31T12:00:01Z", Duration.ofMinutes(46)));
    }

    @Test
    void a_day_has_every_second_hour_and_midnight_tells_the_date() {
        assertEquals(
                List.of(
                        "14:00", "16:00", "18:00", "20:00", "22:00", "02-01", "02:00", "04:00", "06:00", "08:00",
                        "10:00", "12:00"),
                labels("2026-01-31T13:00:00Z", Duration.ofDays(1)));
    }

    @Test
    void a_year_has_dates_also_before_1970() {
        List<String> labels = labels("1969-06-01T00:00:00Z", Duration.ofDays(365));
        assertEquals(8, labels.size());
        assertEquals("1969-06-15", labels.getFirst());
    }

    @Property(tries = 500)
    void labels_lie_on_the_axis_and_leave_room_for_each_other(
            @ForAll long first,
            @ForAll @LongRange(min = 1) long span,
            @ForAll @IntRange(min = 30, max = 300) int characters) {
        long step = TimeAxis.step(span, characters);
        List<TimeAxis.Label> labels = TimeAxis.labels(first, span, characters);
        for (int i = 0; i < labels.size(); i++) {
            TimeAxis.Label label = labels.get(i);
            assertEquals(0, label.epochNanos() % step);
            assertTrue(label.epochNanos() >= first && label.epochNanos() - first <= span);
            double room = (double) step / span * characters;
            assertTrue(label.text().length() + 2 <= room || labels.size() == 1, label.text());
            if (i > 0) assertEquals(step, label.epochNanos() - labels.get(i - 1).epochNanos());
        }
    }

    @Test
    void only_so_many_bars_are_named_that_names_neither_meet_nor_leave_the_plot() {
        var lengths = List.of("0", "64", "128", "256", "512", "1,024", "1,519", "2,560", "9,217", "65,536");
        var times = List.of("0 ns", "1 us", "10 us", "100 us", "1 ms", "10 ms", "100 ms", "1 s", "10 s", "60 s");
        assertEquals(2, SvgPlot.labelStep(lengths, 37));
        assertEquals(2, SvgPlot.labelStep(times, 37));
        assertEquals(1, SvgPlot.labelStep(times, 60));
        assertEquals(1, SvgPlot.labelStep(List.of(), 37));
    }
}
