package io.pairwire.capture;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * A thread that writes, so that who produces does not wait for a disk or a compression as long as there is room in between.
 * When there is none it waits; nothing is lost here. What is asked for is done in that order, for all channels together.
 *
 * <p>After the first failure nothing more is written; the failure comes out of every later call that writes, flushes or
 * closes. One thread produces.
 */
public final class BackgroundWriter implements Closeable {
    /** Bytes of one buffer. */
    public static final int BUFFER = 256 << 10;

    private final int mostBuffers;
    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
    private final ArrayDeque<Work> waiting = new ArrayDeque<>();
    private final Object lock = new Object();
    private final Thread thread;
    private int buffers;
    private boolean ending;
    private Optional<IOException> failure = Optional.empty();

    /** Something to do in the background. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    /** Makes of the place where bytes go the one they are written to: packs them, for example. Called in the background. */
    @FunctionalInterface
    public interface Wrapping {
        WritableByteChannel around(WritableByteChannel target) throws IOException;
    }

    /**
     * Starts the thread.
     *
     * @param name of the thread
     * @param mostBuffers of {@value #BUFFER} bytes that may wait, from 2; taken as they are needed
     */
    public BackgroundWriter(String name, int mostBuffers) {
        if (mostBuffers < 2) throw new IllegalArgumentException("fewer than 2 buffers: " + mostBuffers);
        this.mostBuffers = mostBuffers;
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /**
     * A channel that takes bytes at once. Closing it does not wait either.
     *
     * @param target in blocking mode; closed when the channel is, after all that was written to it
     */
    public WritableByteChannel channel(WritableByteChannel target, Wrapping wrapping) {
        return new Channel(target, wrapping);
    }

    /** Has something done after everything that was asked for before. */
    public void later(Work work) throws IOException {
        synchronized (lock) {
            throwFailure();
            waiting.add(work);
            lock.notifyAll();
        }
    }

    /** Waits until everything is done, and ends the thread. */
    @Override
    public void close() throws IOException {
        synchronized (lock) {
            ending = true;
            lock.notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // what was taken is written all the same
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        synchronized (lock) {
            throwFailure();
        }
    }

    private void throwFailure() throws IOException {
        if (failure.isPresent()) throw new IOException(failure.get().getMessage(), failure.get());
    }

    private ByteBuffer buffer() throws IOException {
        synchronized (lock) {
            throwFailure();
            if (free.isEmpty() && buffers < mostBuffers) {
                buffers++;
                return ByteBuffer.allocateDirect(BUFFER);
            }
            while (free.isEmpty()) pause();
            throwFailure();
            return free.remove();
        }
    }

    private void pause() throws InterruptedIOException {
        try {
            lock.wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for room to write");
        }
    }

    private void giveBack(ByteBuffer buffer) {
        synchronized (lock) {
            free.add(buffer);
            lock.notifyAll();
        }
    }

    private void run() {
        Optional<Work> next;
        while ((next = take()).isPresent()) {
            try {
                next.get().run();
            } catch (IOException | RuntimeException e) { // the edge of this thread
                synchronized (lock) {
                    IOException told = e instanceof IOException io ? io : new IOException(e.toString(), e);
                    if (failure.isEmpty()) failure = Optional.of(told);
                    lock.notifyAll();
                }
            }
        }
    }

    private Optional<Work> take() {
        synchronized (lock) {
            while (waiting.isEmpty() && !ending) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    ending = true; // nobody but the end of the program interrupts this thread
                }
            }
            return Optional.ofNullable(waiting.poll());
        }
    }

    private boolean hasFailed() {
        synchronized (lock) {
            return failure.isPresent();
        }
    }

    /** One destination. */
    private final class Channel implements WritableByteChannel, Flushable {
        private final WritableByteChannel target;
        private final Wrapping wrapping;
        private Optional<WritableByteChannel> wrapped = Optional.empty();
        private boolean open = true;

        Channel(WritableByteChannel target, Wrapping wrapping) {
            this.target = target;
            this.wrapping = wrapping;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (!open) throw new ClosedChannelException();
            int taken = bytes.remaining();
            while (bytes.hasRemaining()) {
                ByteBuffer buffer = buffer();
                buffer.clear();
                int part = Math.min(bytes.remaining(), buffer.remaining());
                buffer.put(bytes.slice(bytes.position(), part)).flip();
                bytes.position(bytes.position() + part);
                later(() -> put(buffer));
            }
            return taken;
        }

        private void put(ByteBuffer buffer) throws IOException {
            try {
                if (hasFailed()) return;
                WritableByteChannel to = destination();
                while (buffer.hasRemaining()) to.write(buffer);
            } finally {
                giveBack(buffer);
            }
        }

        private WritableByteChannel destination() throws IOException {
            if (wrapped.isEmpty()) wrapped = Optional.of(wrapping.around(target));
            return wrapped.get();
        }

        /** Has the bytes written so far flushed when it is their turn; does not wait for that. */
        @Override
        public void flush() throws IOException {
            later(() -> {
                if (!hasFailed() && destination() instanceof Flushable holding) holding.flush();
            });
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() throws IOException {
            if (!open) return;
            open = false;
            synchronized (lock) {
                waiting.add(() -> destination().close()); // also after a failure: the file is to be closed
                lock.notifyAll();
                throwFailure();
            }
        }
    }
}
