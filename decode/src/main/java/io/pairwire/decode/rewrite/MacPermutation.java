package io.pairwire.decode.rewrite;

import java.nio.ByteBuffer;

/**
 * Maps MAC addresses under a key, one to one: a Feistel network over AES. Whether an address is a group's (the I/G bit)
 * stays; the zero address stays. Not thread-safe.
 */
final class MacPermutation {
    /*
     * A permutation of 48 bits is walked until it leads to an address of the same kind again. Walking from inside a set
     * until back inside is itself a permutation of that set, so kinds are kept and still no two addresses become one. Half
     * of all addresses are of each kind, so that takes two steps on average; a walk ends because a permutation's cycles do.
     */
    private static final int ROUNDS = 8;
    private static final long GROUP = 0x0100_0000_0000L;
    private static final int PLACES = 1 << 12;
    private static final int WHOLE_HALF = 24;
    private static final int TAIL_HALF = 12;
    private static final long TAIL = 0xff_ffffL;
    private static final byte[] NAME = {'m', 'a', 'c', ' ', 'a', 'd', 'd', 'r', 'e', 's', 's', 'e', 's', 0, 0, 0};

    private final BlockCipher cipher;
    private final boolean keepsVendor;
    private final MappingListener listener;
    private final ByteBuffer block = ByteBuffer.allocate(BlockCipher.BLOCK);
    private final byte[] encrypted = new byte[BlockCipher.BLOCK];
    private final long[] addresses = new long[PLACES];
    private final long[] mapped = new long[PLACES];

    /** @param keepsVendor whether the first three bytes, which name the vendor, stay */
    MacPermutation(AnonymizationKey key, boolean keepsVendor, MappingListener listener) {
        byte[] own = new byte[BlockCipher.BLOCK];
        new BlockCipher(key.cipherKey()).encrypt(NAME, own, 1); // so that addresses of IP and Ethernet share no key
        cipher = new BlockCipher(own);
        this.keepsVendor = keepsVendor;
        this.listener = listener;
    }

    /** What becomes of the address in the low 48 bits. */
    long map(long address) {
        if (address == 0) return 0;
        int place = (int) (address * 0x9e37_79b9_7f4a_7c15L >>> 52);
        if (addresses[place] == address) return mapped[place];
        long result = keepsVendor ? tail(address) : whole(address);
        addresses[place] = address; // never 0, which therefore stands for an empty place
        mapped[place] = result;
        listener.mapped(MappingListener.Kind.MAC, 0, address, 0, result);
        return result;
    }

    private long whole(long address) {
        long walked = address;
        do {
            walked = permuted(walked, WHOLE_HALF, 0);
        } while (walked == 0 || (walked & GROUP) != (address & GROUP));
        return walked;
    }

    private long tail(long address) {
        long vendor = address & ~TAIL;
        long walked = address & TAIL;
        do {
            walked = permuted(walked, TAIL_HALF, vendor);
        } while (vendor == 0 && walked == 0);
        return vendor | walked;
    }

    private long permuted(long value, int half, long tweak) {
        long mask = (1L << half) - 1;
        long left = value >>> half;
        long right = value & mask;
        for (int round = 0; round < ROUNDS; round++) {
            block.putLong(0, tweak << 16 | half << 8 | round).putLong(Long.BYTES, right);
            cipher.encrypt(block.array(), encrypted, 1);
            long random = (encrypted[0] & 0xffL) << 16 | (encrypted[1] & 0xffL) << 8 | encrypted[2] & 0xffL;
            long next = left ^ random & mask;
            left = right;
            right = next;
        }
        return left << half | right;
    }
}
