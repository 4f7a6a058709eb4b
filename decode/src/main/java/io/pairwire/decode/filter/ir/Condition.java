package io.pairwire.decode.filter.ir;

import java.util.ArrayList;
import java.util.List;

/**
 * A question about a packet, put together from smaller ones: what a compiler of expressions makes. Parts are asked in
 * their order and only as far as needed; that order is part of the meaning, since a load outside the packet ends everything.
 */
public sealed interface Condition {

    /** Does the comparison hold after the operations? */
    record Test(List<Operation> operations, Comparison comparison, Operand left, Operand right) implements Condition {
        public Test {
            operations = List.copyOf(operations);
        }
    }

    /** Do all hold? */
    record All(List<Condition> parts) implements Condition {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** Does one hold? */
    record Any(List<Condition> parts) implements Condition {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    record Not(Condition part) implements Condition {}

    /** The same answer for every packet. */
    record Always(boolean answer) implements Condition {}

    /** Blocks of their own, which may loop: they leave by a jump to {@link #YES} or {@link #NO}, and begin with the first. */
    record Graph(List<Block> blocks) implements Condition {
        public static final int YES = -1;
        public static final int NO = -2;

        public Graph {
            blocks = List.copyOf(blocks);
        }
    }

    /** Both, the first before the second. */
    static Condition and(Condition first, Condition second) {
        var parts = new ArrayList<Condition>();
        if (first instanceof All(var more)) parts.addAll(more);
        else parts.add(first);
        if (second instanceof All(var more)) parts.addAll(more);
        else parts.add(second);
        return new All(parts);
    }

    /** One of both, the first before the second. */
    static Condition or(Condition first, Condition second) {
        var parts = new ArrayList<Condition>();
        if (first instanceof Any(var more)) parts.addAll(more);
        else parts.add(first);
        if (second instanceof Any(var more)) parts.addAll(more);
        else parts.add(second);
        return new Any(parts);
    }

    static Condition not(Condition part) {
        return switch (part) {
            case Not(Condition inner) -> inner;
            case Always(boolean answer) -> new Always(!answer);
            default -> new Not(part);
        };
    }
}
