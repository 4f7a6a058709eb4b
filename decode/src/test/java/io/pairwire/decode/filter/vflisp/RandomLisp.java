package io.pairwire.decode.filter.vflisp;

import java.util.Random;

/** Expressions of random make that are right. */
public final class RandomLisp {
    private static final String[] FIELDS = {
        "proto",
        "src-ip",
        "dst-ip4",
        "src-port",
        "dst-port",
        "ethertype",
        "inner-ethertype",
        "ip-len",
        "tcp-flags",
        "ip-version",
        "next-hdr",
        "hop-limit",
        "has-ext-hdr",
        "ext-hdr-count",
        "ext-hdr-len",
        "final-proto",
        "frag-id",
        "frag-offset",
        "frag-flags"
    };
    private static final String[] NUMBERS = {
        "0", "1", "6", "17", "53", "80", "10.0.0.1", "192.168.1.1", "0x0800", "0x86dd", "40", "255", "4294967295", "-1"
    };
    private static final String[] WIDE = {"src-ip6", "dst-ip6", "::1", "fe80::1", "ff02::1", "ffff::"};
    private static final String[] COMPARISONS = {"=", "!=", "<", "<=", ">", ">="};
    private static final String[] ARITHMETIC = {"+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>"};

    private RandomLisp() {}

    public static String next(Random random, int depth) {
        if (depth == 0 || random.nextInt(3) == 0) return comparison(random);
        return switch (random.nextInt(6)) {
            case 0 -> "(not " + next(random, depth - 1) + ")";
            case 1, 2 -> "(and " + next(random, depth - 1) + " " + next(random, depth - 1) + ")";
            case 3, 4 -> "(or " + next(random, depth - 1) + " " + next(random, depth - 1) + ")";
            default ->
                "(if " + next(random, depth - 1) + " " + next(random, depth - 1) + " " + next(random, depth - 1) + ")";
        };
    }

    private static String comparison(Random random) {
        String operator = one(random, COMPARISONS);
        return switch (random.nextInt(8)) {
            case 0 -> "(" + operator + " " + wide(random) + " " + wide(random) + ")";
            case 1 -> value(random, 2);
            default -> "(" + operator + " " + value(random, 2) + " " + value(random, 1) + ")";
        };
    }

    private static String wide(Random random) {
        String word = one(random, WIDE);
        return random.nextInt(3) > 0
                ? word
                : "(" + one(random, "&", "|", "^") + " " + word + " " + one(random, WIDE) + ")";
    }

    private static String value(Random random, int depth) {
        if (depth == 0 || random.nextInt(3) > 0) return one(random, random.nextInt(3) == 0 ? NUMBERS : FIELDS);
        if (random.nextInt(12) == 0) return comparison(random).startsWith("(") ? "(= 1 1)" : "1";
        return "(" + one(random, ARITHMETIC) + " " + value(random, depth - 1) + " " + value(random, depth - 1) + ")";
    }

    private static String one(Random random, String... words) {
        return words[random.nextInt(words.length)];
    }
}
