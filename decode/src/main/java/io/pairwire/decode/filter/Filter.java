package io.pairwire.decode.filter;

import io.pairwire.capture.Packet;
import io.pairwire.capture.bpf.BpfProgram;
import io.pairwire.capture.bpf.EbpfProgram;
import io.pairwire.decode.filter.bpf.BpfEmitter;
import io.pairwire.decode.filter.bpf.BpfTranslator;
import io.pairwire.decode.filter.ebpf.EbpfEmitter;
import io.pairwire.decode.filter.emit.JvmEmitter;
import io.pairwire.decode.filter.ir.FilterCode;
import io.pairwire.decode.filter.ir.IrInterpreter;
import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.ir.Optimiser;
import io.pairwire.decode.filter.ir.Superset;
import io.pairwire.decode.filter.pcap.PcapCompiler;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import io.pairwire.decode.filter.vflisp.VfLispCompiler;
import io.pairwire.decode.filter.vfm.VfmFlowTable;
import io.pairwire.decode.filter.vfm.VfmInterpreter;
import io.pairwire.decode.filter.vfm.VfmMode;
import io.pairwire.decode.filter.vfm.VfmProgram;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A filter for packets of one link type.
 *
 * <pre>{@code
 * Filter filter = Filter.compile("tcp port 80", LinkType.ETHERNET);
 * if (filter.matches(packet)) ...
 * }</pre>
 *
 * <p>It runs as bytecode of the JVM and may then be used by many threads; a very large one and one of VFM (see
 * {@link #isCompiled()}) runs step by step and belongs to one thread. Allocates nothing for a packet.
 */
public final class Filter {
    private final Optional<IrProgram> program;
    private final FilterCode code;
    private final String steps;
    private final IrProgram superset;

    /** Of a program as it is, optimised before or not. */
    private Filter(IrProgram program) {
        this.program = Optional.of(program);
        code = JvmEmitter.compileOrInterpret(program);
        steps = program.toString();
        superset = program;
    }

    private Filter(VfmProgram program, VfmMode mode, int linkType, IrProgram superset) {
        this.program = Optional.empty();
        code = new VfmInterpreter(
                program, mode, linkType, VfmFlowTable.DEFAULT_CAPACITY, new SplittableRandom().nextLong());
        steps = program.toString();
        this.superset = superset;
    }

    /**
     * A filter from an expression of pcap-filter(7).
     *
     * @param expression empty for every packet
     * @param linkType a {@link io.pairwire.capture.LinkType} number
     * @throws FilterSyntaxException if it is no expression, means nothing on this link type, or can plainly never match, on Ethernet
     *     neither; {@code arp} on raw IP and {@code len < 0} are filters that accept nothing
     */
    public static Filter compile(String expression, int linkType) {
        IrProgram written = PcapCompiler.compile(expression, linkType, 0);
        var filter = of(written);
        if (filter.neverMatches()) Refusals.check(expression, linkType, written);
        return filter;
    }

    /**
     * A filter from an expression of pcap-filter(7), its program as it was written and not made shorter. One that never matches is a
     * filter as well.
     *
     * @throws FilterSyntaxException if it is no expression, or means nothing on this link type
     */
    public static Filter compileAsWritten(String expression, int linkType) {
        return new Filter(PcapCompiler.compile(expression, linkType, 0));
    }

    /** A filter from classic BPF; the link type is the one it was written for. */
    public static Filter of(BpfProgram program) {
        return of(BpfTranslator.translate(program));
    }

    /** A filter from a program that somebody else made. */
    public static Filter of(IrProgram program) {
        return new Filter(Optimiser.optimise(program));
    }

    /**
     * A filter from an expression of VFLisp.
     *
     * @throws FilterSyntaxException if it is none, or names fields that are not known on this link type
     */
    public static Filter ofVfLisp(String expression, VfmMode mode, int linkType) {
        if (mode != VfmMode.SOUND) return of(VfLispCompiler.toVfm(expression, mode), mode, linkType);
        Optional<IrProgram> program = VfLispCompiler.toIr(expression, linkType);
        return program.isPresent()
                ? of(program.get())
                : new Filter(
                        VfLispCompiler.toVfm(expression, mode),
                        mode,
                        linkType,
                        VfLispCompiler.superset(expression, linkType));
    }

    /**
     * A filter from a program of VFM, with a flow table of its own if it uses one. Belongs to one thread.
     *
     * @throws IllegalArgumentException if it asks for fields, and none are known on this link type
     */
    public static Filter of(VfmProgram program, VfmMode mode, int linkType) {
        return new Filter(program, mode, linkType, Superset.everything(VfmInterpreter.WHOLE_PACKET));
    }

    /** Does it accept the packet, as far as that was captured? */
    public boolean matches(Packet packet) {
        return code.run(packet.memory(), packet.start(), packet.capturedLength(), packet.originalLength()) != 0;
    }

    /** What runs; it can look at many packets in one call. */
    public FilterCode code() {
        return code;
    }

    /** The optimised program; empty for VFM, whose 64 bits do not fit into it. */
    public Optional<IrProgram> program() {
        return program;
    }

    /** The steps it takes, for people: the optimised program, or VFM's assembler text. */
    public String steps() {
        return steps;
    }

    /** Can it never accept a packet, as far as its shape tells? */
    public boolean neverMatches() {
        return program.isPresent() && program.get().neverMatches();
    }

    /** Is it bytecode of the JVM? */
    public boolean isCompiled() {
        return program.isPresent() && !(code instanceof IrInterpreter);
    }

    /**
     * The same filter for a kernel.
     *
     * @throws UnsupportedOperationException saying what classic BPF cannot express
     */
    public BpfProgram toBpf() {
        return BpfEmitter.emit(forKernel());
    }

    /**
     * The same filter as eBPF for a socket.
     *
     * @throws UnsupportedOperationException saying what eBPF cannot express
     */
    public EbpfProgram toSocketFilter() {
        return EbpfEmitter.socketFilter(forKernel());
    }

    /**
     * The same filter as eBPF for XDP: packets that match go to the AF_XDP socket of their queue.
     *
     * @param xskMap the descriptor of the map of sockets
     * @throws UnsupportedOperationException saying what eBPF cannot express
     */
    public EbpfProgram toXdp(int xskMap) {
        return EbpfEmitter.xdpRedirect(forKernel(), xskMap);
    }

    /** A program that accepts at least the same packets. */
    IrProgram superset() {
        return superset;
    }

    private IrProgram forKernel() {
        return program.orElseThrow(() -> new UnsupportedOperationException(
                "the filter runs on VFM, whose 64-bit numbers, loops and flow table no kernel has"));
    }
}
