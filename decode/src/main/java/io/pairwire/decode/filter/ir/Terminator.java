package io.pairwire.decode.filter.ir;

import java.util.List;

/** How a block ends. */
public sealed interface Terminator {

    /** What is read. */
    default List<Operand> reads() {
        return switch (this) {
            case Return(Operand value) -> List.of(value);
            case Jump _ -> List.of();
            case Branch b -> List.of(b.left(), b.right());
        };
    }

    /** Ends the program: 0 refuses the packet, anything else is how many bytes of it to keep. */
    record Return(Operand value) implements Terminator {
        @Override
        public String toString() {
            return "return " + value;
        }
    }

    /** Goes on with another block. */
    record Jump(int block) implements Terminator {
        @Override
        public String toString() {
            return "go to " + block;
        }
    }

    /** Goes on with one of two blocks. */
    record Branch(Comparison comparison, Operand left, Operand right, int ifTrue, int ifFalse) implements Terminator {
        @Override
        public String toString() {
            return "if " + left + " " + comparison.symbol() + " " + right + " go to " + ifTrue + " else " + ifFalse;
        }
    }
}
