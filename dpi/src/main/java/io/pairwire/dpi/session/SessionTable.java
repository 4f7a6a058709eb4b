package io.pairwire.dpi.session;

import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.IpProtocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one shard by their endpoints: open addressing over a power of two, seeded, linear probing.
 *
 * <p>A slot is a long: the full hash in the upper half, the index of the session above it, 0 if empty. Only an equal hash
 * leads to the session itself, so a miss touches one line of memory. Removal shifts what follows back, hence no graves.
 * Sessions come from slabs that are made when first needed and are used again. Not thread-safe.
 */
final class SessionTable {
    static final int FIRST_SLOTS = 4096;
    private static final int SLAB = 1024;

    private final long seedOne;
    private final long seedTwo;
    private final PathTable paths;
    private final List<TrackedSession[]> slabs = new ArrayList<>();
    private int[] free = new int[SLAB];
    private int freeCount;
    private long[] slots = new long[FIRST_SLOTS];
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
        hash = hash();
        return lookUp();
    }

    private int hash() {
        long one = (lowerHigh ^ seedOne) * 0x9e3779b97f4a7c15L;
        one = (one ^ one >>> 32 ^ lowerLow) * seedTwo;
        one = (one ^ one >>> 29 ^ upperHigh) * 0xbf58476d1ce4e5b9L;
        one = (one ^ one >>> 32 ^ upperLow) * seedOne;
        long rest = (long) lowerPort << 32 | (long) upperPort << 16 | protocol << 4 | ipVersion;
        one = (one ^ one >>> 29 ^ rest) * 0x94d049bb133111ebL;
        return (int) (one ^ one >>> 32);
    }

    private @Nullable TrackedSession lookUp() {
        int mask = slots.length - 1;
        lookups++;
        int probe = 1;
        TrackedSession found = null;
        for (int at = hash & mask; slots[at] != 0; at = at + 1 & mask, probe++) {
            if ((int) (slots[at] >>> 32) != hash) continue;
            TrackedSession session = session((int) slots[at] - 1);
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
                && session.lowerPort == lowerPort
                && session.upperPort == upperPort
                && session.lowerHigh == lowerHigh
                && session.upperHigh == upperHigh
                && session.protocol == protocol
                && session.ipVersion == ipVersion;
    }

    private TrackedSession session(int index) {
        return slabs.get(index / SLAB)[index % SLAB];
    }

    /** Puts in a session with the endpoints that were looked for last and not found. */
    TrackedSession add() {
        if (2 * (count + 1) > slots.length) grow();
        TrackedSession session = session(takeFree());
        session.reset();
        session.ipVersion = ipVersion;
        session.protocol = protocol;
        session.lowerHigh = lowerHigh;
        session.lowerLow = lowerLow;
        session.upperHigh = upperHigh;
        session.upperLow = upperLow;
        session.lowerPort = lowerPort;
        session.upperPort = upperPort;
        session.hash = hash;
        session.originatorIsLower = sourceIsLower;
        insert(slots, slot(session));
        count++;
        return session;
    }

    private static long slot(TrackedSession session) {
        return (long) session.hash << 32 | session.index + 1;
    }

    private static void insert(long[] slots, long slot) {
        int mask = slots.length - 1;
        int at = (int) (slot >>> 32) & mask;
        while (slots[at] != 0) at = at + 1 & mask;
        slots[at] = slot;
    }

    private void grow() {
        var larger = new long[2 * slots.length];
        for (long slot : slots) {
            if (slot != 0) insert(larger, slot);
        }
        slots = larger;
    }

    private int takeFree() {
        if (freeCount == 0) addSlab();
        return free[--freeCount];
    }

    private void addSlab() {
        int first = slabs.size() * SLAB;
        var slab = new TrackedSession[SLAB];
        for (int i = 0; i < SLAB; i++) slab[i] = new TrackedSession(first + i, paths);
        slabs.add(slab);
        if (free.length < first + SLAB) free = Arrays.copyOf(free, Math.max(first + SLAB, 2 * free.length));
        for (int i = SLAB - 1; i >= 0; i--) free[freeCount++] = first + i;
    }

    /** Takes a session out; its object may be used again at once. */
    void remove(TrackedSession session) {
        int mask = slots.length - 1;
        long wanted = slot(session);
        int hole = session.hash & mask;
        while (slots[hole] != wanted) hole = hole + 1 & mask;
        for (int at = hole + 1 & mask; slots[at] != 0; at = at + 1 & mask) {
            int home = (int) (slots[at] >>> 32) & mask;
            if ((at - home & mask) >= (at - hole & mask)) {
                slots[hole] = slots[at];
                hole = at;
            }
        }
        slots[hole] = 0;
        count--;
        free[freeCount++] = session.index;
    }
}
