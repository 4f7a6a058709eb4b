package io.pairwire.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.engine.pair.PairEngine;
import io.pairwire.memory.OverflowPolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class EngineTest {
    private static final long START = 1_700_000_000_000_000_000L;
    private static final OverflowPolicy BLOCK = new OverflowPolicy.Block();
    private static final OverflowPolicy DROP = new OverflowPolicy.Drop();
    private static final OverflowPolicy ADAPTIVE = new OverflowPolicy.Adaptive(Duration.ofMillis(4));

    /** {@code pairs} requests, each answered at once, over many flows, with an ARP request after each. */
    private static FrameSource traffic(int pairs) {
        var source = new FrameSource(7);
        for (int i = 0; i < pairs; i++) {
            byte[] payload = ByteBuffer.allocate(8).putLong(i).array();
            int port = 10_000 + i % 1_000;
            long time = START + i * 1_000L;
            source.add(
                    time,
                    Frame.udp("10.0.0.1", port, "192.168.0.1", 7000)
                            .payload(payload)
                            .toEthernet());
            source.add(
                    time + 100,
                    Frame.tcp("192.168.0.1", 7000, "10.0.0.1", port)
                            .sequence(i)
                            .payload(payload)
                            .toEthernet());
            source.add(time + 200, Frame.arp("10.0.0.1", "10.0.0.2").toEthernet());
        }
        return source;
    }

    private static EngineSettings settings(int threads, int size, OverflowPolicy policy) {
        return EngineSettings.defaults()
                .withThreads(threads)
                .withQueueSize(size)
                .withPoolSize(Math.max(4, 2 * size))
                .withBufferSize(size)
                .withPolicy(policy);
    }

    private static Outcome run(EngineBuilder builder) throws InterruptedException {
        Engine engine = builder.build();
        engine.start();
        return engine.awaitEnd();
    }

    @ParameterizedTest
    @CsvSource({"1,2", "1,10000", "2,2", "2,10000", "5,2", "5,10000"})
    void every_pair_comes_out_in_the_order_of_reading(int threads, int size) throws Exception {
        var sink = new CollectingSink();
        Outcome outcome = run(PairEngine.builder(traffic(3_000), settings(threads, size, BLOCK))
                .sink(sink));
        assertEquals(3_000, sink.pairs.size());
        for (int i = 0; i < 3_000; i++) {
            MatchedPair.Fields pair = sink.pairs.get(i);
            assertEquals(3L * i + 1, pair.requestPacket());
            assertEquals(3L * i + 2, pair.responsePacket());
            assertEquals(100, pair.responseEpochNanos() - pair.requestEpochNanos());
            assertTrue(pair.inbound());
        }
        Ledger ledger = outcome.statistics().ledger();
        assertEquals(9_000, ledger.read());
        assertEquals(3_000, ledger.matchedPairs());
        assertEquals(3_000, ledger.notEligible().get("not_ip"));
        assertTrue(ledger.balances(), ledger::toString);
        assertEquals(0, ledger.inFlight());
        assertEquals(3_000, outcome.statistics().resultsWritten());
        assertEquals(3_000, outcome.latencies().count());
        assertEquals(100, outcome.latencies().percentile(99.9));
        assertTrue(sink.closed);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void what_the_filter_refuses_is_read_and_not_eligible(int threads) throws Exception {
        var filter = PacketFilter.compile("udp src port 10000 or tcp dst port 10000 or arp");
        Outcome outcome = run(PairEngine.builder(traffic(3_000), settings(threads, 100, BLOCK))
                .filter(filter::matches)
                .sink(new CollectingSink()));
        Ledger ledger = outcome.statistics().ledger();
        assertEquals(9_000, ledger.read());
        assertEquals(3, ledger.matchedPairs());
        assertEquals(3_000, ledger.notEligible().get("not_ip"));
        assertEquals(5_994, ledger.notEligible().get("filtered"));
        assertTrue(ledger.balances(), ledger::toString);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 17})
    void the_pool_is_whole_again_at_the_end(int threads) throws Exception {
        Outcome outcome = run(
                PairEngine.builder(traffic(500), settings(threads, 33, BLOCK)).sink(new CollectingSink()));
        EngineStatistics.Pool pool = outcome.statistics().pool();
        assertEquals(66, pool.total());
        assertEquals(pool.total(), pool.available());
    }

    /** A sink that stands still until it is released. */
    private static final class StallingSink extends CollectingSink {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);

        @Override
        public void write(MatchedPair pair) {
            reached.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            super.write(pair);
        }
    }

    /** Lets the sink stand still until the whole input was read and matched, or given up, as the policy says. */
    private static Outcome runStalled(int threads, OverflowPolicy policy, StallingSink sink, List<Ledger> snapshots)
            throws Exception {
        FrameSource source = traffic(300);
        var engine = PairEngine.builder(source, settings(threads, 2, policy))
                .sink(sink)
                .pause(nanos -> Thread.yield())
                .build();
        engine.start();
        sink.reached.await();
        while (engine.statistics().source().filesDone() == 0) {
            snapshots.add(engine.statistics().ledger());
            Thread.yield();
        }
        sink.released.countDown();
        return engine.awaitEnd();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void drop_drops_when_the_sink_stands_still(int threads) throws Exception {
        var sink = new StallingSink();
        List<Ledger> snapshots = new ArrayList<>();
        Outcome outcome = runStalled(threads, DROP, sink, snapshots);
        Ledger ledger = outcome.statistics().ledger();
        assertTrue(ledger.droppedPackets() > 0, ledger::toString);
        assertEquals(0, queueWaits(outcome));
        assertTrue(ledger.balances(), ledger::toString);
        for (Ledger snapshot : snapshots) assertTrue(snapshot.balances(), snapshot::toString);
        assertEquals(ledger.matchedPairs(), sink.pairs.size());
        assertEquals(ledger.matchedPairs(), outcome.statistics().resultsWritten());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void adaptive_waits_and_then_drops_when_the_sink_stands_still(int threads) throws Exception {
        var sink = new StallingSink();
        List<Ledger> snapshots = new ArrayList<>();
        Outcome outcome = runStalled(threads, ADAPTIVE, sink, snapshots);
        Ledger ledger = outcome.statistics().ledger();
        assertTrue(ledger.droppedPackets() > 0, ledger::toString);
        assertTrue(queueWaits(outcome) >= 3, "waited 1, 2 and 4 ms before the first drop");
        assertTrue(ledger.balances(), ledger::toString);
        for (Ledger snapshot : snapshots) assertTrue(snapshot.balances(), snapshot::toString);
        assertEquals(ledger.matchedPairs(), sink.pairs.size());
    }

    private static long queueWaits(Outcome outcome) {
        return outcome.statistics().queues().values().stream()
                .mapToLong(EngineStatistics.Queue::waits)
                .sum();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void block_waits_and_drops_nothing_when_the_sink_stands_still(int threads) throws Exception {
        var sink = new StallingSink();
        var engine = PairEngine.builder(traffic(300), settings(threads, 2, BLOCK))
                .sink(sink)
                .build();
        engine.start();
        sink.reached.await();
        while (engine.statistics().queues().get("writer").waits() == 0) {
            assertTrue(engine.statistics().ledger().balances());
            Thread.yield();
        }
        sink.released.countDown();
        Outcome outcome = engine.awaitEnd();
        assertEquals(0, outcome.statistics().ledger().droppedPackets());
        assertEquals(300, sink.pairs.size());
        assertTrue(outcome.statistics().ledger().balances());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void the_law_holds_in_every_snapshot_of_a_running_engine(int threads) throws Exception {
        var engine = PairEngine.builder(traffic(20_000), settings(threads, 100, BLOCK))
                .sink(new CollectingSink())
                .build();
        engine.start();
        long last = 0;
        while (engine.isRunning()) {
            Ledger ledger = engine.statistics().ledger();
            assertTrue(ledger.balances(), ledger::toString);
            assertTrue(ledger.read() >= last);
            last = ledger.read();
        }
        assertEquals(60_000, engine.awaitEnd().statistics().ledger().read());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_sink_that_fails_ends_the_run_with_an_exact_count(int threads) throws Exception {
        var sink = new CollectingSink() {
            @Override
            public void write(MatchedPair pair) {
                if (written() == 100) throw new IllegalStateException("disk full");
                super.write(pair);
            }
        };
        Outcome outcome = run(
                PairEngine.builder(traffic(5_000), settings(threads, 50, BLOCK)).sink(sink));
        assertEquals("disk full", outcome.failure().orElseThrow().getMessage());
        assertEquals(100, outcome.statistics().resultsWritten());
        Ledger ledger = outcome.statistics().ledger();
        assertTrue(ledger.balances(), ledger::toString);
        assertEquals(
                ledger.matchedPairs(),
                outcome.statistics().resultsWritten() + outcome.statistics().failedWrites());
    }

    @Test
    void a_source_that_fails_ends_the_run_after_what_was_read() throws Exception {
        FrameSource frames = traffic(10);
        var source = new PacketSource() {
            @Override
            public int poll(PacketHandler handler, int limit) throws IOException {
                int handed = frames.poll(handler, limit);
                if (handed == END) throw new IOException("device gone");
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
        };
        var sink = new CollectingSink();
        Outcome outcome =
                run(PairEngine.builder(source, settings(2, 100, BLOCK)).sink(sink));
        assertInstanceOf(IOException.class, outcome.failure().orElseThrow());
        assertEquals(10, sink.pairs.size());
        assertTrue(frames.closed);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void a_stop_writes_everything_that_was_read(int threads) throws Exception {
        var arrived = new CountDownLatch(1);
        var sink = new CollectingSink() {
            @Override
            public void write(MatchedPair pair) {
                arrived.countDown();
                super.write(pair);
            }
        };
        var engine = PairEngine.builder(traffic(20_000), settings(threads, 10, BLOCK))
                .sink(sink)
                .build();
        engine.start();
        arrived.await();
        engine.stop();
        engine.stop();
        assertFalse(engine.isRunning());
        Outcome outcome = engine.awaitEnd();
        assertFalse(outcome.stuck());
        assertTrue(outcome.failure().isEmpty());
        assertTrue(outcome.statistics().ledger().balances());
        assertEquals(outcome.statistics().ledger().matchedPairs(), sink.pairs.size());
    }

    @Test
    void a_sink_that_stays_stuck_does_not_hold_up_a_stop_and_the_unwritten_are_counted() throws Exception {
        var entered = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        var sink = new CollectingSink() {
            @Override
            public void write(MatchedPair pair) {
                entered.countDown();
                boolean done = false;
                while (!done) {
                    try {
                        done = never.await(1, TimeUnit.HOURS);
                    } catch (InterruptedException e) {
                        // stuck beyond interruption, like a write to a dead network file system
                    }
                }
            }
        };
        var engine = PairEngine.builder(traffic(1_000), settings(2, 10, BLOCK))
                .sink(sink)
                .build();
        engine.start();
        entered.await();
        engine.stop();
        assertFalse(engine.isRunning());
        Outcome outcome = engine.awaitEnd();
        assertTrue(outcome.stuck());
        assertEquals(0, outcome.statistics().resultsWritten());
        assertTrue(outcome.statistics().failedWrites() > 0);
        Ledger ledger = outcome.statistics().ledger();
        assertTrue(ledger.balances(), ledger::toString);
        assertEquals(ledger.matchedPairs(), outcome.statistics().failedWrites());
        never.countDown();
    }

    @Test
    void a_sink_that_dies_of_an_error_is_told_with_its_cause() throws Exception {
        var error = new OutOfMemoryError("made up");
        var sink = new CollectingSink() {
            @Override
            public void write(MatchedPair pair) {
                throw error;
            }
        };
        Outcome outcome =
                run(PairEngine.builder(traffic(10), EngineSettings.defaults()).sink(sink));
        assertSame(error, outcome.failure().orElseThrow());
    }

    @Test
    void a_missing_part_is_named() {
        var builder = Engine.builder().source(traffic(1));
        assertEquals(
                "the engine has no matcher: call matcher(…) before build()",
                assertThrows(IllegalStateException.class, builder::build).getMessage());
        var withoutSink = PairEngine.builder(traffic(1), EngineSettings.defaults());
        assertTrue(assertThrows(IllegalStateException.class, withoutSink::build)
                .getMessage()
                .contains("no sink"));
    }

    @Test
    void start_and_stop_may_be_called_at_any_time() throws Exception {
        Engine engine = PairEngine.builder(traffic(10), EngineSettings.defaults())
                .sink(ResultSink.NONE)
                .build();
        assertFalse(engine.isRunning());
        engine.stop();
        assertThrows(IllegalStateException.class, engine::awaitEnd);
        engine.start();
        engine.start();
        assertEquals(10, engine.awaitEnd().statistics().ledger().matchedPairs());
        engine.stop();
        engine.start();
        assertFalse(engine.isRunning());
    }

    @Test
    void the_listener_hears_the_end_once_and_snapshots_in_between() throws Exception {
        List<EngineStatistics> heard = new ArrayList<>();
        Outcome outcome = run(PairEngine.builder(traffic(10), EngineSettings.defaults())
                .sink(new CollectingSink())
                .listener(heard::add));
        assertEquals(List.of(outcome.statistics()), heard);
    }
}
