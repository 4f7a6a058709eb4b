package io.pairwire.cli;

import io.pairwire.platform.DirectFile;
import io.pairwire.platform.SystemCallException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A new file that takes long pieces past the page cache (open(2), O_DIRECT). A copy into the cache takes as much of the processor as all
 * else that happens to a packet; a disk that fetches the bytes by itself takes next to none.
 *
 * <p>A piece goes past the cache if it is long and begins and ends at pages. When too much waits, it goes the way that took less time
 * lately: the cache takes a burst that a slow disk would not, and where the processor is what there is too little of it is the slower way
 * by far. Once the file system has refused a piece, all go through the cache; so they do from the beginning
 * where it has no other way, and for what is not a regular file. Readers of the file see the same either way. Not thread-safe.
 */
final class UncachedFile implements WritableByteChannel {
    /** Bytes from which on waiting for the disk is worth it. */
    private static final int LONG = 256 << 10;

    /** A way that was not taken is thought to be faster by this power of a half with each piece, and so is tried again one day. */
    private static final int FORGETTING = 6;

    private final FileChannel cached;
    private final BooleanSupplier hurries;
    private final LongSupplier clock;
    private Optional<DirectFile> uncached;
    private long position;
    private long bytesUncached;

    /** What a long piece took lately, nanoseconds; less the longer it was not tried. */
    private long cachedNanos;

    private long uncachedNanos;

    private UncachedFile(
            FileChannel cached, Optional<DirectFile> uncached, BooleanSupplier hurries, LongSupplier clock) {
        this.cached = cached;
        this.uncached = uncached;
        this.hurries = hurries;
        this.clock = clock;
    }

    /**
     * Creates the file, or empties it if it exists.
     *
     * @param hurries is asked before each long piece whether too much waits behind it
     */
    static UncachedFile create(Path path, BooleanSupplier hurries) throws IOException {
        return create(path, hurries, System::nanoTime);
    }

    /** @param clock tells nanoseconds since whenever */
    static UncachedFile create(Path path, BooleanSupplier hurries, LongSupplier clock) throws IOException {
        var cached = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        if (!Files.isRegularFile(path)) return new UncachedFile(cached, Optional.empty(), hurries, clock);
        try {
            return new UncachedFile(cached, Optional.of(DirectFile.open(path)), hurries, clock);
        } catch (SystemCallException e) {
            return new UncachedFile(
                    cached, Optional.empty(), hurries, clock); // no such way here: all goes through the cache
        }
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int taken = uncached.isPresent() && isWholeBlocks(bytes) ? writeLong(bytes) : cached.write(bytes, position);
        position += taken;
        return taken;
    }

    private int writeLong(ByteBuffer bytes) throws IOException {
        long start = clock.getAsLong();
        boolean passes = !hurries.getAsBoolean() || uncachedNanos <= cachedNanos;
        int taken = passes ? writeUncached(bytes) : 0;
        if (taken > 0) {
            uncachedNanos = average(uncachedNanos, clock.getAsLong() - start);
            cachedNanos -= cachedNanos >> FORGETTING;
        } else {
            taken = cached.write(bytes, position);
            cachedNanos = average(cachedNanos, clock.getAsLong() - start);
            uncachedNanos -= uncachedNanos >> FORGETTING;
        }
        return taken;
    }

    private static long average(long before, long now) {
        return before + (now - before >> 2);
    }

    private boolean isWholeBlocks(ByteBuffer bytes) {
        return bytes.remaining() >= LONG
                && bytes.isDirect()
                && (bytes.remaining() | position | MemorySegment.ofBuffer(bytes).address()) % DirectFile.ALIGNMENT == 0;
    }

    /** 0 if the disk does not take it, or nothing of it: the way through the cache then tells why. */
    private int writeUncached(ByteBuffer bytes) throws IOException {
        try {
            int taken = (int) uncached.orElseThrow().write(MemorySegment.ofBuffer(bytes), position);
            bytes.position(bytes.position() + taken);
            bytesUncached += taken;
            return taken;
        } catch (SystemCallException e) {
            uncached.orElseThrow().close();
            uncached = Optional.empty();
            return 0;
        }
    }

    /** Bytes that went past the cache. */
    long bytesUncached() {
        return bytesUncached;
    }

    /** Cuts the file; it is not written any more. */
    void truncate(long length) throws IOException {
        cached.truncate(length);
    }

    @Override
    public boolean isOpen() {
        return cached.isOpen();
    }

    @Override
    public void close() throws IOException {
        try (cached) {
            if (uncached.isPresent()) uncached.get().close();
        }
    }
}
