package io.pairwire.decode.filter.vflisp;

import io.pairwire.decode.filter.vfm.VfmField;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was read; {@code column} is where, from 1. */
sealed interface Expression {

    int column();

    /** A number of 64 bits. */
    record Number(long value, int column) implements Expression {}

    /** A number of 128 bits. */
    record Address(long high, long low, int column) implements Expression {}

    record Field(VfmField field, int column) implements Expression {}

    record Call(LispOperator operator, List<Expression> arguments, int column) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        Expression argument(int i) {
            return arguments.get(i);
        }
    }

    /** Is it a number of 128 bits? */
    default boolean isWide() {
        return switch (this) {
            case Number _ -> false;
            case Address _ -> true;
            case Field(VfmField field, int _) -> field.isWide();
            case Call call -> call.operator().isBitwise() && call.argument(0).isWide();
        };
    }

    /** Is it a question, so that nothing below it makes it absent? */
    default boolean isQuestion() {
        return this instanceof Call call && call.operator().asks();
    }

    /** Fields without which the expression has no value. */
    default Set<VfmField> needed() {
        var fields = new LinkedHashSet<VfmField>();
        collect(this, fields, false);
        fields.removeIf(VfmField::isAlwaysPresent);
        return fields;
    }

    /** All fields that are named anywhere. */
    default Set<VfmField> named() {
        var fields = new LinkedHashSet<VfmField>();
        collect(this, fields, true);
        return fields;
    }

    private static void collect(Expression expression, Set<VfmField> fields, boolean everywhere) {
        switch (expression) {
            case Field(VfmField field, int _) -> fields.add(field);
            case Call call -> {
                if (everywhere || !call.operator().asks()) {
                    call.arguments().forEach(argument -> collect(argument, fields, everywhere));
                }
            }
            case Number _, Address _ -> {}
        }
    }
}
