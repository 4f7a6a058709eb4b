package io.pairwire.decode.filter.pcap;

/**
 * A word of an expression.
 *
 * @param text as it means: a keyword in its first spelling, a name without its backslash
 * @param number the value of a number
 * @param column where it begins, from 1
 */
record Token(Kind kind, String text, int number, int column) {

    enum Kind {
        KEYWORD,
        SYMBOL,
        NUMBER,
        NAME,
        /** Two to four numbers with dots between. */
        DOTTED,
        IPV6,
        MAC,
        /** An ARCnet address, {@code $} and a byte. */
        ARCNET,
        END
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** Is it this keyword or symbol? */
    boolean is(String word) {
        return (kind == Kind.KEYWORD || kind == Kind.SYMBOL) && text.equals(word);
    }
}
