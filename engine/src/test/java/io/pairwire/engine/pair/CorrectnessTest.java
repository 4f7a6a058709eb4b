package io.pairwire.engine.pair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.PcapFormat;
import io.pairwire.engine.Engine;
import io.pairwire.engine.EngineSettings;
import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.Outcome;
import io.pairwire.engine.ResultSink;
import io.pairwire.testkit.CorrectnessFile;
import io.pairwire.testkit.CorrectnessFile.Expected;
import io.pairwire.testkit.CorrectnessFile.Kind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A thousand pairs of every kind, each with its exact latency, in every form of file, for any number of threads. */
@Timeout(60)
class CorrectnessTest {
    private static final int PAIRS = 1_000;

    static Stream<Arguments> runs() {
        List<Arguments> runs = new ArrayList<>();
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            for (boolean nanoseconds : new boolean[] {true, false}) {
                var format = new PcapFormat(order, nanoseconds, LinkType.ETHERNET, PcapFormat.SNAPLEN);
                for (int threads : new int[] {1, 2, 5}) {
                    for (int queueSize : new int[] {2, 10_000}) runs.add(Arguments.of(format, threads, queueSize));
                }
            }
        }
        return runs.stream();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void every_pair_of_every_kind_is_found_with_its_exact_latency(
            PcapFormat format, int threads, int queueSize, @TempDir Path folder) throws Exception {
        CorrectnessFile file = CorrectnessFile.of(PAIRS, format);
        Path capture = folder.resolve("correctness.pcap");
        file.writeTo(capture);
        EngineSettings settings = EngineSettings.defaults()
                .withThreads(threads)
                .withQueueSize(queueSize)
                .withPoolSize(2 * queueSize);
        var found = new ArrayList<MatchedPair.Fields>();
        Engine engine = PairEngine.builder(FileSource.open(List.of(capture.toString())), settings)
                .sink(collecting(found))
                .build();
        engine.start();
        Outcome outcome = engine.awaitEnd();

        Map<Kind, Integer> right = new EnumMap<>(Kind.class);
        List<Expected> expected = file.expected();
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            assertSame(expected.get(i), found.get(i));
            right.merge(expected.get(i).kind(), 1, Integer::sum);
        }
        for (Kind kind : Kind.values()) {
            boolean pairs = kind != Kind.BEYOND_EXPIRY && kind != Kind.NOISE;
            assertEquals(pairs ? PAIRS : 0, right.getOrDefault(kind, 0), kind.name());
        }

        CorrectnessFile.Counts counts = file.counts();
        var ledger = outcome.statistics().ledger();
        assertTrue(ledger.balances(), ledger::toString);
        assertEquals(counts.read(), ledger.read());
        assertEquals(counts.matchedPairs(), ledger.matchedPairs());
        assertEquals(counts.expired(), ledger.expired());
        assertEquals(counts.unmatched(), ledger.unmatched());
        assertEquals(0, ledger.droppedPackets());
        assertEquals(0, ledger.inFlight());
        ledger.notEligible()
                .forEach((reason, packets) ->
                        assertEquals(counts.notEligible().getOrDefault(reason, 0L), packets, reason));
        assertEquals(counts.retransmissions(), outcome.statistics().retransmissions());
        assertEquals(0, outcome.latencies().negative());
    }

    private static void assertSame(Expected expected, MatchedPair.Fields found) throws UnknownHostException {
        String where = expected.toString();
        assertEquals(expected.requestPacket(), found.requestPacket(), where);
        assertEquals(expected.responsePacket(), found.responsePacket(), where);
        assertEquals(expected.requestNanos(), found.requestEpochNanos(), where);
        assertEquals(expected.responseNanos(), found.responseEpochNanos(), where);
        assertEquals(expected.latencyNanos(), found.responseEpochNanos() - found.requestEpochNanos(), where);
        assertEquals(
                expected.latencyLastNanos(), found.responseEpochNanos() - found.lastTransmissionEpochNanos(), where);
        assertEquals(expected.requestProtocol(), found.requestProtocol(), where);
        assertEquals(expected.responseProtocol(), found.responseProtocol(), where);
        assertEquals(expected.retransmitted(), found.retransmitted(), where);
        assertEquals(expected.inbound(), found.inbound(), where);
        assertEquals(expected.clientPort(), found.clientPort(), where);
        assertEquals(expected.serverPort(), found.serverPort(), where);
        assertEquals(
                InetAddress.getByName(expected.client()),
                address(found.ipv6(), found.clientHigh(), found.clientLow()),
                where);
        assertEquals(
                InetAddress.getByName(expected.server()),
                address(found.ipv6(), found.serverHigh(), found.serverLow()),
                where);
    }

    private static InetAddress address(boolean ipv6, long high, long low) throws UnknownHostException {
        return InetAddress.getByAddress(
                ipv6
                        ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                        : ByteBuffer.allocate(4).putInt((int) low).array());
    }

    private static ResultSink collecting(List<MatchedPair.Fields> found) {
        return new ResultSink() {
            @Override
            public void write(MatchedPair pair) {
                found.add(pair.fields());
            }

            @Override
            public void flush() {}

            @Override
            public long written() {
                return found.size();
            }

            @Override
            public void close() {}
        };
    }
}
