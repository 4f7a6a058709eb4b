package io.pairwire.decode.rewrite;

import java.util.List;

/**
 * A network that anonymised addresses stay in: who was inside still is, who was outside still is.
 *
 * @param ipv6 is it an IPv6 network?
 * @param high upper 64 bits of the network address; 0 for IPv4
 * @param low lower 64 bits, or an IPv4 address in the low 32 bits
 * @param length leading bits that belong to the network; bits behind them are ignored
 * @param hosts whether the bits behind the prefix stay too, so that its addresses do not change at all
 */
public record KeptNetwork(boolean ipv6, long high, long low, int length, boolean hosts) {

    public KeptNetwork {
        int bits = ipv6 ? 128 : 32;
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException("prefix length is not in 0.." + bits + ": " + length);
        }
    }

    /**
     * Networks whose addresses mean something to everybody and point at nobody: "this" network, loopback, multicast and
     * the broadcast address as they are; link-local addresses stay link-local with their interface identifier mapped, and
     * so do solicited-node groups (RFC 4291 §2.7.1), since both are made of addresses of hosts.
     */
    public static List<KeptNetwork> special() {
        return List.of(
                ipv4(0x00000000, 8, true),
                ipv4(0x7f000000, 8, true),
                ipv4(0xa9fe0000, 16, false),
                ipv4(0xe0000000, 4, true),
                ipv4(0xffffffff, 32, true),
                new KeptNetwork(true, 0, 0, 127, true),
                new KeptNetwork(true, 0xfe80_0000_0000_0000L, 0, 64, false),
                new KeptNetwork(true, 0xff00_0000_0000_0000L, 0, 8, true),
                new KeptNetwork(true, 0xff02_0000_0000_0000L, 0x1_ff00_0000L, 104, false));
    }

    private static KeptNetwork ipv4(int address, int length, boolean hosts) {
        return new KeptNetwork(false, 0, Integer.toUnsignedLong(address), length, hosts);
    }

    /** Leading bits that the address shares with the network's, {@link #length} at most. */
    int common(long high, long low) {
        int same;
        if (ipv6) {
            same = high == this.high
                    ? Long.SIZE + Long.numberOfLeadingZeros(low ^ this.low)
                    : Long.numberOfLeadingZeros(high ^ this.high);
        } else {
            same = Long.numberOfLeadingZeros(low ^ this.low) - Integer.SIZE;
        }
        return Math.min(same, length);
    }
}
