package io.pairwire.decode.filter.vfm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;

class VfmFuzzTest {

    @FuzzTest
    void bytes_are_refused_or_run_to_an_end_and_come_back_from_text(FuzzedDataProvider input) {
        VfmMode mode = input.pickValue(VfmMode.values());
        byte[] packet = input.consumeBytes(120);
        byte[] bytes = input.consumeRemainingAsBytes();
        VfmProgram program;
        try {
            program = VfmProgram.of(bytes, mode);
        } catch (IllegalArgumentException e) {
            return; // refused
        }
        assertArrayEquals(bytes, program.bytes(mode));
        assertEquals(program, VfmAssembler.assemble(program.toString(), mode));
        assertTrue(PlainWords.of(program).endsWith("\n"));
        assertByTheBook(program, mode, packet);
    }

    /** Bytes choose instructions and places to jump to, so that most programs keep the rules. */
    @FuzzTest
    void a_program_gives_what_the_book_says(FuzzedDataProvider input) {
        VfmMode mode = input.pickValue(VfmMode.values());
        byte[] packet = input.consumeBytes(120);
        int length = input.consumeInt(1, 60);
        var instructions = new ArrayList<VfmInstruction>();
        int depth = 0;
        while (instructions.size() < length && input.remainingBytes() > 0) {
            VfmOpcode opcode = input.pickValue(VfmOpcode.values());
            if (opcode.pops() > depth || opcode.number(mode).isEmpty()) continue;
            long operand = switch (opcode.kind()) {
                case NONE -> 0;
                case OFFSET -> input.consumeInt(0, 130);
                case FIELD -> input.consumeInt(0, 255);
                case NUMBER, WIDE -> input.consumeLong();
                case JUMP -> input.consumeInt(0, length);
            };
            instructions.add(new VfmInstruction(
                    opcode, operand, opcode.kind() == VfmOpcode.Kind.WIDE ? input.consumeLong() : 0));
            depth += opcode.pushes() - opcode.pops();
        }
        if (depth == 0) instructions.add(VfmInstruction.of(VfmOpcode.PUSH, 1));
        instructions.add(VfmInstruction.of(VfmOpcode.RET));
        VfmProgram program;
        try {
            program = new VfmProgram(instructions);
        } catch (IllegalArgumentException e) {
            return; // breaks a rule
        }
        assertByTheBook(program, mode, packet);
    }

    private static void assertByTheBook(VfmProgram program, VfmMode mode, byte[] packet) {
        var memory = MemorySegment.ofArray(packet);
        var interpreter = new VfmInterpreter(program, mode, LinkType.ETHERNET, 1 << 14, 1);
        var book = new VfmByTheBook(program.bytes(mode), mode);
        for (int i = 0; i < 2; i++) { // the flow table remembers
            interpreter.run(memory, 0, packet.length, 1500);
            Fields fields = mode == VfmMode.SOUND ? new SoundFields(LinkType.ETHERNET) : new CompatFields();
            assertEquals(book.run(packet, fields), interpreter.status());
            assertEquals(book.value(), interpreter.value());
            if (interpreter.status() == VfmStatus.OVER_BUDGET) return; // one such run is long enough
        }
        assertTrue(program.loops() || interpreter.status() != VfmStatus.OVER_BUDGET);
    }

    @FuzzTest
    void a_text_is_refused_at_a_place_inside_it_or_is_a_program(FuzzedDataProvider input) {
        VfmMode mode = input.pickValue(VfmMode.values());
        String text = input.consumeRemainingAsAsciiString();
        try {
            var program = VfmAssembler.assemble(text, mode);
            assertEquals(program, VfmAssembler.assemble(program.toString(), mode));
        } catch (FilterSyntaxException e) {
            assertTrue(e.column() >= 1 && e.column() <= text.length() + 1, e.getMessage());
        } catch (IllegalArgumentException e) {
            assertTrue(e.getMessage() != null && !e.getMessage().isEmpty()); // breaks a rule
        }
    }
}
