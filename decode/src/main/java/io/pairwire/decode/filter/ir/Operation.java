package io.pairwire.decode.filter.ir;

import java.util.List;

/** One step: writes a register. */
public sealed interface Operation {

    /** The register that is written. */
    int target();

    /** What is read. */
    default List<Operand> reads() {
        return switch (this) {
            case Move(int _, Operand source) -> List.of(source);
            case Load(int _, Operand base, int _, Width _) -> List.of(base);
            case Arithmetic(int _, Operator _, Operand left, Operand right) -> List.of(left, right);
            case Length _ -> List.of();
        };
    }

    /** Copies a number. */
    record Move(int target, Operand source) implements Operation {
        @Override
        public String toString() {
            return "r" + target + " = " + source;
        }
    }

    /** Bytes of the packet on the wire. */
    record Length(int target) implements Operation {
        @Override
        public String toString() {
            return "r" + target + " = length";
        }
    }

    /**
     * Bytes at {@code base + offset}, both unsigned and added without a wrap, counted from the start of the frame. Ends the
     * program with 0 if not all of them were captured.
     */
    record Load(int target, Operand base, int offset, Width width) implements Operation {
        /** Is the place the same in every packet? */
        public boolean isFixed() {
            return base instanceof Operand.Constant;
        }

        /** The first byte behind the load, for a fixed one; past what a packet can hold if it lies beyond 2 GB. */
        public long end() {
            long at = base instanceof Operand.Constant(int value) ? value & 0xffff_ffffL : 0;
            return at + (offset & 0xffff_ffffL) + width.bytes();
        }

        @Override
        public String toString() {
            String place = base instanceof Operand.Constant(int value) && value == 0 ? "" : base + " + ";
            return "r" + target + " = [" + place + Integer.toUnsignedString(offset) + ":" + width.bytes() + "]";
        }
    }

    record Arithmetic(int target, Operator operator, Operand left, Operand right) implements Operation {
        @Override
        public String toString() {
            return "r" + target + " = " + left + " " + operator.symbol() + " " + right;
        }
    }
}
