package io.pairwire.capture;

import java.io.Flushable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;

/**
 * Packs the bytes written to it. After every {@value #FLUSH_EVERY} plain bytes, and whenever {@link #flush} is called, what
 * the channel below has got can be unpacked to the last of them: a program that is killed leaves a capture that is cut, not
 * one that is lost. {@link #close} ends the stream as its format wants it. Not thread-safe.
 */
public abstract class CompressingChannel implements WritableByteChannel, Flushable {
    /** Plain bytes after which the stream is made readable to its end. */
    public static final int FLUSH_EVERY = 4 << 20;

    private final WritableByteChannel target;
    private int sinceFlush;
    private boolean open = true;

    /** @param target in blocking mode; closed with this channel */
    protected CompressingChannel(WritableByteChannel target) {
        this.target = target;
    }

    /** Packs all that remains in the source. */
    protected abstract void compress(ByteBuffer source) throws IOException;

    /** Makes all that was packed so far readable. */
    protected abstract void sync() throws IOException;

    /** Ends the stream. */
    protected abstract void finish() throws IOException;

    /** Frees what is held; called once. */
    protected abstract void release();

    /** Writes all that remains in {@code packed} to the channel below. */
    protected final void emit(ByteBuffer packed) throws IOException {
        while (packed.hasRemaining()) target.write(packed);
    }

    /** Writes all that remains in the source, and says how much that was. */
    @Override
    public final int write(ByteBuffer source) throws IOException {
        if (!open) throw new ClosedChannelException();
        int start = source.position();
        int limit = source.limit();
        try {
            while (source.position() < limit) {
                source.limit(Math.min(limit - source.position(), FLUSH_EVERY - sinceFlush) + source.position());
                int length = source.remaining();
                compress(source);
                sinceFlush += length;
                if (sinceFlush == FLUSH_EVERY) flush();
            }
        } finally {
            source.limit(limit);
        }
        return limit - start;
    }

    /** Makes all that was written so far readable for whoever reads the channel below. Costs some of the packing. */
    @Override
    public final void flush() throws IOException {
        if (!open) throw new ClosedChannelException();
        if (sinceFlush > 0) sync();
        sinceFlush = 0;
    }

    @Override
    public final boolean isOpen() {
        return open;
    }

    /** Ends the stream and closes the channel below, the latter also if the former fails. */
    @Override
    public final void close() throws IOException {
        if (!open) return;
        open = false;
        try (target) {
            if (target.isOpen()) finish();
        } finally {
            release();
        }
    }
}
