package io.pairwire.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * SIGINT and SIGTERM while packets are copied: reading stops at the next batch, what was read is written, and the process
 * ends with the exit code of the command. A capturing program in front of a pipe ends by the same signal, so its pipe is
 * read to the end. All within a second, unless more was allowed, or with exit code 1.
 */
final class StopCopying implements AutoCloseable {
    private static final Duration USUAL_LIMIT = Duration.ofMillis(900);

    private final Streams streams;
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final Thread hook = Thread.ofPlatform().name("pairwire-stop").unstarted(this::stop);
    private volatile boolean asked;

    private final Duration limit;

    private StopCopying(Streams streams, Duration limit) {
        this.streams = streams;
        this.limit = limit;
    }

    /** Begins to listen for signals. */
    static StopCopying listen(Streams streams) {
        return listen(streams, USUAL_LIMIT);
    }

    /** The same with more time to write what was taken: nobody can send again what passes by on a network. */
    static StopCopying listen(Streams streams, Duration limit) {
        var stop = new StopCopying(streams, limit);
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    /** Has a signal come? */
    boolean isAsked() {
        return asked;
    }

    /** All is written and told; nothing is left to wait for. */
    void finished(int exitCode) {
        code.complete(exitCode);
    }

    /** Ends listening, unless a signal has come: then the process ends in a moment, here or after a failure is told. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException signalled) {
            if (code.isDone()) waitForTheEnd();
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
        int exitCode;
        try {
            exitCode = code.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | InterruptedException e) {
            exitCode = ExitCode.FAILED;
            streams.tell("stopped without an end");
        }
        streams.out().flush();
        streams.err().flush();
        Runtime.getRuntime().halt(exitCode);
    }
}
