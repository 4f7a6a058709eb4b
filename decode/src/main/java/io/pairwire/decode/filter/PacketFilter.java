package io.pairwire.decode.filter;

import io.pairwire.capture.Packet;
import io.pairwire.capture.bpf.BpfProgram;
import io.pairwire.decode.filter.ir.FlowHint;
import io.pairwire.decode.filter.pcap.PcapCompiler;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import io.pairwire.decode.filter.vflisp.VfLispCompiler;
import io.pairwire.decode.filter.vfm.VfmAssembler;
import io.pairwire.decode.filter.vfm.VfmMode;
import io.pairwire.decode.filter.vfm.VfmProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A filter for packets of any link types: compiled for each when its first packet comes.
 *
 * <p>An expression that can never match on a link type refuses its packets. So does one that means nothing there, {@code vlan} on
 * raw IP for instance; that is also a {@link Problem}. Not thread-safe; allocates only when a new link type comes.
 */
public final class PacketFilter {
    /** More link types in one input are not compiled for, and their packets are refused with a problem. */
    private static final int MOST_LINK_TYPES = 256;

    private final IntFunction<Filter> compiler;
    private final @Nullable Filter forAll;
    private final FlowHint hint;
    private int[] linkTypes = new int[4];
    private @Nullable Filter[] filters = new @Nullable Filter[4];
    private int known;
    private final List<Problem> problems = new ArrayList<>();

    /**
     * The expression means nothing for a link type.
     *
     * @param linkType a {@link io.pairwire.capture.LinkType} number
     * @param reason why
     */
    public record Problem(int linkType, String reason) {}

    private PacketFilter(IntFunction<Filter> compiler, @Nullable Filter forAll) {
        this(compiler, forAll, FlowHint.UNKNOWN);
    }

    private PacketFilter(IntFunction<Filter> compiler, @Nullable Filter forAll, FlowHint hint) {
        this.compiler = compiler;
        this.forAll = forAll;
        this.hint = hint;
    }

    /**
     * A filter from an expression of pcap-filter(7).
     *
     * @throws FilterSyntaxException if it is none, or means nothing on any link type, or can plainly never match; what depends on the
     *     link type turns up later, in {@link #problems}
     */
    public static PacketFilter compile(String expression) {
        Refusals.check(expression);
        FlowHint hint = PcapCompiler.hint(expression);
        return new PacketFilter(linkType -> Filter.of(PcapCompiler.compile(expression, linkType, 0)), null, hint);
    }

    /**
     * A filter from a text; VFLisp and VFM in {@link VfmMode#SOUND}.
     *
     * @throws IllegalArgumentException if it is none in this language
     */
    public static PacketFilter compile(FilterLanguage language, String text) {
        return compile(language, VfmMode.SOUND, text);
    }

    /**
     * A filter from a text.
     *
     * @param mode how VFLisp and VFM are understood; the other languages do not look at it
     * @throws IllegalArgumentException if it is none in this language
     */
    public static PacketFilter compile(FilterLanguage language, VfmMode mode, String text) {
        return switch (language) {
            case PCAP -> compile(text);
            case BPF -> of(BpfProgram.parse(text));
            case VFM -> of(VfmAssembler.assemble(text, mode), mode);
            case VFLISP -> {
                VfLispCompiler.toVfm(text, mode); // is it one at all?
                yield new PacketFilter(linkType -> Filter.ofVfLisp(text, mode, linkType), null);
            }
        };
    }

    /** A filter from a program of VFM: each link type has a flow table of its own. */
    public static PacketFilter of(VfmProgram program, VfmMode mode) {
        return new PacketFilter(linkType -> Filter.of(program, mode, linkType), null);
    }

    /** A filter from classic BPF, the same for all link types. */
    public static PacketFilter of(BpfProgram program) {
        Filter filter = Filter.of(program);
        return new PacketFilter(_ -> filter, filter);
    }

    /** What it demands of flows; nothing unless it was an expression of pcap-filter(7). */
    public FlowHint hint() {
        return hint;
    }

    /** Does it accept the packet? */
    public boolean matches(Packet packet) {
        Filter filter = forAll != null ? forAll : of(packet.linkType());
        return filter != null && filter.matches(packet);
    }

    /** The filter for a link type; empty if it never matches there. */
    public Optional<Filter> forLinkType(int linkType) {
        return Optional.ofNullable(forAll != null ? forAll : of(linkType));
    }

    /** Link types so far for which the expression means nothing. */
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    private @Nullable Filter of(int linkType) {
        for (int i = 0; i < known; i++) if (linkTypes[i] == linkType) return filters[i];
        return compiledFor(linkType);
    }

    private @Nullable Filter compiledFor(int linkType) {
        if (known == MOST_LINK_TYPES) return null; // the last of them told
        if (known == linkTypes.length) {
            linkTypes = Arrays.copyOf(linkTypes, 2 * known);
            filters = Arrays.copyOf(filters, 2 * known);
        }
        linkTypes[known] = linkType;
        filters[known] = made(linkType);
        return filters[known++];
    }

    private @Nullable Filter made(int linkType) {
        if (known == MOST_LINK_TYPES - 1) {
            problems.add(new Problem(linkType, "more than " + MOST_LINK_TYPES + " link types in one input"));
            return null;
        }
        try {
            Filter filter = compiler.apply(linkType);
            return filter.neverMatches() ? null : filter;
        } catch (FilterSyntaxException e) {
            problems.add(new Problem(linkType, e.reason()));
            return null;
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(linkType, String.valueOf(e.getMessage())));
            return null;
        }
    }
}
