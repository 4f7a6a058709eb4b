package io.pairwire.decode.filter.pcap;

import io.pairwire.decode.filter.text.FilterSyntaxException;
import io.pairwire.decode.filter.text.Suggestion;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The words of an expression and a place among them, which a parser moves on. */
final class Words {
    private static final Set<String> ARITHMETIC =
            Set.of("+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "<", ">", "<=", ">=", "=", "!=");

    private final String text;
    private final List<Token> tokens;
    private final int[] partners;
    private int at;

    Words(String text) {
        this.text = text;
        tokens = Lexer.split(text);
        partners = new int[tokens.size()];
        Arrays.fill(partners, tokens.size() - 1);
        var open = new ArrayDeque<Integer>();
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is("(")) open.push(i);
            else if (tokens.get(i).is(")") && !open.isEmpty()) partners[open.pop()] = i;
        }
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(int further) {
        return tokens.get(Math.min(at + further, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (!token.is(Token.Kind.END)) at++;
        return token;
    }

    /** Takes the word if it is this one. */
    boolean take(String word) {
        if (!peek().is(word)) return false;
        at++;
        return true;
    }

    void expect(String word) {
        if (!take(word)) throw unexpected("\"" + word + "\" is missing");
    }

    Token expect(Token.Kind kind, String what) {
        if (!peek().is(kind)) throw unexpected(what + " is missing");
        return next();
    }

    /** Does arithmetic or a comparison follow the word at hand, or the parenthesis that closes it? */
    boolean isOperand() {
        int last = peek().is("(") ? partners[at] : at;
        return last + 1 < tokens.size() && isArithmetic(tokens.get(last + 1));
    }

    private static boolean isArithmetic(Token token) {
        return token.is(Token.Kind.SYMBOL) && ARITHMETIC.contains(token.text());
    }

    /** Does something begin here that gets its qualifiers from what stood before: an address, a port, a list of them? */
    boolean startsWithId() {
        for (int i = at; ; i++) {
            Token token = tokens.get(i);
            if (token.is("not")) continue;
            if (token.is("(")) {
                if (isArithmetic(tokens.get(Math.min(partners[i] + 1, tokens.size() - 1)))) return false;
                continue;
            }
            return switch (token.kind()) {
                case NAME, DOTTED, IPV6, MAC, ARCNET -> true;
                case NUMBER -> !isArithmetic(tokens.get(i + 1));
                case KEYWORD, SYMBOL, END -> false;
            };
        }
    }

    FilterSyntaxException unexpected(String reason) {
        Token token = peek();
        if (token.is(Token.Kind.END)) return error(reason + " at the end", token.column());
        String hint = token.is(Token.Kind.NAME) ? Suggestion.of(token.text(), Keywords.known()) : "";
        return error(reason + " before \"" + token.text() + "\"" + hint, token.column());
    }

    FilterSyntaxException error(String reason, int column) {
        return new FilterSyntaxException(reason, text, column);
    }
}
