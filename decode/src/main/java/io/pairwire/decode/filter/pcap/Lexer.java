package io.pairwire.decode.filter.pcap;

import io.pairwire.decode.filter.text.FilterSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits an expression into words; where several kinds of word begin at a place, the longest is meant. */
final class Lexer {
    /** Longer expressions are refused. */
    static final int LONGEST = 1 << 16;

    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9A-Fa-f]+|[0-9]+");
    private static final Pattern DOTTED =
            Pattern.compile("(?:N\\.){1,3}N".replace("N", "(?:0[xX][0-9A-Fa-f]+|[0-9]+)"));
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[-_.A-Za-z0-9]*[.A-Za-z0-9])?");
    private static final Pattern ESCAPED = Pattern.compile("\\\\[^ !()\\n\\t]+");
    private static final Pattern ARCNET = Pattern.compile("\\$[0-9A-Fa-f]{1,2}");
    private static final Pattern[] MAC = {
        Pattern.compile("B(?::B){5}".replace("B", "[0-9A-Fa-f]{1,2}")),
        Pattern.compile("B(?:-B){5}".replace("B", "[0-9A-Fa-f]{1,2}")),
        Pattern.compile("B(?:\\.B){5}".replace("B", "[0-9A-Fa-f]{1,2}")),
        Pattern.compile("B\\.B\\.B".replace("B", "[0-9A-Fa-f]{4}")),
        Pattern.compile("[0-9A-Fa-f]{12}"),
    };
    private static final Pattern NOT_A_MAC = Pattern.compile("[0-9A-Fa-f]{1,2}:+(?:[0-9A-Fa-f]{1,2}:+)+");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    static List<Token> split(String text) {
        if (text.length() > LONGEST) {
            throw new FilterSyntaxException(
                    "the filter has " + text.length() + " characters, more than " + LONGEST, text, LONGEST + 1);
        }
        var lexer = new Lexer(text);
        lexer.split();
        return lexer.tokens;
    }

    private void split() {
        while (true) {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
            if (at == text.length()) break;
            if (!symbol() && !escaped() && !word()) {
                throw error("\"" + text.substring(at, text.offsetByCodePoints(at, 1)) + "\" does not belong here");
            }
        }
        tokens.add(new Token(Token.Kind.END, "", 0, text.length() + 1));
    }

    private FilterSyntaxException error(String reason) {
        return new FilterSyntaxException(reason, text, at + 1);
    }

    private void add(Token.Kind kind, String meant, int number, int length) {
        tokens.add(new Token(kind, meant, number, at + 1));
        at += length;
    }

    private boolean symbol() {
        String two = text.substring(at, Math.min(text.length(), at + 2));
        switch (two) {
            case ">=", "<=", "!=", "<<", ">>" -> add(Token.Kind.SYMBOL, two, 0, 2);
            case "==" -> add(Token.Kind.SYMBOL, "=", 0, 2);
            case "&&" -> add(Token.Kind.KEYWORD, "and", 0, 2);
            case "||" -> add(Token.Kind.KEYWORD, "or", 0, 2);
            default -> {
                if (two.startsWith("!")) add(Token.Kind.KEYWORD, "not", 0, 1);
                else if ("+-*/%:[]<>()&|^=".indexOf(two.charAt(0)) < 0 || longestIpv6() > 0) return false;
                else add(Token.Kind.SYMBOL, two.substring(0, 1), 0, 1);
            }
        }
        return true;
    }

    private boolean escaped() {
        int arcnet = length(ARCNET);
        if (arcnet > 0) {
            add(Token.Kind.ARCNET, text.substring(at + 1, at + arcnet), 0, arcnet);
            return true;
        }
        int length = length(ESCAPED);
        if (length == 0) return false;
        add(Token.Kind.NAME, text.substring(at + 1, at + length), 0, length);
        return true;
    }

    private boolean word() {
        int name = length(NAME);
        int mac = 0;
        for (Pattern pattern : MAC) mac = Math.max(mac, length(pattern));
        int number = length(NUMBER);
        int dotted = length(DOTTED);
        int ipv6 = longestIpv6();
        int notMac = length(NOT_A_MAC);
        int longest = Math.max(Math.max(Math.max(name, mac), Math.max(number, dotted)), Math.max(ipv6, notMac));
        if (longest == 0) return false;
        String word = text.substring(at, at + longest);
        if (longest == name && !Keywords.keyword(word).isEmpty()) {
            add(Token.Kind.KEYWORD, Keywords.keyword(word), 0, longest);
        } else if (longest == mac) {
            add(Token.Kind.MAC, word, 0, longest);
        } else if (longest == number) {
            add(Token.Kind.NUMBER, word, number(word), longest);
        } else if (longest == dotted) {
            add(Token.Kind.DOTTED, word, 0, longest);
        } else if (longest == ipv6) {
            add(Token.Kind.IPV6, word, 0, longest);
        } else if (longest == notMac) {
            throw error("\"" + word + "\" is no Ethernet address");
        } else if (Keywords.isNumber(word)) {
            add(Token.Kind.NUMBER, word, Keywords.number(word), longest);
        } else {
            add(Token.Kind.NAME, word, 0, longest);
        }
        return true;
    }

    private int length(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(at, text.length());
        return matcher.lookingAt() ? matcher.end() - at : 0;
    }

    private int longestIpv6() {
        int end = at;
        while (end < text.length() && end - at < 80 && "0123456789abcdefABCDEFxX:.".indexOf(text.charAt(end)) >= 0)
            end++;
        for (; end - at > 1; end--) if (Addresses.isIpv6(text.substring(at, end))) return end - at;
        return 0;
    }

    /** Hexadecimal after {@code 0x}, octal after {@code 0}, decimal otherwise, 32 bits. */
    private int number(String word) {
        boolean isHex = word.length() > 1 && Character.toLowerCase(word.charAt(1)) == 'x';
        int radix = isHex ? 16 : word.length() > 1 && word.charAt(0) == '0' ? 8 : 10;
        try {
            return Integer.parseUnsignedInt(isHex ? word.substring(2) : word, radix);
        } catch (NumberFormatException e) {
            boolean isOctal = radix == 8 && word.chars().anyMatch(digit -> digit > '7');
            throw error("the number " + word + (isOctal ? " begins with 0 and is not octal" : " exceeds 32 bits"));
        }
    }
}
