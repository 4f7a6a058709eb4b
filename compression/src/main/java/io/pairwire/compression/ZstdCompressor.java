package io.pairwire.compression;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import io.pairwire.capture.CompressingChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Packs one frame of {@link Zstd}, with a check. */
final class ZstdCompressor extends CompressingChannel {
    private static final int BUFFER_LENGTH = 128 << 10;
    private static final int LEVEL = 3;

    private final ZstdCompressCtx context =
            new ZstdCompressCtx().setLevel(LEVEL).setChecksum(true);
    private final ByteBuffer packed = ByteBuffer.allocateDirect(BUFFER_LENGTH);
    private final ByteBuffer nothing = ByteBuffer.allocateDirect(0);

    ZstdCompressor(WritableByteChannel target) {
        super(target);
    }

    @Override
    protected void compress(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) step(source, EndDirective.CONTINUE);
    }

    @Override
    protected void sync() throws IOException {
        while (!step(nothing, EndDirective.FLUSH)) {}
    }

    @Override
    protected void finish() throws IOException {
        while (!step(nothing, EndDirective.END)) {}
    }

    /** Packs some, hands on what came out of it; true if nothing is held back any more. */
    private boolean step(ByteBuffer source, EndDirective directive) throws IOException {
        boolean done = context.compressByteBufferStream(packed.clear(), source, directive);
        emit(packed.flip());
        return done;
    }

    @Override
    protected void release() {
        context.close();
    }
}
