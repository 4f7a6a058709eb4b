package io.pairwire.dpi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes at a fixed place, some bits of which may not matter.
 *
 * @param offset of the first byte in the payload, from 0 to {@value #DEEPEST}; negative counts from the end: -2 are the last
 *     two bytes (of a datagram only)
 * @param value what stands there
 * @param mask which bits count; as long as the value
 */
public record BytePattern(int offset, byte[] value, byte[] mask) {
    /** The greatest offset. */
    public static final int DEEPEST = 1024;

    /** The longest value. */
    public static final int LONGEST = 64;

    public BytePattern {
        if (offset > DEEPEST || offset < -DEEPEST) throw new IllegalArgumentException("offset is too far: " + offset);
        if (value.length == 0 || value.length > LONGEST) {
            throw new IllegalArgumentException("pattern is not of 1..64 bytes: " + value.length);
        }
        if (mask.length != value.length) {
            throw new IllegalArgumentException("mask of " + mask.length + " bytes for " + value.length);
        }
        mask = mask.clone();
        value = value.clone();
        for (int i = 0; i < value.length; i++) value[i] &= mask[i];
    }

    /** All bits count. */
    public static BytePattern of(int offset, byte... value) {
        var mask = new byte[value.length];
        Arrays.fill(mask, (byte) 0xff);
        return new BytePattern(offset, value, mask);
    }

    /** ASCII text. */
    public static BytePattern text(int offset, String ascii) {
        return of(offset, ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** The bytes behind which the payload may end; 0 if counted from the end. */
    public int end() {
        return offset < 0 ? 0 : offset + value.length;
    }

    /** Does the payload hold it? */
    public boolean matches(Payload payload) {
        int at = offset < 0 ? payload.length() + offset : offset;
        if (!payload.has(at, value.length)) return false;
        for (int i = 0; i < value.length; i++) {
            if (((payload.u8(at + i) ^ value[i]) & mask[i] & 0xff) != 0) return false;
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BytePattern that
                && offset == that.offset
                && Arrays.equals(value, that.value)
                && Arrays.equals(mask, that.mask);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * offset + Arrays.hashCode(value)) + Arrays.hashCode(mask);
    }
}
