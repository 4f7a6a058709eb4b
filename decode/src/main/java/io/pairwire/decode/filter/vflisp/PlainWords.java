package io.pairwire.decode.filter.vflisp;

import io.pairwire.decode.filter.text.FilterSyntaxException;
import io.pairwire.decode.filter.vfm.VfmMode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** Says in words how an expression of VFLisp was understood. */
public final class PlainWords {
    private final StringBuilder text = new StringBuilder();

    private PlainWords() {}

    /**
     * A line a question, what belongs together indented.
     *
     * @throws FilterSyntaxException if this is no expression
     */
    public static String of(String expression, VfmMode mode) {
        var words = new PlainWords();
        words.tell(LispParser.parse(expression, mode), 0, "");
        return words.text.toString();
    }

    private void line(int depth, String words) {
        text.repeat("  ", depth).append(words).append('\n');
    }

    private void tell(Expression expression, int depth, String before) {
        if (!(expression instanceof Expression.Call call) || !call.operator().asks()) {
            line(depth, before + words(expression) + " is not 0");
            return;
        }
        switch (call.operator()) {
            case AND -> tellAll("all of", call, depth, before);
            case OR -> tellAll("one of", call, depth, before);
            case NOT -> tellAll("not", call, depth, before);
            case IF -> {
                tell(call.argument(0), depth, before + "if ");
                tell(call.argument(1), depth + 1, "then ");
                tell(call.argument(2), depth + 1, "otherwise ");
            }
            default ->
                line(
                        depth,
                        before + words(call.argument(0)) + " " + verb(call.operator()) + " " + words(call.argument(1)));
        }
    }

    private void tellAll(String what, Expression.Call call, int depth, String before) {
        line(depth, before + what);
        call.arguments().forEach(part -> tell(part, depth + 1, ""));
    }

    private static String verb(LispOperator operator) {
        return switch (operator) {
            case EQUAL -> "is";
            case NOT_EQUAL -> "is there and is not";
            case GREATER -> "is greater than";
            case GREATER_OR_EQUAL -> "is at least";
            case LESS -> "is less than";
            case LESS_OR_EQUAL -> "is at most";
            default -> operator.symbol();
        };
    }

    private static String words(Expression expression) {
        return switch (expression) {
            case Expression.Number(long value, int _) -> Long.toUnsignedString(value);
            case Expression.Field(var field, int _) -> field.word();
            case Expression.Address(long high, long low, int _) -> address(high, low);
            case Expression.Call call ->
                "("
                        + String.join(
                                " " + call.operator().symbol() + " ",
                                call.arguments().stream().map(PlainWords::words).toList())
                        + ")";
        };
    }

    private static String address(long high, long low) {
        try {
            return InetAddress.getByAddress(
                            ByteBuffer.allocate(16).putLong(high).putLong(low).array())
                    .getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }
}
