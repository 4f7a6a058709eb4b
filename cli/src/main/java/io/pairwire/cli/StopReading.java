package io.pairwire.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * SIGINT and SIGTERM while one thread reads and prints: it is asked to end, then freed from waiting for input, and the
 * process ends with its exit code. All within a second, or with exit code 1.
 */
final class StopReading implements AutoCloseable {
    private static final long ASK_MILLIS = 300;
    private static final long LIMIT_MILLIS = 600;

    private final Streams streams;
    private final Thread reader = Thread.currentThread();
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final Thread hook = Thread.ofPlatform().name("pairwire-stop").unstarted(this::stop);
    private volatile boolean asked;

    private StopReading(Streams streams) {
        this.streams = streams;
    }

    /** Begins to listen for signals on behalf of the current thread. */
    static StopReading listen(Streams streams) {
        var stop = new StopReading(streams);
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    /** Has a signal come? Then the thread ends as if its input had ended. */
    boolean isAsked() {
        return asked;
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
        if (exitCode < 0) {
            reader.interrupt();
            exitCode = await(LIMIT_MILLIS);
        }
        streams.out().flush();
        streams.err().flush();
        Runtime.getRuntime().halt(exitCode < 0 ? ExitCode.FAILED : exitCode);
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
