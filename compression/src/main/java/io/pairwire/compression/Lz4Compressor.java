package io.pairwire.compression;

import io.pairwire.capture.CompressingChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.xxhash.StreamingXXHash32;
import net.jpountz.xxhash.XXHashFactory;

/** Packs one frame of {@link Lz4}: independent blocks of 256 KB, and a check of the whole. */
final class Lz4Compressor extends CompressingChannel {
    private static final int BLOCK = 256 << 10;
    private static final int BLOCK_CODE = 5;

    private final LZ4Compressor compressor = LZ4Factory.safeInstance().fastCompressor();
    private final StreamingXXHash32 check = XXHashFactory.safeInstance().newStreamingHash32(0);
    private final byte[] plain = new byte[BLOCK];
    private final ByteBuffer packed = ByteBuffer.allocate(
                    Math.max(compressor.maxCompressedLength(BLOCK), BLOCK) + 4 * Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    private int length;
    private boolean begun;

    Lz4Compressor(WritableByteChannel target) {
        super(target);
    }

    @Override
    protected void compress(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            int part = Math.min(source.remaining(), BLOCK - length);
            source.get(plain, length, part);
            length += part;
            if (length == BLOCK) sync();
        }
    }

    /** A block is complete in itself. */
    @Override
    protected void sync() throws IOException {
        packed.clear();
        header();
        if (length > 0) {
            check.update(plain, 0, length);
            int at = packed.position() + Integer.BYTES;
            int packedLength = compressor.compress(plain, 0, length, packed.array(), at, packed.capacity() - at);
            if (packedLength < length) {
                packed.putInt(packedLength).position(at + packedLength);
            } else {
                packed.putInt(length | Lz4.PLAIN).put(plain, 0, length);
            }
            length = 0;
        }
        emit(packed.flip());
    }

    private void header() {
        if (begun) return;
        begun = true;
        packed.putInt(Lz4.MAGIC);
        packed.put((byte) (Lz4.VERSION | Lz4.INDEPENDENT | Lz4.CONTENT_CHECK));
        packed.put((byte) (BLOCK_CODE << 4));
        packed.put((byte) Lz4Decompressor.headerCheck(packed.array(), Integer.BYTES, 2));
    }

    @Override
    protected void finish() throws IOException {
        sync();
        emit(packed.clear().putInt(0).putInt(check.getValue()).flip());
    }

    @Override
    protected void release() {
        check.close();
    }
}
