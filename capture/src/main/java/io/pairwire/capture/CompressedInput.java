package io.pairwire.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.util.Objects;

/**
 * The compressed bytes of a stream, {@value #LENGTH} read ahead at most. Not thread-safe.
 *
 * <p>A thread that waits in {@link #more} or {@link #require} is freed as one that waits for the channel is.
 */
public final class CompressedInput {
    /** Bytes read at once, and the most that {@link #require} can give. */
    public static final int LENGTH = 64 << 10;

    private final ReadableByteChannel channel;
    private final ByteBuffer buffer;
    private long bytesRead;

    /**
     * @param channel in blocking mode
     * @param head what has been read of it already, from its first byte on
     */
    public CompressedInput(ReadableByteChannel channel, byte[] head) {
        this.channel = channel;
        buffer = ByteBuffer.allocate(Math.max(LENGTH, head.length)).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put(head).flip();
        bytesRead = head.length;
    }

    /** An input of which nothing has been read yet. */
    public CompressedInput(ReadableByteChannel channel) {
        this(channel, new byte[0]);
    }

    ReadableByteChannel channel() {
        return channel;
    }

    /**
     * The bytes that are here, from position to limit; to read them moves the position on. On the heap, little endian,
     * always the same object.
     */
    public ByteBuffer buffer() {
        return buffer;
    }

    /**
     * Reads at least one byte more, waiting for it if need be.
     *
     * @return false at the end
     */
    public boolean more() throws IOException {
        buffer.compact();
        try {
            int read;
            do read = channel.read(buffer);
            while (read == 0 && buffer.hasRemaining());
            if (read > 0) bytesRead += read;
            return read > 0;
        } finally {
            buffer.flip();
        }
    }

    /**
     * Reads until so many bytes are here.
     *
     * @param length 0 to {@value #LENGTH}
     * @return false if the stream ends before
     */
    public boolean require(int length) throws IOException {
        while (buffer.remaining() < length) {
            if (!more()) return false;
        }
        return true;
    }

    /**
     * Passes over bytes without keeping them.
     *
     * @return false if the stream ends before
     */
    public boolean skip(long length) throws IOException {
        for (long left = length; left > 0; ) {
            if (!buffer.hasRemaining() && !more()) return false;
            int part = (int) Math.min(left, buffer.remaining());
            buffer.position(buffer.position() + part);
            left -= part;
        }
        return true;
    }

    /** Where the next byte is in the compressed stream. */
    public long position() {
        return bytesRead - buffer.remaining();
    }

    /** Bytes taken from the channel, those that nobody has looked at yet included. */
    public long bytesRead() {
        return bytesRead;
    }

    /** The same bytes as a stream; closing it does nothing. */
    public InputStream stream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return buffer.hasRemaining() || more() ? buffer.get() & 0xff : -1;
            }

            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                Objects.checkFromIndexSize(from, length, target.length);
                if (length == 0) return 0;
                if (!buffer.hasRemaining() && !more()) return -1;
                int part = Math.min(length, buffer.remaining());
                buffer.get(target, from, part);
                return part;
            }

            @Override
            public int available() {
                return buffer.remaining();
            }
        };
    }
}
