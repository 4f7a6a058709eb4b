package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LinkTypeTest {

    /** Whoever adds a number and forgets its name is told here. */
    @Test
    void every_number_has_the_name_of_its_constant() throws IllegalAccessException {
        for (var field : LinkType.class.getFields()) {
            String name = field.getName();
            String expected = name.startsWith("DLT_RAW") ? "RAW" : name;
            assertEquals(expected, LinkType.name(field.getInt(null)), name);
        }
    }

    @Test
    void user_numbers_are_counted_and_others_are_given_as_numbers() {
        assertEquals("USER7", LinkType.name(154));
        assertEquals("4711", LinkType.name(4711));
        assertEquals("4294967295", LinkType.name(-1));
    }
}
