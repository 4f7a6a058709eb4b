package io.pairwire.cli;

import io.pairwire.engine.cache.CacheSettings;
import io.pairwire.engine.cache.CacheStatistics;
import io.pairwire.output.HumanText;
import io.pairwire.output.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pairwire cache}: what is kept from one run to the next. */
@Command(
        name = "cache",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Tells what results are kept on disk from one run to the next, or forgets them.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {"0:done", "1:failed, also if another process uses the cache", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {"  pairwire cache", "  pairwire cache info --json", "  pairwire cache clear"})
final class CacheCommand implements Callable<Integer> {
    /** What to do. */
    enum What {
        INFO,
        CLEAR
    }

    private final Streams streams;

    @Parameters(
            arity = "0..1",
            paramLabel = "info|clear",
            description = "Tell what there is, or forget it (default: info).")
    private What what = What.INFO;

    @Option(names = "--json", description = "As an object: folder, state, entries, bytes, limit, memory_limit.")
    private boolean json;

    @Mixin
    private CacheOptions options = new CacheOptions();

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    CacheCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        var folder = options.folder();
        CacheSettings settings = CacheSettings.in(folder);
        CacheStatistics found;
        if (what == What.INFO && !Files.isDirectory(folder)) {
            print(0, 0, "empty", settings); // nothing is made by looking
            return ended();
        }
        try (var cache = options.open()) {
            if (what == What.CLEAR) cache.clear();
            found = cache.statistics();
        }
        if (!found.disk().equals("open")) throw new IOException(folder + ": " + found.disk());
        print(found.diskEntries(), found.diskBytes(), what == What.CLEAR ? "cleared" : "open", settings);
        return ended();
    }

    private int ended() throws IOException {
        streams.out().confirm();
        return ExitCode.DONE;
    }

    private void print(long entries, long bytes, String state, CacheSettings settings) {
        String folder = options.folder().toString();
        if (json) {
            streams.out()
                    .println("{\"folder\":" + JsonText.quoted(folder) + ",\"state\":\"" + state + "\",\"entries\":"
                            + entries + ",\"bytes\":" + bytes + ",\"limit\":" + settings.diskBytes()
                            + ",\"memory_limit\":" + settings.memoryBytes() + "}");
            return;
        }
        streams.out().println("folder   " + folder);
        streams.out().println("state    " + state);
        streams.out().println("results  " + HumanText.count(entries));
        streams.out()
                .println(String.format(
                        Locale.ROOT,
                        "bytes    %s of %s at most",
                        HumanText.count(bytes),
                        HumanText.count(settings.diskBytes())));
    }
}
