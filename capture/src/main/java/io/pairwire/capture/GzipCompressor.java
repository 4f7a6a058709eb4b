package io.pairwire.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Packs one member of {@link Gzip}, without a name or a time in it, so that the same bytes give the same file. */
final class GzipCompressor extends CompressingChannel {
    private static final int BUFFER_LENGTH = 64 << 10;
    private static final int OS_UNKNOWN = 255;
    private static final byte[] NOTHING = {};

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final CRC32 check = new CRC32();
    private final ByteBuffer packed = ByteBuffer.allocateDirect(BUFFER_LENGTH).order(ByteOrder.LITTLE_ENDIAN);

    GzipCompressor(WritableByteChannel target) {
        super(target);
        packed.putShort((short) Gzip.MAGIC).put((byte) Gzip.DEFLATE);
        packed.put(new byte[Gzip.HEADER - 4]).put((byte) OS_UNKNOWN);
    }

    @Override
    protected void compress(ByteBuffer source) throws IOException {
        check.update(source.duplicate());
        deflater.setInput(source);
        deflate(Deflater.NO_FLUSH);
        deflater.setInput(NOTHING); // or it would go on reading the source, which belongs to the caller
    }

    @Override
    protected void sync() throws IOException {
        deflate(Deflater.SYNC_FLUSH);
        empty();
    }

    @Override
    protected void finish() throws IOException {
        deflater.finish();
        deflate(Deflater.NO_FLUSH);
        empty();
        packed.putInt((int) check.getValue()).putInt((int) deflater.getBytesRead());
        empty();
    }

    /** Deflates until there is nothing more to come; a buffer that was not filled says so. */
    private void deflate(int flush) throws IOException {
        do {
            if (!packed.hasRemaining()) empty();
            deflater.deflate(packed, flush);
        } while (!packed.hasRemaining());
    }

    private void empty() throws IOException {
        packed.flip();
        try {
            emit(packed);
        } finally {
            packed.compact();
        }
    }

    @Override
    protected void release() {
        deflater.end();
    }
}
