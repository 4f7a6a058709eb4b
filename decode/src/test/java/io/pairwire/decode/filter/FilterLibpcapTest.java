package io.pairwire.decode.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.pcap.PcapCompiler;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random expressions on random frames, here and in libpcap. Skipped unless {@code benchmarks/target/pcapfilter} was built; for longer
 * runs set {@code pairwire.libpcap.expressions}.
 */
class FilterLibpcapTest {
    private static final Path PEER = Path.of("../benchmarks/target/pcapfilter");
    private static final int EXPRESSIONS = Integer.getInteger("pairwire.libpcap.expressions", 150);
    private static final int FRAMES = 40;

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

    private static Optional<IrProgram> compiled(String expression, int linkType) {
        try {
            return Optional.of(PcapCompiler.compile(expression, linkType, 0));
        } catch (FilterSyntaxException e) {
            return Optional.empty();
        }
    }

    @Test
    void verdicts_are_those_of_libpcap() throws IOException {
        assumeTrue(
                Files.isExecutable(PEER),
                PEER + " is not there: cc -O2 -o it benchmarks/src/main/c/pcapfilter.c -lpcap");
        var random = new Random(42);
        var expressions = new RandomExpression(42);
        int compared = 0;
        Process peer = new ProcessBuilder(PEER.toString(), "pipe").start();
        try (var out = new DataOutputStream(new BufferedOutputStream(peer.getOutputStream()));
                var in = new DataInputStream(new BufferedInputStream(peer.getInputStream()))) {
            for (int i = 0; i < EXPRESSIONS; i++) {
                int linkType = LINK_TYPES[random.nextInt(LINK_TYPES.length)];
                String expression = expressions.next(3);
                var frames = new ArrayList<byte[]>();
                for (int j = 0; j < FRAMES; j++) frames.add(RandomPacket.next(random, linkType));
                var plain = ask(out, in, expression, linkType, 0, frames);
                var optimised = ask(out, in, expression, linkType, 1, frames);
                var program = compiled(expression, linkType);
                boolean unset = expression.contains("geneve"); // libpcap reads registers that were not set
                if (plain.isEmpty() || optimised.isEmpty() || program.isEmpty() || unset) continue;
                var filter = Filter.of(program.get());
                for (int j = 0; j < FRAMES; j++) {
                    byte[] bytes = frames.get(j);
                    boolean ours = filter.code().run(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length) != 0;
                    boolean certain =
                            plain.get()[j] == optimised.get()[j]; // it may disagree with itself on cut packets
                    if (certain) assertEquals(plain.get()[j], ours, expression + " on " + LinkType.name(linkType));
                    compared++;
                }
            }
        } finally {
            peer.destroy();
        }
        assertTrue(compared > EXPRESSIONS * FRAMES / 4, "only " + compared + " verdicts were compared");
    }

    /** The verdicts of libpcap; empty if it refuses the expression. */
    private static Optional<boolean[]> ask(
            DataOutputStream out,
            DataInputStream in,
            String expression,
            int linkType,
            int optimise,
            List<byte[]> frames)
            throws IOException {
        byte[] text = expression.getBytes(StandardCharsets.US_ASCII);
        for (int number : new int[] {1, linkType, optimise, text.length}) out.writeInt(number);
        out.write(text);
        out.writeInt(frames.size());
        for (byte[] frame : frames) {
            out.writeInt(frame.length);
            out.writeInt(frame.length);
            out.write(frame);
        }
        out.flush();
        if (in.readInt() == 0) {
            in.readNBytes(in.readInt());
            return Optional.empty();
        }
        boolean[] verdicts = new boolean[frames.size()];
        for (int i = 0; i < verdicts.length; i++) verdicts[i] = in.readInt() != 0;
        return Optional.of(verdicts);
    }
}
