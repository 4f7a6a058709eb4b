package io.pairwire.decode.filter.vflisp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.ir.IrInterpreter;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import io.pairwire.decode.filter.vfm.VfmInterpreter;
import io.pairwire.decode.filter.vfm.VfmMode;
import java.lang.foreign.MemorySegment;

class VfLispFuzzTest {

    @FuzzTest
    void an_expression_is_refused_or_runs_alike_everywhere(FuzzedDataProvider input) {
        int linkType = input.pickValue(new int[] {LinkType.ETHERNET, LinkType.RAW, LinkType.LINUX_SLL2});
        byte[] packet = input.consumeBytes(120);
        String text = input.consumeRemainingAsAsciiString();
        try {
            VfLispCompiler.toVfm(text, VfmMode.COMPAT_V1);
            var vfm = new VfmInterpreter(VfLispCompiler.toVfm(text, VfmMode.SOUND), VfmMode.SOUND, linkType, 64, 1);
            var memory = MemorySegment.ofArray(packet);
            int expected = vfm.run(memory, 0, packet.length, 1500);
            VfLispCompiler.toIr(text, linkType)
                    .ifPresent(program ->
                            assertEquals(expected, new IrInterpreter(program).run(memory, 0, packet.length, 1500)));
        } catch (FilterSyntaxException e) {
            assertTrue(e.column() >= 1 && e.column() <= text.length() + 1, e.getMessage());
        }
    }
}
