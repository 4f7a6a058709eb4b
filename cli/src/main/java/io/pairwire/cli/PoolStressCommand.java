package io.pairwire.cli;

import io.pairwire.memory.pool.PoolSettings;
import io.pairwire.memory.pool.Safety;
import io.pairwire.memory.pool.SizeClass;
import io.pairwire.platform.numa.MemoryCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
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
            "  pairwire pool stress --debug --pages 2m --node local",
            "  pairwire pool stress --debug --faults --seed 7"
        })
final class PoolStressCommand implements Callable<Integer> {
    private static final int MOST_THREADS = 1024;
    private static final int[] LENGTHS = {64, 128, 256, 512, 1024, 2048, 9216};

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

    @Option(
            names = "--faults",
            description =
                    "Linux: binding, more memory and, with --pages, huge pages are refused now and then; buffers are few, and idle"
                            + " memory is given back all the time.")
    private boolean faults;

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
        if (faults && !System.getProperty("os.name").startsWith("Linux")) {
            throw new ParameterException(spec.commandLine(), "--faults needs Linux");
        }
        int cores = Runtime.getRuntime().availableProcessors();
        int used = threads == 0 ? cores : threads;
        Optional<FaultyCalls> calls = // not asked for where there are none
                faults ? Optional.of(new FaultyCalls(MemoryCalls.linux(), seed, LENGTHS.length)) : Optional.empty();
        PoolSettings settings = (faults ? few() : PoolSettings.of(100, 4_000, LENGTHS))
                .withHeadroom(32)
                .withSource(calls.isPresent() ? placement.source(calls.get(), streams) : placement.source(streams))
                .withSafety(debug ? Safety.DEBUG : Safety.PRODUCTION);
        PoolStress.Result result = PoolStress.run(settings, used, duration.toNanos(), seed, faults);
        streams.out().println("threads      " + used + " on " + cores + (cores == 1 ? " processor" : " processors"));
        streams.out().println("allocations  " + result.allocations());
        streams.out().println("handed over  " + result.handedOver());
        streams.out().println("exhausted    " + result.exhausted());
        streams.out().println("wrong bytes  " + result.wrong());
        streams.out().println("outstanding  " + result.outstanding());
        calls.ifPresent(each -> streams.out().println("faults       " + each.faults()));
        result.troubles().forEach(streams::tell);
        return result.isClean() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** So few buffers that classes grow, and run out, all the time. */
    private static PoolSettings few() {
        var classes = Arrays.stream(LENGTHS)
                .mapToObj(length -> new SizeClass(length, 4, 512, 4))
                .toList();
        PoolSettings usual = PoolSettings.defaults();
        return new PoolSettings(classes, 0, 2, true, true, usual.source(), usual.exhausted(), usual.safety());
    }
}
