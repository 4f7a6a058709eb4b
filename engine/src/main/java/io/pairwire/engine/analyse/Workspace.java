package io.pairwire.engine.analyse;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What an analysis may use: so much native memory, and temporary files for what does not fit. The files have no name any
 * more as soon as they are open, so nothing stays behind, whatever ends the process. One thread at a time.
 */
final class Workspace {
    /** Below this the tables are busier with files than with packets. */
    static final long LEAST = 1_000_000;

    private static final int ZEROS = 1 << 18;

    private final long limitBytes;
    private final Path folder;
    private long memoryBytes;
    private long peakBytes;
    private long spilledBytes;

    /**
     * @param limitBytes native memory of all tables together
     * @param folder for temporary files
     */
    Workspace(long limitBytes, Path folder) {
        if (limitBytes < LEAST) {
            throw new IllegalArgumentException("memory limit is below " + LEAST + " bytes: " + limitBytes);
        }
        this.limitBytes = limitBytes;
        this.folder = folder;
    }

    long limitBytes() {
        return limitBytes;
    }

    /** A new temporary file. */
    FileChannel file() throws IOException {
        Path path = Files.createTempFile(folder, "pairwire-", ".spill");
        return FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    /**
     * Zeroed memory that lies in a file, so that the system may take it away when it needs memory. Written first: touching
     * a mapped page that a full disk has no room for would end the process.
     */
    MemorySegment mapped(FileChannel file, long position, long bytes, Arena arena) throws IOException {
        var zeros = ByteBuffer.allocate((int) Math.min(bytes, ZEROS));
        for (long at = 0; at < bytes; at += zeros.position()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), bytes - at));
            while (zeros.hasRemaining()) file.write(zeros, position + at + zeros.position());
        }
        spilled(bytes);
        return file.map(FileChannel.MapMode.READ_WRITE, position, bytes, arena);
    }

    /** Native memory was taken; negative if it was given back. */
    void took(long bytes) {
        memoryBytes += bytes;
        peakBytes = Math.max(peakBytes, memoryBytes);
    }

    /** So many bytes went to a file. */
    void spilled(long bytes) {
        spilledBytes += bytes;
    }

    /** The most native memory at a time, bytes. */
    long peakBytes() {
        return peakBytes;
    }

    /** Bytes written to temporary files. */
    long spilledBytes() {
        return spilledBytes;
    }
}
