package io.pairwire.output;

/** IP addresses as ASCII, written straight into bytes. Every method answers the position behind what it wrote. */
public final class AddressText {
    /** The longest address: eight groups of four digits. A mapped IPv4 address is shorter. */
    public static final int LONGEST = 39;

    private static final byte[] HEX = Bytes.of("0123456789abcdef");
    private static final byte[] MAPPED = Bytes.of("::ffff:");
    private static final int GROUPS = 8;

    private AddressText() {}

    /** Either kind, as {@link io.pairwire.engine.MatchedPair} keeps it: IPv4 in the lower half. */
    public static int address(byte[] to, int at, boolean ipv6, long high, long low) {
        return ipv6 ? ipv6(to, at, high, low) : ipv4(to, at, (int) low);
    }

    /** Address and port: {@code 192.0.2.1:53}, {@code [2001:db8::1]:53}. */
    public static int endpoint(byte[] to, int at, boolean ipv6, long high, long low, int port) {
        int next = at;
        if (ipv6) {
            to[next++] = '[';
            next = ipv6(to, next, high, low);
            to[next++] = ']';
        } else {
            next = ipv4(to, next, (int) low);
        }
        to[next++] = ':';
        return Digits.small(to, next, port);
    }

    /** {@code 192.0.2.1}; at most 15 bytes. */
    public static int ipv4(byte[] to, int at, int address) {
        int next = Digits.small(to, at, address >>> 24);
        to[next++] = '.';
        next = Digits.small(to, next, address >>> 16 & 0xff);
        to[next++] = '.';
        next = Digits.small(to, next, address >>> 8 & 0xff);
        to[next++] = '.';
        return Digits.small(to, next, address & 0xff);
    }

    /**
     * <a href="https://www.rfc-editor.org/rfc/rfc5952">RFC 5952</a>: lower case, no leading zeros, the longest run of at
     * least two zero groups (the first of equals) as {@code ::}; IPv4-mapped addresses in mixed notation (section 5).
     */
    public static int ipv6(byte[] to, int at, long high, long low) {
        if (high == 0 && low >>> 32 == 0xffff) return ipv4(to, Bytes.copy(MAPPED, to, at), (int) low);
        int longestStart = GROUPS;
        int longest = 1; // a single zero group is not shortened, section 4.2.2
        int run = 0;
        for (int i = 0; i < GROUPS; i++) {
            run = group(high, low, i) == 0 ? run + 1 : 0;
            if (run > longest) {
                longest = run;
                longestStart = i - run + 1;
            }
        }
        int next = at;
        for (int i = 0; i < GROUPS; i++) {
            if (i == longestStart) {
                to[next++] = ':';
                to[next++] = ':';
                i += longest - 1;
                continue;
            }
            if (i > 0 && to[next - 1] != ':') to[next++] = ':';
            next = hex(to, next, group(high, low, i));
        }
        return next;
    }

    private static int group(long high, long low, int index) {
        long half = index < GROUPS / 2 ? high : low;
        return (int) (half >>> 48 - 16 * (index & 3)) & 0xffff;
    }

    private static int hex(byte[] to, int at, int group) {
        int next = at;
        if (group > 0xfff) to[next++] = HEX[group >>> 12];
        if (group > 0xff) to[next++] = HEX[group >>> 8 & 0xf];
        if (group > 0xf) to[next++] = HEX[group >>> 4 & 0xf];
        to[next++] = HEX[group & 0xf];
        return next;
    }
}
