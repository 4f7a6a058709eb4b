package io.pairwire.dpi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AttributeValuesTest {
    private static final Attribute NAME = Attribute.text("test.name", "a text");
    private static final Attribute NAMES = Attribute.text("test.names", "texts").list();
    private static final Attribute LENGTH = Attribute.number("test.length", "a number");

    private final AttributeValues values = new AttributeValues();

    @Test
    void text_that_comes_late_is_made_once_and_only_if_read() {
        var made = new AtomicInteger();
        values.putLate(NAME, 100, () -> "made " + made.incrementAndGet());
        assertTrue(values.has(NAME));
        assertEquals(0, made.get());
        assertEquals("made 1", values.text(NAME).orElseThrow());
        assertEquals(List.of("made 1"), values.texts(NAME));
        assertEquals(1, made.get());
    }

    @Test
    void what_the_maker_keeps_counts_until_the_text_is_made() {
        values.putLate(NAME, 10_000, () -> "short");
        int before = values.bytes();
        assertTrue(before >= 10_000, () -> "counts " + before);
        values.text(NAME);
        assertTrue(values.bytes() < 1_000, () -> "counts " + values.bytes());
    }

    @Test
    void late_text_is_cut_like_any_other_and_gives_way_to_a_newer_value() {
        values.putLate(NAME, 8, () -> "x".repeat(2 * AttributeValues.LONGEST_TEXT));
        assertEquals(
                AttributeValues.LONGEST_TEXT, values.text(NAME).orElseThrow().length());
        values.put(NAME, "new");
        assertEquals("new", values.text(NAME).orElseThrow());
        assertThrows(IllegalArgumentException.class, () -> values.putLate(NAMES, 8, () -> "x"));
    }

    @Test
    void values_beyond_the_most_are_counted_and_bytes_go_back_when_they_are_forgotten() {
        int empty = values.bytes();
        for (int i = 0; i < AttributeValues.MOST + 3; i++) values.put(NAMES, "value " + i);
        values.put(LENGTH, 1);
        assertEquals(AttributeValues.MOST, values.count());
        assertEquals(4, values.refused());
        values.clear();
        assertEquals(0, values.count());
        assertTrue(values.bytes() <= empty + 24 * AttributeValues.MOST, () -> "counts " + values.bytes());
    }
}
