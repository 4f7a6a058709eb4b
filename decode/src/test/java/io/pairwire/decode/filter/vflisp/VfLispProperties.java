package io.pairwire.decode.filter.vflisp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.Filter;
import io.pairwire.decode.filter.RandomPacket;
import io.pairwire.decode.filter.ir.FilterCode;
import io.pairwire.decode.filter.ir.IrInterpreter;
import io.pairwire.decode.filter.vfm.VfmInterpreter;
import io.pairwire.decode.filter.vfm.VfmMode;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class VfLispProperties {
    private static final int[] LINK_TYPES = {
        LinkType.ETHERNET, LinkType.ETHERNET, LinkType.RAW, LinkType.LINUX_SLL, LinkType.LINUX_SLL2
    };

    @Property(tries = 150)
    void all_engines_agree(@ForAll long seed) {
        var random = new Random(seed);
        String text = RandomLisp.next(random, 2);
        int linkType = LINK_TYPES[random.nextInt(LINK_TYPES.length)];
        var engines = new ArrayList<FilterCode>(
                List.of(new VfmInterpreter(VfLispCompiler.toVfm(text, VfmMode.SOUND), VfmMode.SOUND, linkType, 64, 1)));
        VfLispCompiler.toIr(text, linkType).ifPresent(program -> {
            engines.add(new IrInterpreter(program));
            engines.add(Filter.of(program).code());
        });
        for (int i = 0; i < 30; i++) {
            byte[] bytes = RandomPacket.next(random, linkType);
            var memory = MemorySegment.ofArray(bytes); // ends where the packet ends: a read behind it throws
            int expected = engines.getFirst().run(memory, 0, bytes.length, bytes.length);
            for (FilterCode engine : engines) {
                assertEquals(expected, engine.run(memory, 0, bytes.length, bytes.length), text);
            }
        }
    }
}
