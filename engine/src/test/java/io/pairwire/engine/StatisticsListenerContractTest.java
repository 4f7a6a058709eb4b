package io.pairwire.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.engine.pair.PairEngine;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The contract against a listener that only counts, and what the engine does when a listener takes its time. */
class StatisticsListenerContractTest extends StatisticsListenerContract {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    protected StatisticsListener listener() {
        return statistics -> count.incrementAndGet();
    }

    @Override
    protected long taken() {
        return count.get();
    }

    /** Its first report is not done when the engine ends: the last one has to wait for it, and is told none the less. */
    @Test
    void a_slow_listener_is_not_told_the_end_while_it_still_listens() throws Exception {
        var entered = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        var toldLast = new CountDownLatch(2);
        var inside = new AtomicInteger();
        var overlaps = new AtomicInteger();
        List<EngineStatistics> reports = new ArrayList<>();
        StatisticsListener slow = statistics -> {
            if (inside.incrementAndGet() > 1) overlaps.incrementAndGet();
            boolean first = entered.getCount() == 1;
            entered.countDown();
            if (first) await(released);
            synchronized (reports) {
                reports.add(statistics);
            }
            inside.decrementAndGet();
            toldLast.countDown();
        };
        Engine engine = PairEngine.builder(
                        new EndsWhen(entered), EngineSettings.defaults().withStatisticsInterval(Duration.ofMillis(1)))
                .sink(ResultSink.NONE)
                .listener(slow)
                .build();
        engine.start();
        Outcome outcome = engine.awaitEnd(); // a listener cannot hold up the end
        released.countDown();
        assertTrue(toldLast.await(30, TimeUnit.SECONDS));
        assertEquals(0, overlaps.get());
        assertFalse(engine.isRunning());
        synchronized (reports) {
            assertEquals(2, reports.size());
            assertEquals(outcome.statistics(), reports.getLast());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("a listener was interrupted at its work", e);
        }
    }

    /** Nothing to read; the end comes with the latch. */
    private record EndsWhen(CountDownLatch latch) implements PacketSource {
        @Override
        public int poll(PacketHandler handler, int limit) throws InterruptedIOException {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException("stopped while waiting");
            }
            return END;
        }

        @Override
        public String fileName(int file) {
            return "nothing";
        }

        @Override
        public SourceStatistics statistics() {
            return new SourceStatistics(1, 1, 0, 0, 0, 0, List.of());
        }

        @Override
        public void close() {}
    }
}
