package io.pairwire.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
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
            var bytes = ByteBuffer.wrap(InetAddress.getByName(address).getAddress());
            boolean wide = bytes.remaining() == 16; // an IPv4-mapped address arrives as IPv4
            int length = slash < 0 ? bytes.remaining() * 8 : Integer.parseInt(text.substring(slash + 1));
            return wide
                    ? new Prefix(true, bytes.getLong(), bytes.getLong(), length)
                    : new Prefix(false, 0, Integer.toUnsignedLong(bytes.getInt()), length);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("not a network: '" + text + "'", e);
        }
    }

    /** Does the network contain that address, given like {@link #high} and {@link #low}? */
    public boolean contains(boolean ipv6, long high, long low) {
        if (ipv6 != this.ipv6) return false;
        return ipv6
                ? (high & mask(length, 64)) == this.high && (low & mask(length - 64, 64)) == this.low
                : (low & mask(length, 32)) == this.low;
    }

    /** The mask of the first {@code length} of {@code bits} bits. */
    private static long mask(int length, int bits) {
        if (length <= 0) return 0;
        long all = -1L >>> 64 - bits;
        return length >= bits ? all : all & ~(all >>> length);
    }
}
