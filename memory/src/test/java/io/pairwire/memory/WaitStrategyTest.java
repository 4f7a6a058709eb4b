package io.pairwire.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitStrategyTest {
    @Test
    void names_are_read_in_any_case() {
        assertEquals(
                List.of(
                        new WaitStrategy.Spin(),
                        new WaitStrategy.Yield(),
                        new WaitStrategy.Park(WaitStrategy.SHORT),
                        new WaitStrategy.Sleep(WaitStrategy.SHORT)),
                List.of("spin", "Yield", "PARK", "sleep").stream()
                        .map(WaitStrategy::parse)
                        .toList());
        var thrown = assertThrows(IllegalArgumentException.class, () -> WaitStrategy.parse("doze"));
        assertTrue(String.valueOf(thrown.getMessage()).contains("'doze'"));
    }

    @Test
    void times_out_of_range_are_refused() {
        for (Duration time : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofHours(2))) {
            assertThrows(IllegalArgumentException.class, () -> new WaitStrategy.Park(time));
            assertThrows(IllegalArgumentException.class, () -> new WaitStrategy.Sleep(time));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"spin", "yield", "park", "sleep"})
    void an_interrupt_is_kept_and_ends_the_wait(String name) {
        Thread.currentThread().interrupt();
        for (long round = 0; round < 200; round++) WaitStrategy.parse(name).idle(round);
        new WaitStrategy.Sleep(Duration.ofHours(1)).idle(0);
        new WaitStrategy.Park(Duration.ofHours(1)).idle(1_000);
        assertTrue(Thread.interrupted());
    }
}
