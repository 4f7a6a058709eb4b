package io.pairwire.engine;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketSource;
import io.pairwire.decode.PacketDecoder;
import io.pairwire.engine.store.PacketReference;
import io.pairwire.engine.store.UnmatchedStore;
import io.pairwire.memory.HandOver;
import io.pairwire.memory.Pause;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Runs packets from a source through decoder, matcher, store and writer, and accounts for every one of them.
 *
 * <p>One reading thread, owners of shards behind it (with one thread the reader does their work), one writing thread
 * unless results are discarded. An engine runs once. All methods may be called from any thread.
 */
public final class Engine {
    /** After a stop, results that are not written within this time are given up. */
    static final Duration DRAIN_LIMIT = Duration.ofMillis(400);

    private static final Duration READ_LIMIT = Duration.ofMillis(50);
    private static final Duration LAST_LIMIT = Duration.ofMillis(100);
    private static final long LOOK_MILLIS = 10;
    private static final int MOST_A_BATCH = 128;

    /** Something to be done at rest. */
    @FunctionalInterface
    public interface Work {
        void run() throws IOException;
    }

    private final PacketSource source;
    private final ResultSink sink;
    private final Reporter reporter;
    private final Matcher matcher;
    private final Rests rests;
    private final LongSupplier nanoClock;

    private final Accounts accounts = new Accounts();
    private final BatchPool pool;
    private final ReadStage reader;
    private final MatchStage match;
    private final WriteStage writer;

    private volatile EngineSettings settings;
    private final AtomicBoolean started = new AtomicBoolean();
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private final CompletableFuture<Throwable> firstFailure = new CompletableFuture<>();
    private volatile boolean stopping;
    private volatile long stopNanos;
    private volatile boolean abandoned;
    private volatile long startNanos;
    private volatile long endNanos;
    private volatile boolean ended;

    Engine(
            PacketSource source,
            Predicate<Packet> filter,
            PacketDecoder decoder,
            Matcher matcher,
            UnmatchedStore.Factory stores,
            ResultSink sink,
            StatisticsListener listener,
            Checkpoints checkpoints,
            EngineSettings settings,
            Pause pause,
            LongSupplier nanoClock) {
        int files = source.statistics().files();
        if (files > PacketReference.FILES) {
            throw new IllegalArgumentException("the source has " + files + " inputs, more than the "
                    + PacketReference.FILES + " that one run can name");
        }
        this.source = source;
        this.sink = sink;
        this.reporter = new Reporter(listener, settings.statisticsInterval(), this::statistics);
        this.matcher = matcher;
        this.settings = settings;
        this.nanoClock = nanoClock;

        int threads = settings.threads() == 0 ? Runtime.getRuntime().availableProcessors() : settings.threads();
        int workers = Math.min(threads - 1, settings.shards());
        int batchLength = Math.clamp(
                Math.min(settings.queueSize() / 2, settings.poolSize() / 4),
                1,
                Math.min(MOST_A_BATCH, settings.bufferSize()));
        pool = new BatchPool(settings.poolSize(), batchLength, Math.max(1, workers), sink != ResultSink.NONE);
        writer = new WriteStage(
                sink,
                matcher,
                source::fileName,
                pool,
                batchLength,
                settings,
                handOver(pause),
                pause,
                nanoClock,
                () -> abandoned,
                () -> stopping = true);
        match = new MatchStage(
                workers, batchLength, matcher, stores, settings, handOver(pause), writer, accounts, pause);
        rests = new Rests(checkpoints, this::save);
        reader = new ReadStage(
                source,
                filter,
                decoder,
                matcher,
                pool,
                handOver(pause),
                match,
                settings.shards(),
                rests,
                () -> abandoned);
    }

    private HandOver handOver(Pause pause) {
        return new HandOver(settings.policy(), pause, () -> abandoned);
    }

    /** Puts an engine together. */
    public static EngineBuilder builder() {
        return new EngineBuilder();
    }

