package io.pairwire.engine.analyse;

import io.pairwire.capture.SourceStatistics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Captures that are being analysed by workers. A capture that fails leaves the others alone. All methods may be called from any
 * thread.
 */
public final class AnalysisRun<R> implements AutoCloseable {
    private static final SourceStatistics NOTHING = new SourceStatistics(0, 0, 0, 0, 0, 0, List.of());

    private final List<String> captures;
    private final Work<R> work;
    private final List<CompletableFuture<AnalysisOutcome<R>>> outcomes = new ArrayList<>();
    private final AtomicReferenceArray<SourceStatistics> read;
    private final AtomicInteger next = new AtomicInteger();
    private final List<Thread> workers = new ArrayList<>();
    private final CompletableFuture<List<AnalysisOutcome<R>>> all;
    private final long totalBytes;
    private final String how;
    private volatile boolean cancelled;

    /** Finds the answer for one capture. */
    @FunctionalInterface
    interface Work<R> {
        Analyzer.Answered<R> answer(String capture, BooleanSupplier cancelled, Consumer<SourceStatistics> progress)
                throws Exception;
    }

    /** @param how what was chosen besides the number of workers, for {@link #chosen} */
    AnalysisRun(List<String> captures, Work<R> work, int workers, String how) {
        this.how = how;
        this.captures = List.copyOf(captures);
        this.work = work;
        read = new AtomicReferenceArray<>(captures.size());
        for (int i = 0; i < captures.size(); i++) {
            outcomes.add(new CompletableFuture<>());
            read.set(i, NOTHING);
        }
        totalBytes =
                this.captures.stream().mapToLong(AnalysisRun::bytes).reduce(0, (a, b) -> a < 0 || b < 0 ? -1 : a + b);
        all = CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApply(_ -> outcomes.stream().map(CompletableFuture::join).toList());
        for (int i = 0; i < workers; i++) {
            this.workers.add(
                    Thread.ofPlatform().daemon().name("pairwire-analysis-" + i).start(this::work));
        }
    }

    /** -1 if that is not known. */
    private static long bytes(String capture) {
        var file = Path.of(capture).toFile();
        return !capture.equals("-") && file.isFile() && Files.isRegularFile(file.toPath()) ? file.length() : -1;
    }

    private void work() {
        for (int i = next.getAndIncrement(); i < captures.size(); i = next.getAndIncrement()) {
            outcomes.get(i).complete(outcome(i));
        }
    }

    private AnalysisOutcome<R> outcome(int index) {
        String capture = captures.get(index);
        long began = System.nanoTime();
        try {
            if (cancelled) throw new CancellationException("cancelled: " + capture);
            var answered = work.answer(capture, () -> cancelled, now -> read.set(index, now));
            return new AnalysisOutcome<>(
                    capture,
                    Optional.of(answered.answer()),
                    Optional.empty(),
                    Optional.of(answered.way()),
                    System.nanoTime() - began);
        } catch (Throwable e) { // whatever somebody's analysis does, the others go on and nobody waits for ever
            return new AnalysisOutcome<>(
                    capture, Optional.empty(), Optional.of(e), Optional.empty(), System.nanoTime() - began);
        }
    }

    /** What becomes of each capture, in the order in which they were named; completed normally also by failures. */
    public List<CompletionStage<AnalysisOutcome<R>>> outcomes() {
        return List.copyOf(outcomes);
    }

    /** Waits for one of them. */
    public AnalysisOutcome<R> await(int index) {
        return outcomes.get(index).join();
    }

    /** All of them, as soon as the last is there. */
    public CompletionStage<List<AnalysisOutcome<R>>> all() {
        return all.minimalCompletionStage();
    }

    /** How many captures there are. */
    public int count() {
        return captures.size();
    }

    /** How many workers do it, and how, in words; of each capture {@link AnalysisOutcome#way} tells more. */
    public String chosen() {
        return count(workers.size(), "worker") + " for " + count(captures.size(), "capture") + how;
    }

    private static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** How far it is, over all captures. */
    public SourceStatistics progress() {
        long packets = 0;
        long bytes = 0;
        int damaged = 0;
        int done = 0;
        for (int i = 0; i < captures.size(); i++) {
            SourceStatistics one = read.get(i);
            packets += one.packets();
            bytes += one.bytes();
            damaged += one.damagedFiles();
            if (outcomes.get(i).isDone()) done++;
        }
        return new SourceStatistics(captures.size(), done, damaged, packets, bytes, Math.max(0, totalBytes), List.of());
    }

    /** Ends what is not done, after the chunk that is being read; these captures fail with a {@link CancellationException}. */
    public void cancel() {
        cancelled = true;
    }

    /** Cancels what is not done and waits for the workers. */
    @Override
    public void close() {
        cancel();
        for (Thread worker : workers) worker.interrupt(); // frees one that waits for a pipe
        boolean interrupted = false;
        for (Thread worker : workers) {
            while (worker.isAlive()) {
                try {
                    worker.join();
                } catch (InterruptedException e) {
                    interrupted = true; // waits all the same: they still use memory that the caller may want
                }
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
