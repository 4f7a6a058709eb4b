package io.pairwire.decode.filter.emit;

import io.pairwire.decode.filter.ir.Block;
import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.ir.Operand;
import io.pairwire.decode.filter.ir.Operation;
import io.pairwire.decode.filter.ir.Operator;
import io.pairwire.decode.filter.ir.Terminator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds blocks whose questions are one {@link Pattern}. */
final class Patterns {
    private final List<Block> blocks;
    private final Bounds bounds;
    private final Windows windows;
    /** Who writes a register whose value never changes. */
    private final @Nullable Operation[] writers;

    private final int[] ways;

    /**
     * Blocks one after the other that ask one pattern.
     *
     * @param absorbed the blocks behind the first
     * @param ifThere the block to go on with if the pattern is there
     * @param otherwise the other
     */
    record Chain(Pattern pattern, List<Integer> absorbed, int ifThere, int otherwise) {}

    Patterns(IrProgram program, Bounds bounds, Windows windows) {
        this.bounds = bounds;
        this.windows = windows;
        blocks = program.blocks();
        writers = new @Nullable Operation[program.registers()];
        ways = new int[blocks.size()];
        boolean[] stable = program.stableRegisters();
        for (Block block : blocks) {
            for (int next : block.successors()) ways[next]++;
            for (Operation operation : block.operations()) {
                if (stable[operation.target()]) writers[operation.target()] = operation;
            }
        }
    }

    /** A chain that begins with this block and has at least one more; empty if there is none. */
    Optional<Chain> chain(int block) {
        for (boolean holds : new boolean[] {true, false}) {
            Optional<Chain> chain = chain(block, holds);
            if (chain.isPresent()) return chain;
        }
        return Optional.empty();
    }

    private Optional<Chain> chain(int first, boolean holds) {
        if (!(blocks.get(first).end() instanceof Terminator.Branch b)) return Optional.empty();
        Optional<Pattern> pattern = pattern(first, b, holds);
        int otherwise = holds ? b.ifFalse() : b.ifTrue();
        int next = holds ? b.ifTrue() : b.ifFalse();
        var absorbed = new ArrayList<Integer>();
        while (pattern.isPresent() && next > first && ways[next] == 1 && isOnlyTaken(next)) {
            if (!(blocks.get(next).end() instanceof Terminator.Branch more)) break;
            boolean stays = more.ifFalse() == otherwise;
            if (stays == (more.ifTrue() == otherwise)) break;
            int from = next;
            Optional<Pattern> both =
                    pattern.flatMap(known -> pattern(from, more, stays).flatMap(known::and));
            if (both.isEmpty()) break;
            pattern = both;
            absorbed.add(next);
            next = stays ? more.ifTrue() : more.ifFalse();
        }
        return absorbed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Chain(pattern.orElseThrow(), absorbed, next, otherwise));
    }

    /** Does the block nothing but take fields from windows that are open before it? */
    private boolean isOnlyTaken(int block) {
        return !bounds.isOpen(block)
                && windows.opened(block).isEmpty()
                && blocks.get(block).operations().stream()
                        .allMatch(operation -> operation instanceof Operation.Load load
                                && load.isFixed()
                                && windows.of(block, load) != null);
    }

    /** A branch as a pattern that is there if the comparison's answer is {@code holds}. */
    private Optional<Pattern> pattern(int block, Terminator.Branch b, boolean holds) {
        if (!(b.left() instanceof Operand.Register(int register))
                || !(b.right() instanceof Operand.Constant(int right))) {
            return Optional.empty();
        }
        int bits = -1;
        Operation writer = writers[register];
        if (writer instanceof Operation.Arithmetic(int _, Operator operator, Operand left, Operand by)
                && operator == Operator.AND
                && left instanceof Operand.Register(int masked)
                && by instanceof Operand.Constant(int mask)) {
            bits = mask;
            writer = writers[masked];
        }
        if (!(writer instanceof Operation.Load load) || !load.isFixed()) return Optional.empty();
        Window window = windows.of(block, load);
        if (window == null) return Optional.empty();
        long field = window.mask(load) & bits;
        long value = right & 0xffff_ffffL;
        return switch (b.comparison()) {
            case EQUAL ->
                holds && (value & ~field) == 0 ? Optional.of(pattern(window, load, field, value)) : Optional.empty();
            case COMMON_BITS -> {
                long asked = field & value;
                boolean isOneBit = Long.bitCount(asked) == 1;
                if (holds && !isOneBit) yield Optional.empty();
                yield Optional.of(pattern(window, load, asked, holds ? asked : 0));
            }
            case GREATER, GREATER_OR_EQUAL -> Optional.empty();
        };
    }

    private static Pattern pattern(Window window, Operation.Load load, long mask, long value) {
        int shift = window.shift(load);
        return new Pattern(window, mask << shift, value << shift);
    }
}
