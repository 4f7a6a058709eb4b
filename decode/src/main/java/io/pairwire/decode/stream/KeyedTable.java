package io.pairwire.decode.stream;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layer;
import io.pairwire.decode.Layers;
import io.pairwire.decode.wire.Vlan;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Entries by key: open addressing with linear probing, at most half full, and a hash with secrets drawn for this table, so
 * that nobody can prepare packets that meet in one place. Doubles until it has room for the most it may hold, then never
 * allocates again.
 */
final class KeyedTable<E extends Keyed> {
    private static final int LEAST_SLOTS = 64;

    private final Class<E> type;
    private final long secretA;
    private final long secretB;
    private final long secretC;
    private final long secretD;
    private final long secretE;
    private final long secretF;

    private @Nullable Keyed[] slots = new Keyed[LEAST_SLOTS];
    private int count;

    // The key that was set last.
    private long firstHigh;
    private long firstLow;
    private long secondHigh;
    private long secondLow;
    private long ports;
    private long vlans;
    private int hash;

    KeyedTable(Class<E> type, RandomGenerator random) {
        this.type = type;
        secretA = random.nextLong();
        secretB = random.nextLong();
        secretC = random.nextLong();
        secretD = random.nextLong();
        secretE = random.nextLong();
        secretF = random.nextLong();
    }

    int count() {
        return count;
    }

    /** The VLANs a packet is in, twelve bits each, the innermost lowest; of more than five the outermost do not count. */
    static long vlans(Packet packet, Layers layers) {
        long vlans = 0;
        for (int i = 0; i < layers.depth() && layers.at(i) < layers.networkAt(); i++) {
            if (layers.kind(i) == Layer.VLAN) vlans = vlans << 12 | Vlan.identifier(packet, layers.at(i));
        }
        return vlans;
    }

    /** Sets the key for {@link #find} and {@link #add}. */
    void key(long firstHigh, long firstLow, long secondHigh, long secondLow, long ports, long vlans) {
        this.firstHigh = firstHigh;
        this.firstLow = firstLow;
        this.secondHigh = secondHigh;
        this.secondLow = secondLow;
        this.ports = ports;
        this.vlans = vlans;
        long mixed = fold(firstHigh ^ secretA, firstLow ^ secretB)
                ^ fold(secondHigh ^ secretC, secondLow ^ secretD)
                ^ fold(ports ^ secretE, vlans ^ secretF);
        long spread = fold(mixed ^ secretB, secretE | 1);
        hash = (int) (spread ^ spread >>> 32);
    }

    private static long fold(long x, long y) {
        return x * y ^ Math.unsignedMultiplyHigh(x, y);
    }

    /** The entry with the key, or null. */
    @Nullable
    E find() {
        final int mask = slots.length - 1;
        for (int slot = hash & mask; ; slot = slot + 1 & mask) {
            Keyed entry = slots[slot];
            if (entry == null) return null;
            if (entry.hash == hash && isKeyOf(entry)) return type.cast(entry);
        }
    }

    private boolean isKeyOf(Keyed entry) {
        return entry.firstLow == firstLow
                && entry.secondLow == secondLow
                && entry.ports == ports
                && entry.firstHigh == firstHigh
                && entry.secondHigh == secondHigh
                && entry.vlans == vlans;
    }

    /** Adds an entry under the key, which is not there yet. */
    void add(E entry) {
        if (++count > slots.length / 2) enlarge();
        entry.firstHigh = firstHigh;
        entry.firstLow = firstLow;
        entry.secondHigh = secondHigh;
        entry.secondLow = secondLow;
        entry.ports = ports;
        entry.vlans = vlans;
        entry.hash = hash;
        place(entry);
    }

    private void place(Keyed entry) {
        final int mask = slots.length - 1;
        int slot = entry.hash & mask;
        while (slots[slot] != null) slot = slot + 1 & mask;
        slots[slot] = entry;
    }

    private void enlarge() {
        @Nullable Keyed[] smaller = slots;
        slots = new Keyed[smaller.length * 2];
        for (Keyed entry : smaller) {
            if (entry != null) place(entry);
        }
    }

    /** Takes out an entry of this table; those behind it move up, so there are no graves. */
    void remove(E entry) {
        final int mask = slots.length - 1;
        int hole = entry.hash & mask;
        while (slots[hole] != entry) hole = hole + 1 & mask;
        for (int slot = hole + 1 & mask; ; slot = slot + 1 & mask) {
            Keyed next = slots[slot];
            if (next == null) break;
            // It may move into the hole unless its home lies behind the hole.
            if ((slot - next.hash & mask) >= (slot - hole & mask)) {
                slots[hole] = next;
                hole = slot;
            }
        }
        slots[hole] = null;
        count--;
    }
}
