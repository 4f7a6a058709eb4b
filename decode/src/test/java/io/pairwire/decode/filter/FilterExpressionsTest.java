package io.pairwire.decode.filter;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every primitive of pcap-filter(7) on every link type that knows it, and what is none: see expressions.tsv beside this class. */
class FilterExpressionsTest {
    private static final Map<String, Integer> LINK_TYPES = Map.of(
            "EN10MB", LinkType.ETHERNET,
            "RAW", LinkType.RAW,
            "NULL", LinkType.NULL,
            "LOOP", LinkType.LOOP,
            "LINUX_SLL", LinkType.LINUX_SLL,
            "LINUX_SLL2", LinkType.LINUX_SLL2,
            "PPP", LinkType.PPP,
            "IEEE802_11", LinkType.IEEE802_11,
            "IEEE802_11_RADIO", LinkType.IEEE802_11_RADIOTAP);

    private record Row(String linkType, String verdict, String expression) {
        Filter compiled() {
            return Filter.compile(expression, LINK_TYPES.get(linkType));
        }
    }

    private static List<Row> rows(String verdict) throws IOException {
        try (var in = FilterExpressionsTest.class.getResourceAsStream("expressions.tsv")) {
            assertNotNull(in);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(columns -> new Row(columns[0], columns[1], columns[2]))
                    .filter(row -> row.verdict().equals(verdict))
                    .toList();
        }
    }

    @Test
    void what_libpcap_accepts_is_accepted() throws IOException {
        List<Row> rows = rows("accept");
        assertTrue(rows.size() > 500, rows.size() + " rows");
        for (Row row : rows) assertFalse(row.compiled().neverMatches(), row.toString());
    }

    @Test
    void what_libpcap_rejects_is_rejected_at_a_place_inside() throws IOException {
        List<Row> rows = rows("reject");
        assertTrue(rows.size() > 100, rows.size() + " rows");
        for (Row row : rows) {
            var refusal = assertThrows(FilterSyntaxException.class, row::compiled, row.toString());
            assertTrue(
                    refusal.column() >= 1
                            && refusal.column() <= row.expression().length() + 1,
                    row.toString());
            assertFalse(refusal.reason().isBlank(), row.toString());
        }
    }

    @Test
    void what_only_this_link_type_cannot_carry_is_a_filter_that_accepts_nothing() throws IOException {
        List<Row> rows = rows("never");
        assertFalse(rows.isEmpty());
        for (Row row : rows) assertTrue(row.compiled().neverMatches(), row.toString());
    }
}
