package io.pairwire.engine;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * An IPv4 or IPv6 network, such as {@code 192.168.0.0/16}.
 *
 * @param ipv6 is it an IPv6 network?
 * @param high upper 64 bits of the network address; 0 for IPv4
 * @param low lower 64 bits, or an IPv4 address in the low 32 bits
 * @param length leading bits that belong to the network
 */
public record Prefix(boolean ipv6, long high, long low, int length) {
    private static final long IPV4_MAPPED = 0xffff_0000_0000L;

    public Prefix {
        int bits = ipv6 ? 128 : 32;
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException("prefix length is not in 0.." + bits + ": " + length);
        }
        if (ipv6) {
            high &= mask(length, 64);
            low &= mask(length - 64, 64);
        } else {
            low &= mask(length, 32);
        }
    }

    /**
     * Reads {@code address/length}, or an address alone for a network of one. Names are not looked up.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        boolean ipv6 = address.indexOf(':') >= 0;
        if (!address.matches(ipv6 ? "[0-9a-fA-F:.]+" : "\\d{1,3}(\\.\\d{1,3}){3}")) {
            throw new IllegalArgumentException("not a network: '" + text + "' (such as 192.168.0.0/16 or fd00::/8)");
        }
        try {
            var bytes = ByteBuffer.wrap(InetAddress.ofLiteral(address).getAddress());
            boolean mapped = ipv6 && bytes.remaining() == 4; // the JDK makes IPv4 of ::ffff:1.2.3.4
            long high = bytes.remaining() == 16 ? bytes.getLong() : 0;
            long low = bytes.remaining() == 8 ? bytes.getLong() : Integer.toUnsignedLong(bytes.getInt());
            int length = slash < 0 ? ipv6 ? 128 : 32 : length(text.substring(slash + 1));
            return new Prefix(ipv6, high, mapped ? IPV4_MAPPED | low : low, length);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a network: '" + text + "': " + e.getMessage(), e);
        }
    }

    private static int length(String digits) {
        if (!digits.matches("\\d{1,3}")) throw new IllegalArgumentException("prefix length is no number: " + digits);
        return Integer.parseInt(digits);
    }

    /** Does the network contain that address, given like {@link #high} and {@link #low}? */
    public boolean contains(boolean ipv6, long high, long low) {
        if (ipv6 != this.ipv6) return false;
        return ipv6
                ? (high & mask(length, 64)) == this.high && (low & mask(length - 64, 64)) == this.low
                : (low & mask(length, 32)) == this.low;
    }

    /** {@code address/length}, as {@link #parse} reads it. */
    @Override
    public String toString() {
        if (!ipv6)
            return (low >>> 24) + "." + (low >>> 16 & 0xff) + "." + (low >>> 8 & 0xff) + "." + (low & 0xff) + "/"
                    + length;
        var text = new StringBuilder();
        for (int shift = 48; shift >= 0; shift -= 16)
            text.append(Long.toHexString(high >>> shift & 0xffff)).append(':');
        for (int shift = 48; shift >= 0; shift -= 16)
            text.append(Long.toHexString(low >>> shift & 0xffff)).append(':');
        text.setCharAt(text.length() - 1, '/');
        return text.append(length).toString();
    }

    /** The mask of the first {@code length} of {@code bits} bits. */
    private static long mask(int length, int bits) {
        if (length <= 0) return 0;
        long all = -1L >>> 64 - bits;
        return length >= bits ? all : all & ~(all >>> length);
    }
}
