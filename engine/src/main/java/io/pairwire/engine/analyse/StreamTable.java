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
    private static final ValueLayout.OfInt NUMBER = ValueLayout.JAVA_INT_UNALIGNED;
    private static final int FIRST_CAPACITY = 1 << 10;
    private static final int LARGEST = 1 << 30;

    private final Workspace workspace;
    private final Pages pages;
    private final long indexShare;
    private final long seed;
    private final Stream view = new Stream();
    private Arena arena = Arena.ofShared();
    private @Nullable FileChannel indexFile;
    private MemorySegment index; // numbers from 1; 0 is an empty slot
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
        long bytes = (long) capacity * Integer.BYTES;
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

    /**
     * The latest connection between these ends, begun if there is none. Valid until the next call.
     *
     * @throws UncheckedIOException if a temporary file cannot grow
     */
    Stream find(long lowerHigh, long lowerLow, long upperHigh, long upperLow, int ports, int version) {
        int slot = hash(lowerHigh, lowerLow, upperHigh, upperLow, ports, version) & capacity - 1;
        int number = index.get(NUMBER, (long) slot * Integer.BYTES);
        while (number != 0) {
            current = number - 1;
            view.moveTo(pages.memory(current), pages.at(current));
            if (view.isBetween(lowerHigh, lowerLow, upperHigh, upperLow, ports, version)) return view;
            slot = slot + 1 & capacity - 1;
            number = index.get(NUMBER, (long) slot * Integer.BYTES);
        }
        if (used >= capacity / 2 && capacity < LARGEST) {
            grow();
            return find(lowerHigh, lowerLow, upperHigh, upperLow, ports, version);
        }
        used++;
        index.set(NUMBER, (long) slot * Integer.BYTES, count + 1);
        return begin(lowerHigh, lowerLow, upperHigh, upperLow, ports, version);
    }

    private Stream begin(long lowerHigh, long lowerLow, long upperHigh, long upperLow, int ports, int version) {
        current = count++;
        pages.reach(current);
        view.moveTo(pages.memory(current), pages.at(current));
        view.set(Stream.LOWER_HIGH, lowerHigh);
        view.set(Stream.LOWER_LOW, lowerLow);
        view.set(Stream.UPPER_HIGH, upperHigh);
        view.set(Stream.UPPER_LOW, upperLow);
        view.set(Stream.PORTS, ports);
        view.set(Stream.VERSION, version);
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
        long lowerHigh = view.longAt(Stream.LOWER_HIGH);
        long lowerLow = view.longAt(Stream.LOWER_LOW);
        long upperHigh = view.longAt(Stream.UPPER_HIGH);
        long upperLow = view.longAt(Stream.UPPER_LOW);
        int ports = view.intAt(Stream.PORTS);
        int version = view.intAt(Stream.VERSION);
        int slot = hash(lowerHigh, lowerLow, upperHigh, upperLow, ports, version) & capacity - 1;
        while (index.get(NUMBER, (long) slot * Integer.BYTES) != before + 1) slot = slot + 1 & capacity - 1;
        index.set(NUMBER, (long) slot * Integer.BYTES, count + 1);
        return begin(lowerHigh, lowerLow, upperHigh, upperLow, ports, version);
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
            int number = old.get(NUMBER, (long) i * Integer.BYTES);
            if (number != 0) put(number);
        }
        oldArena.close();
        if (oldFile == null) workspace.took(-(long) oldCapacity * Integer.BYTES);
        else close(oldFile);
    }

    private static void close(FileChannel file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(int number) {
        view.moveTo(pages.memory(number - 1), pages.at(number - 1));
        int slot = hash(
                        view.longAt(Stream.LOWER_HIGH),
                        view.longAt(Stream.LOWER_LOW),
                        view.longAt(Stream.UPPER_HIGH),
                        view.longAt(Stream.UPPER_LOW),
                        view.intAt(Stream.PORTS),
                        view.intAt(Stream.VERSION))
                & capacity - 1;
        while (index.get(NUMBER, (long) slot * Integer.BYTES) != 0) slot = slot + 1 & capacity - 1;
        index.set(NUMBER, (long) slot * Integer.BYTES, number);
    }

    private int hash(long lowerHigh, long lowerLow, long upperHigh, long upperLow, int ports, int version) {
        long hash = step(step(step(step(seed, lowerLow), upperLow), ports), version);
        if (version == 6) hash = step(step(hash, lowerHigh), upperHigh);
        return (int) (hash >>> 32);
    }

    private static long step(long hash, long word) {
        long mixed = (hash ^ word) * 0x9e37_79b9_7f4a_7c15L;
        return mixed ^ mixed >>> 29;
    }

    @Override
    public void close() throws IOException {
        arena.close();
        FileChannel open = indexFile;
        if (open == null) workspace.took(-(long) capacity * Integer.BYTES);
        else open.close();
        pages.close();
    }
}
