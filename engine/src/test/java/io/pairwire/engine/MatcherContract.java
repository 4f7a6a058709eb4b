package io.pairwire.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.PacketDecoder;
import io.pairwire.engine.store.PacketReference;
import io.pairwire.engine.store.UnmatchedStore;
import io.pairwire.engine.store.UnmatchedTable;
import io.pairwire.testkit.Allocations;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Matcher} keeps to, with the store that the engine uses. An implementation's test extends it and
 * brings four packets.
 */
public abstract class MatcherContract {
    private static final long NOON = 1_700_000_000_000_000_000L;
    private static final long EXPIRY = 1_000_000_000L;
    private static final long LATENCY = 123_457;
    private static final int CAPACITY = 16;
    private static final int MOST_SHARDS = Integer.MAX_VALUE;
    private static final int CALLS = 20_000;

    private static final int REQUEST_FILE = 3;
    private static final int RESPONSE_FILE = 5;
    private static final IntFunction<String> NAMES = file -> file == REQUEST_FILE ? "three" : "five";

    private final Layers layers = new Layers();
    private final PacketBatch batch = PacketBatch.standalone(CAPACITY);
    private final MatchedPair pair = new MatchedPair();
    private PacketDecoder decoder;
    private Matcher matcher;
    private ShardMatcher shard;
    private UnmatchedStore store;
    private long clock = Long.MIN_VALUE;

    /** A new matcher; the earlier packet of a pair is the request, if it can be either. */
    protected abstract Matcher matcher();

    /** A packet that asks. */
    protected abstract byte[] request();

    /** The answer to it. */
    protected abstract byte[] response();

    /** A packet that could be asked or answered, but has nothing to do with the two. */
    protected abstract byte[] unrelated();

    /** A packet this kind of matching has no use for. */
    protected abstract byte[] ineligible();

    /** The link type of all four. */
    protected int linkType() {
        return LinkType.ETHERNET;
    }

    /** What decodes all four. */
    protected PacketDecoder decoder() {
        return new LayerDecoder();
    }

    @BeforeEach
    void begin() {
        decoder = decoder();
        matcher = matcher();
        store = new UnmatchedTable(EXPIRY, 1_000);
        shard = matcher.shard(store);
    }

