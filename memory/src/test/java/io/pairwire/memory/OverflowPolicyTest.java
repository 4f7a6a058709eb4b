package io.pairwire.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OverflowPolicyTest {
    @Test
    void names_are_read_in_any_case_of_letters() {
        for (String name : new String[] {"drop", "DROP", "Drop", "dRoP"}) {
            assertEquals(new OverflowPolicy.Drop(), OverflowPolicy.parse(name));
        }
        for (String name : new String[] {"block", "BLOCK", "Block"}) {
            assertEquals(new OverflowPolicy.Block(), OverflowPolicy.parse(name));
        }
        for (String name : new String[] {"adaptive", "ADAPTIVE", "Adaptive"}) {
            assertEquals(new OverflowPolicy.Adaptive(Duration.ofMillis(64)), OverflowPolicy.parse(name));
        }
    }

    /** In Turkish the small letter of I is not i. */
    @Test
    void names_are_read_whatever_the_language_of_the_machine() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.of("tr", "TR"));
        try {
            assertEquals(new OverflowPolicy.Adaptive(Duration.ofMillis(64)), OverflowPolicy.parse("ADAPTIVE"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "wait", " drop", "drops"})
    void an_unknown_name_is_refused_with_the_names_there_are(String name) {
        var thrown = assertThrows(IllegalArgumentException.class, () -> OverflowPolicy.parse(name));
        assertEquals("unknown policy '" + name + "': block, drop or adaptive", thrown.getMessage());
    }

    @Test
    void a_longest_wait_below_a_millisecond_is_refused_with_its_value() {
        for (Duration wait : new Duration[] {Duration.ZERO, Duration.ofMillis(-1), Duration.ofNanos(999_999)}) {
            var thrown = assertThrows(IllegalArgumentException.class, () -> new OverflowPolicy.Adaptive(wait));
            assertTrue(thrown.getMessage().contains(wait.toString()), thrown.getMessage());
        }
    }

    @Test
    void a_longest_wait_beyond_an_hour_is_refused_with_its_value() {
        for (Duration wait : new Duration[] {Duration.ofHours(1).plusMillis(1), Duration.ofSeconds(Long.MAX_VALUE)}) {
            var thrown = assertThrows(IllegalArgumentException.class, () -> new OverflowPolicy.Adaptive(wait));
            assertTrue(thrown.getMessage().contains(wait.toString()), thrown.getMessage());
        }
        assertEquals(Duration.ofHours(1), new OverflowPolicy.Adaptive(Duration.ofHours(1)).longestWait());
    }

    @Test
    void its_text_is_what_the_command_line_takes() {
        assertEquals("block", OverflowPolicy.parse("BLOCK").toString());
        assertEquals("drop", OverflowPolicy.parse("Drop").toString());
        assertEquals("adaptive:64ms", OverflowPolicy.parse("adaptive").toString());
    }
}
