package io.pairwire.dpi.quic;

import io.pairwire.dpi.bytes.ByteCursor;

/** Numbers of 1, 2, 4 or 8 bytes, <a href="https://www.rfc-editor.org/rfc/rfc9000">RFC 9000</a> §16. */
final class VariableInteger {
    private VariableInteger() {}

    /** The next number, 0 to 2^62 - 1; 0 and a failed cursor where it does not end inside the range. */
    static long read(ByteCursor bytes) {
        return switch (bytes.peek(0) >>> 6) {
            case 0 -> bytes.u8();
            case 1 -> bytes.u16() & 0x3fff;
            case 2 -> bytes.u32() & 0x3fff_ffff;
            default -> bytes.u64() & 0x3fff_ffff_ffff_ffffL;
        };
    }
}
