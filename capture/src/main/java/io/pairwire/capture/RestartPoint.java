package io.pairwire.capture;

import java.util.Arrays;

/**
 * A place in a compressed stream where unpacking can begin, as if all before had been unpacked.
 *
 * @param plainAt bytes of the plain stream before it
 * @param packedAt the byte of the compressed stream to begin with
 * @param bits how many bits of that byte, the lowest, belong to what comes before, 0 to 7
 * @param window the plain bytes just before that what follows may refer to; empty if it does not. Not copied
 */
public record RestartPoint(long plainAt, long packedAt, int bits, byte[] window) {
    /** The beginning of any stream. */
    public static final RestartPoint START = new RestartPoint(0, 0, 0, new byte[0]);

    public RestartPoint {
        if (plainAt < 0) throw new IllegalArgumentException("plainAt is negative: " + plainAt);
        if (packedAt < 0) throw new IllegalArgumentException("packedAt is negative: " + packedAt);
        if (bits < 0 || bits > 7) throw new IllegalArgumentException("bits is not 0 to 7: " + bits);
    }

    /** Does whoever begins here need nothing of what was before? */
    public boolean isFresh() {
        return bits == 0 && window.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RestartPoint that
                && plainAt == that.plainAt
                && packedAt == that.packedAt
                && bits == that.bits
                && Arrays.equals(window, that.window);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(plainAt * 31 + packedAt);
    }
}
