package io.pairwire.engine.analyse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StepCounterTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void steps_without_packets_are_shown_too() {
        var counter = new StepCounter(SECOND);
        counter.add(10 * SECOND + 1, 100);
        counter.add(13 * SECOND, 50);
        counter.add(10 * SECOND, 1);
        var again = new StepCounter(SECOND);
        again.add(13 * SECOND, 0);
        assertEquals(
                List.of(
                        new TimeSeries.Step(10 * SECOND, 2, 101, 0),
                        new TimeSeries.Step(11 * SECOND, 0, 0, 0),
                        new TimeSeries.Step(12 * SECOND, 0, 0, 0),
                        new TimeSeries.Step(13 * SECOND, 1, 50, 1)),
                counter.series(List.of(again)).steps());
    }

    @Test
    void a_length_that_fits_is_found() {
        var counter = new StepCounter(0);
        for (long second = 0; second < 3_600; second++) counter.add(second * SECOND, 1);
        TimeSeries series = counter.series(List.of());
        assertEquals(10 * SECOND, series.stepNanos());
        assertEquals(360, series.steps().size());
        assertTrue(series.steps().stream().allMatch(step -> step.packets() == 10));
    }

    @Test
    void too_many_steps_of_a_length_asked_for_make_it_longer() {
        var counter = new StepCounter(1_000);
        counter.add(0, 1);
        counter.add(SECOND - 1, 1);
        assertEquals(10_000, counter.series(List.of()).stepNanos());
    }

    @Test
    void nothing_makes_no_steps() {
        assertEquals(List.of(), new StepCounter(0).series(List.of()).steps());
    }

    @Property(tries = 60)
    void no_packet_is_lost_whatever_the_times(@ForAll @Size(max = 50) List<Long> times, @ForAll boolean asked) {
        var counter = new StepCounter(asked ? 1 : 0);
        times.forEach(time -> counter.add(time, 3));
        var steps = new ArrayList<>(counter.series(List.of()).steps());
        assertEquals(
                times.size(), steps.stream().mapToLong(TimeSeries.Step::packets).sum());
        assertTrue(steps.size() <= StepCounter.ASKED);
    }
}
