package io.pairwire.decode.filter.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Makes a program shorter without changing any answer: constants are folded, what is already in a register is not computed
 * again, questions whose answer is known on the way are not asked again, and what nobody reaches or reads is left out.
 *
 * <p>A load stays even if nobody reads it, unless the same load was done on every way to it: it may be what ends the program.
 * Programs with loops are returned as they are.
 */
public final class Optimiser {
    private static final int ROUNDS = 10;

    private Optimiser() {}

    /** An equal program, not longer. */
    public static IrProgram optimise(IrProgram program) {
        return optimise(program, true);
    }

    /**
     * Does it accept nothing, as far as constants and equal values tell? How large a number may be is not asked, as libpcap's optimiser
     * does not ask it, so {@code len < 0} is not said to accept nothing.
     */
    public static boolean isPlainlyNever(IrProgram program) {
        return optimise(program, false).neverMatches();
    }

    private static IrProgram optimise(IrProgram program, boolean bounds) {
        if (program.loops()) return program;
        IrProgram best = program;
        for (int round = 0; round < ROUNDS; round++) {
            IrProgram next = round(best, bounds);
            if (next.equals(best)) break;
            best = next;
        }
        return best;
    }

    private static IrProgram round(IrProgram program, boolean bounds) {
        var blocks = new ArrayList<>(program.blocks());
        new ValueNumbering(blocks, program.registers()).run();
        new Threading(blocks, bounds).run();
        List<Block> kept = withoutDead(joined(reached(blocks)), program.registers());
        return new IrProgram(kept, program.registers());
    }

    /** Without the blocks that nobody reaches; one that only jumps is passed by. */
    private static List<Block> reached(List<Block> blocks) {
        int n = blocks.size();
        int[] real = new int[n]; // where a jump to a block ends up
        for (int i = n - 1; i >= 0; i--) {
            Block block = blocks.get(i);
            boolean empty = block.operations().isEmpty();
            if (empty && block.end() instanceof Terminator.Jump(int next)) real[i] = real[next];
            else if (empty && block.end() instanceof Terminator.Branch b && real[b.ifTrue()] == real[b.ifFalse()]) {
                real[i] = real[b.ifTrue()];
            } else real[i] = i;
        }
        boolean[] reached = new boolean[n];
        reached[real[0]] = true;
        int[] places = new int[n];
        int kept = 0;
        for (int i = 0; i < n; i++) {
            if (!reached[i]) continue;
            places[i] = kept++;
            for (int next : blocks.get(i).successors()) reached[real[next]] = true;
        }
        var result = new ArrayList<Block>(kept);
        for (int i = 0; i < n; i++) {
            if (!reached[i]) continue;
            Block block = blocks.get(i);
            Terminator end = Lowering.moved(block.end(), next -> places[real[next]]);
            if (end instanceof Terminator.Branch b && b.ifTrue() == b.ifFalse()) end = new Terminator.Jump(b.ifTrue());
            result.add(new Block(block.operations(), end));
        }
        return result;
    }

    /** A block that is only reached from one that jumps to it becomes part of that. */
    private static List<Block> joined(List<Block> blocks) {
        var flow = new Flow(blocks);
        var result = new ArrayList<>(blocks);
        for (int i = blocks.size() - 1; i >= 0; i--) {
            Block block = result.get(i);
            if (!(block.end() instanceof Terminator.Jump(int next)) || flow.onlyPredecessor(next) != i) continue;
            var operations = new ArrayList<>(block.operations());
            operations.addAll(result.get(next).operations());
            result.set(i, new Block(operations, result.get(next).end()));
        }
        return reached(result);
    }

    /** Without operations that cannot end the program and whose register nobody needs; one that only counts itself up is not needed. */
    private static List<Block> withoutDead(List<Block> blocks, int registers) {
        boolean[] needed = new boolean[registers];
        blocks.forEach(block -> note(block.end().reads(), needed));
        boolean[] before = {};
        while (!Arrays.equals(before, needed)) {
            before = needed.clone();
            for (Block block : blocks.reversed()) {
                for (Operation operation : block.operations().reversed()) {
                    if (needed[operation.target()] || mayEnd(operation)) note(operation.reads(), needed);
                }
            }
        }
        return blocks.stream()
                .map(block -> new Block(
                        block.operations().stream()
                                .filter(operation -> needed[operation.target()] || mayEnd(operation))
                                .toList(),
                        block.end()))
                .toList();
    }

    private static void note(List<Operand> operands, boolean[] needed) {
        for (Operand operand : operands) if (operand instanceof Operand.Register(int number)) needed[number] = true;
    }

    private static boolean mayEnd(Operation operation) {
        return operation instanceof Operation.Load
                || operation instanceof Operation.Arithmetic(int _, Operator operator, Operand _, Operand right)
                        && operator.divides()
                        && !(right instanceof Operand.Constant(int divisor) && divisor != 0);
    }

    /** How often each register is written. */
    static int[] writes(List<Block> blocks, int registers) {
        int[] writes = new int[registers];
        for (Block block : blocks) block.operations().forEach(operation -> writes[operation.target()]++);
        return writes;
    }
}
