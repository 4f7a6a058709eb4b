package io.pairwire.engine.pair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.PcapReader;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.engine.Checkpoints;
import io.pairwire.engine.Engine;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.EngineState;
import io.pairwire.engine.Ledger;
import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.ResultSink;
import io.pairwire.memory.OverflowPolicy;
import io.pairwire.testkit.RandomCaptures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an engine keeps is enough for another to go on as if there had been one; and what may change while one runs. */
@Timeout(120)
class GoOnTest {

    /** Some packets of a capture in memory, one a poll. */
    private static final class Part implements PacketSource {
        private final PcapReader reader;
        private final long to;
        private final Packet packet = new Packet().from(0, 0);
        private volatile long packets;

        /** Something to be done when that many packets were handed over. */
        private Runnable then = () -> {};

        private long when = -1;

        Part(byte[] pcap, long from, long to) throws IOException {
            reader = PcapReader.open(Channels.newChannel(new ByteArrayInputStream(pcap)), 4096);
            this.to = to;
            while (packets < from && reader.next(packet)) packets++;
        }

        Part after(long packets, Runnable then) {
            this.when = packets;
            this.then = then;
            return this;
        }

        @Override
        public int poll(PacketHandler handler, int limit) throws IOException {
            if (packets == when) then.run();
            if (packets == to || !reader.next(packet)) return END;
            packets++;
            handler.onPacket(packet);
            return 1;
        }

        @Override
        public String fileName(int file) {
            return "memory";
        }

