package io.pairwire.decode.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.Packets;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.filter.FilterSplit.Target;
import io.pairwire.decode.filter.vflisp.RandomLisp;
import io.pairwire.decode.filter.vfm.VfmAssembler;
import io.pairwire.decode.filter.vfm.VfmMode;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterSplitTest {
    private static Filter vflisp(String expression) {
        return Filter.ofVfLisp(expression, VfmMode.SOUND, LinkType.ETHERNET);
    }

    @Test
    void a_filter_that_fits_is_not_split() {
        var split = FilterSplit.of(Filter.compile("tcp port 80", LinkType.ETHERNET), Target.CLASSIC);
        assertTrue(split.isExact());
        assertEquals(split.exact(), split.kernel());
    }

    @Test
    void the_kernel_gets_what_it_can_express() {
        var split = FilterSplit.of(vflisp("(and (= proto 6) (> (- dst-port 80) 5))"), Target.SOCKET_FILTER);
        assertFalse(split.isExact());
        assertTrue(split.reason().contains("64-bit"), split.reason());
        var tcp = Packets.packet(Frame.tcp("10.0.0.1", 1, "10.0.0.2", 80).toEthernet(), LinkType.ETHERNET);
        var udp = Packets.packet(Frame.udp("10.0.0.1", 1, "10.0.0.2", 90).toEthernet(), LinkType.ETHERNET);
        assertTrue(split.kernel().matches(tcp));
        assertFalse(split.exact().matches(tcp));
        assertFalse(split.kernel().matches(udp));
    }

    @Test
    void at_worst_the_kernel_passes_everything() {
        var program = VfmAssembler.assemble("PUSH 0 RET", VfmMode.SOUND);
        var split = FilterSplit.of(Filter.of(program, VfmMode.SOUND, LinkType.ETHERNET), Target.XDP);
        assertEquals(3, split.kernel().toSocketFilter().instructions().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ip6 protochain 6", "tcp and tcp[0] << tcp[1] != 0", "udp or ip protochain 17"})
    void whatever_matches_passes_the_kernel(String expression) {
        var filter = Filter.compile(expression, LinkType.ETHERNET);
        var random = new Random(1);
        for (Target target : Target.values()) {
            var split = FilterSplit.of(filter, target);
            assertEquals("", target.objection(split.kernel()));
            for (int i = 0; i < 300; i++) {
                var packet = Packets.packet(RandomPacket.next(random, LinkType.ETHERNET), LinkType.ETHERNET);
                if (filter.matches(packet)) assertTrue(split.kernel().matches(packet), expression);
            }
        }
    }

    @Property(tries = 100)
    void whatever_vflisp_matches_passes_the_kernel(@ForAll long seed) {
        var random = new Random(seed);
        var filter = vflisp("(and " + RandomLisp.next(random, 1) + " " + RandomLisp.next(random, 1) + ")");
        var kernel = FilterSplit.of(filter, Target.SOCKET_FILTER).kernel();
        for (int i = 0; i < 30; i++) {
            var packet = Packets.packet(RandomPacket.next(random, LinkType.ETHERNET), LinkType.ETHERNET);
            if (filter.matches(packet)) assertTrue(kernel.matches(packet), filter.steps());
        }
    }
}
