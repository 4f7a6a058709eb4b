package io.pairwire.engine.fate;

import static io.pairwire.engine.fate.FateRecord.BYTES;

import io.pairwire.engine.store.PacketReference;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * Fates in the order of file and packet number. Within a file packets must be asked for in ascending order, as they are
 * read; the order of files does not matter. Belongs to one thread.
 */
public final class FateTable implements AutoCloseable {
    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.nativeOrder());
    private static final long UNKNOWN = -1;

    private final Arena arena;
    private final MemorySegment records;
    private final long count;
    private final LatePartners late;
    private long[] next = new long[0];
    private long found;

    FateTable(Arena arena, MemorySegment records) {
        this.arena = arena;
        this.records = records;
        count = records.byteSize() / BYTES;
        late = LatePartners.in(this);
    }

    /** Packets whose fate was noted. */
    public long count() {
        return count;
    }

    /** Moves to the fate of that packet; false if none was noted. */
    public boolean find(int file, long number) {
        long wanted = FateRecord.position(file, number);
        if (file >= next.length) {
            int known = next.length;
            next = Arrays.copyOf(next, Math.max(file + 1, known * 2));
            Arrays.fill(next, known, next.length, UNKNOWN);
        }
        long at = next[file] == UNKNOWN ? lowerBound(FateRecord.position(file, 0)) : next[file];
        while (at < count && position(at) < wanted) at++;
        next[file] = at;
        found = at;
        return at < count && position(at) == wanted;
    }

    private long lowerBound(long position) {
        long low = 0;
        long high = count;
        while (low < high) {
            long middle = low + high >>> 1;
            if (position(middle) < position) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private long position(long index) {
        return FateRecord.position(word(index, 0));
    }

    long word(long index, int word) {
        return records.get(WORD, index * BYTES + word * Long.BYTES);
    }

    private long word(int word) {
        return word(found, word);
    }

    /** Who would have been the partner of that packet, had it come in time. */
    Optional<LatePartners.Partner> late(int file, long number) {
        return late.of(file, number);
    }

    /** What became of the packet found. */
    public Fate fate() {
        return FateRecord.fate(word(0));
    }

    /** The file of the other packet: of the partner, or of the first transmission. Not for a packet without partner. */
    public int otherFile() {
        return PacketReference.file(word(1));
    }

    /** The number of the other packet in its file. */
    public long otherNumber() {
        return PacketReference.number(word(1));
    }

    /** The latency of the pair. Not for a packet without partner. */
    public long latencyNanos() {
        return word(2);
    }

    @Override
    public void close() {
        arena.close();
    }
}