    /** Only at rest. */
    private void save(DataOutput out) throws IOException {
        out.writeLong(reader.clock());
        matcher.save(out);
        match.save(out, settings.shards());
    }

    /**
     * Goes on from where another engine was: with as many shards, the same kind of matching, and a source that delivers
     * what follows. Packets that wait count as read by this engine.
     *
     * @param in what {@link EngineState#save} has written
     * @return how many packets wait
     * @throws IllegalStateException if this engine was started
     * @throws IOException if it cannot be read
     */
    public long restore(DataInput in) throws IOException {
        if (started.get()) throw new IllegalStateException("the engine was started");
        long clock = in.readLong();
        matcher.restore(in);
        long waiting = match.restore(in, settings.shards());
        reader.resume(clock, waiting);
        return waiting;
    }

    /**
     * Changes settings while the engine runs: request side, internal networks, expiry, maximum of unmatched packets,
     * results between matching and writing, policy. Takes effect when all that was read before is matched and written;
     * packets read later know nothing of the old ones.
     *
     * @throws IllegalArgumentException if any other setting differs
     */
    public synchronized void change(EngineSettings changed) {
        var allowed = settings.withRequestSide(changed.requestSide())
                .withInternal(changed.internal())
                .withExpiry(changed.expiry())
                .withMaxUnmatched(changed.maxUnmatched())
                .withBufferSize(changed.bufferSize())
                .withPolicy(changed.policy());
        if (!allowed.equals(changed)) {
            throw new IllegalArgumentException(
                    "only request side, internal networks, expiry, maximum of unmatched packets, buffer size and policy"
                            + " may change while the engine runs");
        }
        settings = changed;
        atRest(() -> {
            matcher.change(changed);
            match.change(changed, reader.clock());
            writer.change(changed);
            reader.change(changed);
        });
    }

    /** How it works now, with the changes that were asked for. */
    public EngineSettings settings() {
        return settings;
    }

    /**
     * Has something done when all that was read so far is matched and written, while nothing else happens: on the thread
     * that writes. Never done if the engine ends before. What it throws ends the run as a failure of the sink does.
     */
    public void atRest(Work work) {
        rests.add(work::run);
    }

    /** Starts the engine; does nothing if it was started before. */
    public void start() {
        if (!started.compareAndSet(false, true)) return;
        startNanos = nanoClock.getAsLong();
        thread("pairwire-engine", this::supervise).start();
    }

