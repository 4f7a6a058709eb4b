package io.pairwire.decode.rewrite;

/**
 * One MAC address becomes another wherever it stands.
 *
 * @param from 48 bits
 * @param to 48 bits
 */
public record MovedMac(long from, long to) {
    static final long LARGEST = 0xffff_ffff_ffffL;

    public MovedMac {
        if (from < 0 || from > LARGEST || to < 0 || to > LARGEST) {
            throw new IllegalArgumentException("a MAC address has 48 bits");
        }
    }
}
