package io.pairwire.decode.filter;

import io.pairwire.capture.LinkType;
import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.ir.Operation;
import io.pairwire.decode.filter.ir.Optimiser;
import io.pairwire.decode.filter.pcap.PcapCompiler;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Which well-formed expressions are refused because they mean nothing anywhere, or because no packet can match. */
final class Refusals {
    /** Link types that have between them all that an expression can ask about. */
    private static final int[] KINDS = {
        LinkType.ETHERNET,
        LinkType.IEEE802_11,
        LinkType.LINUX_SLL2,
        LinkType.PPP,
        LinkType.RAW,
        LinkType.PFLOG,
        LinkType.ARCNET_LINUX
    };

    /** Operations of a program that is asked whether it can match, which takes as long as to compile it; a longer one is not. */
    private static final int LONGEST = 4096;

    private static final String REJECTS_ALL = "the expression rejects all packets";

    private Refusals() {}

    /**
     * Checks what can be checked without a link type.
     *
     * @throws FilterSyntaxException if this is no expression, none on any kind of link, or one that can plainly never match
     */
    static void check(String expression) {
        var refusals = new ArrayList<FilterSyntaxException>();
        for (int linkType : KINDS) {
            try {
                IrProgram written = PcapCompiler.compile(expression, linkType, 0);
                if (written.length() > LONGEST || !Optimiser.isPlainlyNever(written)) return;
                refusals.add(rejectsAll(expression));
            } catch (FilterSyntaxException e) {
                refusals.add(e);
            }
        }
        throw mostParticular(refusals);
    }

    /** Most link types say that an expression is not for them; one that says something else knows what it is about. */
    private static FilterSyntaxException mostParticular(List<FilterSyntaxException> refusals) {
        List<String> reasons =
                refusals.stream().map(FilterSyntaxException::reason).toList();
        FilterSyntaxException best = refusals.getFirst(); // of Ethernet, which has most
        if (best.reason().equals(REJECTS_ALL)) return best;
        for (FilterSyntaxException refusal : refusals) {
            if (Collections.frequency(reasons, refusal.reason()) < Collections.frequency(reasons, best.reason())) {
                best = refusal;
            }
        }
        return best;
    }

    /**
     * Refuses a program that accepts nothing where libpcap does too: plainly nothing, and not only because this link type carries less
     * than Ethernet. Behind headers of variable length libpcap does not notice.
     *
     * @param written the program before it was made shorter
     */
    static void check(String expression, int linkType, IrProgram written) {
        if (!Optimiser.isPlainlyNever(written) || isBehindVariableHeader(linkType) && asksThePacket(written)) return;
        if (linkType == LinkType.ETHERNET || !meansSomething(expression)) throw rejectsAll(expression);
    }

    private static FilterSyntaxException rejectsAll(String expression) {
        return new FilterSyntaxException(REJECTS_ALL, expression, 1);
    }

    private static boolean isBehindVariableHeader(int linkType) {
        return switch (linkType) {
            case LinkType.IEEE802_11,
                    LinkType.IEEE802_11_RADIOTAP,
                    LinkType.IEEE802_11_PRISM,
                    LinkType.IEEE802_11_AVS,
                    LinkType.PPI -> true;
            default -> false;
        };
    }

    private static boolean asksThePacket(IrProgram program) {
        return program.blocks().stream()
                .anyMatch(block -> block.operations().stream().anyMatch(Operation.Load.class::isInstance));
    }

    /** Could it match on a link that carries more? */
    private static boolean meansSomething(String expression) {
        try {
            return !Filter.of(PcapCompiler.compile(expression, LinkType.ETHERNET, 0))
                    .neverMatches();
        } catch (FilterSyntaxException e) {
            return false; // it is about something that Ethernet has not
        }
    }
}
