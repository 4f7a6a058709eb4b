package io.pairwire.decode.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.bpf.BpfInterpreter;
import io.pairwire.capture.bpf.BpfProgram;
import io.pairwire.decode.filter.ir.IrInterpreter;
import io.pairwire.decode.filter.pcap.PcapCompiler;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import java.lang.foreign.MemorySegment;

class FilterFuzzTest {

    @FuzzTest
    void an_expression_is_refused_or_runs_alike_everywhere(FuzzedDataProvider input) {
        int linkType = input.pickValue(new int[] {
            LinkType.ETHERNET,
            LinkType.RAW,
            LinkType.NULL,
            LinkType.LINUX_SLL2,
            LinkType.PPP,
            LinkType.IEEE802_11_RADIOTAP
        });
        byte[] bytes = input.consumeBytes(100);
        String expression = input.consumeRemainingAsAsciiString();
        try {
            var program = PcapCompiler.compile(expression, linkType, 0);
            var memory = MemorySegment.ofArray(bytes);
            int expected = new IrInterpreter(program).run(memory, 0, bytes.length, 1500);
            assertEquals(expected, Filter.of(program).code().run(memory, 0, bytes.length, 1500));
        } catch (FilterSyntaxException e) {
            assertTrue(e.column() >= 1 && e.column() <= expression.length() + 1, e.getMessage());
            assertTrue(e.picture().length() <= 1000, "a picture fits a screen");
        }
    }

    @FuzzTest
    void a_text_of_classic_bpf_is_refused_or_runs_alike_everywhere(FuzzedDataProvider input) {
        byte[] bytes = input.consumeBytes(60);
        BpfProgram program;
        try {
            program = BpfProgram.parse(input.consumeRemainingAsAsciiString());
        } catch (IllegalArgumentException e) {
            return; // refused
        }
        var memory = MemorySegment.ofArray(bytes);
        int expected = new BpfInterpreter(program).run(memory, 0, bytes.length, 1500);
        assertEquals(expected, Filter.of(program).code().run(memory, 0, bytes.length, 1500));
    }
}
