package io.pairwire.decode.filter.ir;

import java.util.List;

/** Operations that run one after the other, and what comes then. */
public record Block(List<Operation> operations, Terminator end) {
    public Block {
        operations = List.copyOf(operations);
    }

    /** The blocks that may follow, the one for true first. */
    public int[] successors() {
        return switch (end) {
            case Terminator.Return _ -> new int[0];
            case Terminator.Jump(int block) -> new int[] {block};
            case Terminator.Branch b -> new int[] {b.ifTrue(), b.ifFalse()};
        };
    }
}
