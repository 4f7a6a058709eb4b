package io.pairwire.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The plain bytes of a compressed stream. Gives whatever it has unpacked and waits for more input only when it has
 * nothing to give. Memory does not depend on how long the stream is, packed or not.
 *
 * <p>One thread reads; any may {@link #close}, which frees the one that waits if closing the channel below does. The
 * memory of the decompressor is freed when the reading thread has left it.
 */
public abstract class DecompressingChannel implements ReadableByteChannel {

    private enum State {
        IDLE,
        READING,
        CLOSED_WHILE_READING,
        CLOSED
    }

    private final CaptureFormat format;
    private final CompressedInput input;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private long plainBytes;
    private @Nullable MalformedCaptureException damage;
    private @Nullable Consumer<RestartPoint> restarts;

    /**
     * @param format named when there is damage to report
     * @param input read from where it stands; its channel is closed with this one
     */
    protected DecompressingChannel(CaptureFormat format, CompressedInput input) {
        this.format = format;
        this.input = input;
    }

    /**
     * Unpacks some bytes. What it has put into the target before it throws {@link MalformedCaptureException} counts: it is
     * given to the reader first.
     *
     * @param target has room; direct or not
     * @return false at the end of the stream, when all of it has been checked; true otherwise, be it without progress, and
     *     then this is called again
     * @throws MalformedCaptureException made by {@link #damaged}
     */
    protected abstract boolean decompress(ByteBuffer target) throws IOException;

    /** Frees what is held beside the input. Called once, never while {@link #decompress} runs. */
    protected abstract void release();

    /** What it unpacks. */
    protected final CompressedInput input() {
        return input;
    }

    /** Damage where the input stands. */
    protected final MalformedCaptureException damaged(String what) {
        return damaged(what, input.position());
    }

    /** Damage at a byte of the compressed stream; its place in the capture is put in by {@link #read}. */
    protected final MalformedCaptureException damaged(String what, long compressedAt) {
        return damaged(DamageKind.BAD_COMPRESSION, what, compressedAt);
    }

    private MalformedCaptureException damaged(DamageKind kind, String what, long compressedAt) {
        return new MalformedCaptureException(
                kind, plainBytes, format + " " + what + ", at byte " + compressedAt + " of the compressed stream");
    }

    /** The stream ends where it must not. */
    protected final MalformedCaptureException cut() {
        return damaged(DamageKind.CUT_COMPRESSION, "stream is cut", input.bytesRead());
    }

    /** Says who is told of places where unpacking could begin. To be said before the first read. */
    public final void restarts(Consumer<RestartPoint> told) {
        restarts = told;
    }

    /** Tells that unpacking could begin at this byte of the compressed stream; before anything was put in this call. */
    protected final void restartsAt(long packedAt) {
        if (restarts != null) restarts.accept(new RestartPoint(plainBytes, packedAt, 0, new byte[0]));
    }

    /** Tells of a place that needs more than a byte to begin with. */
    protected final void restartsAt(RestartPoint point) {
        if (restarts != null) restarts.accept(point);
    }

    /** Plain bytes given before the call that runs. */
    protected final long plainBytes() {
        return plainBytes;
    }

    /** Compressed bytes taken from the channel below. */
    public final long compressedBytes() {
        return input.bytesRead();
    }

    /**
     * Reads plain bytes.
     *
     * @return how many, at least one if the target has room; -1 at the end
     * @throws MalformedCaptureException where the stream is damaged, and from then on; its offset counts plain bytes
     */
    @Override
    public final int read(ByteBuffer target) throws IOException {
        if (!state.compareAndSet(State.IDLE, State.READING)) {
            if (isOpen()) throw new IllegalStateException("another thread reads");
            throw new ClosedChannelException();
        }
        try {
            return readOpen(target);
        } finally {
            if (!state.compareAndSet(State.READING, State.IDLE)) {
                release();
                state.set(State.CLOSED);
            }
        }
    }

    private int readOpen(ByteBuffer target) throws IOException {
        if (damage != null) throw damage;
        if (!target.hasRemaining()) return 0;
        int start = target.position();
        boolean more = true;
        try {
            while (more && target.position() == start) more = decompress(target);
        } catch (MalformedCaptureException e) {
            int given = target.position() - start;
            if (given > 0) {
                damage = new MalformedCaptureException(e.kind(), plainBytes + given, e.getMessage());
                damage.initCause(e);
            } else {
                damage = e;
                throw e;
            }
        }
        int count = target.position() - start;
        plainBytes += count;
        return count == 0 ? -1 : count;
    }

    @Override
    public final boolean isOpen() {
        State now = state.get();
        return now == State.IDLE || now == State.READING;
    }

    @Override
    public final void close() throws IOException {
        State before = state.getAndUpdate(now -> switch (now) {
            case IDLE -> State.CLOSED;
            case READING -> State.CLOSED_WHILE_READING;
            case CLOSED_WHILE_READING, CLOSED -> now;
        });
        if (before == State.IDLE) release();
        input.channel().close();
    }
}
