package io.pairwire.decode.filter.pcap;

import io.pairwire.decode.filter.ir.Condition;
import io.pairwire.decode.filter.ir.FlowHint;
import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.ir.Lowering;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compiles expressions of pcap-filter(7).
 *
 * <p>Primitives are compiled in the order in which they are written, because some move the layers for those behind them: that is
 * what the manual page says, and what libpcap does, whether {@code and}, {@code or} or {@code not} stands between.
 */
public final class PcapCompiler {
    /** What a program returns for a packet it accepts, bytes: all of it. */
    public static final int WHOLE_PACKET = 262_144;

    private final Code code;
    private final ProtocolTests protocols;
    private final ValueCode values;
    private final IdTests ids;
    private final OtherTests others;

    private PcapCompiler(String text, int linkType, Names names, int netmask, boolean hasChain) {
        code = new Code(text, linkType);
        var links = new LinkTests(code);
        protocols = new ProtocolTests(code, links);
        values = new ValueCode(code, protocols, !hasChain);
        var addresses = new AddressTests(code, links);
        var ports = new PortTests(code, links, protocols);
        ids = new IdTests(code, names, addresses, ports, protocols, new ProtocolChain(code, links));
        others = new OtherTests(code, links, addresses, new Encapsulations(code, links, ports), netmask);
    }

    /**
     * Checks what can be checked without a link type.
     *
     * @throws FilterSyntaxException if this is no expression
     */
    public static void check(String text) {
        Parser.parse(text);
    }

    /**
     * What the expression demands of addresses, ports and protocols.
     *
     * @throws FilterSyntaxException if this is no expression
     */
    public static FlowHint hint(String text) {
        return Parser.parse(text)
                .map(new HintFinder(Names.ofThisMachine())::orUnknown)
                .orElse(FlowHint.UNKNOWN);
    }

    /**
     * The program of an expression for one link type, as it is written: not yet made shorter.
     *
     * @param linkType a {@link io.pairwire.capture.LinkType} number
     * @param netmask the mask of the network, for {@code ip broadcast}; 0 if it is not known
     * @throws FilterSyntaxException if this is no expression, or none for this link type
     */
    public static IrProgram compile(String text, int linkType, int netmask) {
        return compile(text, linkType, netmask, Names.ofThisMachine());
    }

    static IrProgram compile(String text, int linkType, int netmask, Names names) {
        Optional<Expression> expression = Parser.parse(text);
        if (expression.isEmpty()) return Lowering.lower(new Condition.Always(true), 0, WHOLE_PACKET);
        var compiler = new PcapCompiler(
                text, linkType, names, netmask, expression.get().hasChain());
        Condition condition = compiler.compile(expression.get());
        Condition whole = new Prologue(compiler.code, linkType).before(condition);
        try {
            return Lowering.lower(whole, compiler.code.registers(), WHOLE_PACKET);
        } catch (FilterSyntaxException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new FilterSyntaxException(String.valueOf(e.getMessage()), text, 1);
        }
    }

    private Condition compile(Expression expression) {
        return switch (expression) {
            case Expression.All(var parts) -> new Condition.All(compile(parts));
            case Expression.Any(var parts) -> new Condition.Any(compile(parts));
            case Expression.Not(var part) -> Condition.not(compile(part));
            case Expression.Relation relation -> {
                code.at(relation.column());
                yield values.relation(relation);
            }
            case Expression.Id id -> {
                code.at(id.column());
                yield ids.test(id);
            }
            case Expression.Bare(Protocol protocol, int column) -> {
                code.at(column);
                yield protocols.is(protocol);
            }
            case Expression.Primitive primitive -> {
                code.at(primitive.column());
                yield others.test(primitive);
            }
        };
    }

    private List<Condition> compile(List<Expression> parts) {
        var conditions = new ArrayList<Condition>(parts.size());
        for (Expression part : parts) conditions.add(compile(part));
        return conditions;
    }
}