    private Packet packet(byte[] bytes, int file, long number) {
        return new Packet()
                .moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, 0)
                .linkType(linkType())
                .from(file, number);
    }

    /** Describes a packet, as the reading thread does; answers the index of its descriptor. */
    private int describe(Packet packet, long epochNanos) {
        clock = Math.max(clock, epochNanos);
        decoder.decode(packet, layers);
        assertEquals(Eligibility.ELIGIBLE, matcher.describe(packet, layers, batch));
        batch.append(epochNanos, clock, MOST_SHARDS);
        return batch.length() - 1;
    }

    private int describe(byte[] bytes, int file, long number, long epochNanos) {
        return describe(packet(bytes, file, number), epochNanos);
    }

    /** Lets the shard look at a descriptor, as its owner does; answers whether it completed a pair. */
    private boolean match(int index) {
        shard.touch(batch, index);
        shard.match(batch, index);
        return batch.isPaired(index);
    }

    @Test
    void request_and_response_have_the_same_key_and_meet_in_one_shard() {
        int request = describe(request(), 0, 1, NOON);
        int response = describe(response(), 0, 2, NOON);
        assertEquals(batch.keyLow(request), batch.keyLow(response));
        assertEquals(batch.keyHigh(request), batch.keyHigh(response));
        assertEquals(batch.shard(request), batch.shard(response));
    }

    @Test
    void an_unrelated_packet_has_another_key() {
        int request = describe(request(), 0, 1, NOON);
        int unrelated = describe(unrelated(), 0, 2, NOON);
        assertFalse(
                batch.keyLow(request) == batch.keyLow(unrelated) && batch.keyHigh(request) == batch.keyHigh(unrelated));
    }

    @Test
    void a_key_depends_on_the_packet_alone() {
        int first = describe(request(), 0, 1, NOON);
        describe(unrelated(), 0, 2, NOON);
        int again = describe(request(), 7, 99, NOON + 5);
        assertEquals(batch.keyLow(first), batch.keyLow(again));
        assertEquals(batch.keyHigh(first), batch.keyHigh(again));
        assertEquals(batch.shard(first), batch.shard(again));
    }

    @Test
    void an_ineligible_packet_is_refused_with_a_reason() {
        Packet packet = packet(ineligible(), 0, 1);
        decoder.decode(packet, layers);
        assertNotEquals(Eligibility.ELIGIBLE, matcher.describe(packet, layers, batch));
    }

    @Test
    void a_packet_cut_anywhere_is_refused_or_described_but_never_read_past_its_end() {
        for (byte[] bytes : new byte[][] {request(), response(), unrelated(), ineligible()}) {
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                Packet packet = new Packet()
                        .moveTo(MemorySegment.ofArray(cut), 0, length, bytes.length, 0)
                        .linkType(linkType());
                decoder.decode(packet, layers);
                matcher.describe(packet, layers, batch);
            }
        }
    }

    @Test
    void a_descriptor_says_which_packet_it_is() {
        int index = describe(request(), REQUEST_FILE, 77, NOON);
        assertEquals(REQUEST_FILE, PacketReference.file(batch.reference(index)));
        assertEquals(77, PacketReference.number(batch.reference(index)));
        int other = describe(response(), RESPONSE_FILE, 1L << 33, NOON);
        assertEquals(RESPONSE_FILE, PacketReference.file(batch.reference(other)));
        assertEquals(1L << 33, PacketReference.number(batch.reference(other)));
        assertTrue(PacketReference.opposite(batch.reference(index), batch.reference(other)));
    }

    @Test
    void a_response_finds_its_request_among_others() {
        assertFalse(match(describe(unrelated(), 0, 1, NOON)));
        assertFalse(match(describe(request(), 0, 2, NOON + 1)));
        int response = describe(response(), 0, 3, NOON + 2);
        assertTrue(match(response));
        assertEquals(2, PacketReference.number(batch.partnerReference(response)));
        assertEquals(NOON + 1, batch.partnerEpochNanos(response));
        assertEquals(1, store.outstanding(), "the unrelated one waits");
    }

    @Test
    void two_requests_are_no_pair() {
        match(describe(request(), 0, 1, NOON));
        assertFalse(match(describe(request(), 0, 2, NOON + 1)));
    }

    @Test
    void a_response_is_used_once() {
        match(describe(request(), 0, 1, NOON));
        assertTrue(match(describe(response(), 0, 2, NOON + 1)));
        assertEquals(0, store.outstanding());
        assertFalse(match(describe(response(), 0, 3, NOON + 2)));
    }

    @Test
    void a_touch_is_a_hint_and_nothing_else() {
        int request = describe(request(), 0, 1, NOON);
        int response = describe(response(), 0, 2, NOON + 1);
        for (int i = 0; i < 3; i++) {
            shard.touch(batch, request);
            shard.touch(batch, response);
        }
        assertEquals(0, store.stored());
        assertFalse(match(request));
        assertTrue(match(response));
    }

    @Test
    void a_result_tells_who_asked_whom_and_how_long_it_took() {
        readInOrder(NOON);
    }

    /** The response is read first although it bears the later time: two files, or two capturing threads. */
    @Test
    void the_order_of_reading_does_not_change_who_asked() {
        readReordered(NOON);
    }

    @Test
    void nothing_of_the_result_before_is_left() {
        readReordered(NOON);
        readInOrder(NOON + 100 * EXPIRY);
        readReordered(NOON + 200 * EXPIRY);
    }

    private void readInOrder(long requested) {
        match(describe(request(), REQUEST_FILE, 11, requested));
        int completing = describe(response(), RESPONSE_FILE, 22, requested + LATENCY);
        assertTrue(match(completing));
        matcher.read(batch, completing, NAMES, pair);
        assertTold(completing, requested);
        assertFalse(pair.isReordered());
    }

    private void readReordered(long requested) {
        match(describe(response(), RESPONSE_FILE, 22, requested + LATENCY));
        int completing = describe(request(), REQUEST_FILE, 11, requested);
        assertTrue(match(completing));
        matcher.read(batch, completing, NAMES, pair);
        assertTold(completing, requested);
        assertTrue(pair.isReordered());
    }

    private void assertTold(int completing, long requested) {
        assertEquals(LATENCY, matcher.latencyNanos(batch, completing));
        assertEquals(LATENCY, pair.latencyNanos());
        assertEquals(LATENCY, pair.latencyLastNanos());
        assertEquals(requested, pair.requestEpochNanos());
        assertEquals(requested + LATENCY, pair.responseEpochNanos());
        assertEquals("three", pair.requestFile());
        assertEquals(11, pair.requestPacket());
        assertEquals("five", pair.responseFile());
        assertEquals(22, pair.responsePacket());
        assertFalse(pair.isRetransmitted());
        assertFalse(pair.isNegative());

        decoder.decode(packet(request(), 0, 1), layers);
        assertEquals(layers.ipProtocol(), pair.requestProtocol());
        assertEquals(layers.sourceHigh(), pair.clientHigh());
        assertEquals(layers.sourceLow(), pair.clientLow());
        assertEquals(layers.sourcePort(), pair.clientPort());
        assertEquals(layers.destinationHigh(), pair.serverHigh());
        assertEquals(layers.destinationLow(), pair.serverLow());
        assertEquals(layers.destinationPort(), pair.serverPort());
        assertEquals(layers.ipVersion() == 6, pair.isIpv6());
        decoder.decode(packet(response(), 0, 1), layers);
        assertEquals(layers.ipProtocol(), pair.responseProtocol());
    }

    @Test
    void a_pair_costs_no_heap() {
        Packet request = packet(request(), REQUEST_FILE, 1);
        Packet response = packet(response(), RESPONSE_FILE, 2);
        Packet ineligible = packet(ineligible(), REQUEST_FILE, 3);
        long[] now = {NOON};
        double bytes = Allocations.bytesPerCall(
                () -> {
                    now[0] += 100 * EXPIRY; // else a TCP segment would be a retransmission
                    batch.clear();
                    decoder.decode(ineligible, layers);
                    matcher.describe(ineligible, layers, batch);
                    match(describe(request, now[0]));
                    int completing = describe(response, now[0] + LATENCY);
                    match(completing);
                    matcher.read(batch, completing, NAMES, pair);
                },
                CALLS);
        assertEquals(0.0, bytes);
        assertEquals(LATENCY, pair.latencyNanos());
    }
}
