package io.pairwire.engine.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultCacheTest {
    @TempDir
    Path folder;

    private final AtomicLong millis = new AtomicLong(1_000);
    private final InstantSource clock = () -> Instant.ofEpochMilli(millis.get());

    private ResultCache open() {
        return open(CacheSettings.in(folder));
    }

    private ResultCache open(CacheSettings settings) {
        return new ResultCache(settings, clock);
    }

    private static CacheKey key(int number) {
        return new CacheKey(String.format("%032x", number));
    }

    private static byte[] result(int number, int length) {
        return ByteBuffer.allocate(length).putInt(number).array();
    }

    @Test
    void what_was_stored_is_found_in_memory_and_after_a_restart_on_disk() {
        try (var cache = open()) {
            assertTrue(cache.find(key(1)).isEmpty());
            cache.store(key(1), result(1, 100));
            assertArrayEquals(result(1, 100), cache.find(key(1)).orElseThrow());
            assertEquals(1, cache.statistics().memoryHits());
            assertEquals(1, cache.statistics().misses());
        }
        try (var cache = open()) {
            assertArrayEquals(result(1, 100), cache.find(key(1)).orElseThrow());
            assertArrayEquals(result(1, 100), cache.find(key(1)).orElseThrow());
            assertEquals(1, cache.statistics().diskHits());
            assertEquals(1, cache.statistics().memoryHits(), "the second time");
        }
    }

    @Test
    void a_result_is_worked_out_once_however_many_ask_for_it() throws Exception {
        var worked = new AtomicInteger();
        var all = new CountDownLatch(8);
        var threads = new ArrayList<Thread>();
        try (var cache = open()) {
            for (int i = 0; i < 8; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        all.countDown();
                        all.await();
                        cache.cached(key(1), () -> result(worked.incrementAndGet(), 4));
                    } catch (IOException | InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
            for (Thread thread : threads) thread.join();
            assertEquals(1, worked.get());
            assertThrows(
                    IOException.class,
                    () -> cache.cached(key(2), () -> {
                        throw new IOException("no result");
                    }));
            assertArrayEquals(result(9, 4), cache.cached(key(2), () -> result(9, 4)), "a failure is not kept");
        }
    }

    @Test
    void results_grow_too_old_in_memory_and_on_disk() {
        var settings = CacheSettings.in(folder).withLifetime(Duration.ofSeconds(1));
        try (var cache = open(settings)) {
            cache.store(key(1), result(1, 10));
            millis.addAndGet(999);
            assertTrue(cache.find(key(1)).isPresent());
            millis.addAndGet(1);
            assertTrue(cache.find(key(1)).isEmpty());
            assertEquals(2, cache.statistics().expired());
            assertEquals(0, cache.statistics().diskEntries());
        }
    }

    @Test
    void those_used_longest_ago_go_when_the_disk_part_is_full() {
        var settings = CacheSettings.in(folder).withMemoryBytes(0).withDiskBytes(100_000);
        try (var cache = open(settings)) {
            for (int i = 0; i < 9; i++) cache.store(key(i), result(i, 10_000));
            assertTrue(cache.find(key(0)).isPresent());
            for (int i = 9; i < 13; i++) cache.store(key(i), result(i, 10_000));
            assertTrue(cache.find(key(0)).isPresent(), "it was used after the others");
            assertTrue(cache.find(key(1)).isEmpty());
            var statistics = cache.statistics();
            assertTrue(statistics.diskBytes() <= 100_000, "" + statistics);
            assertTrue(statistics.evicted() >= 3, "" + statistics);
            cache.store(key(50), result(50, 90_000));
            assertTrue(cache.find(key(50)).isEmpty(), "one may not push out all others");
            assertEquals(1, cache.statistics().refused());
        }
    }

    @Test
    void the_memory_part_keeps_to_its_room() {
        try (var cache = open(CacheSettings.inMemory().withMemoryBytes(50_000))) {
            for (int i = 0; i < 100; i++) cache.store(key(i), result(i, 1_000));
            assertTrue(cache.statistics().memoryBytes() <= 50_000, "" + cache.statistics());
            assertEquals("none", cache.statistics().disk());
            assertTrue(cache.statistics().evicted() > 50);
        }
    }

    @Test
    void a_second_user_of_the_folder_goes_on_without_the_disk_and_says_so() {
        try (var first = open();
                var second = open()) {
            assertEquals("open", first.statistics().disk());
            assertTrue(
                    second.statistics().disk().startsWith("another process uses"),
                    second.statistics().disk());
            second.store(key(1), result(1, 10));
            assertTrue(second.find(key(1)).isPresent());
            assertTrue(first.find(key(1)).isEmpty());
        }
        try (var third = open()) {
            assertEquals("open", third.statistics().disk());
        }
    }

    @Test
    void an_interrupted_thread_harms_nobody() {
        try (var cache = open(CacheSettings.in(folder).withMemoryBytes(0))) {
            cache.store(key(1), result(1, 10));
            Thread.currentThread().interrupt();
            cache.store(key(2), result(2, 10));
            assertTrue(Thread.interrupted());
            assertTrue(cache.find(key(1)).isPresent());
            assertEquals("open", cache.statistics().disk());
        }
    }

    @Test
    void what_a_crash_leaves_is_opened_again_with_all_that_was_stored() throws IOException {
        Path copy = Files.createDirectory(folder.resolve("after-the-crash"));
        try (var cache = open()) {
            for (int i = 0; i < 20; i++) cache.store(key(i), result(i, 500));
            // As it is on disk at this moment: nothing was closed.
            Files.copy(folder.resolve("results.mv"), copy.resolve("results.mv"), StandardCopyOption.REPLACE_EXISTING);
        }
        try (var cache = open(CacheSettings.in(copy))) {
            for (int i = 0; i < 20; i++)
                assertArrayEquals(result(i, 500), cache.find(key(i)).orElseThrow());
        }
    }

    @Test
    void a_damaged_file_never_gives_a_wrong_result() throws IOException {
        try (var cache = open()) {
            for (int i = 0; i < 40; i++) cache.store(key(i), result(i, 500));
        }
        byte[] whole = Files.readAllBytes(folder.resolve("results.mv"));
        var random = new Random(3);
        for (int run = 0; run < 12; run++) {
            byte[] damaged = whole.clone();
            for (int k = 0; k < 40; k++) damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            Path place = Files.createDirectories(folder.resolve("damaged" + run));
            Files.write(place.resolve("results.mv"), damaged);
            try (var cache = open(CacheSettings.in(place))) {
                for (int i = 0; i < 40; i++) {
                    byte[] expected = result(i, 500);
                    cache.find(key(i)).ifPresent(found -> assertArrayEquals(expected, found));
                }
                cache.store(key(100), result(100, 4));
                assertTrue(cache.find(key(100)).isPresent());
            }
        }
    }

    @Test
    void clearing_forgets_on_disk_too() {
        try (var cache = open()) {
            cache.store(key(1), result(1, 10));
            cache.clear();
            assertTrue(cache.find(key(1)).isEmpty());
            assertEquals(0, cache.statistics().diskBytes());
        }
        try (var cache = open()) {
            assertTrue(cache.find(key(1)).isEmpty());
        }
    }

    @Test
    void a_key_changes_with_content_time_options_and_version() throws IOException {
        Path file = Files.write(folder.resolve("a.pcap"), new byte[20_000]);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        var files = List.of(file);
        CacheKey key = CacheKey.of(files, "summary", 1, List.of("step=1s"));
        assertEquals(key, CacheKey.of(files, "summary", 1, List.of("step=1s")));
        assertNotEquals(key, CacheKey.of(files, "summary", 2, List.of("step=1s")));
        assertNotEquals(key, CacheKey.of(files, "summary", 1, List.of("step=2s")));
        assertNotEquals(key, CacheKey.of(files, "hierarchy", 1, List.of("step=1s")));
        assertNotEquals(
                CacheKey.of(files, "summary", 1, List.of("a", "bc")),
                CacheKey.of(files, "summary", 1, List.of("ab", "c")));
        CacheKey verified = CacheKey.verified(files, "summary", 1, List.of());
        Files.setLastModifiedTime(file, FileTime.fromMillis(2));
        assertNotEquals(key, CacheKey.of(files, "summary", 1, List.of("step=1s")));
        assertEquals(verified, CacheKey.verified(files, "summary", 1, List.of()));
        CacheKey sampled = CacheKey.of(files, "summary", 1, List.of());
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), 10_096); // where no sample is taken
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis(2));
        assertEquals(sampled, CacheKey.of(files, "summary", 1, List.of()), "which is why there is the other");
        assertNotEquals(verified, CacheKey.verified(files, "summary", 1, List.of()));
        assertFalse(sampled.equals(verified));
    }
}
