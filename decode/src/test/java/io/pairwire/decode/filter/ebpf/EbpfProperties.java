package io.pairwire.decode.filter.ebpf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.Filter;
import io.pairwire.decode.filter.RandomExpression;
import io.pairwire.decode.filter.RandomPacket;
import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.pcap.PcapCompiler;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import io.pairwire.decode.filter.vflisp.RandomLisp;
import io.pairwire.decode.filter.vflisp.VfLispCompiler;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class EbpfProperties {
    private static Optional<IrProgram> program(Random random, long seed) {
        if (random.nextBoolean()) return VfLispCompiler.toIr(RandomLisp.next(random, 2), LinkType.ETHERNET);
        try {
            return Optional.of(PcapCompiler.compile(new RandomExpression(seed).next(3), LinkType.ETHERNET, 0));
        } catch (FilterSyntaxException e) {
            return Optional.empty(); // means nothing on Ethernet
        }
    }

    @Property(tries = 150)
    void programs_for_the_kernel_select_the_same_packets(@ForAll long seed) {
        var random = new Random(seed);
        var program = program(random, seed);
        if (program.isEmpty() || program.get().loops()) return;
        var filter = Filter.of(program.get());
        var socket = new EbpfMachine(filter.toSocketFilter(), false);
        var xdp = new EbpfMachine(filter.toXdp(5), true);
        for (int i = 0; i < 30; i++) {
            byte[] bytes = RandomPacket.next(random, LinkType.ETHERNET);
            int length = bytes.length; // a kernel sees packets whole
            int expected = filter.code().run(MemorySegment.ofArray(bytes), 0, length, length);
            assertEquals(expected, socket.run(bytes, length), filter.steps());
            assertEquals(expected != 0 ? EbpfMachine.REDIRECTED : 2, xdp.run(bytes, length), filter.steps());
        }
    }
}
