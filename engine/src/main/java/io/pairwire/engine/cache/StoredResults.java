package io.pairwire.engine.cache;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/** Results in an MVStore, and in which order they were used last. One thread uses it. */
final class StoredResults {
    private static final int CACHE_MEGABYTES = 4;
    private static final int FILL_RATE = 60;
    private static final int COMPACT_MILLIS = 200;

    /** How full it is after results had to go, so that they need not go one by one. */
    private static final double ROOM_LEFT = 0.9;

    private final MVStore store;
    private final MVMap<String, byte[]> entries;

    /** When each was used last: a number that grows with every use. */
    private final MVMap<String, Long> used;

    private final Map<String, Integer> lengths = new HashMap<>();
    private long bytes;
    private long lastUse;

    private StoredResults(MVStore store) {
        this.store = store;
        // Types are said, as otherwise a damaged file could make objects of any class.
        entries = store.openMap("results", map(ByteArrayDataType.INSTANCE));
        used = store.openMap("used", map(LongDataType.INSTANCE));
        var cursor = entries.cursor(null);
        while (cursor.hasNext()) {
            String key = cursor.next();
            count(key, cursor.getValue().length);
        }
        used.values().forEach(use -> lastUse = Math.max(lastUse, use));
    }

    private static <V> MVMap.Builder<String, V> map(DataType<V> values) {
        var builder = new MVMap.Builder<String, V>();
        builder.setKeyType(StringDataType.INSTANCE);
        builder.setValueType(values);
        return builder;
    }

    /** @throws RuntimeException of any kind if the file is damaged or cannot be reached */
    static StoredResults open(Path file) {
        MVStore store = new MVStore.Builder()
                .fileName(file.toString())
                .cacheSize(CACHE_MEGABYTES)
                .autoCommitDisabled()
                .open();
        try {
            store.setRetentionTime(0);
            store.setVersionsToKeep(0);
            return new StoredResults(store);
        } catch (RuntimeException e) {
            store.closeImmediately(); // or nobody could put the file aside
            throw e;
        }
    }

    private void count(String key, int length) {
        Integer before = lengths.put(key, length);
        bytes += length - (before == null ? 0 : before);
    }

    byte @Nullable [] get(String key) {
        return entries.get(key);
    }

    void touch(String key) {
        used.put(key, ++lastUse);
    }

    void put(String key, byte[] entry) {
        entries.put(key, entry);
        count(key, entry.length);
        touch(key);
    }

    void remove(String key) {
        entries.remove(key);
        used.remove(key);
        Integer length = lengths.remove(key);
        if (length != null) bytes -= length;
    }

    /** Removes those used longest ago if there are too many bytes; answers how many went. */
    long shrinkTo(long most) {
        if (bytes <= most) return 0;
        long gone = 0;
        var oldestFirst = lengths.keySet().stream()
                .sorted(Comparator.comparingLong(key -> used.getOrDefault(key, 0L)))
                .toList();
        for (String key : oldestFirst) {
            if (bytes <= most * ROOM_LEFT) break;
            remove(key);
            gone++;
        }
        store.commit();
        store.compact(FILL_RATE, (int) Math.min(Integer.MAX_VALUE, most));
        return gone;
    }

    void commit() {
        store.commit();
    }

    void clear() {
        entries.clear();
        used.clear();
        lengths.clear();
        bytes = 0;
        store.commit();
        store.compactFile(COMPACT_MILLIS);
    }

    long entries() {
        return lengths.size();
    }

    long bytes() {
        return bytes;
    }

    void close() {
        store.close(COMPACT_MILLIS);
    }
}
