package io.pairwire.cli;

import io.pairwire.live.PlacedSource;
import io.pairwire.memory.pool.MemorySource;
import io.pairwire.memory.pool.PacketPool;
import io.pairwire.memory.pool.PoolSettings;
import io.pairwire.memory.pool.PoolStatistics;
import io.pairwire.output.PoolPrometheusText;
import io.pairwire.platform.numa.MappedPages;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pairwire pool info}: what the default pool is made of on this machine. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = {
            "Describe the default pool: classes, memory, what a buffer costs besides its bytes; the pages and nodes of this"
                    + " machine, and what it gives of those that are asked for."
        },
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {"0:done, whatever was obtained", "1:failed", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  pairwire pool info",
            "  pairwire pool info --pages 2m --node 0",
            "  pairwire pool info --pages transparent --prefault --json | jq .found"
        })
final class PoolInfoCommand implements Callable<Integer> {
    private final Streams streams;

    @Mixin
    private PlacementOptions placement = new PlacementOptions();

    @Option(names = "--json", description = "As one object.")
    private boolean json;

    @Option(names = "--prometheus", description = "The numbers of a fresh pool, in the Prometheus text format.")
    private boolean prometheus;

    PoolInfoCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        MemorySource source = placement.source(streams);
        PoolSettings settings = PoolSettings.defaults().withSource(source);
        PoolStatistics statistics;
        Optional<MappedPages> found = Optional.empty();
        try (var pool = new PacketPool(settings)) {
            statistics = pool.statistics();
            if (source instanceof PlacedSource placed) found = Optional.of(placed.survey());
        }
        if (prometheus) {
            streams.out().print(PoolPrometheusText.of("default", statistics));
        } else {
            var description = new PoolDescription(settings, statistics, found, MachineMemory.here());
            if (json) streams.out().println(description.json());
            else description.lines().forEach(streams.out()::println);
        }
        streams.out().confirm();
        return ExitCode.DONE;
    }
}
