package io.pairwire.decode.filter.vflisp;

import io.pairwire.decode.filter.text.FilterSyntaxException;
import io.pairwire.decode.filter.text.Suggestion;
import io.pairwire.decode.filter.vfm.VfmField;
import io.pairwire.decode.filter.vfm.VfmMode;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one expression and checks how operators and values go together. */
final class LispParser {
    private static final int LONGEST = 1 << 16;
    private static final int DEEPEST = 200;
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger END = BigInteger.ONE.shiftLeft(64);
    private static final Map<String, VfmField> FIELDS = new LinkedHashMap<>();

    static {
        for (VfmField field : VfmField.values()) {
            FIELDS.put(field.word(), field);
        }
    }

    private final String text;
    private final VfmMode mode;
    private int at;

    private LispParser(String text, VfmMode mode) {
        this.text = text;
        this.mode = mode;
    }

    static Expression parse(String text, VfmMode mode) {
        if (text.length() > LONGEST) {
            throw new FilterSyntaxException("the expression has more than " + LONGEST + " characters", "", 1);
        }
        var parser = new LispParser(text, mode);
        Expression expression = parser.expression(0);
        if (parser.skipBlanks()) {
            throw parser.error("one expression was expected, and there is more; join them with (and ...)", parser.at);
        }
        return expression;
    }

    private Expression expression(int depth) {
        if (!skipBlanks()) throw error("an expression is missing", at);
        if (depth > DEEPEST) throw error("nested deeper than " + DEEPEST, at);
        int start = at;
        char c = text.charAt(at);
        if (c == ')') throw error("there is no \"(\" for this \")\"", at);
        if (c != '(') return atom(word(), start);
        at++;
        if (!skipBlanks()) throw error("\")\" is missing", at);
        int place = at;
        String symbol = word();
        LispOperator operator = LispOperator.of(symbol)
                .orElseThrow(() -> error(
                        "an operator was expected behind \"(\""
                                + (symbol.isEmpty() ? "" : ", not \"" + symbol + "\"")
                                + Suggestion.of(symbol, LispOperator.SYMBOLS),
                        place));
        var arguments = new ArrayList<Expression>();
        while (true) {
            if (!skipBlanks()) throw error("\")\" is missing", at);
            if (text.charAt(at) == ')') break;
            arguments.add(expression(depth + 1));
        }
        at++;
        String objection = operator.objection(arguments.size());
        if (!objection.isEmpty()) throw error(objection, place);
        check(operator, arguments);
        return new Expression.Call(operator, arguments, start + 1);
    }

    /** Addresses of IPv6 are compared with their like and go into bit operators with their like. */
    private void check(LispOperator operator, List<Expression> arguments) {
        boolean mayBeWide = operator.compares() || operator.isBitwise();
        for (Expression argument : arguments) {
            if (argument.isWide() && !mayBeWide) {
                throw error("\"" + operator.symbol() + "\" takes no IPv6 address", argument.column() - 1);
            }
            if (argument.isWide() != arguments.getFirst().isWide()) {
                if (argument instanceof Expression.Address || arguments.getFirst() instanceof Expression.Address) {
                    throw error("an IPv6 address is only like src-ip6 and dst-ip6", argument.column() - 1);
                }
                throw error("an IPv6 address and a number do not go together", argument.column() - 1);
            }
        }
    }

    private Expression atom(String word, int start) {
        int column = start + 1;
        if (word.indexOf(':') >= 0) return address(word, column);
        if (word.matches("-?[0-9].*")) return new Expression.Number(number(word, start), column);
        VfmField field = FIELDS.get(word);
        boolean unknown = field == null || field == VfmField.INNER_ETHERTYPE && mode != VfmMode.SOUND;
        if (!unknown) return new Expression.Field(field, column);
        if (LispOperator.of(word).isPresent()) {
            throw error("\"" + word + "\" is an operator and stands behind \"(\"", start);
        }
        throw error("unknown field \"" + word + "\"" + Suggestion.of(word, FIELDS.keySet()), start);
    }

    private long number(String word, int start) {
        if (word.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")) return dottedQuad(word, start);
        int radix = word.startsWith("0x") ? 16 : word.startsWith("0b") ? 2 : 10;
        String digits = radix == 10 ? word : word.substring(2);
        String allowed = radix == 16 ? "[0-9a-fA-F]+" : radix == 2 ? "[01]+" : "-?[0-9]+";
        if (!digits.matches(allowed)) throw error("\"" + word + "\" is no number and no address", start);
        BigInteger value = digits.length() > 70 ? END : new BigInteger(digits, radix);
        BigInteger end = radix == 10 ? END.shiftRight(1) : END;
        if (value.compareTo(end) >= 0 || value.compareTo(LEAST) < 0) {
            throw error("the number does not fit into 64 bits", start);
        }
        return value.longValue();
    }

    private long dottedQuad(String word, int start) {
        long address = 0;
        for (String part : word.split("\\.")) {
            int octet = Integer.parseInt(part);
            if (octet > 255) throw error("\"" + word + "\" is no IPv4 address: " + part + " exceeds 255", start);
            address = address << 8 | octet;
        }
        return address;
    }

    private Expression address(String word, int column) {
        if (!word.matches("[0-9a-fA-F:.]+")) throw error("\"" + word + "\" is no IPv6 address", column - 1);
        byte[] bytes;
        try {
            bytes = Inet6Address.ofLiteral(word).getAddress(); // never looks anything up
        } catch (IllegalArgumentException e) {
            throw error("\"" + word + "\" is no IPv6 address", column - 1);
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (i < 8 && bytes.length == 16) high = high << 8 | bytes[i] & 0xff;
            else low = low << 8 | bytes[i] & 0xff;
        }
        return new Expression.Address(high, bytes.length == 4 ? 0xffff_0000_0000L | low : low, column);
    }

    /** Everything up to a blank, a parenthesis or a comment. */
    private String word() {
        int from = at;
        while (at < text.length() && " \t\r\n();".indexOf(text.charAt(at)) < 0) at++;
        return text.substring(from, at);
    }

    /** Past blanks and comments; is anything left? */
    private boolean skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ';') {
                while (at < text.length() && text.charAt(at) != '\n') at++;
            } else if (" \t\r\n".indexOf(c) >= 0) {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private FilterSyntaxException error(String reason, int from) {
        return new FilterSyntaxException(reason, text, from + 1);
    }
}
