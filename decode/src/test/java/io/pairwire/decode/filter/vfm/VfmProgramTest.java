package io.pairwire.decode.filter.vfm;

import static io.pairwire.decode.Packets.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.decode.filter.text.FilterSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VfmProgramTest {

    private static VfmProgram assemble(String text) {
        return VfmAssembler.assemble(text, VfmMode.SOUND);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RET                                         | takes 1 from a stack of 0",
                "PUSH 1 ADD RET                              | takes 2 from a stack of 1",
                "DUP RET                                     | takes 1 from a stack of 0",
                "PUSH 1 FLOW_STORE PUSH 1 RET                | takes 2 from a stack of 1",
                "PUSH128 1 EQ128 RET                         | takes 4 from a stack of 2",
                "PUSH 1                                      | ends without RET",
                "PUSH 1 again: PUSH 2 JMP again              | is reached with a stack of 1 and of 2",
                "PUSH 1 PUSH 1 JEQ a PUSH 1 a: PUSH 1 RET    | is reached with a stack of",
                "LD8 65535 PUSH 1 RET                        | loads behind byte 65535",
                "LD128 65520 PUSH 1 RET                      | loads behind byte 65535",
            })
    void a_program_that_breaks_a_rule_is_refused(String text, String reason) {
        var e = assertThrows(IllegalArgumentException.class, () -> assemble(text));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0f 17            | opcode 15 is reserved",
                "3c 00 17         | opcode 60 is reserved",
                "ff               | opcode 255 is unknown",
                "04 01            | ends inside",
                "12 fe ff         | byte 1 is not the start of an instruction",
                "12 00 7f         | is not the start of an instruction",
                "12 00 80         | is not the start of an instruction",
                "17               | takes 1 from a stack of 0",
            })
    void bytes_that_are_no_program_are_refused(String bytes, String reason) {
        var e = assertThrows(IllegalArgumentException.class, () -> VfmProgram.of(hex(bytes), VfmMode.COMPAT_V1));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
    }

    @Test
    void sizes_are_bounded() {
        assertThrows(IllegalArgumentException.class, () -> VfmProgram.of(new byte[0], VfmMode.SOUND));
        assertThrows(IllegalArgumentException.class, () -> VfmProgram.of(new byte[65_537], VfmMode.SOUND));
        assertThrows(IllegalArgumentException.class, () -> assemble("PUSH 1 ".repeat(256) + "RET"));
        assertEquals(255, assemble("PUSH 1 ".repeat(255) + "RET").deepest());
        assertThrows(IllegalArgumentException.class, () -> assemble("PUSH 1 POP ".repeat(2048) + "PUSH 1 RET"));
    }

    @Test
    void a_jump_into_an_operand_is_refused_even_if_both_readings_would_balance() {
        // JMP +1 into PUSH, whose operand reads as PUSH
        byte[] bytes = hex("12 01 00  04 04 01 00 00 00 00 00 00  00 17 17");
        assertThrows(IllegalArgumentException.class, () -> VfmProgram.of(bytes, VfmMode.COMPAT_V1));
    }

    @Test
    void loops_and_dead_code_are_allowed_and_told() {
        assertTrue(assemble("again: JMP again").loops());
        assertFalse(assemble("PUSH 1 RET").loops());
        assertEquals(2, assemble("PUSH 1 RET PUSH 2 RET").unreachable());
    }

    @Test
    void the_older_numbers_know_fewer_instructions() {
        var program = assemble("IP_VER RET");
        assertThrows(UnsupportedOperationException.class, () -> program.bytes(VfmMode.COMPAT_V0));
        assertArrayEquals(hex("39 17"), program.bytes(VfmMode.SOUND));
    }

    @Test
    void return_with_a_number_and_jumps_back_by_bytes_are_for_sound_mode() {
        assertEquals(assemble("PUSH 1 RET"), assemble("RET 1"));
        assertEquals(assemble("a: JMP a"), assemble("JMP -3"));
        for (String text : new String[] {"RET 1", "JMP -3"}) {
            assertThrows(FilterSyntaxException.class, () -> VfmAssembler.assemble(text, VfmMode.COMPAT_V1), text);
        }
        assertEquals(assemble("JMP a a: PUSH 1 RET"), VfmAssembler.assemble("JMP 0 PUSH 1 RET", VfmMode.COMPAT_V1));
    }

    @Test
    void comments_may_be_long_and_items_may_share_a_line() {
        assertEquals(assemble("PUSH 1\nRET"), assemble("; " + "PUSH 2 ".repeat(100) + "\nPUSH 1 RET ; done"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUSH 1 RTE      | 8  | did you mean \"ret\"?",
                "PUSH x          | 6  | a number was expected",
                "PUSH            | 5  | a number was expected",
                "PUSH 0x         | 6  | a number was expected",
                "PUSH 18446744073709551616 RET | 6 | does not fit into 64 bits",
                "LD8 65536       | 5  | does not fit into 16 bits",
                "LD8 -1          | 1  | is negative",
                "JMP nowhere     | 5  | unknown label",
                "JMP 1 PUSH 1 RET| 5  | does not land",
                "a: a: RET       | 4  | is there twice",
                "PUSH 1 ? RET    | 8  | an instruction or a label was expected",
                "JMP             | 4  | a number was expected",
            })
    void a_wrong_text_says_where_and_why(String text, int column, String reason) {
        var e = assertThrows(FilterSyntaxException.class, () -> assemble(text));
        assertTrue(e.getMessage().contains(reason), e.getMessage());
        assertEquals(column, e.column(), e.getMessage());
    }
}
