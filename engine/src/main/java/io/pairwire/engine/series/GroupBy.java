package io.pairwire.engine.series;

import java.util.Locale;

/**
 * By what latencies are grouped.
 *
 * @param part of a pair that decides
 * @param ipv4Length leading bits of an IPv4 address that count, 0 to 32
 * @param ipv6Length leading bits of an IPv6 address that count, 0 to 128
 */
public record GroupBy(Part part, int ipv4Length, int ipv6Length) {
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    /** What of a pair decides where it belongs. */
    public enum Part {
        /** The kind of matching. */
        KIND,
        /** The network of the server. */
        SERVER,
        /** The network of the client. */
        CLIENT
    }

    public GroupBy {
        check(ipv4Length, IPV4_BITS, "IPv4");
        check(ipv6Length, IPV6_BITS, "IPv6");
    }

    private static void check(int length, int bits, String family) {
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException("prefix length for " + family + " is not in 0.." + bits + ": " + length);
        }
    }

    /**
     * Reads {@code kind}, {@code server}, {@code client/24}, or {@code server/24/64} with a length for IPv6, which is 64
     * otherwise and 128 where there is no length at all.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static GroupBy parse(String text) {
        String[] words = text.strip().toLowerCase(Locale.ROOT).split("/", -1);
        boolean network = words[0].equals("server") || words[0].equals("client");
        if (words[0].equals("kind") && words.length == 1) return new GroupBy(Part.KIND, 0, 0);
        if (!network || words.length > 3) {
            throw new IllegalArgumentException(
                    "cannot group by '" + text + "' (such as kind, server, server/24, client/24/64)");
        }
        Part part = words[0].equals("server") ? Part.SERVER : Part.CLIENT;
        if (words.length == 1) return new GroupBy(part, IPV4_BITS, IPV6_BITS);
        return new GroupBy(part, length(words[1]), words.length == 2 ? 64 : length(words[2]));
    }

    private static int length(String digits) {
        if (!digits.matches("\\d{1,3}"))
            throw new IllegalArgumentException("prefix length is no number: '" + digits + "'");
        return Integer.parseInt(digits);
    }

    /** {@code kind}, {@code server} or {@code client}. */
    public String name() {
        return part.name().toLowerCase(Locale.ROOT);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        if (part == Part.KIND) return name();
        return name() + "/" + ipv4Length + "/" + ipv6Length;
    }
}
