package io.pairwire.dpi.session;

import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.IpProtocol;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one shard by their endpoints: open addressing over a power of two, seeded, linear probing.
 *
 * <p>Full hashes and sessions stand in two arrays at the same place, so that both are fetched at once, and only an equal hash
 * leads to a session itself. Removal shifts what follows back, hence no graves. Sessions are made slab by slab when first
 * needed, and used again. Not thread-safe.
 */
final class SessionTable {
    static final int FIRST_SLOTS = 4096;
    private static final int SLAB = 1024;

    private final long seedOne;
    private final long seedTwo;
    private final PathTable paths;
    private TrackedSession[] free = new TrackedSession[SLAB];
    private int freeCount;
    private int made;
    private int[] hashes = new int[FIRST_SLOTS];
    private @Nullable TrackedSession[] slots = new TrackedSession[FIRST_SLOTS];
    private int count;

    // The endpoints that were looked for last, lower one first.
    private int ipVersion;
    private int protocol;
    private long lowerHigh;
    private long lowerLow;
    private long upperHigh;
    private long upperLow;
    private int lowerPort;
    private int upperPort;
    private long ends;
    private int hash;
    private boolean sourceIsLower;

    private long lookups;
    private long probes;
    private int longestProbe;
    private long hashCollisions;

    SessionTable(RandomGenerator random, PathTable paths) {
        seedOne = random.nextLong() | 1;
        seedTwo = random.nextLong() | 1;
        this.paths = paths;
    }

    int count() {
        return count;
    }

    int slots() {
        return slots.length;
    }

    long lookups() {
        return lookups;
    }

    long probes() {
        return probes;
    }

    int longestProbe() {
        return longestProbe;
    }

    /** Lookups that met another session with the same full hash. */
    long hashCollisions() {
        return hashCollisions;
    }

    /** Did the source of what was looked for last stand lower in the order of endpoints? */
    boolean sourceIsLower() {
        return sourceIsLower;
    }

    /** The session of a packet, or null. */
    @Nullable
    TrackedSession find(Layers layers) {
        boolean ports = layers.transportAt() >= 0 && hasPorts(layers.ipProtocol());
        return find(
                layers.ipVersion(),
                layers.ipProtocol(),
                layers.sourceHigh(),
                layers.sourceLow(),
                ports ? layers.sourcePort() : 0,
                layers.destinationHigh(),
                layers.destinationLow(),
                ports ? layers.destinationPort() : 0);
    }

    private static boolean hasPorts(int protocol) {
        return switch (protocol) {
            case IpProtocol.TCP, IpProtocol.UDP, IpProtocol.SCTP, IpProtocol.DCCP, IpProtocol.UDP_LITE -> true;
            default -> false;
        };
    }

    @Nullable
    TrackedSession find(
            int ipVersion,
            int protocol,
            long sourceHigh,
            long sourceLow,
            int sourcePort,
            long destinationHigh,
            long destinationLow,
            int destinationPort) {
        this.ipVersion = ipVersion;
        this.protocol = protocol;
        int order = Long.compareUnsigned(sourceHigh, destinationHigh);
        if (order == 0) order = Long.compareUnsigned(sourceLow, destinationLow);
        if (order == 0) order = Integer.compare(sourcePort, destinationPort);
        sourceIsLower = order <= 0;
        lowerHigh = sourceIsLower ? sourceHigh : destinationHigh;
        lowerLow = sourceIsLower ? sourceLow : destinationLow;
        lowerPort = sourceIsLower ? sourcePort : destinationPort;
        upperHigh = sourceIsLower ? destinationHigh : sourceHigh;
        upperLow = sourceIsLower ? destinationLow : sourceLow;
        upperPort = sourceIsLower ? destinationPort : sourcePort;
        ends = (long) lowerPort << 32 | (long) upperPort << 16 | protocol << 4 | ipVersion;
        hash = hash();
        return lookUp();
    }

    private int hash() {
        long one = (lowerHigh ^ seedOne) * 0x9e3779b97f4a7c15L;
        one = (one ^ one >>> 32 ^ lowerLow) * seedTwo;
        one = (one ^ one >>> 29 ^ upperHigh) * 0xbf58476d1ce4e5b9L;
        one = (one ^ one >>> 32 ^ upperLow) * seedOne;
        one = (one ^ one >>> 29 ^ ends) * 0x94d049bb133111ebL;
        return (int) (one ^ one >>> 32);
    }

    private @Nullable TrackedSession lookUp() {
        int mask = slots.length - 1;
        lookups++;
        int probe = 1;
        TrackedSession found = null;
        for (int at = hash & mask; ; at = at + 1 & mask, probe++) {
            TrackedSession session = slots[at];
            if (session == null) break;
            if (hashes[at] != hash) continue;
            if (isIt(session)) {
                found = session;
                break;
            }
            hashCollisions++;
        }
        probes += probe;
        if (probe > longestProbe) longestProbe = probe;
        return found;
    }

    private boolean isIt(TrackedSession session) {
        return session.lowerLow == lowerLow
                && session.upperLow == upperLow
                && session.ends == ends
                && session.lowerHigh == lowerHigh
                && session.upperHigh == upperHigh;
    }

    /** Puts in a session with the endpoints that were looked for last and not found. */
    TrackedSession add() {
        if (2 * (count + 1) > slots.length) grow();
        TrackedSession session = takeFree();
        session.reset();
        session.ipVersion = ipVersion;
        session.protocol = protocol;
        session.lowerHigh = lowerHigh;
        session.lowerLow = lowerLow;
        session.upperHigh = upperHigh;
        session.upperLow = upperLow;
        session.lowerPort = lowerPort;
        session.upperPort = upperPort;
        session.ends = ends;
        session.hash = hash;
        session.originatorIsLower = sourceIsLower;
        insert(session);
        count++;
        return session;
    }

    private void insert(TrackedSession session) {
        int mask = slots.length - 1;
        int at = session.hash & mask;
        while (slots[at] != null) at = at + 1 & mask;
        slots[at] = session;
        hashes[at] = session.hash;
    }

    private void grow() {
        @Nullable TrackedSession[] smaller = slots;
        slots = new TrackedSession[2 * smaller.length];
        hashes = new int[slots.length];
        for (TrackedSession session : smaller) {
            if (session != null) insert(session);
        }
    }

    private TrackedSession takeFree() {
        if (freeCount == 0) addSlab();
        return free[--freeCount];
    }

    private void addSlab() {
        if (free.length < made + SLAB) free = Arrays.copyOf(free, Math.max(made + SLAB, 2 * free.length));
        for (int i = 0; i < SLAB; i++) free[freeCount++] = new TrackedSession(paths);
        made += SLAB;
    }

    /** Takes a session out; its object may be used again at once. */
    void remove(TrackedSession session) {
        int mask = slots.length - 1;
        int hole = session.hash & mask;
        while (slots[hole] != session) hole = hole + 1 & mask;
        for (int at = hole + 1 & mask; slots[at] != null; at = at + 1 & mask) {
            int home = hashes[at] & mask;
            if ((at - home & mask) >= (at - hole & mask)) {
                slots[hole] = slots[at];
                hashes[hole] = hashes[at];
                hole = at;
            }
        }
        slots[hole] = null;
        count--;
        free[freeCount++] = session;
    }
}
