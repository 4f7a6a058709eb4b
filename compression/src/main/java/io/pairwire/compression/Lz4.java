package io.pairwire.compression;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CompressedInput;
import io.pairwire.capture.CompressingChannel;
import io.pairwire.capture.Compression;
import io.pairwire.capture.DecompressingChannel;
import java.nio.channels.WritableByteChannel;

/**
 * LZ4: frames as in <a href="https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md">its frame format</a>, version
 * 1.6.4, with blocks that depend on each other or not; and the legacy frames of {@code lz4 -l} and of Linux kernels.
 *
 * <pre>
 *  frame: magic, descriptor, blocks, a length of 0, check      legacy frame: magic, blocks, until something else comes
 *  +----------+------+----+---------+------+------+------+-    +----------+------+------+-
 *  | 184d2204 | flag | bd | content | dict | head | block …    | 184c2102 | block …
 *  |          |      |    | length  | id   | check|            |          |
 *  +----------+------+----+---------+------+------+------+-    +----------+------+------+-
 * </pre>
 */
public final class Lz4 implements Compression {
    static final int MAGIC = 0x184d2204;
    static final int LEGACY_MAGIC = 0x184c2102;

    static final int VERSION = 1 << 6;
    static final int VERSION_MASK = 0b11 << 6;
    static final int INDEPENDENT = 1 << 5;
    static final int BLOCK_CHECK = 1 << 4;
    static final int CONTENT_LENGTH = 1 << 3;
    static final int CONTENT_CHECK = 1 << 2;
    static final int RESERVED = 1 << 1;
    static final int DICTIONARY = 1;

    /** In the length of a block: its bytes are not packed. */
    static final int PLAIN = 1 << 31;

    /** Plain bytes in a legacy block at most. */
    static final int LEGACY_BLOCK = 8 << 20;

    /** For the service loader. */
    public Lz4() {}

    @Override
    public CaptureFormat format() {
        return CaptureFormat.LZ4;
    }

    @Override
    public DecompressingChannel decompress(CompressedInput input) {
        return new Lz4Decompressor(input);
    }

    @Override
    public CompressingChannel compress(WritableByteChannel target) {
        return new Lz4Compressor(target);
    }
}
