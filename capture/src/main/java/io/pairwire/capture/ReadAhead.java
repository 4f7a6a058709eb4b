package io.pairwire.capture;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads a channel in a thread of its own, a few stretches ahead of the thread that parses them, so that the copy out of
 * the system's cache, or the unpacking, costs that thread nothing.
 *
 * <pre>
 *   headroom                 a stretch of the stream
 *  +-----------+------------+--------------------------------+
 *  |           | cut record | read by the other thread       |
 *  +-----------+------------+--------------------------------+
 *                put there by the window, from the stretch before
 * </pre>
 *
 * <p>Stretches go round between the two threads and are never copied. One channel at a time: {@link #start}, then
 * {@link #next} until it answers null or is not wanted any more, then {@link #stop}. All of these are called by the
 * thread that parses.
 */
final class ReadAhead {
    /** The longest cut record that is put before the next stretch. */
    static final int HEADROOM = 1 << 16;

    /** Bytes of the stream in one stretch. */
    static final int LENGTH = 1 << 19;

    /** Memory of {@link #HEADROOM} and {@link #LENGTH} bytes, and how the reading of it ended. */
    static final class Stretch {
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(HEADROOM + LENGTH);
        private final MemorySegment memory = MemorySegment.ofBuffer(buffer);
        private int end;
        private long packedBytes;
        private boolean last;
        private @Nullable Throwable failure;

        MemorySegment memory() {
            return memory;
        }

        /** Where in the memory the bytes end that begin at {@link #HEADROOM}. */
        int end() {
            return end;
        }

        /** Bytes taken so far from a compressed stream; 0 for others. */
        long packedBytes() {
            return packedBytes;
        }

        /** Fills it. What fails is kept for who comes to the end of what was read before. */
        private void read(ReadableByteChannel channel) {
            buffer.clear().position(HEADROOM);
            last = false;
            failure = null;
            try {
                while (buffer.hasRemaining() && !last) last = channel.read(buffer) < 0;
            } catch (IOException | RuntimeException | Error e) {
                failure = e; // thrown again by next()
                last = true;
            }
            end = buffer.position();
            if (channel instanceof DecompressingChannel unpacked) packedBytes = unpacked.compressedBytes();
        }
    }

    /** Filled and parsed in turn, over and over. */
    private Stretch[] stretches = {};

    private @Nullable Thread reader;
    private volatile @Nullable Thread parser;
    private volatile boolean stopping;

    /** Stretches filled so far, and given back; the one is only written by one thread, the other by the other. */
    private volatile long filled;

    private volatile long freed;
    private long taken;

    /** Was the last stretch handed over, and what ended the stream if not its end? */
    private boolean over;

    private @Nullable Throwable failure;

    /** Begins to read. */
    void start(ReadableByteChannel channel) {
        if (stretches.length == 0)
            stretches = new Stretch[] {new Stretch(), new Stretch(), new Stretch(), new Stretch()};
        filled = 0;
        freed = 0;
        taken = 0;
        over = false;
        failure = null;
        stopping = false;
        parser = Thread.currentThread();
        reader = Thread.ofPlatform().daemon().name("pairwire-read-ahead").start(() -> read(channel));
    }

    private void read(ReadableByteChannel channel) {
        for (long number = 0; ; number++) {
            while (number - freed == stretches.length && !stopping) LockSupport.park(this);
            if (stopping) return;
            Stretch stretch = stretches[(int) (number % stretches.length)];
            stretch.read(channel);
            boolean last = stretch.last;
            filled = number + 1;
            LockSupport.unpark(parser);
            if (last) return;
        }
    }

    /**
     * Waits for the next stretch, which is the caller's until it is given back.
     *
     * @return null behind the last one
     * @throws IOException what the reading failed with, behind what was read before
     */
    @Nullable
    Stretch next() throws IOException {
        if (over) {
            if (failure != null) throw thrown(failure);
            return null;
        }
        parser = Thread.currentThread();
        while (filled == taken) {
            if (Thread.currentThread().isInterrupted()) throw new ClosedByInterruptException();
            LockSupport.park(this);
        }
        Stretch next = stretches[(int) (taken++ % stretches.length)];
        over = next.last;
        failure = next.failure;
        return next;
    }

    /** Gives back that many of the stretches the caller has, those it got first, to be read into. */
    void give(int count) {
        freed += count;
        LockSupport.unpark(reader);
    }

    private static IOException thrown(Throwable failure) {
        return switch (failure) {
            case IOException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        };
    }

    /** Ends the reading, once the read call that may be under way is over. The stretches the caller has are gone. */
    void stop() {
        Thread reading = reader;
        if (reading == null) return;
        reader = null;
        stopping = true;
        LockSupport.unpark(reading);
        boolean interrupted = false;
        while (reading.isAlive()) {
            try {
                reading.join();
            } catch (InterruptedException e) {
                interrupted = true; // for the caller, below
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
