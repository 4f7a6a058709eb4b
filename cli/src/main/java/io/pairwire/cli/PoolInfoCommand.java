package io.pairwire.cli;

import io.pairwire.memory.pool.PacketPool;
import io.pairwire.memory.pool.PoolSettings;
import io.pairwire.memory.pool.PoolStatistics;
import io.pairwire.memory.pool.SizeClass;
import io.pairwire.output.PoolPrometheusText;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code pairwire pool info}: what the default pool is made of on this machine. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Describe the default pool: classes, memory, what a buffer costs besides its bytes.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {"0:done", "1:failed", "2:wrong usage"})
final class PoolInfoCommand implements Callable<Integer> {
    private final Streams streams;

    @Option(names = "--prometheus", description = "The numbers of a fresh pool, in the Prometheus text format.")
    private boolean prometheus;

    PoolInfoCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        PoolSettings settings = PoolSettings.defaults();
        PoolStatistics statistics;
        try (var pool = new PacketPool(settings)) {
            statistics = pool.statistics();
        }
        if (prometheus) {
            streams.out().print(PoolPrometheusText.of("default", statistics));
            return ExitCode.DONE;
        }
        streams.out().println("memory      " + statistics.source());
        streams.out().println("node        " + (statistics.node() < 0 ? "any" : statistics.node()));
        streams.out().println("at start    " + statistics.bytes() + " bytes");
        streams.out().println("cache       2 x " + settings.cache() + " buffers a class and thread");
        streams.out().println("processors  " + Runtime.getRuntime().availableProcessors());
        streams.out().println();
        streams.out().println("class  initial  ceiling  overhead  handles alone");
        PoolSettings handles = settings.withMetadata(false);
        for (SizeClass each : settings.classes()) {
            streams.out()
                    .println(String.format(
                            Locale.ROOT,
                            "%5d  %7d  %7d  %7.1f%%  %12.1f%%",
                            each.length(),
                            each.initial(),
                            each.ceiling(),
                            100 * settings.overhead(each.length()),
                            100 * handles.overhead(each.length())));
        }
        return ExitCode.DONE;
    }
}
