package io.pairwire.engine.compare;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the heap, all of it zero at first; what exceeds a budget lies in a temporary file that is mapped, so that
 * the system can take its pages back. The file has its bytes before they are mapped: a full disk is an exception and not
 * the end of the process. One thread takes.
 */
final class Scratch implements Closeable {
    private static final int SLAB = 4 << 20;
    private static final int FIRST_SLAB = 256 << 10;

    private final Arena arena = Arena.ofShared();
    private final long budget;
    private final Path folder;
    private MemorySegment slab = MemorySegment.NULL;
    private long slabAt;
    private long taken;
    private @Nullable FileChannel file;
    private long fileLength;

    /**
     * @param budget bytes that are taken from memory at most, from 0
     * @param folder where the temporary file is made if it is needed
     */
    Scratch(long budget, Path folder) {
        if (budget < 0) throw new IllegalArgumentException("budget is negative: " + budget);
        this.budget = budget;
        this.folder = folder;
    }

    /** Bytes, {@code length} of them and at most 4 MB, which stay until all is closed. */
    MemorySegment take(int length) throws IOException {
        if (slab.byteSize() - slabAt < length) {
            int size = Math.clamp(taken, Math.max(FIRST_SLAB, length), SLAB); // doubles, until it is large enough
            slab = taken + size <= budget ? arena.allocate(size) : mapped(size);
            slabAt = 0;
            taken += size;
        }
        MemorySegment piece = slab.asSlice(slabAt, length);
        slabAt += length;
        return piece;
    }

    /** Bytes that did not fit the budget. */
    long spilled() {
        return fileLength;
    }

    private MemorySegment mapped(int size) throws IOException {
        try {
            FileChannel there = file;
            if (there == null) {
                Path path = Files.createTempFile(folder, "pairwire", ".tmp");
                there = FileChannel.open(
                        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
                file = there;
            }
            var zeros = ByteBuffer.allocateDirect(size);
            while (zeros.hasRemaining()) there.write(zeros, fileLength + zeros.position());
            MemorySegment memory = there.map(FileChannel.MapMode.READ_WRITE, fileLength, size, arena);
            fileLength += size;
            return memory;
        } catch (IOException e) {
            throw new IOException(folder + ": no room for a temporary file: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        arena.close();
        if (file != null) file.close();
    }
}
