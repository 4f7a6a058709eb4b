package io.pairwire.cli;

import io.pairwire.capture.PacketSource;
import io.pairwire.live.LiveGroup;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Several loops over shares of the same traffic, each on a thread of its own with files of its own. They are closed where they
 * were opened, after all threads have ended. When one fails or has written all its files, the others stop.
 */
final class CaptureCrew {
    private static final int BATCH = 1 << 12;
    private static final long LOOK_MILLIS = 50;

    private final List<CaptureLoop> loops;
    private final CaptureLine line;

    CaptureCrew(List<CaptureLoop> loops) {
        this.loops = List.copyOf(loops);
        line = new CaptureLine(loops.stream().map(CaptureLoop::group).toList(), System.nanoTime());
    }

    List<CaptureLoop> loops() {
        return loops;
    }

    /** All of them together. */
    String line() {
        return line.text();
    }

    /** Runs until each has come to its end; answers what went wrong first. */
    Optional<Throwable> run(Optional<Duration> interval, Streams streams) throws IOException {
        var tasks = new ArrayList<FutureTask<Integer>>();
        for (int i = 0; i < loops.size(); i++) {
            CaptureLoop loop = loops.get(i);
            var task = new FutureTask<>(() -> poll(loop));
            tasks.add(task);
            Thread.ofPlatform().name("pairwire-capture-" + (i + 1)).start(task);
        }
        Optional<Throwable> failure = Optional.empty();
        for (FutureTask<Integer> task : tasks) {
            Optional<Throwable> its = end(task, interval, streams);
            if (failure.isEmpty()) failure = its;
        }
        return failure;
    }

    private Integer poll(CaptureLoop loop) throws IOException {
        int polls = 0;
        try {
            while (loop.poll(_ -> {}, BATCH) != PacketSource.END) polls++;
            return polls;
        } finally {
            stop();
        }
    }

    private void stop() throws IOException {
        for (CaptureLoop loop : loops) loop.group().stop();
    }

    private Optional<Throwable> end(FutureTask<Integer> task, Optional<Duration> interval, Streams streams)
            throws IOException {
        while (true) {
            try {
                task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                return Optional.empty();
            } catch (TimeoutException goesOn) {
                line.tellEvery(interval, streams);
            } catch (ExecutionException e) {
                return Optional.of(e.getCause());
            } catch (InterruptedException e) {
                stop(); // then all end by themselves
            }
        }
    }

    /** Groups that share the traffic. */
    static List<LiveGroup> groups(List<CaptureLoop> loops) {
        return loops.stream().map(CaptureLoop::group).toList();
    }
}
