package io.pairwire.decode.filter.pcap;

import io.pairwire.decode.filter.ir.Block;
import io.pairwire.decode.filter.ir.Comparison;
import io.pairwire.decode.filter.ir.Condition;
import io.pairwire.decode.filter.ir.Condition.Graph;
import io.pairwire.decode.filter.ir.Operand;
import io.pairwire.decode.filter.ir.Operation;
import io.pairwire.decode.filter.ir.Operator;
import io.pairwire.decode.filter.ir.Terminator;
import io.pairwire.decode.filter.ir.Width;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code protochain}: is a protocol in the chain of headers? The only test that loops: it walks IPv6 extension headers and
 * authentication headers; each step is at least 8 bytes, so the packet's end ends it.
 */
final class ProtocolChain {
    private static final int NO_NEXT_HEADER = 59;
    private static final int[] EXTENSIONS = {0, 60, 43, ProtocolTests.FRAGMENT};

    private final Code code;
    private final LinkTests links;

    ProtocolChain(Code code, LinkTests links) {
        this.code = code;
        this.links = links;
    }

    Condition contains(int number, Protocol in) {
        Layout layout = code.layout;
        if (layout.payload.register() != Layout.FIXED) {
            throw code.error(
                    layout.isWlan()
                            ? "protochain is not known on 802.11"
                            : "protochain is not known behind a header of variable length");
        }
        return switch (in) {
            case ANY -> Condition.or(contains(number, Protocol.IP), contains(number, Protocol.IP6));
            case IP -> Condition.and(links.carries(LinkTests.IP), chain(number, false));
            case IP6 -> Condition.and(links.carries(LinkTests.IP6), chain(number, true));
            default -> throw code.error("only ip and ip6 have a protochain");
        };
    }

    private Graph chain(int number, boolean ip6) {
        int network = code.layout.payload.plus(code.layout.network).constant();
        int protocol = code.fresh();
        int at = code.fresh(); // from the network header
        var begin = new ArrayList<Operation>();
        begin.add(new Operation.Load(protocol, Code.constant(0), network + (ip6 ? 6 : 9), Width.BYTE));
        if (ip6) {
            begin.add(new Operation.Move(at, Code.constant(40)));
        } else {
            int length = code.fresh();
            begin.add(new Operation.Load(length, Code.constant(0), network, Width.BYTE));
            int words = code.compute(begin, Operator.AND, Code.register(length), Code.constant(0xf));
            begin.add(new Operation.Arithmetic(at, Operator.SHIFT_LEFT, Code.register(words), Code.constant(2)));
        }
        int extensions = ip6 ? EXTENSIONS.length : 0;
        int extension = 3 + extensions;
        int isAh = extension + 1;
        int ah = isAh + 1;
        var blocks = new ArrayList<Block>();
        blocks.add(new Block(begin, new Terminator.Jump(1)));
        blocks.add(ask(protocol, number, Graph.YES, 2));
        blocks.add(ask(protocol, NO_NEXT_HEADER, Graph.NO, extensions > 0 ? 3 : isAh));
        for (int i = 0; i < extensions; i++) {
            blocks.add(ask(protocol, EXTENSIONS[i], extension, i + 1 < extensions ? 4 + i : isAh));
        }
        blocks.add(new Block(step(protocol, at, network, true), new Terminator.Jump(1)));
        blocks.add(ask(protocol, ProtocolTests.AH, ah, Graph.NO));
        blocks.add(new Block(step(protocol, at, network, false), new Terminator.Jump(1)));
        return new Graph(blocks);
    }

    /**
     * To the next header. An extension is (length + 1) * 8 bytes long. Of an authentication header libpcap takes (length + 2) * 4
     * as the new place, not as the distance to it; so do we.
     */
    private List<Operation> step(int protocol, int at, int network, boolean extension) {
        var operations = new ArrayList<Operation>();
        int length = code.fresh();
        Operand place = Code.register(at);
        operations.add(new Operation.Load(protocol, place, network, Width.BYTE));
        Operand lengthBase = place;
        if (!extension) lengthBase = Code.register(code.compute(operations, Operator.ADD, place, Code.constant(1)));
        operations.add(new Operation.Load(length, lengthBase, extension ? network + 1 : network, Width.BYTE));
        int units = code.compute(operations, Operator.ADD, Code.register(length), Code.constant(extension ? 1 : 2));
        if (extension) {
            int bytes = code.compute(operations, Operator.MULTIPLY, Code.register(units), Code.constant(8));
            operations.add(new Operation.Arithmetic(at, Operator.ADD, Code.register(bytes), place));
        } else {
            operations.add(new Operation.Arithmetic(at, Operator.MULTIPLY, Code.register(units), Code.constant(4)));
        }
        return operations;
    }

    private static Block ask(int protocol, int number, int ifTrue, int ifFalse) {
        return new Block(
                List.of(),
                new Terminator.Branch(
                        Comparison.EQUAL, Code.register(protocol), Code.constant(number), ifTrue, ifFalse));
    }
}
