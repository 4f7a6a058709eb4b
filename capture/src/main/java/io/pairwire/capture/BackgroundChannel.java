package io.pairwire.capture;

import java.io.Flushable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets another thread write, so that who produces does not wait for a disk or a compression as long as there is room in
 * between. When there is none it waits; nothing is lost here.
 *
 * <p>A failure of the other thread comes out of the next call here. One thread writes and closes.
 */
public final class BackgroundChannel implements WritableByteChannel, Flushable {
    /** Bytes of one buffer. */
    public static final int BUFFER = 256 << 10;

    private final WritableByteChannel target;
    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
    private final ArrayDeque<ByteBuffer> full = new ArrayDeque<>();
    private final Object lock = new Object();
    private final Thread thread;
    private boolean flushAsked;
    private boolean ending;
    private boolean failed;
    private Optional<IOException> failure = Optional.empty();
    private volatile boolean open = true;

    /**
     * Begins to write in the background.
     *
     * @param target where to, in blocking mode; closed by {@link #close}
     * @param name of the thread
     * @param buffers of {@value #BUFFER} bytes that may wait, from 2
     */
    public BackgroundChannel(WritableByteChannel target, String name, int buffers) {
        if (buffers < 2) throw new IllegalArgumentException("fewer than 2 buffers: " + buffers);
        this.target = target;
        for (int i = 0; i < buffers; i++) free.add(ByteBuffer.allocateDirect(BUFFER));
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        if (!open) throw new ClosedChannelException();
        int taken = bytes.remaining();
        while (bytes.hasRemaining()) {
            ByteBuffer buffer = await();
            buffer.clear();
            int part = Math.min(bytes.remaining(), buffer.remaining());
            buffer.put(bytes.slice(bytes.position(), part)).flip();
            bytes.position(bytes.position() + part);
            synchronized (lock) {
                full.add(buffer);
                lock.notifyAll();
            }
        }
        return taken;
    }

    private ByteBuffer await() throws IOException {
        synchronized (lock) {
            while (free.isEmpty() && !failed) pause();
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

    private void throwFailure() throws IOException {
        if (failure.isEmpty()) return;
        IOException told = failure.get();
        failure = Optional.empty();
        throw told;
    }

    /** Has the other thread flush the target when it comes to it; does not wait for that. */
    @Override
    public void flush() throws IOException {
        synchronized (lock) {
            throwFailure();
            flushAsked = true;
            lock.notifyAll();
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Waits until everything is written and the target is closed. */
    @Override
    public void close() throws IOException {
        if (!open) return;
        open = false;
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

    private void run() {
        List<ByteBuffer> work = new ArrayList<>();
        while (true) {
            boolean flush;
            synchronized (lock) {
                while (full.isEmpty() && !ending && !flushAsked) waitForWork();
                if (full.isEmpty() && ending) break;
                work.addAll(full);
                full.clear();
                flush = flushAsked;
                flushAsked = false;
            }
            for (ByteBuffer buffer : work) {
                if (!failed) put(buffer);
                synchronized (lock) {
                    free.add(buffer);
                    lock.notifyAll();
                }
            }
            work.clear();
            if (flush && !failed && target instanceof Flushable holding) attempt(holding::flush);
        }
        attempt(target::close);
    }

    private void waitForWork() {
        try {
            lock.wait();
        } catch (InterruptedException e) {
            ending = true; // nobody but the end of the program interrupts this thread
        }
    }

    private interface Attempt {
        void run() throws IOException;
    }

    private void put(ByteBuffer buffer) {
        attempt(() -> {
            while (buffer.hasRemaining()) target.write(buffer);
        });
    }

    private void attempt(Attempt attempt) {
        try {
            attempt.run();
        } catch (IOException e) {
            synchronized (lock) {
                if (!failed) failure = Optional.of(e);
                failed = true;
                lock.notifyAll();
            }
        }
    }
}
