package io.pairwire.decode.filter.pcap;

import io.pairwire.decode.filter.ir.Comparison;
import io.pairwire.decode.filter.ir.Operator;
import java.util.List;

/** An expression as it was understood, before anything is known of the packets it will be asked about. */
sealed interface Expression {

    /** Is there a {@code protochain} in it, for which libpcap leaves the whole program as it is written? */
    default boolean hasChain() {
        return switch (this) {
            case All(var parts) -> parts.stream().anyMatch(Expression::hasChain);
            case Any(var parts) -> parts.stream().anyMatch(Expression::hasChain);
            case Not(var part) -> part.hasChain();
            case Id id -> id.qualifiers().kind() == Qualifiers.Kind.PROTOCHAIN;
            case Relation _, Bare _, Primitive _ -> false;
        };
    }

    /** All must hold; asked in their order. */
    record All(List<Expression> parts) implements Expression {}

    /** One must hold; asked in their order. */
    record Any(List<Expression> parts) implements Expression {}

    record Not(Expression part) implements Expression {}

    /** {@code left comparison right}, or its opposite. */
    record Relation(Comparison comparison, boolean opposite, Value left, Value right, int column)
            implements Expression {}

    /**
     * An address, port or protocol number with its qualifiers.
     *
     * @param mask what follows: {@code /} and a number, {@code mask} and a dotted number, or nothing
     */
    record Id(Qualifiers qualifiers, Token id, Mask mask, int column) implements Expression {}

    /** A protocol and nothing else. */
    record Bare(Protocol protocol, int column) implements Expression {}

    /**
     * Any other primitive.
     *
     * @param name its keyword
     * @param protocol what stands before it
     * @param arguments what follows
     */
    record Primitive(String name, Protocol protocol, List<Token> arguments, int column) implements Expression {}

    /** What follows an address. */
    sealed interface Mask {
        record None() implements Mask {}

        record Bits(int length) implements Mask {}

        record Dotted(String text) implements Mask {}
    }

    /** Arithmetic. */
    sealed interface Value {
        record Number(int value) implements Value {}

        record Length() implements Value {}

        /** {@code protocol[index:size]}. */
        record Field(Protocol protocol, Value index, int size, int column) implements Value {}

        record Binary(Operator operator, Value left, Value right, int column) implements Value {}

        record Negative(Value value) implements Value {}
    }
}
