package io.pairwire.decode.filter.ir;

import java.util.ArrayList;
import java.util.List;

/** Programs that accept at least what another one accepts: where it goes on, they stop and accept. */
public final class Superset {
    private Superset() {}

    /** One that accepts everything. */
    public static IrProgram everything(int accepted) {
        return Lowering.lower(new Condition.Always(true), 0, accepted);
    }

    /**
     * The first blocks of a program. A way into another block, and a way back, accepts instead.
     *
     * @param blocks how many to keep, from 1
     * @param accepted what is returned then, not 0
     */
    public static IrProgram beginning(IrProgram program, int blocks, int accepted) {
        int kept = Math.min(blocks, program.blocks().size());
        if (kept < 1) throw new IllegalArgumentException("no block is kept: " + blocks);
        List<Block> all = new ArrayList<>(kept + 1);
        for (int i = 0; i < kept; i++) {
            int here = i;
            Block block = program.blocks().get(i);
            all.add(new Block(
                    block.operations(),
                    Lowering.moved(block.end(), next -> next <= here || next >= kept ? kept : next)));
        }
        all.add(new Block(List.of(), new Terminator.Return(new Operand.Constant(accepted))));
        return new IrProgram(all, program.registers());
    }
}
