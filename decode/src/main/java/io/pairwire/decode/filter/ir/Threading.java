package io.pairwire.decode.filter.ir;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Leads an edge past a question whose answer is known on it.
 *
 * <p>What is known at a block is what was asked and answered on every way to it: the facts of its only predecessor and the
 * answer on the edge, or those of its dominator. Registers that facts speak of are written once, before they are asked about.
 */
final class Threading {
    private static final int FURTHEST = 1000;

    private final List<Block> blocks;
    private final Flow flow;
    private final boolean bounds;
    private final boolean[] stable;
    private final @Nullable Facts[] facts;

    /** @param bounds whether what is known of a number's size answers questions too, and not equality alone */
    Threading(List<Block> blocks, boolean bounds) {
        this.blocks = blocks;
        this.bounds = bounds;
        flow = new Flow(blocks);
        stable = stable(blocks, flow);
        facts = new @Nullable Facts[blocks.size()];
    }

    /** Registers that are written once, on every way to where they are read: their value never changes. */
    static boolean[] stable(List<Block> blocks, Flow flow) {
        int registers = 0;
        for (Block block : blocks) {
            for (Operation operation : block.operations()) registers = Math.max(registers, operation.target() + 1);
        }
        int[] writes = Optimiser.writes(blocks, registers);
        int[] home = new int[registers];
        for (int i = 0; i < blocks.size(); i++) {
            for (Operation operation : blocks.get(i).operations()) home[operation.target()] = i;
        }
        boolean[] stable = new boolean[registers];
        for (int r = 0; r < registers; r++) stable[r] = writes[r] == 1;
        for (int i = 0; i < blocks.size(); i++) {
            if (!flow.isReached(i)) continue;
            var seen = new BitSet();
            for (Operation operation : blocks.get(i).operations()) {
                note(operation.reads(), i, seen, home, stable, flow);
                seen.set(operation.target());
            }
            note(blocks.get(i).end().reads(), i, seen, home, stable, flow);
        }
        return stable;
    }

    /** A register that is read where it may not have been written is not stable. */
    private static void note(
            List<Operand> operands, int block, BitSet writtenHere, int[] home, boolean[] stable, Flow flow) {
        for (Operand operand : operands) {
            if (!(operand instanceof Operand.Register(int r)) || r >= stable.length) continue;
            stable[r] &=
                    home[r] == block ? writtenHere.get(r) : flow.isReached(home[r]) && flow.dominates(home[r], block);
        }
    }

    void run() {
        for (int i = 0; i < blocks.size(); i++) {
            if (!flow.isReached(i)) continue;
            facts[i] = known(i);
            Block block = blocks.get(i);
            Terminator end = switch (block.end()) {
                case Terminator.Return _ -> block.end();
                case Terminator.Jump(int next) -> new Terminator.Jump(past(next, facts[i]));
                case Terminator.Branch b -> led(b, facts[i]);
            };
            if (!end.equals(block.end())) blocks.set(i, new Block(block.operations(), end));
        }
    }

    private @Nullable Facts known(int block) {
        int predecessor = flow.onlyPredecessor(block);
        if (predecessor >= 0) return onEdge(predecessor, block);
        int dominator = flow.dominator(block);
        return dominator < 0 ? null : facts[dominator];
    }

    private @Nullable Facts onEdge(int from, int to) {
        // The flow was taken before edges were led elsewhere, so an edge may no longer be there; then nothing is added.
        if (blocks.get(from).end() instanceof Terminator.Branch b && b.ifTrue() != b.ifFalse()) {
            if (b.ifTrue() == to) return with(b, true, facts[from]);
            if (b.ifFalse() == to) return with(b, false, facts[from]);
        }
        return facts[from];
    }

    private @Nullable Facts with(Terminator.Branch b, boolean holds, @Nullable Facts before) {
        if (b.left() instanceof Operand.Register(int register)
                && register < stable.length
                && stable[register]
                && b.right() instanceof Operand.Constant(int constant)) {
            return new Facts(b.comparison(), register, constant, holds, before);
        }
        return before;
    }

    private Terminator led(Terminator.Branch b, @Nullable Facts known) {
        switch (answer(b, known)) {
            case YES -> {
                return new Terminator.Jump(past(b.ifTrue(), known));
            }
            case NO -> {
                return new Terminator.Jump(past(b.ifFalse(), known));
            }
            case UNKNOWN -> {
                int ifTrue = past(b.ifTrue(), with(b, true, known));
                int ifFalse = past(b.ifFalse(), with(b, false, known));
                return new Terminator.Branch(b.comparison(), b.left(), b.right(), ifTrue, ifFalse);
            }
        }
        throw new IllegalStateException("an answer is one of three");
    }

    /** Where an edge to a block ends if every question there is answered by what is known on it. */
    private int past(int block, @Nullable Facts known) {
        int at = block;
        for (int i = 0; i < FURTHEST; i++) {
            Block next = blocks.get(at);
            if (!next.operations().isEmpty()) return at;
            switch (next.end()) {
                case Terminator.Return _ -> {
                    return at;
                }
                case Terminator.Jump(int further) -> at = further;
                case Terminator.Branch b -> {
                    Facts.Answer answer = answer(b, known);
                    if (answer == Facts.Answer.UNKNOWN) return at;
                    at = answer == Facts.Answer.YES ? b.ifTrue() : b.ifFalse();
                }
            }
        }
        return at;
    }

    private Facts.Answer answer(Terminator.Branch b, @Nullable Facts known) {
        if (!(b.right() instanceof Operand.Constant(int constant))) return Facts.Answer.UNKNOWN;
        return switch (b.left()) {
            case Operand.Constant(int value) -> Facts.Answer.of(b.comparison().holds(value, constant));
            case Operand.Register(int register) ->
                register < stable.length && stable[register]
                        ? Facts.answer(known, b.comparison(), register, constant, bounds)
                        : Facts.Answer.UNKNOWN;
        };
    }
}
