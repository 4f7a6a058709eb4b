package io.pairwire.decode.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.bpf.BpfInterpreter;
import io.pairwire.capture.bpf.BpfProgram;
import io.pairwire.decode.filter.ir.FilterCode;
import io.pairwire.decode.filter.ir.IrInterpreter;
import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.ir.Optimiser;
import io.pairwire.decode.filter.pcap.PcapCompiler;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** All ways to run a filter give the same answer on every packet. */
class FilterProperties {
    private static final int[] LINK_TYPES = {
        LinkType.ETHERNET,
        LinkType.ETHERNET,
        LinkType.ETHERNET,
        LinkType.RAW,
        LinkType.NULL,
        LinkType.LINUX_SLL,
        LinkType.LINUX_SLL2,
        LinkType.PPP,
        LinkType.IEEE802_11,
        LinkType.IEEE802_11_RADIOTAP,
        LinkType.IEEE802_11_PRISM
    };

    private static Optional<IrProgram> compiled(String expression, int linkType) {
        try {
            return Optional.of(PcapCompiler.compile(expression, linkType, 0));
        } catch (FilterSyntaxException e) {
            return Optional.empty(); // means nothing on this link type
        }
    }

    private static Optional<BpfInterpreter> emitted(Filter filter) {
        try {
            BpfProgram program = filter.toBpf();
            assertEquals(program, BpfProgram.parse(program.mnemonics()));
            assertEquals(program, BpfProgram.parse(program.initialisers()));
            assertEquals(program, BpfProgram.parse(program.decimals()));
            return Optional.of(new BpfInterpreter(program));
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    @Property(tries = 60)
    void optimised_emitted_and_interpreted_filters_agree(@ForAll long seed) {
        var random = new Random(seed);
        int linkType = LINK_TYPES[random.nextInt(LINK_TYPES.length)];
        String expression = new RandomExpression(seed).next(3);
        var program = compiled(expression, linkType);
        if (program.isEmpty()) return;
        var plain = new IrInterpreter(program.get());
        var optimised = new IrInterpreter(Optimiser.optimise(program.get()));
        var filter = Filter.of(program.get());
        var bpf = emitted(filter);
        FilterCode translated = bpf.isPresent() ? Filter.of(filter.toBpf()).code() : filter.code();
        for (int i = 0; i < 30; i++) {
            byte[] bytes = RandomPacket.next(random, linkType);
            int original = bytes.length + random.nextInt(100);
            var memory = MemorySegment.ofArray(bytes); // ends where the packet ends: a read behind it throws
            int expected = plain.run(memory, 0, bytes.length, original);
            String what = expression + " on " + LinkType.name(linkType);
            assertEquals(expected, optimised.run(memory, 0, bytes.length, original), what);
            assertEquals(expected, filter.code().run(memory, 0, bytes.length, original), what);
            assertEquals(expected, translated.run(memory, 0, bytes.length, original), what);
            if (bpf.isPresent()) assertEquals(expected, bpf.get().run(memory, 0, bytes.length, original), what);
        }
    }
}
