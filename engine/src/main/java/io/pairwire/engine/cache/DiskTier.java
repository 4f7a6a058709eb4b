package io.pairwire.engine.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The part of a cache on disk: one file, used by one process at a time. All work on it is done by one thread of its own, so
 * that the interrupt of one who asks cannot close the file under the others.
 *
 * <p>What was stored before a crash is there after it. A file that is damaged is put aside and begun anew.
 */
final class DiskTier {
    private static final String FILE = "results.mv";
    private static final String LOCK = "results.lock";

    /** Results that take more than that part of the room are not kept. */
    private static final int LARGEST_PART = 4;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("pairwire-cache").factory());
    private final long diskBytes;
    private final long lifetimeMillis;
    private volatile String state;
    private @Nullable FileChannel lockFile;
    private volatile @Nullable StoredResults results;
    private volatile long evicted;
    private volatile long expired;

    private DiskTier(long diskBytes, long lifetimeMillis, String state) {
        this.diskBytes = diskBytes;
        this.lifetimeMillis = lifetimeMillis;
        this.state = state;
    }

    static DiskTier open(CacheSettings settings, long lifetimeMillis) {
        var tier = new DiskTier(settings.diskBytes(), lifetimeMillis, "none");
        if (settings.folder().isPresent() && settings.diskBytes() > 0)
            tier.open(settings.folder().get());
        return tier;
    }

    private void open(Path folder) {
        try {
            Files.createDirectories(folder);
            var channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lockFile = channel;
            if (!isLocked(channel)) {
                state = "another process uses " + folder;
                channel.close();
                return;
            }
            results = opened(folder.resolve(FILE));
            state = "open";
        } catch (IOException | RuntimeException e) { // the store throws what it likes
            state = "cannot be opened: " + e.getMessage();
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(); // gone with the process, however it ends
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another cache of this process
        }
    }

    private static StoredResults opened(Path file) throws IOException {
        try {
            return StoredResults.open(file);
        } catch (RuntimeException damaged) { // of any kind: it was not written to read anything but its own
            Path aside = file.resolveSibling(file.getFileName() + ".damaged");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            System.getLogger(DiskTier.class.getName())
                    .log(System.Logger.Level.WARNING, "cache was damaged and is begun anew; it is kept as " + aside);
            return StoredResults.open(file);
        }
    }

    Optional<ResultCache.Kept> find(CacheKey key, long now) {
        StoredResults open = results;
        if (open == null) return Optional.empty();
        return done(() -> found(open, key, now)).orElse(Optional.empty());
    }

    private Optional<ResultCache.Kept> found(StoredResults open, CacheKey key, long now) {
        byte[] entry = open.get(key.hash());
        if (entry == null) return Optional.empty();
        Optional<ResultCache.Kept> kept = decoded(entry);
        if (kept.isEmpty() || now - kept.get().storedMillis() >= lifetimeMillis) {
            open.remove(key.hash());
            expired++;
            return Optional.empty();
        }
        open.touch(key.hash());
        return kept;
    }

    /** Is it kept? */
    boolean store(CacheKey key, ResultCache.Kept kept) {
        StoredResults open = results;
        byte[] entry = encoded(kept);
        if (open == null || entry.length > diskBytes / LARGEST_PART) return false;
        return done(() -> {
                    open.put(key.hash(), entry);
                    evicted += open.shrinkTo(diskBytes);
                    open.commit();
                    return true;
                })
                .orElse(false);
    }

    private static byte[] encoded(ResultCache.Kept kept) {
        byte[] bytes = kept.bytes();
        return ByteBuffer.allocate(bytes.length + 12)
                .putInt(check(kept.storedMillis(), bytes, 0))
                .putLong(kept.storedMillis())
                .put(bytes)
                .array();
    }

    private static Optional<ResultCache.Kept> decoded(byte[] entry) {
        if (entry.length < 12) return Optional.empty();
        var buffer = ByteBuffer.wrap(entry);
        int stated = buffer.getInt();
        long storedMillis = buffer.getLong();
        if (stated != check(storedMillis, entry, 12)) return Optional.empty();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return Optional.of(new ResultCache.Kept(bytes, storedMillis));
    }

    private static int check(long storedMillis, byte[] bytes, int from) {
        var sum = new CRC32C();
        sum.update(ByteBuffer.allocate(Long.BYTES).putLong(storedMillis).flip());
        sum.update(bytes, from, bytes.length - from);
        return (int) sum.getValue();
    }

    /** Does it in the thread of the file; empty if that failed, or whoever waits for it was interrupted. */
    private <T> Optional<T> done(Callable<T> work) {
        Future<T> future = thread.submit(work);
        try {
            return Optional.of(future.get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            state = "failed: " + e.getCause().getMessage();
            results = null;
            return Optional.empty();
        }
    }

    void clear() {
        StoredResults open = results;
        if (open == null) return;
        done(() -> {
            open.clear();
            return true;
        });
    }

    long entries() {
        StoredResults open = results;
        return open == null ? 0 : done(open::entries).orElse(0L);
    }

    long bytes() {
        StoredResults open = results;
        return open == null ? 0 : done(open::bytes).orElse(0L);
    }

    long evicted() {
        return evicted;
    }

    long expired() {
        return expired;
    }

    String state() {
        return state;
    }

    void close() {
        StoredResults open = results;
        results = null;
        if (open != null) {
            state = "closed";
            done(() -> {
                open.close();
                return true;
            });
        }
        thread.shutdown();
        FileChannel lock = lockFile;
        if (lock == null) return;
        try {
            lock.close();
        } catch (IOException e) {
            state = "closed: " + e.getMessage();
        }
    }
}
