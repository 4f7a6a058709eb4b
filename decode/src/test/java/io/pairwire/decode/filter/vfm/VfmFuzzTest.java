package io.pairwire.decode.filter.vfm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import java.lang.foreign.MemorySegment;

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
        var memory = MemorySegment.ofArray(packet);
        var interpreter = new VfmInterpreter(program, mode, LinkType.ETHERNET, 64, 1);
        var again = new VfmInterpreter(program, mode, LinkType.ETHERNET, 64, 2);
        interpreter.run(memory, 0, packet.length, 1500);
        again.run(memory, 0, packet.length, 1500);
        assertEquals(interpreter.status(), again.status());
        assertEquals(interpreter.value(), again.value());
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