        @Override
        public SourceStatistics statistics() {
            return new SourceStatistics(1, 0, 0, packets, 0, 0, List.of());
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    private static final class Found implements ResultSink {
        final List<MatchedPair.Fields> pairs = new ArrayList<>();

        @Override
        public void write(MatchedPair pair) {
            pairs.add(pair.fields());
        }

        @Override
        public void flush() {}

        @Override
        public long written() {
            return pairs.size();
        }

        @Override
        public void close() {}
    }

    /** Keeps the last state in memory; now and then one in between. */
    private static final class Kept implements Checkpoints {
        byte[] state = {};
        int count;
        private int asked;

        @Override
        public boolean isDue() {
            return ++asked % 7 == 0;
        }

        @Override
        public void begin() {}

        @Override
        public void keep(EngineState engine) throws IOException {
            var bytes = new ByteArrayOutputStream();
            engine.save(new DataOutputStream(bytes));
            state = bytes.toByteArray();
        }

        @Override
        public boolean kept() {
            count++;
            return false;
        }
    }

    private static EngineSettings settings(RandomCaptures.Capture capture, int threads) {
        return EngineSettings.defaults()
                .withThreads(threads)
                .withShards(3)
                .withExpiry(Duration.ofNanos(capture.expiryNanos()));
    }

    private static Ledger run(PacketSource source, EngineSettings settings, Found found, Kept kept, byte[] state)
            throws Exception {
        Engine engine = PairEngine.builder(source, settings)
                .sink(found)
                .checkpoints(kept)
                .build();
        if (state.length > 0) engine.restore(new DataInputStream(new ByteArrayInputStream(state)));
        engine.start();
        return engine.awaitEnd().statistics().ledger();
    }

    @Test
    void engines_that_go_on_from_each_other_find_what_one_would_have_found() throws Exception {
        int waiting = 0;
        for (long seed = 0; seed < 50; seed++) {
            RandomCaptures.Capture capture = RandomCaptures.of(seed);
            int threads = 1 + (int) (seed % 3);
            var unbroken = new Found();
            run(
                    new Part(capture.pcap(), 0, Long.MAX_VALUE),
                    settings(capture, threads),
                    unbroken,
                    new Kept(),
                    new byte[0]);

            var random = new SplittableRandom(seed);
            var broken = new Found();
            byte[] state = {};
            long at = 0;
            while (at < capture.read()) {
                long to = Math.min(capture.read(), at + 1 + random.nextLong(1 + capture.read() / 3));
                var kept = new Kept();
                Ledger ledger = run(
                        new Part(capture.pcap(), at, to),
                        settings(capture, 1 + random.nextInt(3)),
                        broken,
                        kept,
                        state);
                assertTrue(ledger.balances(), "seed " + seed);
                assertTrue(kept.count > 0, "seed " + seed);
                waiting += (int) (ledger.read() - (to - at));
                state = kept.state;
                at = to;
            }
            assertEquals(unbroken.pairs, broken.pairs, "seed " + seed);
        }
        assertTrue(waiting > 50, "packets waited across the breaks: " + waiting);
    }

    @Test
    void expiry_networks_and_policy_change_behind_the_packets_read_so_far() throws Exception {
        RandomCaptures.Capture capture = RandomCaptures.of(3);
        var before = new Found();
        run(new Part(capture.pcap(), 0, Long.MAX_VALUE), settings(capture, 2), before, new Kept(), new byte[0]);

        var found = new Found();
        long half = capture.read() / 2;
        var source = new Part(capture.pcap(), 0, Long.MAX_VALUE);
        EngineSettings settings = settings(capture, 2);
        Engine engine = PairEngine.builder(source, settings).sink(found).build();
        var changed = settings.withExpiry(Duration.ZERO)
                .withBufferSize(7)
                .withMaxUnmatched(50)
                .withPolicy(new OverflowPolicy.Adaptive(Duration.ofSeconds(1)));
        source.after(half, () -> engine.change(changed));
        engine.start();
        var outcome = engine.awaitEnd();
        assertTrue(outcome.failure().isEmpty(), outcome.failure().toString());
        assertTrue(outcome.statistics().ledger().balances());
        assertEquals(changed, engine.settings());
        // One packet more was read before the change took effect, and from then on only equal times match.
        List<MatchedPair.Fields> early = before.pairs.stream()
                .filter(pair -> Math.max(pair.requestPacket(), pair.responsePacket()) <= half)
                .toList();
        assertEquals(early, found.pairs.subList(0, early.size()));
        assertTrue(found.pairs.subList(early.size() + 1, found.pairs.size()).stream()
                .allMatch(pair -> pair.requestEpochNanos() == pair.responseEpochNanos()));
    }

    @Test
    void what_shapes_an_engine_cannot_change() throws Exception {
        RandomCaptures.Capture capture = RandomCaptures.of(3);
        EngineSettings settings = settings(capture, 1);
        Engine engine = PairEngine.builder(new Part(capture.pcap(), 0, 1), settings)
                .sink(new Found())
                .build();
        assertThrows(IllegalArgumentException.class, () -> engine.change(settings.withShards(5)));
        assertThrows(IllegalArgumentException.class, () -> engine.change(settings.withThreads(5)));
        assertEquals(settings, engine.settings());
    }

    @Test
    void a_checkpoint_that_fails_ends_the_run_as_a_failure() throws Exception {
        RandomCaptures.Capture capture = RandomCaptures.of(3);
        var failing = new Checkpoints() {
            @Override
            public boolean isDue() {
                return true;
            }

            @Override
            public void begin() {}

            @Override
            public void keep(EngineState state) throws IOException {
                throw new IOException("the disk of the journal is full");
            }

            @Override
            public boolean kept() {
                throw new AssertionError("nothing was kept");
            }
        };
        Engine engine = PairEngine.builder(new Part(capture.pcap(), 0, Long.MAX_VALUE), settings(capture, 2))
                .sink(new Found())
                .checkpoints(failing)
                .build();
        engine.start();
        assertEquals(
                "the disk of the journal is full",
                engine.awaitEnd().failure().orElseThrow().getMessage());
    }

    @Test
    void a_started_engine_takes_nothing_over() throws Exception {
        Engine engine = PairEngine.builder(new Part(RandomCaptures.of(3).pcap(), 0, 1), EngineSettings.defaults())
                .sink(new Found())
                .build();
        engine.start();
        engine.awaitEnd();
        assertThrows(
                IllegalStateException.class,
                () -> engine.restore(new DataInputStream(new ByteArrayInputStream(new byte[100]))));
    }
}
