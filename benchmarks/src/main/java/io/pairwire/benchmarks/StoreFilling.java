package io.pairwire.benchmarks;

import io.pairwire.engine.store.PacketReference;
import io.pairwire.engine.store.Partner;
import io.pairwire.engine.store.UnmatchedTable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A store of sixteen tables, and as many packets as are asked for to put in and to take out. */
final class StoreFilling {
    private static final int TABLES = 16;
    private static final int BATCH = 128;
    private static final long TIME = 1_767_225_600_000_000_000L;

    private final UnmatchedTable[] tables = new UnmatchedTable[TABLES];
    private final Partner partner = new Partner();
    private final int entries;
    private final long[] keys;
    private long touched;

    /** In batches as long as the engine's. */
    StoreFilling(int entries) {
        this(entries, BATCH);
    }

    /**
     * @param entries packets to put in
     * @param batch packets whose places are touched before the first of them is looked for; 1 touches none
     */
    StoreFilling(int entries, int batch) {
        this.entries = entries;
        keys = new long[batch];
        for (int i = 0; i < TABLES; i++) {
            tables[i] = new UnmatchedTable(Duration.ofSeconds(30).toNanos(), Math.max(1, entries));
        }
    }

    long insertAll() {
        return all(false, null);
    }

    /** Answers all of them in the order they came; their keys have no order. */
    long retrieveAll() {
        return all(true, null);
    }

    /** Answers all of them in another order. */
    long retrieveAll(int[] order) {
        return all(true, order);
    }

    private long all(boolean answers, int @Nullable [] order) {
        for (int done = 0; done < entries; done += keys.length) {
            int length = Math.min(keys.length, entries - done);
            for (int i = 0; i < length; i++) keys[i] = key(order == null ? done + i : order[done + i]);
            if (length > 1) touch(length);
            for (int i = 0; i < length; i++) {
                long key = keys[i];
                long reference = PacketReference.of(0, done + i + 1L, false, answers, false);
                if (table(key).takeOrStore(key, ~key, TIME, reference, TIME, partner) != answers) {
                    throw new IllegalStateException("entry " + (done + i) + " answered " + !answers);
                }
            }
        }
        return touched;
    }

    private void touch(int length) {
        for (int i = 0; i < length; i++) touched ^= table(keys[i]).touch(keys[i], ~keys[i]);
    }

    private UnmatchedTable table(long key) {
        return tables[(int) key & TABLES - 1];
    }

    /** Stafford's mix 13: all different, and spread as keys are. */
    private static long key(long number) {
        long x = (number + 1) * 0x9e37_79b9_7f4a_7c15L;
        x = (x ^ x >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        x = (x ^ x >>> 27) * 0x94d0_49bb_1331_11ebL;
        return x ^ x >>> 31;
    }

    long outstanding() {
        long outstanding = 0;
        for (UnmatchedTable table : tables) outstanding += table.outstanding();
        return outstanding;
    }

    long pageBytes() {
        long bytes = 0;
        for (UnmatchedTable table : tables) bytes += table.pageBytes();
        return bytes;
    }
}
