package io.pairwire.decode.filter.vfm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainWordsTest {
    private static final String FIRST = "A load outside the packet and a division by zero refuse it.\n";

    private static String words(String text) {
        return PlainWords.of(VfmAssembler.assemble(text, VfmMode.SOUND));
    }

    @Test
    void the_stack_becomes_sentences() {
        assertEquals(FIRST + """
                0:
                  if bytes 12-13 is not 0x800: go on with 9
                3:
                  accept if (byte 23 & 15) is 6, refuse otherwise
                9:
                  refuse
                """, words("LD16 12 PUSH 0x800 JNE no LD8 23 PUSH 15 AND PUSH 6 EQ RET no: RET 0"));
    }

    @Test
    void a_question_about_an_answer_is_the_question() {
        String words = words("IPV6_EXT 0 PUSH 17 EQ PUSH 0 JEQ no RET 1 no: RET 0");
        assertTrue(words.contains("if not (proto is 17): go on with"), words);
        String there = words("IPV6_EXT 131 PUSH 0 JEQ no RET 1 no: RET 0");
        assertTrue(there.contains("if not (there is src-port): go on with"), there);
    }

    @Test
    void what_lies_on_the_stack_has_a_name_in_the_next_stretch() {
        String words = words("HASH5 DUP PUSH 0 JEQ no DUP FLOW_LOAD POP PUSH 1 FLOW_STORE RET 1 no: POP RET 0");
        assertTrue(words.contains("s1 is now: hash of the IPv4 flow"), words);
        assertTrue(words.contains("let v1 be what is remembered for s1"), words);
        assertTrue(words.contains("remember 1 for s1"), words);
    }

    @Test
    void a_result_that_is_no_answer_says_how_it_is_judged() {
        assertTrue(words("LD32 0 RET").contains("accept if the low 32 bits of bytes 0-3, with a sign, are positive"));
        assertTrue(words("again: JMP again").contains("since it may loop"));
    }

    @Test
    void a_program_that_doubles_numbers_does_not_double_words() {
        assertTrue(words("LD8 0 " + "DUP ADD ".repeat(2000) + "RET").length() < 1_000_000);
    }

    @Test
    void every_sound_program_has_words() {
        var random = new Random(5);
        for (int i = 0; i < 300; i++) {
            String words = PlainWords.of(RandomVfm.next(random));
            assertTrue(words.startsWith(FIRST) && words.endsWith("\n"), words);
        }
    }
}
