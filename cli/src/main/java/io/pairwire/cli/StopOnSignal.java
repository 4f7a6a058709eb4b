package io.pairwire.cli;

import io.pairwire.engine.Engine;
import io.pairwire.output.HumanText;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * SIGINT and SIGTERM while an engine runs: it stops, what was read is matched and written, the report is made as after
 * any end, and the process ends with the report's exit code. All within a second, or with exit code 1.
 */
final class StopOnSignal implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMillis(900);

    private static final long LOOK_NANOS = 1_000_000;

    private final Engine engine;
    private final Streams streams;
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private volatile boolean asked;
    private final Thread hook = Thread.ofPlatform().name("pairwire-stop").unstarted(this::stop);

    private StopOnSignal(Engine engine, Streams streams) {
        this.engine = engine;
        this.streams = streams;
    }

    /** Begins to listen for signals. */
    static StopOnSignal of(Engine engine, Streams streams) {
        var stop = new StopOnSignal(engine, streams);
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    /** The report is made; nothing is left to wait for. */
    void finished(int exitCode) {
        code.complete(exitCode);
    }

    /** Ends listening, unless a signal has come: then the process ends in a moment. */
    @Override
    public void close() {
        code.complete(ExitCode.FAILED); // only if the report was not made, because of an exception
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException signalled) {
            waitForTheEnd();
        }
    }

    /** The hook ends the process; returning to {@code main} meanwhile would gain nothing. */
    private void waitForTheEnd() {
        try {
            hook.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has a signal come? */
    boolean isAsked() {
        return asked;
    }

    private void stop() {
        asked = true;
        Thread.ofPlatform().daemon().name("pairwire-drain").start(this::drain);
        int exitCode;
        try {
            exitCode = code.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | InterruptedException e) {
            exitCode = ExitCode.FAILED;
            tellUnwritten();
        }
        streams.out().flush();
        streams.err().flush();
        Runtime.getRuntime().halt(exitCode);
    }

    /** Again and again, since the signal may come before the engine was started. */
    private void drain() {
        while (!code.isDone()) {
            engine.stop();
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private void tellUnwritten() {
        var statistics = engine.statistics();
        long unwritten = statistics.ledger().matchedPairs() - statistics.resultsWritten();
        streams.tell("stopped without an end: " + HumanText.count(statistics.resultsWritten())
                + " results were written, " + HumanText.count(unwritten) + " were not");
    }
}
