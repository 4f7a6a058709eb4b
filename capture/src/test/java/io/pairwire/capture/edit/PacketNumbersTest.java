package io.pairwire.capture.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketNumbersTest {

    @Test
    void ranges_may_come_in_any_order_and_overlap() {
        assertEquals(List.of(3L, 4L, 5L, 6L, 7L, 10L), in(PacketNumbers.parse("10, 3-5,4-7")));
        assertEquals(List.of(1L, 2L, 19L, 20L), in(PacketNumbers.parse("19-,1-2")));
    }

    @Test
    void the_last_number_tells_when_reading_may_stop() {
        assertEquals(10, PacketNumbers.parse("10,3-5").last());
        assertEquals(7, PacketNumbers.parse("2-7,3-4").last());
        assertEquals(Long.MAX_VALUE, PacketNumbers.parse("1,5-").last());
    }

    @Test
    void all_of_them_are_all_from_1_on() {
        assertTrue(PacketNumbers.ALL.contains(1));
        assertTrue(PacketNumbers.ALL.contains(Long.MAX_VALUE));
        assertFalse(PacketNumbers.ALL.contains(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "5-3", "a", "1,,2", "-5", "1-2-3", "9999999999999999999"})
    void anything_else_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> PacketNumbers.parse(text));
    }

    private static List<Long> in(PacketNumbers numbers) {
        return LongStream.rangeClosed(0, 20).filter(numbers::contains).boxed().toList();
    }
}
