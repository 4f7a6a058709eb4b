package io.pairwire.decode.filter.vflisp;

import io.pairwire.decode.filter.vfm.VfmOpcode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What stands behind an opening parenthesis. */
enum LispOperator {
    IF("if", 3, 3, null),
    AND("and", 2, LispOperator.ANY, null),
    OR("or", 2, LispOperator.ANY, null),
    NOT("not", 1, 1, null),
    EQUAL("=", 2, 2, VfmOpcode.EQ),
    NOT_EQUAL("!=", 2, 2, VfmOpcode.NE),
    GREATER(">", 2, 2, VfmOpcode.GT),
    GREATER_OR_EQUAL(">=", 2, 2, VfmOpcode.GE),
    LESS("<", 2, 2, VfmOpcode.LT),
    LESS_OR_EQUAL("<=", 2, 2, VfmOpcode.LE),
    ADD("+", 2, LispOperator.ANY, VfmOpcode.ADD),
    MULTIPLY("*", 2, LispOperator.ANY, VfmOpcode.MUL),
    BITS_AND("&", 2, LispOperator.ANY, VfmOpcode.AND),
    BITS_OR("|", 2, LispOperator.ANY, VfmOpcode.OR),
    BITS_XOR("^", 2, LispOperator.ANY, VfmOpcode.XOR),
    SUBTRACT("-", 2, 2, VfmOpcode.SUB),
    DIVIDE("/", 2, 2, VfmOpcode.DIV),
    REMAINDER("%", 2, 2, VfmOpcode.MOD),
    SHIFT_LEFT("<<", 2, 2, VfmOpcode.SHL),
    SHIFT_RIGHT(">>", 2, 2, VfmOpcode.SHR);

    private static final int ANY = Integer.MAX_VALUE;

    static final List<String> SYMBOLS =
            Arrays.stream(values()).map(operator -> operator.symbol).toList();

    private final String symbol;
    private final int fewest;
    private final int most;
    private final @Nullable VfmOpcode opcode;

    LispOperator(String symbol, int fewest, int most, @Nullable VfmOpcode opcode) {
        this.symbol = symbol;
        this.fewest = fewest;
        this.most = most;
        this.opcode = opcode;
    }

    static Optional<LispOperator> of(String symbol) {
        return Arrays.stream(values())
                .filter(operator -> operator.symbol.equals(symbol))
                .findFirst();
    }

    String symbol() {
        return symbol;
    }

    /** The instruction for two numbers. */
    VfmOpcode opcode() {
        if (opcode == null) throw new IllegalStateException(symbol + " is no instruction");
        return opcode;
    }

    boolean compares() {
        return ordinal() >= EQUAL.ordinal() && ordinal() <= LESS_OR_EQUAL.ordinal();
    }

    /** Does it look at truth, its own or that of its arguments? */
    boolean asks() {
        return ordinal() <= LESS_OR_EQUAL.ordinal();
    }

    boolean isBitwise() {
        return this == BITS_AND || this == BITS_OR || this == BITS_XOR;
    }

    /** What is wrong with so many arguments; empty if nothing is. */
    String objection(int arguments) {
        if (arguments >= fewest && arguments <= most) return "";
        String takes = fewest + (most == ANY ? " or more" : "");
        return "\"" + symbol + "\" takes " + takes + (fewest == 1 ? " argument" : " arguments") + ", not " + arguments;
    }
}
