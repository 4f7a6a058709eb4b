package io.pairwire.dpi;

/** IP addresses as text: dotted IPv4, and IPv6 as <a href="https://www.rfc-editor.org/rfc/rfc5952">RFC 5952</a> writes it. */
public final class AddressLiteral {
    private static final int GROUPS = 8;

    private AddressLiteral() {}

    /** An address in halves; IPv4 in the low 32 bits of the lower one. */
    public static String of(int ipVersion, long high, long low) {
        return ipVersion == 4 ? ipv4((int) low) : ipv6(high, low);
    }

    public static String ipv4(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "." + (address & 0xff);
    }

    /** The longest run of zero groups is left out, the first of equals; mapped IPv4 is written dotted. */
    public static String ipv6(long high, long low) {
        if (high == 0 && low >>> 32 == 0xffff) return "::ffff:" + ipv4((int) low);
        int from = GROUPS;
        int longest = 1;
        int run = 0;
        for (int i = 0; i < GROUPS; i++) {
            run = group(high, low, i) == 0 ? run + 1 : 0;
            if (run > longest) {
                longest = run;
                from = i - run + 1;
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == from) {
                text.append("::");
                i += longest - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') text.append(':');
            text.append(Integer.toHexString(group(high, low, i)));
        }
        return text.toString();
    }

    private static int group(long high, long low, int index) {
        long half = index < GROUPS / 2 ? high : low;
        return (int) (half >>> 48 - 16 * (index & 3)) & 0xffff;
    }

    /** The address in 4 or 16 bytes of a payload. */
    public static String at(Payload payload, int at, int bytes) {
        return bytes == 4 ? ipv4(payload.u32(at)) : ipv6(payload.u64(at), payload.u64(at + 8));
    }
}
