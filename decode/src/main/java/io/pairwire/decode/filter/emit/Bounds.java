package io.pairwire.decode.filter.emit;

import io.pairwire.decode.filter.ir.Block;
import io.pairwire.decode.filter.ir.IrProgram;
import io.pairwire.decode.filter.ir.Operand;
import io.pairwire.decode.filter.ir.Operation;
import io.pairwire.decode.filter.ir.Terminator;
import java.util.Arrays;
import java.util.List;

/**
 * How many bytes must have been captured where. A packet that is shorter than every way to acceptance from a block demands is refused
 * on all of them, sooner or later; so it may be refused at that block at once, and what follows need not look again.
 */
final class Bounds {
    private static final long NEVER = Long.MAX_VALUE;

    private final long[] needed;
    private final long[] checked;

    Bounds(IrProgram program) {
        List<Block> blocks = program.blocks();
        needed = new long[blocks.size()];
        checked = new long[blocks.size()];
        boolean loops = program.loops();
        for (int i = needed.length - 1; i >= 0; i--) {
            needed[i] = furthest(blocks.get(i).operations());
            if (!loops) needed[i] = Math.max(needed[i], behind(blocks.get(i)));
        }
        if (!loops) passOn(blocks);
    }

    /** The least that a way to acceptance demands behind a block. */
    private long behind(Block block) {
        if (block.end() instanceof Terminator.Return(Operand value)) {
            return value instanceof Operand.Constant(int kept) && kept == 0 ? NEVER : 0;
        }
        return Arrays.stream(block.successors())
                .mapToLong(next -> needed[next])
                .min()
                .orElse(0);
    }

    private void passOn(List<Block> blocks) {
        Arrays.fill(checked, NEVER);
        checked[0] = 0;
        for (int i = 0; i < checked.length; i++) {
            if (checked[i] == NEVER) continue; // cannot be reached
            for (int next : blocks.get(i).successors()) checked[next] = Math.min(checked[next], after(i));
        }
    }

    private static long furthest(List<Operation> operations) {
        long end = 0;
        for (Operation operation : operations) {
            if (operation instanceof Operation.Load load && load.isFixed()) end = Math.max(end, load.end());
        }
        return end;
    }

    /** Does no way from here lead to acceptance? */
    boolean isHopeless(int block) {
        return needed[block] == NEVER;
    }

    /** Is a check to be made at the start of this block? One made on every way to it, as far, is enough. */
    boolean isOpen(int block) {
        return !isHopeless(block) && needed[block] > checked[block];
    }

    /** What to check there, bytes. */
    long needed(int block) {
        return needed[block];
    }

    /** Bytes that are known to have been captured once the check at the start of this block, if there is one, is done. */
    long after(int block) {
        return isOpen(block) ? needed[block] : checked[block];
    }
}
