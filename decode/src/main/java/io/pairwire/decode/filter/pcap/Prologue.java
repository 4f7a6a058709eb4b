package io.pairwire.decode.filter.pcap;

import io.pairwire.capture.LinkType;
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

/** What is computed before anything is asked: the length of a radio header, the place behind an 802.11 header. */
final class Prologue {
    private static final int AVS_COOKIE = 0x8021_1000;
    private static final int PRISM_LENGTH = 144;
    private static final int PPI_OF_WLAN = 0x6900_0000; // 105, little-endian

    private final Code code;
    private final int linkType;

    Prologue(Code code, int linkType) {
        this.code = code;
        this.linkType = linkType;
    }

    /** The condition with everything it needs before it. */
    Condition before(Condition condition) {
        var parts = new ArrayList<Condition>();
        if (linkType == LinkType.PPI) {
            int type = code.fresh();
            parts.add(new Condition.Test(
                    List.of(load(type, 4, Width.WORD)),
                    Comparison.EQUAL,
                    Code.register(type),
                    Code.constant(PPI_OF_WLAN)));
        }
        if (code.usesPrefix()) parts.add(prefix());
        if (code.usesPayload()) parts.add(linkType == LinkType.PFLOG ? pflogPayload() : wlanPayload());
        if (parts.isEmpty()) return condition;
        parts.add(condition);
        return new Condition.All(parts);
    }

    private static Operation load(int target, int offset, Width width) {
        return new Operation.Load(target, Code.constant(0), offset, width);
    }

    private static Graph steps(List<Operation> operations) {
        return new Graph(List.of(new Block(operations, new Terminator.Jump(Graph.YES))));
    }

    private Graph prefix() {
        return switch (linkType) {
            case LinkType.IEEE802_11_AVS -> steps(List.of(load(Layout.PREFIX, 4, Width.WORD)));
            case LinkType.IEEE802_11_PRISM -> prism();
            default -> { // radiotap and PPI: 16 bits, little-endian
                var operations = new ArrayList<Operation>();
                int high = code.fresh();
                operations.add(load(high, 3, Width.BYTE));
                int shifted = code.compute(operations, Operator.SHIFT_LEFT, Code.register(high), Code.constant(8));
                int low = code.fresh();
                operations.add(load(low, 2, Width.BYTE));
                operations.add(new Operation.Arithmetic(
                        Layout.PREFIX, Operator.OR, Code.register(low), Code.register(shifted)));
                yield steps(operations);
            }
        };
    }

    /** A Prism header, unless the cookie of an AVS header is there. */
    private Graph prism() {
        int either = code.fresh();
        int cookie = code.fresh();
        var operations = new ArrayList<Operation>();
        operations.add(load(cookie, 0, Width.WORD));
        int masked = code.compute(operations, Operator.AND, Code.register(cookie), Code.constant(0xffff_f000));
        var isAvs = new Terminator.Branch(Comparison.EQUAL, Code.register(masked), Code.constant(AVS_COOKIE), 1, 2);
        return new Graph(List.of(
                new Block(operations, isAvs),
                new Block(List.of(load(either, 4, Width.WORD)), new Terminator.Jump(3)),
                new Block(List.of(new Operation.Move(either, Code.constant(PRISM_LENGTH))), new Terminator.Jump(3)),
                new Block(
                        List.of(new Operation.Move(Layout.PREFIX, Code.register(either))),
                        new Terminator.Jump(Graph.YES))));
    }

    /** The header's length, rounded up to four. */
    private Graph pflogPayload() {
        var operations = new ArrayList<Operation>();
        int length = code.fresh();
        operations.add(load(length, 0, Width.BYTE));
        int more = code.compute(operations, Operator.ADD, Code.register(length), Code.constant(3));
        operations.add(
                new Operation.Arithmetic(Layout.LINK_PAYLOAD, Operator.AND, Code.register(more), Code.constant(~3)));
        return steps(operations);
    }

    /** 24 bytes of header; 2 more if it is a data frame with QoS; with radiotap, padding if its flags say so. */
    private Graph wlanPayload() {
        boolean radiotap = linkType == LinkType.IEEE802_11_RADIOTAP;
        Operand prefix = linkType == LinkType.IEEE802_11 ? Code.constant(0) : Code.register(Layout.PREFIX);
        int at = code.fresh(); // written more than once; the register that is read is written at the end
        int control = code.fresh();
        int end = radiotap ? 10 : 4;
        var blocks = new ArrayList<Block>();
        blocks.add(new Block(
                List.of(
                        new Operation.Arithmetic(at, Operator.ADD, prefix, Code.constant(24)),
                        new Operation.Load(control, prefix, 0, Width.BYTE)),
                ask(control, 0x08, 1, end)));
        blocks.add(new Block(List.of(), ask(control, 0x04, end, 2)));
        blocks.add(new Block(List.of(), ask(control, 0x80, 3, radiotap ? 4 : end)));
        blocks.add(new Block(
                List.of(new Operation.Arithmetic(at, Operator.ADD, Code.register(at), Code.constant(2))),
                new Terminator.Jump(4)));
        if (radiotap) radiotapPadding(blocks, at, end);
        blocks.add(new Block(
                List.of(new Operation.Move(Layout.LINK_PAYLOAD, Code.register(at))), new Terminator.Jump(Graph.YES)));
        return new Graph(blocks);
    }

    /** Present bits: flags, no further bitmap; then the byte of flags, behind a time stamp if there is one. */
    private void radiotapPadding(List<Block> blocks, int at, int end) {
        int roundUp = end - 1;
        int present = code.fresh();
        int flags = code.fresh();
        int flagsBehindTime = code.fresh();
        int more = code.fresh();
        blocks.add(new Block(List.of(load(present, 4, Width.WORD)), ask(present, 0x0200_0000, 5, end)));
        blocks.add(new Block(List.of(), ask(present, 0x80, end, 6)));
        blocks.add(new Block(List.of(), ask(present, 0x0100_0000, 7, 8)));
        blocks.add(new Block(List.of(load(flagsBehindTime, 16, Width.BYTE)), ask(flagsBehindTime, 0x20, roundUp, end)));
        blocks.add(new Block(List.of(load(flags, 8, Width.BYTE)), ask(flags, 0x20, roundUp, end)));
        blocks.add(new Block(
                List.of(
                        new Operation.Arithmetic(more, Operator.ADD, Code.register(at), Code.constant(3)),
                        new Operation.Arithmetic(at, Operator.AND, Code.register(more), Code.constant(~3))),
                new Terminator.Jump(end)));
    }

    private static Terminator ask(int register, int bits, int ifSet, int ifClear) {
        return new Terminator.Branch(
                Comparison.COMMON_BITS, Code.register(register), Code.constant(bits), ifSet, ifClear);
    }
}
