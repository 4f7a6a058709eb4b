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
    public static final int BUFFER = 1 << 20;

    /** Where buffers begin in memory: what disks ask for that fetch the bytes themselves. */
    private static final int PAGE = 4096;

    /** How many buffers are made before they are asked for, as a part of all: memory that nobody has touched yet is slow. */
    private static final int READY_PART = 8;

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
     * @param mostBuffers of {@value #BUFFER} bytes that may wait, from 2; an eighth of them made at once, the others as they
     *     are needed
     */
    public BackgroundWriter(String name, int mostBuffers) {
        if (mostBuffers < 2) throw new IllegalArgumentException("fewer than 2 buffers: " + mostBuffers);
        this.mostBuffers = mostBuffers;
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /**
     * A channel that takes bytes at once, gathers them, and hands them on in pieces of {@value #BUFFER} bytes, which end at
     * multiples of that in all that was written, and begin in memory at multiples of 4,096; shorter ones when it is flushed or closed. It is
     * {@link Flushable}. Closing it does not wait either.
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

    /** Do more than half of all buffers wait for whoever takes them? From any thread. */
    public boolean isHalfFull() {
        synchronized (lock) {
            return buffers - free.size() > mostBuffers / 2;
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
                return ByteBuffer.allocateDirect(BUFFER + PAGE)
                        .alignedSlice(PAGE)
                        .slice(0, BUFFER);
            }
            while (free.isEmpty()) pause();
            throwFailure();
            return free.pop();
        }
    }

    private static ByteBuffer made() {
        return ByteBuffer.allocateDirect(BUFFER + PAGE).alignedSlice(PAGE).slice(0, BUFFER);
    }

    /** Makes a buffer that will be asked for; false if there are enough. */
    private boolean makeReady() {
        synchronized (lock) {
            if (buffers >= mostBuffers / READY_PART || ending) return false;
            buffers++;
        }
        giveBack(made());
        return true;
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
            free.push(buffer); // the last one first: it still lies in the processor's caches
            lock.notifyAll();
        }
    }

    private void run() {
        while (makeReady()) {}
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
        private Optional<ByteBuffer> filling = Optional.empty();
        private long handedOn;
        private boolean open = true;

        Channel(WritableByteChannel target, Wrapping wrapping) {
            this.target = target;
            this.wrapping = wrapping;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            if (!open) throw new ClosedChannelException();
            synchronized (lock) {
                throwFailure();
            }
            int taken = bytes.remaining();
            while (bytes.hasRemaining()) {
                ByteBuffer buffer = filling();
                int part = Math.min(bytes.remaining(), buffer.remaining());
                buffer.put(bytes.slice(bytes.position(), part));
                bytes.position(bytes.position() + part);
                if (!buffer.hasRemaining()) handOn();
            }
            return taken;
        }

        /** What is being filled, with room for at least a byte. */
        private ByteBuffer filling() throws IOException {
            if (filling.isEmpty()) {
                ByteBuffer next = buffer();
                next.clear()
                        .limit(BUFFER
                                - (int) (handedOn % BUFFER)); // so that the one behind it begins at a multiple again
                filling = Optional.of(next);
            }
            return filling.get();
        }

        private void handOn() throws IOException {
            if (filling.isEmpty()) return;
            ByteBuffer buffer = filling.get();
            filling = Optional.empty();
            handedOn += buffer.position();
            buffer.flip();
            synchronized (lock) {
                waiting.add(() -> put(buffer)); // also after a failure: the buffer is to be given back
                lock.notifyAll();
                throwFailure();
            }
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
            handOn();
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
            try {
                handOn();
            } finally {
                synchronized (lock) {
                    waiting.add(() -> destination().close()); // also after a failure: the file is to be closed
                    lock.notifyAll();
                }
            }
            synchronized (lock) {
                throwFailure();
            }
        }
    }
}
