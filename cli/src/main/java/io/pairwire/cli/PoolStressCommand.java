package io.pairwire.cli;

import io.pairwire.memory.pool.PoolSettings;
import io.pairwire.memory.pool.Safety;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pairwire pool stress}: runs {@link PoolStress} and says whether everything came back. */
@Command(
        name = "stress",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description =
                "Allocate, share, slice, chain, hand over and release at random in several threads, checking the bytes.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {"0:all buffers came back with the right bytes", "1:they did not", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  pairwire pool stress --duration 10m --threads 8",
            "  pairwire pool stress --debug --pages 2m --node local"
        })
final class PoolStressCommand implements Callable<Integer> {
    private static final int MOST_THREADS = 1024;

    private final Streams streams;

    @Spec
    private CommandSpec spec;

    @Option(names = "--duration", paramLabel = "SPAN", description = "How long (default: 10s).")
    private Duration duration = Duration.ofSeconds(10);

    @Option(names = "--threads", paramLabel = "N", description = "How many threads; 0 for all processors (default).")
    private int threads;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of what is random (default: 1).")
    private long seed = 1;

    @Option(names = "--debug", description = "With poison and guards: slower, and finds stray writes.")
    private boolean debug;

    @Mixin
    private PlacementOptions placement = new PlacementOptions();

    PoolStressCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (threads < 0 || threads > MOST_THREADS) {
            throw new ParameterException(spec.commandLine(), "threads is not in 0..1024: " + threads);
        }
        int cores = Runtime.getRuntime().availableProcessors();
        int used = threads == 0 ? cores : threads;
        PoolSettings settings = PoolSettings.of(100, 4_000, 64, 128, 256, 512, 1024, 2048, 9216)
                .withHeadroom(32)
                .withSource(placement.source(streams))
                .withSafety(debug ? Safety.DEBUG : Safety.PRODUCTION);
        PoolStress.Result result = PoolStress.run(settings, used, duration.toNanos(), seed);
        streams.out().println("threads      " + used + " on " + cores + (cores == 1 ? " processor" : " processors"));
        streams.out().println("allocations  " + result.allocations());
        streams.out().println("handed over  " + result.handedOver());
        streams.out().println("exhausted    " + result.exhausted());
        streams.out().println("wrong bytes  " + result.wrong());
        streams.out().println("outstanding  " + result.outstanding());
        result.troubles().forEach(streams::tell);
        return result.isClean() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
