package io.pairwire.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DigitsProperties {

    @Property
    void a_number_looks_as_java_prints_it(@ForAll long value) {
        assertEquals(Long.toString(value), decimal(value));
    }

    @Example
    void every_length_of_number_is_right_at_its_borders() {
        assertEquals(Long.toString(Long.MIN_VALUE), decimal(Long.MIN_VALUE));
        assertEquals(Long.toString(Long.MAX_VALUE), decimal(Long.MAX_VALUE));
        for (long border = 1; border > 0 && border <= Long.MAX_VALUE / 10; border *= 10) {
            for (long value : new long[] {border - 1, border, border + 1, -border, 1 - border}) {
                assertEquals(Long.toString(value), decimal(value));
            }
        }
        assertEquals("2147483647", decimal(Integer.MAX_VALUE));
        assertEquals("2147483648", decimal(Integer.MAX_VALUE + 1L));
    }

    private static String decimal(long value) {
        var bytes = new byte[Digits.LONGEST];
        return new String(bytes, 0, Digits.decimal(bytes, 0, value), StandardCharsets.US_ASCII);
    }
}
