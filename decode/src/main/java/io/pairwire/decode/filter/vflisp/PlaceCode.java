package io.pairwire.decode.filter.vflisp;

import io.pairwire.decode.filter.ir.Block;
import io.pairwire.decode.filter.ir.Comparison;
import io.pairwire.decode.filter.ir.Condition;
import io.pairwire.decode.filter.ir.Operand;
import io.pairwire.decode.filter.ir.Operation;
import io.pairwire.decode.filter.ir.Operator;
import io.pairwire.decode.filter.ir.Terminator;
import io.pairwire.decode.filter.ir.Width;
import io.pairwire.decode.filter.vfm.LinkPlaces;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Finds the network header and what is behind it: the steps of VFM's sound mode ({@code vfm.SoundFields}), in the same order,
 * unrolled so that kernels take them. Registers below {@link #RESERVED} hold what was found.
 */
final class PlaceCode {
    static final int OUTER_TYPE = 0;
    static final int INNER_TYPE = 1;
    /** 4, 6, or 0. */
    static final int VERSION = 2;

    static final int NETWORK = 3;
    static final int TRANSPORT = 4;
    static final int PROTOCOL = 5;
    /** 1 if the packet has ports. */
    static final int PORTS = 6;

    static final int COUNT = 7;
    static final int HEADERS = 8;
    static final int FRAGMENT_ID = 9;
    /** The second word of a fragment header. */
    static final int FRAGMENT = 10;

    static final int HAS_HEADERS = 11;
    /** The protocol of IPv6, 0 otherwise. */
    static final int FINAL = 12;

    private static final int ONE = 13;
    private static final int TWO = 14;
    /** Only ever read by the operation behind, so that a kernel's program keeps them in its accumulator. */
    private static final int PART = 15;

    private static final int SUM = 16;
    static final int RESERVED = 17;

    private static final int MOST_TAGS = 4;
    private static final int MOST_HEADERS = 16;
    private static final int[] TAGS = {0x8100, 0x88a8, 0x9100};
    private static final int[] WITH_PORTS = {6, 17, 132, 33};
    private static final int[] EXTENSIONS = {0, 43, 60, 135, 139, 140, 253, 254};

    /** A block that knows its place, so that it can name those behind it. */
    private final List<IntFunction<Block>> blocks = new ArrayList<>();
    /** Places by label. */
    private final List<Integer> labels = new ArrayList<>();

    private PlaceCode() {}

    /** Fills the registers up to {@link #NETWORK}, and all if {@code behind}. */
    static Condition find(LinkPlaces link, boolean behind) {
        var code = new PlaceCode();
        code.network(link);
        if (behind) code.transport();
        code.add(List.of(), new Terminator.Jump(Condition.Graph.YES));
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < code.blocks.size(); i++)
            blocks.add(code.blocks.get(i).apply(i));
        return new Condition.Graph(blocks);
    }

    private static Operand register(int number) {
        return new Operand.Register(number);
    }

    private static Operand constant(int value) {
        return new Operand.Constant(value);
    }

    private static Operation set(int target, int value) {
        return new Operation.Move(target, constant(value));
    }

    private static Operation load(int target, int base, int offset, Width width) {
        return new Operation.Load(target, register(base), offset, width);
    }

    private static Operation compute(int target, int left, Operator operator, int right) {
        return new Operation.Arithmetic(target, operator, register(left), constant(right));
    }

    private int label() {
        labels.add(-1);
        return labels.size() - 1;
    }

    private void bind(int label) {
        labels.set(label, blocks.size());
    }

    private void add(List<Operation> operations, Terminator end) {
        blocks.add(_ -> new Block(operations, end));
    }

    /** Operations, then on with the next block. */
    private void steps(Operation... operations) {
        List<Operation> kept = List.of(operations);
        blocks.add(here -> new Block(kept, new Terminator.Jump(here + 1)));
    }

    private void goTo(int label, Operation... operations) {
        List<Operation> kept = List.of(operations);
        blocks.add(_ -> new Block(kept, new Terminator.Jump(labels.get(label))));
    }

    /** Goes to the label if the comparison holds, on with the next block otherwise. */
    private void ask(int register, Comparison comparison, int value, int label, Operation... operations) {
        List<Operation> kept = List.of(operations);
        blocks.add(here -> new Block(
                kept,
                new Terminator.Branch(comparison, register(register), constant(value), labels.get(label), here + 1)));
    }

    private void askEqual(int register, int value, int label, Operation... operations) {
        ask(register, Comparison.EQUAL, value, label, operations);
    }

    private void network(LinkPlaces link) {
        int done = label();
        int ipv4 = label();
        int ipv6 = label();
        int isFour = label();
        int isSix = label();
        steps(set(VERSION, 0), set(NETWORK, link.network()), set(INNER_TYPE, 0), set(OUTER_TYPE, 0));
        if (link.type() == LinkPlaces.NO_TYPE) {
            steps(load(ONE, NETWORK, 0, Width.BYTE), compute(TWO, ONE, Operator.SHIFT_RIGHT, 4));
            askEqual(TWO, 4, ipv4);
            askEqual(TWO, 6, ipv6);
            goTo(done);
            bind(ipv4);
            steps(set(OUTER_TYPE, 0x0800), set(INNER_TYPE, 0x0800));
        } else {
            steps(
                    new Operation.Load(OUTER_TYPE, constant(0), link.type(), Width.HALF),
                    new Operation.Move(INNER_TYPE, register(OUTER_TYPE)));
            tags();
            askEqual(INNER_TYPE, 0x0800, ipv4);
            askEqual(INNER_TYPE, 0x86dd, ipv6);
            goTo(done);
            bind(ipv4);
            int itIs = label();
            askEqual(TWO, 4, itIs, load(ONE, NETWORK, 0, Width.BYTE), compute(TWO, ONE, Operator.SHIFT_RIGHT, 4));
            goTo(done);
            bind(itIs);
        }
        ask(TWO, Comparison.GREATER_OR_EQUAL, 5, isFour, compute(TWO, ONE, Operator.AND, 0xf));
        goTo(done);
        bind(isFour);
        goTo(done, set(VERSION, 4));
        bind(ipv6);
        if (link.type() == LinkPlaces.NO_TYPE) {
            steps(set(OUTER_TYPE, 0x86dd), set(INNER_TYPE, 0x86dd), set(VERSION, 6));
        } else {
            askEqual(TWO, 6, isSix, load(ONE, NETWORK, 0, Width.BYTE), compute(TWO, ONE, Operator.SHIFT_RIGHT, 4));
            goTo(done);
            bind(isSix);
            steps(set(VERSION, 6));
        }
        bind(done);
    }

    private void tags() {
        int none = label();
        for (int i = 0; i < MOST_TAGS; i++) {
            int tag = label();
            for (int type : TAGS) askEqual(INNER_TYPE, type, tag);
            goTo(none);
            bind(tag);
            steps(load(INNER_TYPE, NETWORK, 2, Width.HALF), compute(NETWORK, NETWORK, Operator.ADD, 4));
        }
        bind(none);
    }

    private void transport() {
        int end = label();
        int four = label();
        int six = label();
        int first = label();
        steps(
                set(PROTOCOL, 0),
                set(TRANSPORT, 0),
                set(PORTS, 0),
                set(FINAL, 0),
                set(COUNT, 0),
                set(HEADERS, 0),
                set(FRAGMENT_ID, 0),
                set(FRAGMENT, 0),
                set(HAS_HEADERS, 0));
        askEqual(VERSION, 4, four);
        askEqual(VERSION, 6, six);
        int nothing = label();
        goTo(nothing);
        bind(four);
        steps(
                load(PART, NETWORK, 0, Width.BYTE),
                compute(SUM, PART, Operator.AND, 0xf),
                compute(PART, SUM, Operator.SHIFT_LEFT, 2),
                new Operation.Arithmetic(TRANSPORT, Operator.ADD, register(PART), register(NETWORK)),
                load(PROTOCOL, NETWORK, 9, Width.BYTE),
                load(PART, NETWORK, 6, Width.HALF),
                compute(SUM, PART, Operator.AND, 0x1fff));
        askEqual(SUM, 0, first);
        goTo(nothing);
        bind(six);
        steps(load(PROTOCOL, NETWORK, 6, Width.BYTE), compute(TRANSPORT, NETWORK, Operator.ADD, 40));
        int later = label();
        askEqual(PROTOCOL, 6, end);
        askEqual(PROTOCOL, 17, end);
        for (int i = 0; i < MOST_HEADERS; i++) header(end, later);
        bind(end);
        steps(new Operation.Move(FINAL, register(PROTOCOL)));
        bind(first);
        int ports = label();
        Arrays.stream(WITH_PORTS).forEach(protocol -> askEqual(PROTOCOL, protocol, ports));
        goTo(nothing);
        bind(ports);
        goTo(nothing, set(PORTS, 1));
        bind(later);
        steps(passed(new Operation.Move(FINAL, register(PROTOCOL))));
        bind(nothing);
    }

    /** Goes behind an extension header of as many bytes as {@link #ONE} says. */
    private static Operation[] passed(Operation... more) {
        var operations = new ArrayList<Operation>(List.of(
                load(PROTOCOL, TRANSPORT, 0, Width.BYTE),
                new Operation.Arithmetic(TRANSPORT, Operator.ADD, register(TRANSPORT), register(ONE)),
                new Operation.Arithmetic(HEADERS, Operator.ADD, register(HEADERS), register(ONE)),
                compute(COUNT, COUNT, Operator.ADD, 1),
                set(HAS_HEADERS, 1)));
        operations.addAll(List.of(more));
        return operations.toArray(Operation[]::new);
    }

    /**
     * One extension header.
     *
     * @param end where to go if it is none
     * @param later where to go with a fragment that is not the first: nothing behind its header is one
     */
    private void header(int end, int later) {
        int fragment = label();
        int authentication = label();
        int extension = label();
        int size = label();
        askEqual(PROTOCOL, 44, fragment);
        askEqual(PROTOCOL, 51, authentication);
        for (int protocol : EXTENSIONS) askEqual(PROTOCOL, protocol, extension);
        goTo(end);
        bind(fragment);
        ask(
                SUM,
                Comparison.GREATER,
                0,
                later,
                set(ONE, 8),
                load(FRAGMENT_ID, TRANSPORT, 4, Width.WORD),
                load(FRAGMENT, TRANSPORT, 2, Width.HALF),
                compute(SUM, FRAGMENT, Operator.SHIFT_RIGHT, 3));
        goTo(size);
        bind(authentication);
        goTo(
                size,
                load(PART, TRANSPORT, 1, Width.BYTE),
                compute(SUM, PART, Operator.ADD, 2),
                compute(ONE, SUM, Operator.SHIFT_LEFT, 2));
        bind(extension);
        steps(
                load(PART, TRANSPORT, 1, Width.BYTE),
                compute(SUM, PART, Operator.ADD, 1),
                compute(ONE, SUM, Operator.SHIFT_LEFT, 3));
        bind(size);
        steps(passed());
    }
}
