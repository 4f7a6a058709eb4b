package io.pairwire.decode.filter.pcap;

import io.pairwire.decode.filter.ir.Comparison;
import io.pairwire.decode.filter.ir.Operator;
import io.pairwire.decode.filter.pcap.Expression.Value;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Set;

/**
 * Understands arithmetic: {@code |} has the lowest rank, then {@code &}, shifts, {@code + -}, {@code * /}, a sign. In libpcap's
 * grammar {@code %} and {@code ^} have no rank: beside them everything groups from the right, and so it does here.
 */
final class ValueParser {
    private static final int DEEPEST = 100;
    private static final int MOST_OPERATORS = 500;
    private static final int NO_RANK = 0;
    private static final int SIGN = 6;

    private static final Map<String, Operator> OPERATORS = Map.of(
            "+", Operator.ADD,
            "-", Operator.SUBTRACT,
            "*", Operator.MULTIPLY,
            "/", Operator.DIVIDE,
            "%", Operator.REMAINDER,
            "&", Operator.AND,
            "|", Operator.OR,
            "^", Operator.XOR,
            "<<", Operator.SHIFT_LEFT,
            ">>", Operator.SHIFT_RIGHT);

    private static final Set<String> RELATIONS = Set.of("<", ">", "<=", ">=", "=", "!=");

    private final Words words;
    private int depth;
    private int operators;

    ValueParser(Words words) {
        this.words = words;
    }

    static boolean isRelation(Token token) {
        return token.is(Token.Kind.SYMBOL) && RELATIONS.contains(token.text());
    }

    /** Does a comparison of numbers begin here? */
    boolean startsHere() {
        Token first = words.peek();
        if (first.is("-") || first.is("len")) return true;
        if (first.is(Token.Kind.NUMBER) || first.is("(")) return words.isOperand();
        return first.is(Token.Kind.KEYWORD)
                && Protocol.of(first.text()) != Protocol.ANY
                && words.peek(1).is("[");
    }

    Expression relation() {
        int column = words.peek().column();
        operators = 0;
        Value left = value();
        if (!isRelation(words.peek())) throw words.unexpected("a comparison such as = or > is missing");
        String symbol = words.next().text();
        Value right = value();
        return switch (symbol) {
            case "=" -> new Expression.Relation(Comparison.EQUAL, false, left, right, column);
            case "!=" -> new Expression.Relation(Comparison.EQUAL, true, left, right, column);
            case ">" -> new Expression.Relation(Comparison.GREATER, false, left, right, column);
            case "<=" -> new Expression.Relation(Comparison.GREATER, true, left, right, column);
            case ">=" -> new Expression.Relation(Comparison.GREATER_OR_EQUAL, false, left, right, column);
            default -> new Expression.Relation(Comparison.GREATER_OR_EQUAL, true, left, right, column);
        };
    }

    /** An operator that waits for its right side; a sign has no operator of its own. */
    private record Waiting(Token token, int rank) {}

    private Value value() {
        if (++depth > DEEPEST)
            throw words.error(
                    "nested more than " + DEEPEST + " deep", words.peek().column());
        var values = new ArrayDeque<Value>();
        var waiting = new ArrayDeque<Waiting>();
        while (true) {
            while (words.peek().is("-")) waiting.push(new Waiting(words.next(), SIGN));
            values.push(primary());
            Token operator = words.peek();
            boolean more = operator.is(Token.Kind.SYMBOL) && OPERATORS.containsKey(operator.text());
            while (!waiting.isEmpty() && (!more || comesFirst(waiting.peek().rank(), rank(operator)))) {
                apply(waiting.pop(), values);
            }
            if (!more) break;
            waiting.push(new Waiting(words.next(), rank(operator)));
        }
        depth--;
        return values.pop();
    }

    private static boolean comesFirst(int before, int behind) {
        return before != NO_RANK && behind != NO_RANK && before >= behind;
    }

    private static int rank(Token operator) {
        return switch (operator.text()) {
            case "|" -> 1;
            case "&" -> 2;
            case "<<", ">>" -> 3;
            case "+", "-" -> 4;
            case "*", "/" -> 5;
            default -> NO_RANK;
        };
    }

    private void apply(Waiting operator, ArrayDeque<Value> values) {
        if (++operators > MOST_OPERATORS) {
            throw words.error(
                    "more than " + MOST_OPERATORS + " operators in a comparison",
                    operator.token().column());
        }
        Value right = values.pop();
        if (operator.rank() == SIGN) {
            values.push(new Value.Negative(right));
        } else {
            Operator meant = OPERATORS.getOrDefault(operator.token().text(), Operator.ADD);
            values.push(new Value.Binary(
                    meant, values.pop(), right, operator.token().column()));
        }
    }

    private Value primary() {
        Token token = words.next();
        if (token.is(Token.Kind.NUMBER)) return new Value.Number(token.number());
        if (token.is("len")) return new Value.Length();
        if (token.is("(")) {
            Value inner = value();
            words.expect(")");
            return inner;
        }
        Protocol protocol = token.is(Token.Kind.KEYWORD) ? Protocol.of(token.text()) : Protocol.ANY;
        if (protocol == Protocol.ANY || !words.take("[")) {
            throw words.error("a number, len or a field such as ip[0] is missing", token.column());
        }
        Value index = value();
        int size =
                words.take(":") ? words.expect(Token.Kind.NUMBER, "1, 2 or 4").number() : 1;
        words.expect("]");
        return new Value.Field(protocol, index, size, token.column());
    }
}
