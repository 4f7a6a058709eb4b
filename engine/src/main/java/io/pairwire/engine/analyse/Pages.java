package io.pairwire.engine.analyse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Pages of zeroed memory for records of one length, numbered from 0. Beyond a share of the memory limit pages lie in a
 * temporary file that is mapped, so that the system may take their memory away when it needs it. Not thread-safe.
 */
final class Pages implements AutoCloseable {
    /** Bytes of a page at most. */
    private static final int LARGEST = 1 << 18;

    private static final MemorySegment[] NONE = {};

    private final Workspace workspace;
    private final long shareBytes;
    private final int recordBytes;
    private final int shift;
    private final int mask;
    private final int pageBytes;
    private final Arena arena = Arena.ofShared();
    private MemorySegment[] pages = NONE;
    private int pageCount;
    private int inMemory;
    private @Nullable FileChannel file;

    /** @param recordBytes bytes of a record, much less than a page */
    Pages(Workspace workspace, long shareBytes, int recordBytes) {
        this.workspace = workspace;
        this.shareBytes = shareBytes;
        this.recordBytes = recordBytes;
        int records = Integer.highestOneBit(LARGEST / recordBytes);
        shift = Integer.numberOfTrailingZeros(records);
        mask = records - 1;
        pageBytes = records * recordBytes;
    }

    /** The memory that record lies in, which {@link #reach} has made. */
    MemorySegment memory(int record) {
        return pages[record >>> shift];
    }

    /** Where it begins there. */
    long at(int record) {
        return (long) (record & mask) * recordBytes;
    }

    /**
     * Sees to it that there is memory for that record.
     *
     * @throws UncheckedIOException if the temporary file cannot grow
     */
    void reach(int record) {
        int page = record >>> shift;
        while (page >= pageCount) {
            if (pageCount == pages.length) pages = Arrays.copyOf(pages, Math.max(16, pages.length * 2));
            pages[pageCount] = page();
            pageCount++;
        }
    }

    private MemorySegment page() {
        if (pageCount == inMemory && (inMemory + 1L) * pageBytes <= shareBytes) {
            inMemory++;
            workspace.took(pageBytes);
            return arena.allocate(pageBytes, Long.BYTES);
        }
        try {
            return mapped((long) (pageCount - inMemory) * pageBytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MemorySegment mapped(long position) throws IOException {
        FileChannel to = file;
        if (to == null) {
            to = workspace.file();
            file = to;
        }
        return workspace.mapped(to, position, pageBytes, arena);
    }

    @Override
    public void close() throws IOException {
        workspace.took(-(long) inMemory * pageBytes);
        inMemory = 0;
        arena.close();
        FileChannel open = file;
        if (open != null) open.close();
    }
}
