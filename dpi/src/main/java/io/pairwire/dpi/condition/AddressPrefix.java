package io.pairwire.dpi.condition;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** Addresses that begin with the same bits. */
record AddressPrefix(byte[] address, int bits) {

    /** An address, or an address and a number of bits behind a slash; empty if it is neither. */
    static Optional<AddressPrefix> parse(String text) {
        int slash = text.indexOf('/');
        try {
            byte[] address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                    .getAddress();
            int bits = slash < 0 ? 8 * address.length : Integer.parseInt(text.substring(slash + 1));
            return bits < 0 || bits > 8 * address.length
                    ? Optional.empty()
                    : Optional.of(new AddressPrefix(address, bits));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean holds(String text) {
        byte[] other;
        try {
            other = InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException e) {
            return false; // a protocol may have told anything
        }
        if (other.length != address.length) return false;
        int whole = bits / 8;
        if (!Arrays.equals(address, 0, whole, other, 0, whole)) return false;
        int rest = bits % 8;
        return rest == 0 || ((address[whole] ^ other[whole]) & 0xff) >>> 8 - rest == 0;
    }
}
