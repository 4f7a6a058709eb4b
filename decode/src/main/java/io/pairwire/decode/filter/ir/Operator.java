package io.pairwire.decode.filter.ir;

/** Arithmetic on unsigned 32-bit numbers; overflow wraps. */
public enum Operator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    /** Ends the program with 0 if the divisor is zero. */
    DIVIDE("/"),
    /** The remainder; ends the program with 0 if the divisor is zero. */
    REMAINDER("%"),
    AND("&"),
    OR("|"),
    XOR("^"),
    /** By 32 or more: 0. */
    SHIFT_LEFT("<<"),
    /** Zeros move in; by 32 or more: 0. */
    SHIFT_RIGHT(">>");

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    /** Can it end the program? */
    public boolean divides() {
        return this == DIVIDE || this == REMAINDER;
    }

    /**
     * The result.
     *
     * @throws ArithmeticException if a divisor is zero
     */
    public int apply(int left, int right) {
        return switch (this) {
            case ADD -> left + right;
            case SUBTRACT -> left - right;
            case MULTIPLY -> left * right;
            case DIVIDE -> Integer.divideUnsigned(left, right);
            case REMAINDER -> Integer.remainderUnsigned(left, right);
            case AND -> left & right;
            case OR -> left | right;
            case XOR -> left ^ right;
            case SHIFT_LEFT -> right >= 0 && right < 32 ? left << right : 0;
            case SHIFT_RIGHT -> right >= 0 && right < 32 ? left >>> right : 0;
        };
    }
}
