package io.pairwire.engine.analyse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * All TCP connections, numbered from 0 in the order in which they began. None is forgotten: what does not fit into memory
 * lies in a mapped file. Not thread-safe.
 */
final class StreamTable implements AutoCloseable {
    private static final ValueLayout.OfLong SLOT = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final long NUMBER = 0xffff_ffffL;
    private static final int FIRST_CAPACITY = 1 << 10;
    private static final int LARGEST = 1 << 29;

    private final Workspace workspace;
    private final Pages pages;
    private final long indexShare;
    private final long seed;
    private final Stream view = new Stream();
    private Arena arena = Arena.ofShared();
    private @Nullable FileChannel indexFile;
    private MemorySegment index; // a part of the hash above a number from 1; 0 is an empty slot
    private int capacity = FIRST_CAPACITY;
    private int used;
    private int count;
    private int current;

    /** @param seed of the hash, unknown to who sends packets */
    StreamTable(Workspace workspace, long shareBytes, long seed) {
        this.workspace = workspace;
        this.seed = seed;
        indexShare = shareBytes / 8;
        pages = new Pages(workspace, shareBytes - indexShare, Stream.LENGTH);
        index = allocate();
    }

    private MemorySegment allocate() {
        long bytes = (long) capacity * Long.BYTES;
        if (bytes * 3 / 2 <= indexShare || capacity == FIRST_CAPACITY) {
            workspace.took(bytes);
            return arena.allocate(bytes, 64);
        }
        try {
            FileChannel file = workspace.file();
            indexFile = file;
            return workspace.mapped(file, 0, bytes, arena);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks memory for the slot of a connection with that hash, so that its coming overlaps with that of others. */
    long touchSlot(long hash) {
        return index.get(SLOT, (long) slot(hash) * Long.BYTES);
    }

    /** The same for what is remembered about it, if it stands where it belongs. */
    long touch(long hash) {
        long held = index.get(SLOT, (long) slot(hash) * Long.BYTES);
        if (held == 0) return 0;
        int number = (int) (held & NUMBER) - 1;
        MemorySegment memory = pages.memory(number);
        long at = pages.at(number);
        return memory.get(SLOT, at)
                ^ memory.get(SLOT, at + Stream.FIRST + 16)
                ^ memory.get(SLOT, at + Stream.UP + 32)
                ^ memory.get(SLOT, at + Stream.DOWN + 16);
    }

    /**
     * The latest connection between these ends, begun if there is none. Valid until the next call.
     *
     * @param hash as of {@link TalkTable#hash}
     * @throws UncheckedIOException if a temporary file cannot grow
     */
    Stream find(long hash, long key, long lowerHigh, long lowerLow, long upperHigh, long upperLow) {
        int slot = slot(hash);
        long tag = hash & ~NUMBER;
        long held = index.get(SLOT, (long) slot * Long.BYTES);
        while (held != 0) {
            if ((held & ~NUMBER) == tag) {
                current = (int) (held & NUMBER) - 1;
                view.moveTo(pages.memory(current), pages.at(current));
                if (view.isBetween(key, lowerHigh, lowerLow, upperHigh, upperLow)) return view;
            }
            slot = slot + 1 & capacity - 1;
            held = index.get(SLOT, (long) slot * Long.BYTES);
        }
        if (used >= capacity / 2 && capacity < LARGEST) {
            grow();
            return find(hash, key, lowerHigh, lowerLow, upperHigh, upperLow);
        }
        used++;
        index.set(SLOT, (long) slot * Long.BYTES, tag | count + 1);
        return begin(key, lowerHigh, lowerLow, upperHigh, upperLow);
    }

    /** From the half of the hash that the index keeps, so that growing need not look at the connections. */
    private int slot(long hash) {
        return (int) (hash >>> 32) & capacity - 1;
    }

    private Stream begin(long key, long lowerHigh, long lowerLow, long upperHigh, long upperLow) {
        current = count++;
        pages.reach(current);
        view.moveTo(pages.memory(current), pages.at(current));
        view.set(Stream.KEY, key);
        view.set(Stream.LOWER_HIGH, lowerHigh);
        view.set(Stream.LOWER_LOW, lowerLow);
        view.set(Stream.UPPER_HIGH, upperHigh);
        view.set(Stream.UPPER_LOW, upperLow);
        view.set(Stream.FIRST, Long.MAX_VALUE);
        view.set(Stream.LAST, Long.MIN_VALUE);
        view.set(Stream.NUMBER, Long.MAX_VALUE);
        view.set(Stream.UP + Stream.SCALE, TcpExpert.SCALE_UNKNOWN);
        view.set(Stream.DOWN + Stream.SCALE, TcpExpert.SCALE_UNKNOWN);
        return view;
    }

    /** Begins another connection between the ends of the one found last, which from now on stands behind it. */
    Stream again() {
        int before = current;
        long key = view.longAt(Stream.KEY);
        long lowerHigh = view.longAt(Stream.LOWER_HIGH);
        long lowerLow = view.longAt(Stream.LOWER_LOW);
        long upperHigh = view.longAt(Stream.UPPER_HIGH);
        long upperLow = view.longAt(Stream.UPPER_LOW);
        long hash = TalkTable.hash(seed, key, lowerHigh, lowerLow, upperHigh, upperLow);
        int slot = slot(hash);
        while ((index.get(SLOT, (long) slot * Long.BYTES) & NUMBER) != before + 1) slot = slot + 1 & capacity - 1;
        index.set(SLOT, (long) slot * Long.BYTES, hash & ~NUMBER | count + 1);
        return begin(key, lowerHigh, lowerLow, upperHigh, upperLow);
    }

    /** The number of the connection found last. */
    int current() {
        return current;
    }

    /** Connections there are. */
    int count() {
        return count;
    }

    /** The connection with that number. */
    Stream get(int number, Stream into) {
        return into.moveTo(pages.memory(number), pages.at(number));
    }

    private void grow() {
        MemorySegment old = index;
        Arena oldArena = arena;
        FileChannel oldFile = indexFile;
        int oldCapacity = capacity;
        capacity *= 2;
        arena = Arena.ofShared();
        index = allocate();
        for (int i = 0; i < oldCapacity; i++) {
            long held = old.get(SLOT, (long) i * Long.BYTES);
            if (held != 0) put(held);
        }
        oldArena.close();
        if (oldFile == null) workspace.took(-(long) oldCapacity * Long.BYTES);
        else close(oldFile);
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(long held) {
        int slot = slot(held);
        while (index.get(SLOT, (long) slot * Long.BYTES) != 0) slot = slot + 1 & capacity - 1;
        index.set(SLOT, (long) slot * Long.BYTES, held);
    }

    @Override
    public void close() throws IOException {
        arena.close();
        FileChannel open = indexFile;
        if (open == null) workspace.took(-(long) capacity * Long.BYTES);
        else open.close();
        pages.close();
    }
}
