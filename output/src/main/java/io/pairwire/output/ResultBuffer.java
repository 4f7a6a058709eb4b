package io.pairwire.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Results on their way to a channel: formatted into one reused array, handed over when it is full or flushed.
 *
 * <p>Remembers where each result ends, so that after a failure it knows which ones went out whole. One thread writes;
 * {@link #written()} may be asked from any thread.
 */
public final class ResultBuffer {
    /** Bytes gathered before they are handed over. */
    public static final int LENGTH = 64 * 1024;

    private static final int RESULTS = 2_048;
    private static final long WAIT_NANOS = 1_000_000;

    private final WritableByteChannel channel;
    private final int[] ends = new int[RESULTS];
    private ByteBuffer view = ByteBuffer.allocate(LENGTH);
    private byte[] bytes = view.array();
    private int filled;
    private int results;
    private volatile long written;
    private Optional<IOException> failure = Optional.empty();

    /** A buffer in front of a channel, which {@link #close} closes. */
    public ResultBuffer(WritableByteChannel channel) {
        this.channel = channel;
    }

    /** Where to write; valid until the next {@link #begin}. */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * Begins a result of at most {@code room} bytes; ask for {@link #bytes()} after this call, it may be a new array.
     *
     * @return the position of its first byte
     */
    public int begin(int room) throws IOException {
        if (bytes.length - filled < room || results == RESULTS) {
            drain();
            if (bytes.length < room) grow(room);
        }
        return filled;
    }

    /** Ends a result in front of {@code at}. */
    public void end(int at) {
        filled = at;
        ends[results++] = at;
    }

    /** Ends a piece that is no result, a heading. */
    public void endHeading(int at) {
        filled = at;
    }

    /** Results of which the channel has taken the last byte. */
    public long written() {
        return written;
    }

    /** Hands over everything that was ended. */
    public void flush() throws IOException {
        drain();
    }

    /** Flushes and closes; after a failure only closes. */
    public void close() throws IOException {
        try (channel) {
            if (failure.isEmpty()) drain();
        }
    }

    /**
     * More room for a result that was begun and turns out longer: keeps the bytes in front of {@code at}.
     *
     * @return the new array
     */
    public byte[] extend(int at, int room) {
        if (bytes.length - at >= room) return bytes;
        byte[] old = bytes;
        grow(Math.addExact(at, room));
        System.arraycopy(old, 0, bytes, 0, at);
        return bytes;
    }

    private void grow(int room) {
        view = ByteBuffer.allocate(Math.max(room, 2 * bytes.length));
        bytes = view.array();
    }

    private void drain() throws IOException {
        if (failure.isPresent()) throw failure.get();
        view.position(0).limit(filled);
        try {
            while (view.hasRemaining()) {
                int taken = channel.write(view);
                if (taken == 0) LockSupport.parkNanos(WAIT_NANOS); // a terminal or pipe that was made non-blocking
            }
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        } finally {
            int whole = Arrays.binarySearch(ends, 0, results, view.position());
            written += whole < 0 ? -whole - 1 : whole + 1; // the only writer of this field
            filled = 0;
            results = 0;
        }
    }
}
