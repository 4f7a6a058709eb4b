package io.pairwire.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.craft.Frame;
import io.pairwire.engine.pair.PairMatcher;
import io.pairwire.engine.store.UnmatchedTable;
import io.pairwire.memory.HandOver;
import io.pairwire.memory.OverflowPolicy;
import io.pairwire.memory.Pause;
import io.pairwire.testkit.Allocations;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** From the packet to the result nothing is allocated. */
class AllocationTest {
    private static final int FLOWS = 64;
    private static final int PACKETS_A_CALL = 1_000;
    private static final int WARM_UP_CALLS = 1_000;
    private static final int PAYLOAD_AT = 14 + 20 + 8;

    private final EngineSettings settings = EngineSettings.defaults().withThreads(1);
    private final LayerDecoder decoder = new LayerDecoder();
    private final PairMatcher matcher = new PairMatcher(settings, new Random(1));
    private final Packet packet = new Packet().linkType(LinkType.ETHERNET);
    private final MemorySegment[] requests = new MemorySegment[FLOWS];
    private final MemorySegment[] responses = new MemorySegment[FLOWS];
    private long number;

    AllocationTest() {
        for (int i = 0; i < FLOWS; i++) {
            byte[] payload = new byte[64];
            requests[i] = nativeCopy(Frame.udp("10.0.0.1", 1000 + i, "192.168.0.1", 7)
                    .payload(payload)
                    .toEthernet());
            responses[i] = nativeCopy(Frame.udp("192.168.0.1", 7, "10.0.0.1", 1000 + i)
                    .payload(payload)
                    .toEthernet());
        }
    }

    private static MemorySegment nativeCopy(byte[] bytes) {
        return MemorySegment.ofBuffer(
                ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
    }

    /** The next packet: requests and responses in turn, each pair with a payload of its own. */
    private Packet next() {
        long pair = number / 2;
        MemorySegment frame = (number % 2 == 0 ? requests : responses)[(int) (pair % FLOWS)];
        frame.set(ValueLayout.JAVA_LONG_UNALIGNED, PAYLOAD_AT, pair);
        int length = (int) frame.byteSize();
        number++;
        return packet.moveTo(frame, 0, length, length, number * 1_000).from(0, number);
    }

    @Test
    void reading_decoding_and_matching_allocate_nothing() {
        var accounts = new Accounts();
        var pool = new BatchPool(1_000, 100, 1, true);
        var block = new HandOver(new OverflowPolicy.Block(), Pause.PARK, () -> false);
        var source = new FrameSource(1);
        var writer = new WriteStage(
                ResultSink.NONE,
                matcher,
                source::fileName,
                pool,
                100,
                settings,
                block,
                Pause.PARK,
                System::nanoTime,
                () -> false,
                () -> {});
        var match = new MatchStage(0, 100, matcher, UnmatchedTable::new, settings, block, writer, accounts, Pause.PARK);
        var reader = new ReadStage(
                source,
                packet -> true,
                decoder,
                matcher,
                pool,
                block,
                match,
                settings.shards(),
                new Rests(Checkpoints.NONE, out -> {}),
                () -> false);
        double bytes = Allocations.bytesPerCall(
                () -> {
                    for (int i = 0; i < PACKETS_A_CALL; i++) reader.onPacket(next());
                },
                WARM_UP_CALLS,
                200);
        assertEquals(0, bytes);
        Ledger ledger = accounts.ledger();
        assertTrue(ledger.matchedPairs() > 100_000, ledger::toString);
        assertTrue(ledger.balances());
    }

    @Test
    void reading_off_a_pair_allocates_nothing() {
        var batch = PacketBatch.standalone(2);
        var shard = matcher.shard(new UnmatchedTable(1_000_000, 100));
        for (int i = 0; i < 2; i++) {
            next();
            var layers = new Layers();
            decoder.decode(packet, layers);
            assertEquals(Eligibility.ELIGIBLE, matcher.describe(packet, layers, batch));
            batch.append(packet.epochNanos(), packet.epochNanos(), 1);
        }
        shard.match(batch, 0);
        shard.match(batch, 1);
        assertTrue(batch.isPaired(1));
        var pair = new MatchedPair();
        IntFunction<String> name = file -> "memory";
        double bytes = Allocations.bytesPerCall(() -> matcher.read(batch, 1, name, pair), 10_000);
        assertEquals(0, bytes);
        assertEquals(1_000, pair.latencyNanos());
    }
}
