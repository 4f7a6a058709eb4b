package io.pairwire.decode.rewrite;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Maps IP addresses under a key so that two addresses share exactly as many leading bits after as before: Crypto-PAn (Xu,
 * Fan, Ammar, Moon, ICNP 2002). Without kept networks the answers are those of every other Crypto-PAn with the same key.
 *
 * <p>One to one: two addresses never become one. Not thread-safe. What was mapped lately is remembered in tables of fixed
 * length, about 2 MB.
 */
public final class PrefixPreservation {
    /*
     * Bit i of an address is flipped or not by a random function of the bits before it: AES over those bits, filled up with
     * a secret pad. Bits before it being equal, both of two addresses flip bit i or neither does; so the first bit in which
     * they differ is the same after as before, and all before it stay equal.
     *
     * Any function of the bits before will do, and that is how networks are kept: where the bits before lead towards a
     * kept network, or are inside one whose hosts are kept, the function is "do not flip". The mapping is then still
     * prefix-preserving and one to one, over all addresses. The price: an address near a kept network shows how near.
     */
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    private static final int IPV4_PLACES = 1 << 16;
    private static final int IPV6_PLACES = 1 << 14;
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private final BlockCipher cipher;
    private final long padHigh;
    private final long padLow;
    private final KeptNetwork[] kept4;
    private final KeptNetwork[] kept6;
    private final MappingListener listener;
    private final byte[] blocks = new byte[IPV6_BITS * BlockCipher.BLOCK];
    private final byte[] encrypted = new byte[IPV6_BITS * BlockCipher.BLOCK];
    private final ByteBuffer blockView = ByteBuffer.wrap(blocks);

    // A place holds one address and its mapping; whether it holds any is a byte apart, since no address is impossible.
    private final long[] places4 = new long[IPV4_PLACES];
    private final boolean[] filled4 = new boolean[IPV4_PLACES];
    private final long[] places6 = new long[IPV6_PLACES * 4];
    private final boolean[] filled6 = new boolean[IPV6_PLACES];
    private long mappedHigh;
    private long mappedLow;

    /**
     * @param kept networks of both kinds; of those that contain an address the longest decides
     * @param listener told of every address that is not remembered
     */
    public PrefixPreservation(AnonymizationKey key, List<KeptNetwork> kept, MappingListener listener) {
        cipher = new BlockCipher(key.cipherKey());
        byte[] pad = new byte[BlockCipher.BLOCK];
        cipher.encrypt(key.pad(), pad, 1);
        padHigh = ByteBuffer.wrap(pad).getLong();
        padLow = ByteBuffer.wrap(pad).getLong(Long.BYTES);
        kept4 = kept.stream().filter(network -> !network.ipv6()).toArray(KeptNetwork[]::new);
        kept6 = kept.stream().filter(KeptNetwork::ipv6).toArray(KeptNetwork[]::new);
        this.listener = listener;
    }

    /** What becomes of an IPv4 address; both in the low 32 bits. */
    public long ipv4(long address) {
        int place = (int) (address * GOLDEN >>> 48);
        long known = places4[place];
        if (filled4[place] && known >>> 32 == address) return known & 0xffff_ffffL;
        // The bits stand first in the block, as those of an IPv6 address do; so the upper half is worked on.
        long mapped = (address << 32 ^ flips(address << 32, 0, IPV4_BITS, kept4, 0, address)) >>> 32;
        places4[place] = address << 32 | mapped;
        filled4[place] = true;
        listener.mapped(MappingListener.Kind.IPV4, 0, address, 0, mapped);
        return mapped;
    }

    /** Maps an IPv6 address; see {@link #mappedHigh} and {@link #mappedLow}. */
    public void ipv6(long high, long low) {
        int place = (int) ((high ^ Long.rotateLeft(low * GOLDEN, 32)) * GOLDEN >>> 50);
        int at = place * 4;
        if (!filled6[place] || places6[at] != high || places6[at + 1] != low) {
            places6[at] = high;
            places6[at + 1] = low;
            places6[at + 2] = high ^ flips(high, low, IPV6_BITS, kept6, high, low);
            places6[at + 3] = low ^ lowFlips;
            filled6[place] = true;
            listener.mapped(MappingListener.Kind.IPV6, high, low, places6[at + 2], places6[at + 3]);
        }
        mappedHigh = places6[at + 2];
        mappedLow = places6[at + 3];
    }

    /** Upper 64 bits of what {@link #ipv6} mapped to last. */
    public long mappedHigh() {
        return mappedHigh;
    }

    /** Lower 64 bits of what {@link #ipv6} mapped to last. */
    public long mappedLow() {
        return mappedLow;
    }

    private long lowFlips;

    /** Which of the first 64 bits to flip; of the others, in {@link #lowFlips}. The bits begin at the top of {@code first}. */
    private long flips(long first, long second, int bits, KeptNetwork[] kept, long high, long low) {
        for (int i = 0; i < bits; i++) {
            long firstMask = i == 0 ? 0 : -1L << Math.max(Long.SIZE - i, 0);
            long secondMask = i <= Long.SIZE ? 0 : -1L << IPV6_BITS - i;
            blockView.putLong(i * BlockCipher.BLOCK, first & firstMask | padHigh & ~firstMask);
            blockView.putLong(i * BlockCipher.BLOCK + Long.BYTES, second & secondMask | padLow & ~secondMask);
        }
        cipher.encrypt(blocks, encrypted, bits);
        long flips = 0;
        lowFlips = 0;
        int keptUntil = -1; // this bit and those before it stay
        int longest = -1;
        boolean hosts = false;
        for (KeptNetwork network : kept) {
            int common = network.common(high, low);
            keptUntil = Math.max(keptUntil, Math.min(common, network.length() - 1));
            if (common == network.length() && common > longest) {
                longest = common;
                hosts = network.hosts();
            }
        }
        if (hosts) return 0;
        for (int i = keptUntil + 1; i < bits; i++) {
            long flip = (encrypted[i * BlockCipher.BLOCK] & 0xffL) >>> 7;
            if (i < Long.SIZE) flips |= flip << Long.SIZE - 1 - i;
            else lowFlips |= flip << IPV6_BITS - 1 - i;
        }
        return flips;
    }
}
