package io.pairwire.decode.filter.ir;

/** What an operation works on: a register or a constant, an unsigned number of 32 bits. */
public sealed interface Operand {

    /**
     * A register; zero until it is written.
     *
     * @param number from 0
     */
    record Register(int number) implements Operand {
        @Override
        public String toString() {
            return "r" + number;
        }
    }

    record Constant(int value) implements Operand {
        @Override
        public String toString() {
            return Integer.compareUnsigned(value, 10) < 0 ? String.valueOf(value) : "0x" + Integer.toHexString(value);
        }
    }
}
