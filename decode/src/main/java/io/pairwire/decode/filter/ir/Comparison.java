package io.pairwire.decode.filter.ir;

/** A question about two unsigned 32-bit numbers. */
public enum Comparison {
    EQUAL("=="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    /** Have both a bit in common? */
    COMMON_BITS("&");

    private final String symbol;

    Comparison(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }

    public boolean holds(int left, int right) {
        return switch (this) {
            case EQUAL -> left == right;
            case GREATER -> Integer.compareUnsigned(left, right) > 0;
            case GREATER_OR_EQUAL -> Integer.compareUnsigned(left, right) >= 0;
            case COMMON_BITS -> (left & right) != 0;
        };
    }
}
