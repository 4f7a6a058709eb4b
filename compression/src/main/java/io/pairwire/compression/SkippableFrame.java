package io.pairwire.compression;

import io.pairwire.capture.CompressedInput;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A frame that means nothing to the reader, the same in zstd (RFC 8878 §3.1.2) and LZ4: magic, length, bytes. */
final class SkippableFrame {
    private static final int MAGIC = 0x184d2a50;
    private static final int VARIANTS = 0xf;

    private SkippableFrame() {}

    /** One of the sixteen magic numbers. */
    static boolean isMagic(int magic) {
        return (magic & ~VARIANTS) == MAGIC;
    }

    /** Passes over one, from its magic on; false if the stream ends before. */
    static boolean skip(CompressedInput input) throws IOException {
        if (!input.require(2 * Integer.BYTES)) return false;
        ByteBuffer bytes = input.buffer();
        bytes.getInt();
        return input.skip(Integer.toUnsignedLong(bytes.getInt()));
    }
}
