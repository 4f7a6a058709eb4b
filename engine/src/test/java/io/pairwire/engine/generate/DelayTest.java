package io.pairwire.engine.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DelayTest {

    @Test
    void delays_are_constant_spread_or_log_normal() {
        assertEquals(new Delay.Constant(1_000_000), Delay.parse("1ms"));
        assertEquals(new Delay.Uniform(200_000, 5_000_000), Delay.parse("200us-5ms"));
        assertEquals(new Delay.LogNormal(1_000_000, 0.5), Delay.parse("lognormal"));
        assertEquals(new Delay.LogNormal(2_000, 0.5), Delay.parse("lognormal:2us"));
        assertEquals(new Delay.LogNormal(2_000, 1.25), Delay.parse("lognormal:2us:1.25"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5ms-1ms", "-1ms", "2h", "61min", "lognormal:1ms:x", "lognormal:1ms:9", "lognormal:1ms:1:1"})
    void what_is_no_delay_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Delay.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1ms", "200us-5ms", "lognormal:2ms:0.75", "0s", "17ns"})
    void a_delay_prints_as_it_is_written(String text) {
        assertEquals(text, Delay.parse(text).toString());
    }

    @Test
    void a_log_normal_delay_has_its_median_and_its_tail() {
        var random = new SplitMix64(3);
        var delay = new Delay.LogNormal(1_000_000, 0.5);
        long[] drawn = LongStream.range(0, 100_001).map(_ -> random.draw(delay)).toArray();
        Arrays.sort(drawn);
        assertEquals(1_000_000, drawn[50_000], 10_000);
        assertEquals(4_690_000, drawn[99_900], 500_000);
        assertTrue(drawn[0] > 0);
    }
}
