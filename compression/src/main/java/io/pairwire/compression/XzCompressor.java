package io.pairwire.compression;

import io.pairwire.capture.CompressingChannel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Packs one stream of {@link Xz}, as {@code xz -2} does: above that it gets slow, and takes more than 20 MB of heap. */
final class XzCompressor extends CompressingChannel {
    private static final int PRESET = 2;
    private static final int BUFFER_LENGTH = 64 << 10;

    private final byte[] plain = new byte[BUFFER_LENGTH];
    private final BufferedOutputStream buffered;
    private final XZOutputStream stream;

    @SuppressWarnings("this-escape") // emit is final and needs nothing that is not there yet
    XzCompressor(WritableByteChannel target) throws IOException {
        super(target);
        var below = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                emit(ByteBuffer.wrap(new byte[] {(byte) value}));
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                emit(ByteBuffer.wrap(bytes, from, length));
            }
        };
        buffered = new BufferedOutputStream(below, BUFFER_LENGTH);
        stream = new XZOutputStream(buffered, new LZMA2Options(PRESET));
    }

    @Override
    protected void compress(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            int part = Math.min(source.remaining(), plain.length);
            source.get(plain, 0, part);
            stream.write(plain, 0, part);
        }
    }

    @Override
    protected void sync() throws IOException {
        stream.flush();
    }

    @Override
    protected void finish() throws IOException {
        stream.finish();
        buffered.flush();
    }

    @Override
    protected void release() {}
}
