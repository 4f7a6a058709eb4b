package io.pairwire.engine;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Tells a listener statistics: at intervals while the engine runs, and once after the end; never two at once. */
final class Reporter {
    private static final long PATIENCE_MILLIS = 100;

    private final StatisticsListener listener;
    private final Duration interval;
    private final Supplier<EngineStatistics> statistics;

    /** Whoever calls the listener holds this; the last report is told by whoever holds it first once it is known. */
    private final ReentrantLock telling = new ReentrantLock();

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<EngineStatistics> last = Optional.empty();
    private boolean toldLast;

    Reporter(StatisticsListener listener, Duration interval, Supplier<EngineStatistics> statistics) {
        this.listener = listener;
        this.interval = interval;
        this.statistics = statistics;
    }

    /** What the reporting thread does until the end. */
    void run() {
        long intervalNanos = TimeUnit.NANOSECONDS.convert(interval); // or the longest there is
        try {
            while (!ended.await(intervalNanos, TimeUnit.NANOSECONDS)) {
                telling.lock();
                try {
                    if (last.isEmpty()) listener.report(statistics.get());
                    tellLast();
                } finally {
                    telling.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // by the listener itself: it wants no more
        }
    }

    /** Tells the last report, or leaves it to the thread that is still busy telling the one before. */
    void tellLast(EngineStatistics statistics) throws InterruptedException {
        last = Optional.of(statistics);
        ended.countDown();
        if (!telling.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) return;
        try {
            tellLast();
        } finally {
            telling.unlock();
        }
    }

    private void tellLast() {
        if (toldLast || last.isEmpty()) return;
        toldLast = true;
        listener.report(last.get());
    }
}
