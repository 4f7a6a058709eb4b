package io.pairwire.decode.filter.vfm;

/**
 * Numbers by key, for one filter: at most as many as it was made for. A key may lie in one of {@value #PROBES} places; if all are
 * taken, the one that was used longest ago goes.
 *
 * <p>Places come from a hash with a secret, so that a sender cannot aim at one of them. Not thread-safe.
 */
public final class VfmFlowTable {
    /** Entries if nothing else is asked for; 24 bytes each. */
    public static final int DEFAULT_CAPACITY = 65_536;

    private static final int PROBES = 5;
    private static final int LARGEST = 1 << 24;

    private final long[] keys;
    private final long[] values;
    private final long[] lastUsed; // 0: empty
    private final long secret;
    private final int mask;
    private long now = 1;
    private long evicted;

    /**
     * @param capacity entries, from 8 to 16,777,216; rounded up to a power of two
     * @param secret a random number
     */
    public VfmFlowTable(int capacity, long secret) {
        if (capacity < 8 || capacity > LARGEST) {
            throw new IllegalArgumentException("capacity is not from 8 to " + LARGEST + ": " + capacity);
        }
        int rounded = Integer.highestOneBit(capacity - 1) << 1;
        keys = new long[rounded];
        values = new long[rounded];
        lastUsed = new long[rounded];
        mask = rounded - 1;
        this.secret = secret;
    }

    /** The next packet begins; entries are as old as the packet that used them last. */
    void tick() {
        now++;
    }

    /** The value of a key, 0 if there is none. */
    public long load(long key) {
        int first = place(key);
        for (int i = 0; i < PROBES; i++) {
            int at = first + i & mask;
            if (lastUsed[at] != 0 && keys[at] == key) {
                lastUsed[at] = now;
                return values[at];
            }
        }
        return 0;
    }

    public void store(long key, long value) {
        int first = place(key);
        int chosen = first;
        for (int i = 0; i < PROBES; i++) {
            int at = first + i & mask;
            if (lastUsed[at] != 0 && keys[at] == key) {
                chosen = at;
                break;
            }
            if (lastUsed[at] < lastUsed[chosen]) chosen = at;
        }
        if (lastUsed[chosen] != 0 && keys[chosen] != key) evicted++;
        keys[chosen] = key;
        values[chosen] = value;
        lastUsed[chosen] = now;
    }

    /** Entries that had to go for others. */
    public long evicted() {
        return evicted;
    }

    public int capacity() {
        return keys.length;
    }

    private int place(long key) {
        long h = (key ^ secret) * 0x9e37_79b9_7f4a_7c15L;
        h = (h ^ h >>> 32 ^ secret) * 0xd6e8_feb8_6659_fd93L;
        return (int) (h ^ h >>> 32) & mask;
    }
}
