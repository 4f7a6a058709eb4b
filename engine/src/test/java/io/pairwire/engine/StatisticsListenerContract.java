package io.pairwire.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.decode.craft.Frame;
import io.pairwire.engine.pair.PairEngine;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a {@link StatisticsListener} keeps to, and what it can rely on. An implementation's test extends it and says how
 * many reports its listener made something of.
 */
@Timeout(60)
public abstract class StatisticsListenerContract {
    private static final long NOON = 1_700_000_000_000_000_000L;
    private static final int PAIRS = 500;
    private static final int PERIODIC_REPORTS = 5;

    /** A new listener. */
    protected abstract StatisticsListener listener();

    /** Reports that the last {@link #listener()} has taken, told by what it did with them. */
    protected abstract long taken();

    private static FrameSource traffic() {
        var source = new FrameSource(10);
        for (int i = 0; i < PAIRS; i++) {
            byte[] payload = {(byte) i, (byte) (i >> 8)};
            source.add(
                    NOON + i * 10L,
                    Frame.udp("10.0.0.1", 1, "10.0.0.2", 2).payload(payload).toEthernet());
            source.add(
                    NOON + i * 10L + 5,
                    Frame.udp("10.0.0.2", 2, "10.0.0.1", 1).payload(payload).toEthernet());
        }
        return source;
    }

    private static Outcome run(PacketSource source, StatisticsListener listener, Duration interval)
            throws InterruptedException {
        Engine engine = PairEngine.builder(
                        source, EngineSettings.defaults().withThreads(1).withStatisticsInterval(interval))
                .sink(ResultSink.NONE)
                .listener(listener)
                .build();
        engine.start();
        return engine.awaitEnd();
    }

    @Test
    void without_an_interval_it_is_told_once_at_the_end() throws InterruptedException {
        var witness = new Witness(listener());
        Outcome outcome = run(traffic(), witness, Duration.ZERO);
        assertEquals(List.of(outcome.statistics()), witness.reports());
        assertEquals(1, taken());
        assertTrue(outcome.statistics().ledger().balances());
        assertEquals(0, outcome.statistics().ledger().inFlight());
        assertEquals(PAIRS, outcome.statistics().ledger().matchedPairs());
    }

    @Test
    void with_an_interval_it_is_told_again_and_again_and_once_at_the_end() throws InterruptedException {
        var witness = new Witness(listener());
        Outcome outcome = run(new PatientSource(traffic(), witness), witness, Duration.ofMillis(1));
        List<EngineStatistics> reports = witness.reports();
        assertTrue(reports.size() > PERIODIC_REPORTS, "reports: " + reports.size());
        assertEquals(reports.size(), taken());
        assertEquals(outcome.statistics(), reports.getLast());
        assertEquals(1, reports.stream().filter(outcome.statistics()::equals).count());
        assertFalse(witness.wasToldByTwoThreadsAtOnce());
        long read = 0;
        for (EngineStatistics report : reports) {
            assertTrue(report.ledger().balances(), report::toString);
            assertTrue(report.ledger().read() >= read, report::toString);
            read = report.ledger().read();
        }
    }

    @Test
    void it_takes_any_numbers_from_any_thread() throws InterruptedException {
        StatisticsListener listener = listener();
        long[] numbers = {0, 1, Long.MAX_VALUE};
        var failures = new ArrayList<Throwable>();
        for (long number : numbers) {
            Thread thread = Thread.ofPlatform().unstarted(() -> listener.report(statistics(number)));
            thread.setUncaughtExceptionHandler((failed, cause) -> failures.add(cause));
            thread.start();
            thread.join();
        }
        assertEquals(List.of(), failures);
        assertEquals(numbers.length, taken());
    }

    private static EngineStatistics statistics(long n) {
        Map<String, EngineStatistics.Queue> queues =
                n == 0 ? Map.of() : Map.of("match", new EngineStatistics.Queue(n, n, n));
        return new EngineStatistics(
                new Ledger(n, n, n, n, Map.of("store", Map.of("evicted", n)), Map.of("not_ip", n), n),
                new SourceStatistics(1, 1, 0, n, n, n, List.of()),
                n,
                n,
                n,
                n,
                n,
                n,
                n,
                new EngineStatistics.Pool(n, n, n),
                queues,
                n);
    }

    /** Passes on what it hears and remembers it. */
    private static final class Witness implements StatisticsListener {
        private final StatisticsListener listener;
        private final List<EngineStatistics> reports = new ArrayList<>();
        private final AtomicInteger inside = new AtomicInteger();
        private final CountDownLatch periodic = new CountDownLatch(PERIODIC_REPORTS);
        private volatile boolean twoAtOnce;

        Witness(StatisticsListener listener) {
            this.listener = listener;
        }

        @Override
        public void report(EngineStatistics statistics) {
            if (inside.incrementAndGet() > 1) twoAtOnce = true;
            listener.report(statistics);
            synchronized (reports) {
                reports.add(statistics);
            }
            inside.decrementAndGet();
            periodic.countDown();
        }

        List<EngineStatistics> reports() {
            synchronized (reports) {
                return List.copyOf(reports);
            }
        }

        boolean wasToldByTwoThreadsAtOnce() {
            return twoAtOnce;
        }
    }

    /** Ends only when the listener was told often enough. */
    private record PatientSource(FrameSource frames, Witness witness) implements PacketSource {
        @Override
        public int poll(PacketHandler handler, int limit) throws IOException {
            int handed = frames.poll(handler, limit);
            if (handed == END) {
                try {
                    witness.periodic.await();
                } catch (InterruptedException e) {
                    throw new InterruptedIOException("stopped while waiting for reports");
                }
            }
            return handed;
        }

        @Override
        public String fileName(int file) {
            return frames.fileName(file);
        }

        @Override
        public SourceStatistics statistics() {
            return frames.statistics();
        }

        @Override
        public void close() {
            frames.close();
        }
    }
}
