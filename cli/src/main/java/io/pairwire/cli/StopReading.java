package io.pairwire.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * SIGINT and SIGTERM while one thread reads and prints: it is asked to end, then freed from waiting for input, and the
 * process ends with its exit code. All within a second, or with exit code 1; only what is being written when reading is over
 * may take longer, as long as it goes on.
 */
final class StopReading implements AutoCloseable {
    private static final long ASK_MILLIS = 300;
    private static final long LIMIT_MILLIS = 600;

    private final Streams streams;
    private final Thread reader = Thread.currentThread();
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final Thread hook = Thread.ofPlatform().name("pairwire-stop").unstarted(this::stop);
    private volatile boolean asked;
    private @Nullable LongSupplier rest;
    private boolean reads = true;

    private StopReading(Streams streams) {
        this.streams = streams;
    }

    /** Begins to listen for signals on behalf of the current thread. */
    static StopReading listen(Streams streams) {
        var stop = new StopReading(streams);
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    /** The same while there is still something to do before reading, which an interrupt would only make fail. */
    static StopReading prepare(Streams streams) {
        var stop = new StopReading(streams);
        stop.reads = false;
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    /** Reading begins. */
    synchronized void reads() {
        reads = true;
    }

    /** Has a signal come? Then the thread ends as if its input had ended. */
    boolean isAsked() {
        return asked;
    }

    /**
     * Reading is over, and what is left is to write. A thread that writes is not interrupted unless it is stuck.
     *
     * @param written rises while there is something that goes on; asked by another thread
     */
    synchronized void writes(LongSupplier written) {
        rest = written;
        if (asked) Thread.interrupted(); // it was meant for the reading; left behind it would close standard output
    }

    /** Everything is printed; nothing is left to wait for. */
    void finished(int exitCode) {
        code.complete(exitCode);
    }

    /** Ends listening, unless a signal has come: then the process ends in a moment. */
    @Override
    public void close() {
        code.complete(ExitCode.FAILED); // only if there was an exception
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException signalled) {
            waitForTheEnd();
        }
    }

    private void waitForTheEnd() {
        try {
            hook.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        asked = true;
        int exitCode = await(ASK_MILLIS);
        if (exitCode < 0 && freeReader()) exitCode = await(LIMIT_MILLIS);
        if (exitCode < 0) exitCode = awaitRest();
        streams.out().flush();
        streams.err().flush();
        Runtime.getRuntime().halt(exitCode < 0 ? ExitCode.FAILED : exitCode);
    }

    /** Interrupts the thread if it still reads; false if it writes. One that has not begun ends by itself when it does. */
    private synchronized boolean freeReader() {
        if (rest != null) return false;
        if (reads) reader.interrupt();
        return true;
    }

    /** Waits as long as something is written. */
    private int awaitRest() {
        LongSupplier written = rest();
        if (written == null) return -1;
        long before;
        do {
            before = written.getAsLong();
            int exitCode = await(ASK_MILLIS);
            if (exitCode >= 0) return exitCode;
        } while (written.getAsLong() != before);
        reader.interrupt();
        return await(ASK_MILLIS);
    }

    private synchronized @Nullable LongSupplier rest() {
        return rest;
    }

    /** The exit code, or -1 if there is none in that time. */
    private int await(long millis) {
        try {
            return code.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | InterruptedException e) {
            return -1;
        }
    }
}
