package io.pairwire.decode.filter.ir;

import java.util.ArrayDeque;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A program for people: one question after the other, with what follows from each answer indented below it. A question that several
 * ways lead to is written once and named elsewhere.
 */
public final class DecisionTree {
    private static final int DEEPEST = 24;
    private static final int MOST_NESTED = 8;

    private final IrProgram program;
    private final StringBuilder text = new StringBuilder();
    private final @Nullable Operation[] writers;
    private final BitSet told = new BitSet();
    private final ArrayDeque<Integer> later = new ArrayDeque<>();

    private DecisionTree(IrProgram program) {
        this.program = program;
        boolean[] stable = program.stableRegisters();
        writers = new @Nullable Operation[program.registers()];
        for (Block block : program.blocks()) {
            for (Operation operation : block.operations()) {
                if (stable[operation.target()]) writers[operation.target()] = operation;
            }
        }
    }

    /** The tree as text. */
    public static String of(IrProgram program) {
        var tree = new DecisionTree(program);
        tree.later.add(0);
        while (!tree.later.isEmpty()) {
            int block = tree.later.poll();
            if (!tree.told.get(block)) tree.tell(block, 0, "");
        }
        return tree.text.toString();
    }

    private void line(int depth, String words) {
        text.repeat("  ", depth).append(words).append('\n');
    }

    private void tell(int block, int depth, String answer) {
        Block at = program.blocks().get(block);
        if (at.end() instanceof Terminator.Return(Operand value)) {
            line(depth, answer + verdict(value));
            return;
        }
        if (told.get(block) || depth >= DEEPEST) {
            line(depth, answer + "go on with " + block);
            if (!told.get(block)) later.add(block);
            return;
        }
        told.set(block);
        StringBuilder first = new StringBuilder(answer).append(block).append(". ");
        for (Operation operation : at.operations()) {
            if (writers[operation.target()] == null) first.append(operation).append("; ");
        }
        switch (at.end()) {
            case Terminator.Branch b -> {
                line(depth, first + question(b));
                tell(b.ifTrue(), depth + 1, "yes: ");
                tell(b.ifFalse(), depth + 1, "no: ");
            }
            case Terminator.Jump(int next) -> {
                boolean isBare = first.length()
                        == answer.length() + String.valueOf(block).length() + 2;
                if (!isBare) line(depth, first.toString().strip());
                tell(next, depth, isBare ? answer : "then ");
            }
            case Terminator.Return _ -> throw new IllegalStateException("told above");
        }
    }

    private String verdict(Operand value) {
        if (value instanceof Operand.Constant(int kept)) return kept == 0 ? "refuse" : "accept";
        return "accept if " + words(value, 0) + " is not 0";
    }

    private String question(Terminator.Branch b) {
        String left = words(b.left(), 0);
        String right = words(b.right(), 0);
        return left
                + switch (b.comparison()) {
                    case EQUAL -> " = " + right;
                    case GREATER -> " > " + right;
                    case GREATER_OR_EQUAL -> " >= " + right;
                    case COMMON_BITS -> " has a bit in common with " + right;
                }
                + "?";
    }

    private String words(Operand operand, int nested) {
        if (!(operand instanceof Operand.Register(int register))) return operand.toString();
        Operation writer = writers[register];
        if (writer == null || nested == MOST_NESTED) return operand.toString();
        return switch (writer) {
            case Operation.Move(int _, Operand source) -> words(source, nested + 1);
            case Operation.Length _ -> "the length on the wire";
            case Operation.Arithmetic(int _, Operator operator, Operand left, Operand right) ->
                "(" + words(left, nested + 1) + " " + operator.symbol() + " " + words(right, nested + 1) + ")";
            case Operation.Load load -> bytes(load, nested);
        };
    }

    private String bytes(Operation.Load load, int nested) {
        int last = load.width().bytes() - 1;
        if (load.isFixed()) {
            long from = load.end() - load.width().bytes();
            return last == 0 ? "byte " + from : "bytes " + from + "-" + (from + last);
        }
        String place = words(load.base(), nested + 1) + " + " + Integer.toUnsignedString(load.offset());
        return last == 0 ? "byte [" + place + "]" : (last + 1) + " bytes [" + place + "]";
    }
}
