package io.pairwire.dpi.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApplicationsTest {

    private static Applications of(String... lines) throws TableSyntaxException {
        return Applications.NONE.and("test", List.of(lines));
    }

    @Test
    void the_longest_suffix_of_whole_labels_wins() throws TableSyntaxException {
        var table = of("host example.org Example", "host mail.example.org Mail", "# nothing");
        assertEquals(Optional.of("Example"), table.ofHost("www.Example.org"));
        assertEquals(Optional.of("Mail"), table.ofHost("a.b.mail.example.org."));
        assertEquals(Optional.of("Example"), table.ofHost("example.org:8443"));
        assertEquals(Optional.of("Example"), table.ofHost("*.example.org"));
        assertEquals(Optional.empty(), table.ofHost("badexample.org"));
        assertEquals(Optional.empty(), table.ofHost(""));
    }

    @Test
    void the_longest_prefix_wins() throws TableSyntaxException {
        var table = of("net 192.0.2.0/24 Wide", "net 192.0.2.128/25 Narrow", "net 2001:db8::/33 Six");
        assertEquals(Optional.of("Wide"), table.ofAddress(4, 0, 0xc0000201L));
        assertEquals(Optional.of("Narrow"), table.ofAddress(4, 0, 0xc0000281L));
        assertEquals(Optional.empty(), table.ofAddress(4, 0, 0xc0000301L));
        assertEquals(Optional.of("Six"), table.ofAddress(6, 0x20010db8_00000000L, 1));
        assertEquals(Optional.empty(), table.ofAddress(6, 0x20010db8_80000000L, 1));
    }

    @Test
    void a_later_table_overrules_and_wrong_lines_are_told() throws TableSyntaxException {
        var later = of("host example.org One").and("mine", List.of("host example.org Two"));
        assertEquals(Optional.of("Two"), later.ofHost("example.org"));
        for (String wrong : List.of("host example.org", "what a b", "net 300.1.1.1/8 X", "net 10.0.0.0/40 X")) {
            assertThrows(TableSyntaxException.class, () -> of(wrong), wrong);
        }
    }
}
