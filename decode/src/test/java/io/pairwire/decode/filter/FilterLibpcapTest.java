package io.pairwire.decode.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.bpf.BpfInterpreter;
import io.pairwire.decode.filter.ir.IrInterpreter;
import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.pcap.PcapCompiler;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Random expressions and programs on random frames, here and in libpcap. Skipped unless {@code benchmarks/target/pcapfilter} was
 * built; for longer runs set {@code pairwire.libpcap.expressions} and {@code pairwire.libpcap.programs}.
 */
class FilterLibpcapTest {
    private static final Path PEER = Path.of("../benchmarks/target/pcapfilter");
    private static final int EXPRESSIONS = Integer.getInteger("pairwire.libpcap.expressions", 150);
    private static final int PROGRAMS = Integer.getInteger("pairwire.libpcap.programs", 150);
    private static final long SEED = Long.getLong("pairwire.libpcap.seed", 42);
    private static final int FRAMES = Integer.getInteger("pairwire.libpcap.frames", 40);

    /** Those without headers of variable length: there libpcap 1.10 uses registers twice. */
    private static final int[] LINK_TYPES = {
        LinkType.ETHERNET,
        LinkType.ETHERNET,
        LinkType.RAW,
        LinkType.LINUX_SLL,
        LinkType.LINUX_SLL2,
        LinkType.PPP,
        LinkType.LOOP
    };

    @BeforeEach
    void peer() {
        assumeTrue(
                Files.isExecutable(PEER),
                PEER + " is not there: cc -O2 -o it benchmarks/src/main/c/pcapfilter.c -lpcap");
    }

    private static Optional<IrProgram> compiled(String expression, int linkType) {
        try {
            return Optional.of(PcapCompiler.compile(expression, linkType, 0));
        } catch (FilterSyntaxException e) {
            return Optional.empty();
        }
    }

    @Test
    void verdicts_are_those_of_libpcap() throws IOException {
        var random = new Random(SEED);
        var expressions = new RandomExpression(SEED);
        long compared = 0;
        long refused = 0;
        long asPlain = 0;
        long asOptimised = 0;
        try (var peer = new LibpcapPeer(PEER)) {
            for (int i = 0; i < EXPRESSIONS; i++) {
                int linkType = LINK_TYPES[random.nextInt(LINK_TYPES.length)];
                String expression = expressions.next(3);
                var frames = new ArrayList<byte[]>();
                for (int j = 0; j < FRAMES; j++) frames.add(RandomPacket.next(random, linkType));
                var plain = peer.verdicts(expression, linkType, false, frames);
                var optimised = peer.verdicts(expression, linkType, true, frames);
                var program = compiled(expression, linkType);
                boolean unset = expression.contains("geneve"); // libpcap reads registers that were not set
                if (plain.isEmpty() || optimised.isEmpty() || program.isEmpty() || unset) {
                    refused += FRAMES;
                    continue;
                }
                var filter = Filter.of(program.get());
                var steps = new IrInterpreter(program.get());
                var emitted = emitted(filter);
                for (int j = 0; j < FRAMES; j++) {
                    byte[] bytes = frames.get(j);
                    var memory = MemorySegment.ofArray(bytes);
                    boolean ours = filter.code().run(memory, 0, bytes.length, bytes.length) != 0;
                    String what = expression + " on " + LinkType.name(linkType) + ": " + hex(bytes);
                    assertEquals(steps.run(memory, 0, bytes.length, bytes.length) != 0, ours, what);
                    emitted.ifPresent(
                            bpf -> assertEquals(ours, bpf.run(memory, 0, bytes.length, bytes.length) != 0, what));
                    // Its optimiser moves loads, so on some cut packets libpcap does not agree with itself.
                    if (plain.get()[j] == optimised.get()[j]) assertEquals(plain.get()[j], ours, what);
                    else if (plain.get()[j] == ours) asPlain++;
                    else asOptimised++;
                    compared++;
                }
            }
        }
        System.out.println("compared with libpcap: " + compared
                + " verdicts; where it disagreed with itself, ours were "
                + asPlain + " times those without its optimiser, " + asOptimised + " times those with it; refused: "
                + refused);
        assertTrue(compared > (long) EXPRESSIONS * FRAMES / 4, "only " + compared + " verdicts were compared");
        assertTrue(asPlain + asOptimised <= compared / 100, "libpcap disagreed with itself too often to judge");
    }

    @Test
    void programs_run_as_in_libpcap() throws IOException {
        var random = new Random(SEED);
        long compared = 0;
        try (var peer = new LibpcapPeer(PEER)) {
            for (int i = 0; i < PROGRAMS; i++) {
                var program = RandomBpf.next(random);
                var frames = new ArrayList<byte[]>();
                for (int j = 0; j < FRAMES; j++) frames.add(RandomPacket.next(random, LinkType.ETHERNET));
                int[] theirs = peer.answers(RandomBpf.cleared(program), frames);
                var filter = Filter.of(program);
                var plain = new BpfInterpreter(program);
                var emitted = emitted(filter);
                for (int j = 0; j < FRAMES; j++) {
                    byte[] bytes = frames.get(j);
                    var memory = MemorySegment.ofArray(bytes);
                    String what = program.mnemonics() + hex(bytes);
                    assertEquals(theirs[j], plain.run(memory, 0, bytes.length, bytes.length), what);
                    int answer = theirs[j];
                    assertEquals(answer, filter.code().run(memory, 0, bytes.length, bytes.length), what);
                    emitted.ifPresent(
                            bpf -> assertEquals(answer, bpf.run(memory, 0, bytes.length, bytes.length), what));
                    compared++;
                }
            }
        }
        System.out.println("compared with bpf_filter(): " + compared + " answers");
    }

    /** The filter as a kernel gets it, in the interpreter; empty if no kernel takes it. */
    private static Optional<BpfInterpreter> emitted(Filter filter) {
        try {
            return Optional.of(new BpfInterpreter(filter.toBpf()));
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
