package io.pairwire.decode.filter.vflisp;

import static io.pairwire.decode.Packets.hex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.filter.ir.IrInterpreter;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import io.pairwire.decode.filter.vfm.VfmInterpreter;
import io.pairwire.decode.filter.vfm.VfmMode;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VfLispTest {
    private static final byte[] WEB =
            Frame.tcp("192.168.1.1", 40_000, "10.0.0.2", 80).flags(2).toEthernet();
    private static final byte[] WEB6 =
            Frame.tcp("2001:db8::1", 40_000, "::1", 443).toEthernet();
    private static final byte[] DNS = Frame.udp("192.168.1.1", 40_000, "10.0.0.2", 53)
            .vlan(5)
            .ipv4Options(hex("01010101"))
            .toEthernet();
    private static final byte[] ARP = Frame.arp("10.0.0.1", "10.0.0.2").toEthernet();

    /** Both engines, which have to agree where there are two. */
    private static boolean sound(String text, byte[] packet) {
        var memory = MemorySegment.ofArray(packet);
        var vfm = new VfmInterpreter(VfLispCompiler.toVfm(text, VfmMode.SOUND), VfmMode.SOUND);
        boolean answer = vfm.run(memory, 0, packet.length, packet.length) != 0;
        VfLispCompiler.toIr(text, LinkType.ETHERNET).ifPresent(program -> {
            boolean same = new IrInterpreter(program).run(memory, 0, packet.length, packet.length) != 0;
            assertEquals(answer, same, text);
        });
        return answer;
    }

    private static boolean compat(String text, byte[] packet) {
        var vfm = new VfmInterpreter(VfLispCompiler.toVfm(text, VfmMode.COMPAT_V1), VfmMode.COMPAT_V1);
        return vfm.run(MemorySegment.ofArray(packet), 0, packet.length, packet.length) != 0;
    }

    /** What the documents and samples of VFM and PacketVelocity say about each, on four packets. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(= proto 6)                                                     | web web6",
                "(= dst-port 80)                                                 | web",
                "(and (= proto 6) (= dst-port 80))                               | web",
                "(and (= proto 6) (or (= dst-port 80) (= dst-port 443)))         | web web6",
                "(and (= proto 17) (= dst-port 53))                              | dns",
                "(!= src-port 80)                                                | web web6 dns",
                "(not (= proto 6))                                               | dns arp",
                "(and (= proto 6) (= (& tcp-flags 2) 2))                         | web",
                "(if (= proto 6) (= dst-port 443) (= dst-port 53))               | web6 dns",
                "(= src-ip 192.168.1.1)                                          | web dns",
                "(= (& src-ip 255.255.0.0) 192.168.0.0)                          | web dns",
                "(= src-ip6 2001:db8::1)                                         | web6",
                "(= dst-ip6 ::1)                                                 | web6",
                "(= (& src-ip6 ffff:ffff::) 2001:db8::)                          | web6",
                "(> src-ip6 2001:db8::0)                                         | web6",
                "(<= src-ip6 2001:db8::0)                                        | ",
                "(= ethertype 0x0806)                                            | arp",
                "(= inner-ethertype 0x0800)                                      | web dns",
                "(= ip-version 6)                                                | web6",
                "(and (>= dst-port 50) (<= dst-port 100))                        | web dns",
                "(> ip-len 40)                                                   | web6",
                "(= has-ext-hdr 0)                                               | web web6 dns arp",
                "(= hop-limit 64)                                                | web6",
                "(or 2 0)                                                        | web web6 dns arp",
                "(and 2 0)                                                       | ",
                "(> (- 1 2) 0)                                                   | web web6 dns arp",
                "(= (+ src-port dst-port) 40080)                                 | web",
                "(= (/ dst-port 0) 0)                                            | ",
                "(= 0b11 3)                                                      | web web6 dns arp",
                "dst-port                                                        | web web6 dns",
                "src-ip6                                                         | web6",
                "(= (+ (= proto 6) (= dst-port 80)) 2)                           | web",
            })
    void documented_filters_match_what_their_comments_say(String text, String matches) {
        String found = (sound(text, WEB) ? "web " : "")
                + (sound(text, WEB6) ? "web6 " : "")
                + (sound(text, DNS) ? "dns " : "")
                + (sound(text, ARP) ? "arp" : "");
        assertEquals(matches == null ? "" : matches, found.strip(), text);
    }

    @Test
    void compat_mode_looks_at_the_places_of_an_untagged_frame() {
        assertTrue(compat("(= proto 6)", WEB));
        assertEquals(false, compat("(= proto 17)", DNS)); // tagged: another byte lies at 23
        assertEquals(false, compat("(= dst-port 80)", WEB)); // ports of IPv6 only
        assertTrue(compat("(= dst-port 443)", WEB6));
        assertTrue(compat("(!= src-port 80)", ARP)); // absent is 0
        assertEquals(false, sound("(!= src-port 80)", ARP));
        assertTrue(compat("(not (= proto 17))", WEB)); // what never ran there runs here
        assertTrue(compat("(= src-ip6 2001:db8::1)", WEB6));
        assertTrue(compat("(or 2 0)", WEB));
    }

    @Test
    void and_and_or_give_their_last_value_in_compat_mode_and_truth_in_sound_mode() {
        assertTrue(compat("(= (and 2 3) 3)", WEB));
        assertTrue(sound("(= (and 2 3) 1)", WEB));
        assertTrue(compat("(= (or 0 7) 7)", WEB));
        assertTrue(sound("(= (or 0 7) 1)", WEB));
    }

    @Test
    void a_bare_number_is_judged_by_its_sign_in_compat_mode_only() {
        assertTrue(sound("-1", WEB));
        assertEquals(false, compat("-1", WEB));
    }

    @Test
    void what_fits_into_32_bits_becomes_the_common_form() {
        assertTrue(VfLispCompiler.toIr("(= dst-port 80)", LinkType.ETHERNET).isPresent());
        assertTrue(VfLispCompiler.toIr("(= (& src-ip 0xff) 1)", LinkType.RAW).isPresent());
        assertTrue(
                VfLispCompiler.toIr("(> (- dst-port 80) 5)", LinkType.ETHERNET).isEmpty()); // may wrap
        assertTrue(VfLispCompiler.toIr("(> (* src-ip 2) 5)", LinkType.ETHERNET).isEmpty());
        assertTrue(VfLispCompiler.toIr("(= (+ (= proto 6) 1) 2)", LinkType.ETHERNET)
                .isEmpty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                     | 1  | an expression is missing",
                "(= proto               | 9  | \")\" is missing",
                "(= proto 6) 5          | 13 | there is more",
                ")                      | 1  | there is no \"(\"",
                "(= prto 6)             | 4  | did you mean \"proto\"?",
                "(adn 1 2)              | 2  | did you mean \"and\"?",
                "(= proto)              | 2  | takes 2 arguments, not 1",
                "(and 1)                | 2  | takes 2 or more arguments, not 1",
                "(not)                  | 2  | takes 1 argument, not 0",
                "(= src-ip ::1)         | 11 | only like src-ip6",
                "(= src-ip6 5)          | 12 | do not go together",
                "(+ src-ip6 dst-ip6)    | 4  | takes no IPv6 address",
                "(= src-ip 1.2.3.256)   | 11 | exceeds 255",
                "(= src-ip6 1::2::3)    | 12 | is no IPv6 address",
                "(= proto 0x)           | 10 | is no number",
                "(= proto 9223372036854775808) | 10 | does not fit into 64 bits",
                "(proto 6)              | 2  | an operator was expected",
                "(and = 6)              | 6  | stands behind",
                "()                     | 2  | an operator was expected",
            })
    void a_wrong_expression_says_where_and_why(String text, int column, String reason) {
        var e = assertThrows(FilterSyntaxException.class, () -> VfLispCompiler.toVfm(text, VfmMode.SOUND), text);
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertEquals(column, e.column(), e.getMessage());
    }

    @Test
    void hostile_expressions_end() {
        for (String text : new String[] {
            "(not ".repeat(5000) + "1",
            "(+ " + "1 ".repeat(30_000) + ")",
            "(if 1 ".repeat(150) + "1" + " 2)".repeat(150),
            "(= (if proto 1 2) ".repeat(100) + "1" + ")".repeat(100),
        }) {
            try {
                VfLispCompiler.toIr(text, LinkType.ETHERNET);
                VfLispCompiler.toVfm(text, VfmMode.SOUND);
            } catch (FilterSyntaxException e) {
                assertTrue(e.column() <= text.length() + 1);
            }
        }
        String choices = "(if (if proto 1 0) (if proto 1 0) 0)";
        for (int i = 0; i < 5; i++) choices = choices.replace("proto", "(if proto 1 0)");
        assertEquals(true, sound(choices, WEB));
    }

    @Test
    void fields_are_found_on_other_link_types_too() {
        for (int linkType : new int[] {LinkType.RAW, LinkType.LINUX_SLL, LinkType.LINUX_SLL2}) {
            var frame = Frame.tcp("fe80::1", 1, "fe80::2", 80).ipv6Extension(60, new byte[6]);
            byte[] bytes = linkType == LinkType.RAW
                    ? frame.toRaw()
                    : linkType == LinkType.LINUX_SLL ? frame.toLinuxCooked() : frame.toLinuxCooked2();
            var program = VfLispCompiler.toIr("(= dst-port 80)", linkType).orElseThrow();
            assertTrue(new IrInterpreter(program).run(MemorySegment.ofArray(bytes), 0, bytes.length, 100) != 0);
        }
        assertThrows(FilterSyntaxException.class, () -> VfLispCompiler.toIr("(= proto 6)", LinkType.IEEE802_11));
    }
}
