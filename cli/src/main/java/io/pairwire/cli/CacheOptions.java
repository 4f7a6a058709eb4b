package io.pairwire.cli;

import io.pairwire.engine.cache.CacheSettings;
import io.pairwire.engine.cache.ResultCache;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where results are kept from one run to the next. */
final class CacheOptions {
    @Option(
            names = "--cache-dir",
            paramLabel = "DIR",
            description = "Where results are kept (default: pairwire/results in XDG_CACHE_HOME or ~/.cache).")
    private Optional<Path> folder = Optional.empty();

    CacheOptions() {}

    Path folder() {
        return folder.orElseGet(CacheOptions::usual);
    }

    private static Path usual() {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path place =
                cache == null || cache.isEmpty() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
        return place.resolve("pairwire").resolve("results");
    }

    /** Opens the cache; if something keeps it from the disk, its statistics say what. */
    ResultCache open() {
        return new ResultCache(CacheSettings.in(folder()), Clock.systemUTC());
    }
}
