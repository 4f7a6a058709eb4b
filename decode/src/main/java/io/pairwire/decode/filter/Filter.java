package io.pairwire.decode.filter;

import io.pairwire.capture.Packet;
import io.pairwire.capture.bpf.BpfProgram;
import io.pairwire.decode.filter.bpf.BpfEmitter;
import io.pairwire.decode.filter.bpf.BpfTranslator;
import io.pairwire.decode.filter.emit.JvmEmitter;
import io.pairwire.decode.filter.ir.FilterCode;
import io.pairwire.decode.filter.ir.IrInterpreter;
import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.ir.Optimiser;
import io.pairwire.decode.filter.pcap.PcapCompiler;
import io.pairwire.decode.filter.text.FilterSyntaxException;

/**
 * A filter for packets of one link type.
 *
 * <pre>{@code
 * Filter filter = Filter.compile("tcp port 80", LinkType.ETHERNET);
 * if (filter.matches(packet)) ...
 * }</pre>
 *
 * <p>It runs as bytecode of the JVM and may then be used by many threads; a very large one (see {@link #isCompiled()}) runs
 * step by step and belongs to one thread. Allocates nothing for a packet.
 */
public final class Filter {
    private final IrProgram program;
    private final FilterCode code;

    private Filter(IrProgram program) {
        this.program = Optimiser.optimise(program);
        code = JvmEmitter.compileOrInterpret(this.program);
    }

    /**
     * A filter from an expression of pcap-filter(7).
     *
     * @param expression empty for every packet
     * @param linkType a {@link io.pairwire.capture.LinkType} number
     * @throws FilterSyntaxException if it is no expression, means nothing on this link type, or can never match there
     */
    public static Filter compile(String expression, int linkType) {
        var filter = new Filter(PcapCompiler.compile(expression, linkType, 0));
        if (filter.program.neverMatches()) {
            throw new FilterSyntaxException("the expression rejects all packets", expression, 1);
        }
        return filter;
    }

    /** A filter from classic BPF; the link type is the one it was written for. */
    public static Filter of(BpfProgram program) {
        return new Filter(BpfTranslator.translate(program));
    }

    /** A filter from a program that somebody else made. */
    public static Filter of(IrProgram program) {
        return new Filter(program);
    }

    /** Does it accept the packet, as far as that was captured? */
    public boolean matches(Packet packet) {
        return code.run(packet.memory(), packet.start(), packet.capturedLength(), packet.originalLength()) != 0;
    }

    /** What runs; it can look at many packets in one call. */
    public FilterCode code() {
        return code;
    }

    /** The optimised program. */
    public IrProgram program() {
        return program;
    }

    /** Is it bytecode of the JVM? */
    public boolean isCompiled() {
        return !(code instanceof IrInterpreter);
    }

    /**
     * The same filter for a kernel.
     *
     * @throws UnsupportedOperationException saying what classic BPF cannot express
     */
    public BpfProgram toBpf() {
        return BpfEmitter.emit(program);
    }
}
