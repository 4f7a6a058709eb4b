package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.engine.cache.CacheKey;
import io.pairwire.engine.cache.CacheSettings;
import io.pairwire.engine.cache.ResultCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheCommandTest {
    @TempDir
    Path folder;

    @Test
    void it_tells_what_is_kept_and_forgets_it() {
        Path place = folder.resolve("results");
        assertTrue(Cli.run("cache", "--cache-dir", place).out().contains("empty"));
        assertFalse(Files.exists(place), "looking makes nothing");
        try (var cache = new ResultCache(CacheSettings.in(place), Clock.systemUTC())) {
            cache.store(new CacheKey("0".repeat(32)), new byte[1_000]);
            var busy = Cli.run("cache", "info", "--cache-dir", place);
            assertEquals(1, busy.code());
            assertTrue(busy.err().contains("another process uses"), busy.err());
        }
        var info = Cli.run("cache", "info", "--json", "--cache-dir", place);
        assertEquals(0, info.code());
        assertTrue(info.out().contains("\"entries\":1,\"bytes\":1012,\"limit\":536870912"), info.out());
        assertEquals(0, Cli.run("cache", "clear", "--cache-dir", place).code());
        assertTrue(Cli.run("cache", "--json", "--cache-dir", place).out().contains("\"entries\":0"));
        assertEquals(2, Cli.run("cache", "nonsense").code());
    }
}
