package io.pairwire.engine.analyse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Counts by key, of which there may be more than fit into memory. Not thread-safe.
 */
final class TalkTable implements AutoCloseable {
    /*
     * Open addressing with linear probing in one piece of native memory, which doubles until its share of the memory limit
     * is reached. Then the entries are sorted by hash, written to a temporary file as a run, and the table begins anew. At
     * the end the runs are merged: entries of one key follow each other and are added up. What an entry counts can be added
     * in any order, so an answer does not depend on how often that happened.
     */
    private static final int FIRST_CAPACITY = 1 << 9;
    private static final int SMALLEST_LARGEST = 1 << 10;
    private static final int LARGEST = 1 << 23;

    private final Workspace workspace;
    private final long seed;
    private final int largest;
    private final SortedRuns runs;
    private final Talk entry = new Talk();
    private final Talk other = new Talk();
    private Arena arena = Arena.ofShared();
    private MemorySegment memory;
    private int capacity = FIRST_CAPACITY;
    private int count;

    /**
     * @param shareBytes of the memory limit
     * @param seed of the hash, unknown to who sends packets
     */
    TalkTable(Workspace workspace, long shareBytes, long seed) {
        this.workspace = workspace;
        this.seed = seed;
        long fitting = shareBytes / Talk.LENGTH * 2 / 3; // while it doubles, the half stands beside it
        largest = (int) Long.highestOneBit(Math.clamp(fitting, SMALLEST_LARGEST, LARGEST));
        runs = new SortedRuns(workspace);
        memory = allocate();
    }

    private MemorySegment allocate() {
        long bytes = (long) capacity * Talk.LENGTH;
        workspace.took(bytes);
        return arena.allocate(bytes, 64);
    }

    /**
     * The entry of that key, made if there is none. Valid until the next call.
     *
     * @throws UncheckedIOException if a temporary file cannot be written
     */
    Talk find(long k0, long k1, long k2, long k3, long k4) {
        return find(hash(seed, k0, k1, k2, k3, k4), k0, k1, k2, k3, k4);
    }

    /** The same with the {@link #hash} of the key, which must be of the same seed. */
    Talk find(long hash, long k0, long k1, long k2, long k3, long k4) {
        int slot = slot(hash);
        while (true) {
            entry.moveTo(memory, (long) slot * Talk.LENGTH);
            if (entry.get(Talk.HASH) == 0) break;
            if (entry.isFor(hash, k0, k1, k2, k3, k4)) return entry;
            slot = slot + 1 & capacity - 1;
        }
        if (count >= capacity - (capacity >>> 2)) {
            makeRoom();
            return find(hash, k0, k1, k2, k3, k4);
        }
        count++;
        entry.begin(hash, k0, k1, k2, k3, k4);
        return entry;
    }

    private int slot(long hash) {
        return (int) (hash >>> 32) & capacity - 1;
    }

    /** Asks memory for the entry with that hash, so that its coming overlaps with that of others. */
    long touch(long hash) {
        long at = (long) slot(hash) * Talk.LENGTH;
        return memory.get(Talk.WORD, at) ^ memory.get(Talk.WORD, at + Talk.FIRST);
    }

    /** Never 0, which stands for an empty slot. */
    static long hash(long seed, long k0, long k1, long k2, long k3, long k4) {
        long hash = step(step(step(step(step(seed, k0), k1), k2), k3), k4);
        hash ^= hash >>> 29;
        return hash * 0xbf58_476d_1ce4_e5b9L | 1;
    }

    private static long step(long hash, long word) {
        long mixed = (hash ^ word) * 0x9e37_79b9_7f4a_7c15L;
        return mixed ^ mixed >>> 32;
    }

    private void makeRoom() {
        if (capacity < largest) grow();
        else spill();
    }

    private void grow() {
        MemorySegment old = memory;
        Arena oldArena = arena;
        int oldCapacity = capacity;
        capacity *= 2;
        arena = Arena.ofShared();
        memory = allocate();
        for (int i = 0; i < oldCapacity; i++) {
            long hash = old.get(Talk.WORD, (long) i * Talk.LENGTH + Talk.HASH);
            if (hash == 0) continue;
            int slot = slot(hash);
            while (isTaken(slot)) slot = slot + 1 & capacity - 1;
            MemorySegment.copy(old, (long) i * Talk.LENGTH, memory, (long) slot * Talk.LENGTH, Talk.LENGTH);
        }
        oldArena.close();
        workspace.took(-(long) oldCapacity * Talk.LENGTH);
    }

    private boolean isTaken(int slot) {
        return memory.get(Talk.WORD, (long) slot * Talk.LENGTH + Talk.HASH) != 0;
    }

    private void spill() {
        try {
            runs.add(memory, sorted());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        memory.fill((byte) 0);
        count = 0;
    }

    /** Positions of entries in the order of runs. */
    private long[] sorted() {
        long[] order = new long[count];
        long low = capacity - 1L;
        int found = 0;
        for (int i = 0; i < capacity; i++) {
            long hash = memory.get(Talk.WORD, (long) i * Talk.LENGTH + Talk.HASH);
            if (hash != 0) order[found++] = hash & ~low | i;
        }
        Arrays.sort(order); // by the upper bits of the hash; what they leave undecided is decided below
        for (int i = 0; i < found; i++) order[i] = (order[i] & low) * Talk.LENGTH;
        for (int i = 1; i < found; i++) {
            for (int j = i; j > 0 && isBefore(order[j], order[j - 1]); j--) {
                long swapped = order[j];
                order[j] = order[j - 1];
                order[j - 1] = swapped;
            }
        }
        return order;
    }

    private boolean isBefore(long a, long b) {
        return entry.moveTo(memory, a).compareTo(other.moveTo(memory, b)) < 0;
    }

    /** Shows every key once, in an order of no meaning; the view is valid until the consumer returns. */
    void forEach(Consumer<Talk> consumer) throws IOException {
        if (runs.isEmpty()) {
            var view = new Talk();
            for (int i = 0; i < capacity; i++) {
                if (isTaken(i)) consumer.accept(view.moveTo(memory, (long) i * Talk.LENGTH));
            }
            return;
        }
        if (count > 0) spill();
        runs.forEach(consumer);
    }

    /** How often the table was written to a file. */
    long spills() {
        return runs.added();
    }

    @Override
    public void close() throws IOException {
        arena.close();
        workspace.took(-(long) capacity * Talk.LENGTH);
        runs.close();
    }
}
