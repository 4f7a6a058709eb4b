package io.pairwire.output.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.engine.analyse.End;
import java.util.List;
import org.junit.jupiter.api.Test;

class BlocksTest {
    private final Blocks blocks = new Blocks(true);
    private final Blocks letters = new Blocks(false);

    @Test
    void a_bar_is_as_long_as_its_part_to_an_eighth_of_a_letter() {
        assertEquals("", blocks.bar(0, 8));
        assertEquals("\u258f", blocks.bar(0.000_1, 8));
        assertEquals("\u2588\u2588\u2588\u2588", blocks.bar(0.5, 8));
        assertEquals("\u2588\u258c", blocks.bar(1.5 / 8, 8));
        assertEquals("\u2588".repeat(8), blocks.bar(7, 8));
        assertEquals("####", letters.bar(0.5, 8));
    }

    @Test
    void a_sparkline_shows_nothing_where_there_was_nothing() {
        assertEquals("\u2581 \u2588", blocks.sparkline(List.of(1L, 0L, 100L), 10));
        assertEquals(". #", letters.sparkline(List.of(1L, 0L, 100L), 10));
        assertEquals("", blocks.sparkline(List.of(), 10));
    }

    @Test
    void more_values_than_letters_are_added_up() {
        assertEquals(3, blocks.sparkline(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L), 3).length());
        assertEquals("##", letters.sparkline(List.of(4L, 4L, 4L, 4L), 2));
    }

    @Test
    void ends_are_written_as_people_write_them() {
        assertEquals("192.0.2.1:80", EndText.of(new End(4, 0, 0xc000_0201L, 80), true));
        assertEquals("[2001:db8::1]:53", EndText.of(new End(6, 0x2001_0db8_0000_0000L, 1, 53), true));
        assertEquals("2001:db8::1", EndText.of(new End(6, 0x2001_0db8_0000_0000L, 1, 0), false));
        assertEquals("02:00:00:00:00:0f", EndText.of(new End(0, 0, 0x0200_0000_000fL, 0), false));
    }

    @Test
    void amounts_are_in_the_unit_that_fits() {
        assertEquals("0 B", Quantity.bytes(0));
        assertEquals("999 B", Quantity.bytes(999));
        assertEquals("1.0 kB", Quantity.bytes(1_000));
        assertEquals("1.0 MB", Quantity.bytes(999_960));
        assertEquals("9.2 EB", Quantity.bytes(Long.MAX_VALUE));
        assertEquals("12.5 %", Quantity.percent(1, 8));
        assertEquals("", Quantity.percent(1, 0));
    }

    @Test
    void a_page_escapes_what_a_file_may_be_named() {
        assertEquals("&lt;a href=&#39;&quot;&amp;\ufffd", ReportHtml.escaped("<a href='\"&\u0007"));
    }
}
