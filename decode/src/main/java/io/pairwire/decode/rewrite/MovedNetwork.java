package io.pairwire.decode.rewrite;

/**
 * Addresses of one network become those of another: the leading bits are exchanged, the others stay.
 *
 * @param ipv6 are they IPv6 networks?
 * @param fromHigh upper 64 bits of the network before; 0 for IPv4
 * @param fromLow lower 64 bits, or an IPv4 address in the low 32 bits
 * @param toHigh the same of the network after
 * @param toLow the same of the network after
 * @param length leading bits that belong to both networks; bits behind them are ignored
 */
public record MovedNetwork(boolean ipv6, long fromHigh, long fromLow, long toHigh, long toLow, int length) {

    public MovedNetwork {
        int bits = ipv6 ? 128 : 32;
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException("prefix length is not in 0.." + bits + ": " + length);
        }
        fromHigh &= highMask(ipv6, length);
        toHigh &= highMask(ipv6, length);
        fromLow &= lowMask(ipv6, length);
        toLow &= lowMask(ipv6, length);
    }

    boolean contains(long high, long low) {
        return (high & highMask(ipv6, length)) == fromHigh && (low & lowMask(ipv6, length)) == fromLow;
    }

    long high(long high) {
        return high & ~highMask(ipv6, length) | toHigh;
    }

    long low(long low) {
        return low & ~lowMask(ipv6, length) | toLow;
    }

    private static long highMask(boolean ipv6, int length) {
        return ipv6 ? leading(Math.min(length, Long.SIZE)) : 0;
    }

    private static long lowMask(boolean ipv6, int length) {
        return ipv6 ? leading(Math.max(length - Long.SIZE, 0)) : leading(length) >>> Integer.SIZE;
    }

    private static long leading(int bits) {
        return bits == 0 ? 0 : -1L << Long.SIZE - bits;
    }
}
