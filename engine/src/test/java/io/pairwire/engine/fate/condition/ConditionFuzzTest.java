package io.pairwire.engine.fate.condition;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import java.nio.charset.StandardCharsets;

class ConditionFuzzTest {
    @FuzzTest
    void is_understood_or_refused_with_a_place_in_the_text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        try {
            Condition.parse(text);
        } catch (FilterSyntaxException e) {
            assertTrue(e.column() >= 1 && e.column() <= text.length() + 1, e.getMessage());
            assertTrue(e.picture().lines().count() <= 2, e.picture());
        }
    }
}
