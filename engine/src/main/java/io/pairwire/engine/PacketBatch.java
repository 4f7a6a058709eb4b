package io.pairwire.engine;

import org.jspecify.annotations.Nullable;

/**
 * Descriptors of packets on their way from the reading thread through the shards to the writer: what matching needs of
 * each, and room for what it finds. One array a field, reused for ever.
 *
 * <p>A batch belongs to one stage at a time. While the shards work on it each owner touches only the descriptors of its
 * own shards. Descriptors stand in the order of reading, so results read off in that order need no sorting.
 */
public final class PacketBatch {
    private static final byte OPEN = 0;
    private static final byte PAIRED = 1;

    private final long[] keyLow;
    private final long[] keyHigh;
    private final long[] epochNanos;
    private final long[] clock;
    private final long[] reference;
    private final int[] sequence;
    private final int[] shard;
    private final long[] sourceHigh;
    private final long[] sourceLow;
    private final long[] destinationHigh;
    private final long[] destinationLow;
    private final int[] ports;
    private final byte[] traits;

    private final byte[] outcome;
    private final long[] partnerEpochNanos;
    private final long[] partnerLastEpochNanos;
    private final long[] partnerReference;

    private final int capacity;
    private final boolean keepsEndpoints;
    private int length;

    /** The accounts of the reading thread as of the end of this batch, and of each owner once it is done with it. */
    final long[] readerRow = new long[Accounts.READER_COLUMNS];

    final long[] ownerRows;

    /** What is to be done behind all batches before this one, which is then empty and not of the pool. */
    @Nullable
    Rest rest;

    /** Owners that still work on it. */
    @SuppressWarnings("unused") // by OWNERS_LEFT in MatchStage
    volatile int ownersLeft;

    PacketBatch(int capacity, int owners, boolean keepsEndpoints) {
        this.capacity = capacity;
        this.keepsEndpoints = keepsEndpoints;
        keyLow = new long[capacity];
        keyHigh = new long[capacity];
        epochNanos = new long[capacity];
        clock = new long[capacity];
        reference = new long[capacity];
        sequence = new int[capacity];
        shard = new int[capacity];
        sourceHigh = new long[capacity];
        sourceLow = new long[capacity];
        destinationHigh = new long[capacity];
        destinationLow = new long[capacity];
        ports = new int[capacity];
        traits = new byte[capacity];
        outcome = new byte[capacity];
        partnerEpochNanos = new long[capacity];
        partnerLastEpochNanos = new long[capacity];
        partnerReference = new long[capacity];
        ownerRows = new long[owners * Accounts.OWNER_COLUMNS];
    }

    /** A batch of its own, for tests of matchers. */
    public static PacketBatch standalone(int capacity) {
        return new PacketBatch(capacity, 1, true);
    }

    /** Descriptors in use. */
    public int length() {
        return length;
    }

    /** Descriptors there are. */
    public int capacity() {
        return capacity;
    }

    /** Makes the batch empty. */
    public void clear() {
        length = 0;
    }

    // --- written by Matcher.describe, into the descriptor that becomes the last

    /**
     * What makes the packet findable. The flow hash chooses the shard and must be equal for both directions of a flow.
     */
    public void key(long low, long high, long flowHash) {
        keyLow[length] = low;
        keyHigh[length] = high;
        shard[length] = (int) (flowHash >>> 32);
    }

    /** Which packet it is (a {@link io.pairwire.engine.store.PacketReference}) and its TCP sequence number. */
    public void identity(long reference, int sequence) {
        this.reference[length] = reference;
        this.sequence[length] = sequence;
    }

    /** Will anybody ask for endpoints? Not if results are only counted; then a matcher may leave them out. */
    public boolean keepsEndpoints() {
        return keepsEndpoints;
    }

    /** Bits of the matcher's own. */
    public void mark(int traits) {
        this.traits[length] = (byte) traits;
    }

    /** Where it comes from and goes to; source port in the upper, destination port in the lower 16 bits. */
    public void endpoints(long sourceHigh, long sourceLow, long destinationHigh, long destinationLow, int ports) {
        this.sourceHigh[length] = sourceHigh;
        this.sourceLow[length] = sourceLow;
        this.destinationHigh[length] = destinationHigh;
        this.destinationLow[length] = destinationLow;
        this.ports[length] = ports;
    }

    /**
     * Takes the descriptor just written into the batch, as the reader does once it is eligible.
     *
     * @param epochNanos time of the packet
     * @param clock the largest time read so far
     * @param shards shards there are
     */
    public void append(long epochNanos, long clock, int shards) {
        this.epochNanos[length] = epochNanos;
        this.clock[length] = clock;
        this.outcome[length] = OPEN;
        this.shard[length] = (int) (Integer.toUnsignedLong(shard[length]) * shards >>> 32);
        length++;
    }

    // --- read by the shards

    public long keyLow(int index) {
        return keyLow[index];
    }

    public long keyHigh(int index) {
        return keyHigh[index];
    }

    /** Time of the packet, nanoseconds since 1970. */
    public long epochNanos(int index) {
        return epochNanos[index];
    }

    /** The largest time read up to and including this packet. */
    public long clock(int index) {
        return clock[index];
    }

    /** Which packet it is, a {@link io.pairwire.engine.store.PacketReference}. */
    public long reference(int index) {
        return reference[index];
    }

    /** TCP sequence number; 0 for others. */
    public int sequence(int index) {
        return sequence[index];
    }

    /** Which shard it belongs to. */
    public int shard(int index) {
        return shard[index];
    }

    /** The packet found its partner. */
    public void paired(int index, long partnerEpochNanos, long partnerLastEpochNanos, long partnerReference) {
        this.outcome[index] = PAIRED;
        this.partnerEpochNanos[index] = partnerEpochNanos;
        this.partnerLastEpochNanos[index] = partnerLastEpochNanos;
        this.partnerReference[index] = partnerReference;
    }

    /** The packet is a further transmission of that one, and takes part in nothing else. */
    public void repeats(int index, long firstReference) {
        this.partnerReference[index] = firstReference;
    }

    // --- read by the writer

    /** Did this packet complete a pair? */
    public boolean isPaired(int index) {
        return outcome[index] == PAIRED;
    }

    public long partnerEpochNanos(int index) {
        return partnerEpochNanos[index];
    }

    public long partnerLastEpochNanos(int index) {
        return partnerLastEpochNanos[index];
    }

    /** Which packet it is paired with or {@link #repeats}; without meaning for others. */
    public long partnerReference(int index) {
        return partnerReference[index];
    }

    public long sourceHigh(int index) {
        return sourceHigh[index];
    }

    public long sourceLow(int index) {
        return sourceLow[index];
    }

    public long destinationHigh(int index) {
        return destinationHigh[index];
    }

    public long destinationLow(int index) {
        return destinationLow[index];
    }

    /** Source port in the upper, destination port in the lower 16 bits. */
    public int ports(int index) {
        return ports[index];
    }

    public int traits(int index) {
        return traits[index];
    }
}
