package io.pairwire.engine.series;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class GroupByTest {
    @Test
    void what_people_write_is_understood() {
        assertEquals(new GroupBy(GroupBy.Part.KIND, 0, 0), GroupBy.parse("Kind"));
        assertEquals(new GroupBy(GroupBy.Part.SERVER, 32, 128), GroupBy.parse("server"));
        assertEquals(new GroupBy(GroupBy.Part.CLIENT, 24, 64), GroupBy.parse(" client/24 "));
        assertEquals(new GroupBy(GroupBy.Part.SERVER, 0, 48), GroupBy.parse("server/0/48"));
        for (String text : List.of("kind", "server/24/64", "client/32/128")) {
            assertEquals(text, GroupBy.parse(text).toString());
        }
    }

    @Test
    void anything_else_is_refused() {
        for (String wrong :
                List.of("", "kind/1", "port", "server/", "server/33", "client/24/129", "server/1/2/3", "server/-1")) {
            assertThrows(IllegalArgumentException.class, () -> GroupBy.parse(wrong), wrong);
        }
    }
}