    /**
     * Stops reading, lets everything that was read be matched and written, and waits for that, for about a second at
     * most. Does nothing if the engine does not run.
     */
    public void stop() {
        if (!started.get() || outcome.isDone()) return;
        requestStop();
        try {
            outcome.get(DRAIN_LIMIT.plus(READ_LIMIT).plus(LAST_LIMIT).toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the engine did not stop", e);
        }
    }

    private void requestStop() {
        if (stopNanos == 0) stopNanos = System.nanoTime() | 1; // any instant but the sign of none
        stopping = true;
    }

    /** Was it started and has not ended? */
    public boolean isRunning() {
        return started.get() && !outcome.isDone();
    }

    /**
     * Waits until the engine has ended.
     *
     * @throws IllegalStateException if it was not started
     */
    public Outcome awaitEnd() throws InterruptedException {
        if (!started.get()) throw new IllegalStateException("the engine was not started");
        try {
            return outcome.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the engine failed", e.getCause());
        }
    }

    /** Statistics of every part: a consistent cut for the packets, the present for everything else. */
    public EngineStatistics statistics() {
        Map<String, EngineStatistics.Queue> queues = new LinkedHashMap<>();
        if (match.workers() > 0) queues.put("match", match.statistics());
        if (writer.hasThread()) queues.put("writer", writer.statistics());
        Ledger ledger = accounts.ledger();
        long parseFailed = accounts.parseFailed();
        long now = ended ? endNanos : nanoClock.getAsLong();
        return new EngineStatistics(
                ledger,
                source.statistics(),
                ledger.read() - parseFailed,
                parseFailed,
                accounts.stored(),
                ledger.inFlight(),
                ledger.notEligible().get(Eligibility.RETRANSMISSION.reason()),
                writer.written(),
                ended ? writer.unwritten() : 0,
                pool.statistics(),
                queues,
                started.get() ? now - startNanos : 0);
    }

    // --- the supervising thread

    private void supervise() {
        try {
            outcome.complete(run());
        } catch (Throwable e) { // the edge of this thread: whoever awaits the end gets it
            outcome.completeExceptionally(e);
        }
    }

    private Outcome run() throws InterruptedException {
        List<Thread> matchers = new ArrayList<>();
        for (int i = 0; i < match.workers(); i++) {
            int index = i;
            matchers.add(guarded("pairwire-match-" + i, () -> match.run(index)));
        }
        Thread writing = guarded("pairwire-write", writer::run);
        Thread reading = guarded("pairwire-read", this::read);
        Thread reporting = thread("pairwire-statistics", reporter::run);

        if (writer.hasThread()) writing.start();
        matchers.forEach(Thread::start);
        if (!settings.statisticsInterval().isZero()) reporting.start();
        reading.start();

        join(reading);
        match.endInput();
        for (Thread matcher : matchers) join(matcher);
        LatencyRecorder latencies = match.finish(reader.row(), settings.expiry().toNanos());
        writer.endInput();
        if (writer.hasThread()) join(writing);
        else closeSink();
        boolean stuck = !writer.isClosed();
        closeSource();

        endNanos = nanoClock.getAsLong();
        ended = true;
        EngineStatistics last = statistics();
        reporter.tellLast(last);
        Optional<Throwable> first = Optional.ofNullable(firstFailure.getNow(null));
        // Of a stuck sink the interrupt that ended the waiting is no failure worth telling.
        Optional<Throwable> failure = stuck ? first : writer.failure().or(() -> first);
        return new Outcome(last, latencies.latencies(), failure, stuck);
    }

    private void read() {
        try {
            reader.run(() -> stopping);
        } catch (IOException e) {
            if (!stopping) firstFailure.complete(e); // a stop interrupts a read that waits for input
        }
    }

    /** Waits for a thread; once a stop was asked for, presses harder the longer it takes. */
    private void join(Thread thread) throws InterruptedException {
        boolean interrupted = false;
        while (!thread.join(Duration.ofMillis(LOOK_MILLIS))) {
            if (!stopping || !thread.isAlive()) continue;
            if (stopNanos == 0) {
                if (writer.failure().isEmpty()) continue;
                requestStop();
            }
            long waited = System.nanoTime() - stopNanos;
            if (waited > DRAIN_LIMIT.toNanos()) abandoned = true;
            boolean reads = thread.getName().equals("pairwire-read");
            long patience =
                    reads ? READ_LIMIT.toNanos() : DRAIN_LIMIT.plus(READ_LIMIT).toNanos();
            if (!interrupted && waited > patience) {
                thread.interrupt();
                interrupted = true;
            }
            if (!reads && waited > DRAIN_LIMIT.plus(LAST_LIMIT).toNanos()) return;
        }
    }

    private void closeSink() {
        try {
            sink.close();
        } catch (IOException e) {
            firstFailure.complete(e);
        }
    }

    private void closeSource() {
        try {
            source.close();
        } catch (IOException e) {
            firstFailure.complete(e);
        }
    }

    /** A thread whose failure ends the run instead of leaving the others waiting for it. */
    private Thread guarded(String name, Runnable work) {
        return thread(name, () -> {
            try {
                work.run();
            } catch (Throwable e) { // the edge of the thread
                firstFailure.complete(e);
                abandoned = true;
                requestStop();
            }
        });
    }

    private static Thread thread(String name, Runnable work) {
        return Thread.ofPlatform().name(name).daemon().unstarted(work);
    }
}
