package io.pairwire.dpi.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.decode.craft.Frame;
import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.session.SessionSettings;
import io.pairwire.dpi.session.Wanted;
import io.pairwire.dpi.session.Wire;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {

    private static String label(String signatures, String... payloads) throws TableSyntaxException {
        var catalogue = new CatalogueBuilder()
                .withSignatures("test", signatures.lines().toList())
                .build();
        var wire = new Wire(catalogue, SessionSettings.defaults(), Wanted.NONE);
        for (String payload : payloads) {
            wire.send(Frame.udp("10.0.0.1", 5000, "10.0.0.2", 6000)
                    .payload(payload.getBytes(StandardCharsets.ISO_8859_1)));
        }
        return wire.only().label();
    }

    @Test
    void all_conditions_of_a_line_must_hold_and_one_line_is_enough() throws TableSyntaxException {
        String two = "Foo udp 0=\"AB\" len=4..8\nFoo udp 2=cafe/ff00\n# a comment\n";
        assertEquals("Foo", label(two, "ABxx"));
        assertEquals("", label(two, "ABxxxxxxxx"));
        assertEquals("Foo", label(two, "zz\u00ca\u0001"));
        assertEquals("", label(two, "zz\u00cb\u0001"));
    }

    @Test
    void numbers_may_be_compared_with_constants_and_with_the_length() throws TableSyntaxException {
        assertEquals("Foo", label("Foo udp u16@0=len-2", "\0\3abc"));
        assertEquals("", label("Foo udp u16@0=len-2", "\0\4abc"));
        assertEquals("Foo", label("Foo udp lu16@0=len", "\5\0abc"));
        assertEquals("Foo", label("Foo udp u8@0&0x0f>=3 u8@0<0x80", "\u0013abc"));
        assertEquals("", label("Foo udp u8@0&0x0f>=4", "\u0013abc"));
    }

    @Test
    void patterns_may_stand_at_the_end_anywhere_or_on_a_port() throws TableSyntaxException {
        assertEquals("Foo", label("Foo udp -2=\"\\r\\n\"", "abc\r\n"));
        assertEquals("Foo", label("Foo udp 0=\"a\" has=\"needle\"", "a hay needle hay"));
        assertEquals("Foo", label("Foo udp port=5990-6010 0=\"a\"", "abc"));
        assertEquals("", label("Foo udp port=53 0=\"a\"", "abc"));
    }

    @Test
    void a_weak_rule_may_ask_for_several_payloads() throws TableSyntaxException {
        assertEquals("", label("Foo udp len=3 times=3", "abc", "abc"));
        assertEquals("Foo", label("Foo udp len=3 times=3", "abc", "abc", "abc"));
    }

    @Test
    void what_is_not_understood_is_told_with_file_and_line() {
        for (String wrong : List.of(
                "Foo",
                "Foo udp",
                "Foo ftp 0=00",
                "Foo udp 0=zz",
                "Foo udp 0=\"a",
                "Foo udp x=1",
                "Foo udp port=70000",
                "Foo udp len=9..3",
                "F.o udp 0=00",
                "Foo udp u8@0~3")) {
            var e = assertThrows(
                    TableSyntaxException.class, () -> new SignatureParser("my.txt").parse(List.of("# first", wrong)));
            assertTrue(String.valueOf(e.getMessage()).startsWith("my.txt:2: "), e.getMessage());
            assertEquals(ErrorCode.SIGNATURE_MALFORMED, e.code());
        }
    }

    @Test
    void the_built_in_table_is_understood_and_no_name_is_there_twice() {
        var catalogue = Catalogue.builtIn();
        assertEquals(List.of(), catalogue.problems());
        assertTrue(
                catalogue.protocols().size() > 120,
                "protocols: " + catalogue.protocols().size());
    }
}
