package io.pairwire.cli;

import io.pairwire.engine.EngineSettings;
import io.pairwire.memory.DurationText;
import io.pairwire.memory.OverflowPolicy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How the work is done. Results do not depend on these, unless a policy drops. */
final class EngineOptions {
    private static final EngineSettings DEFAULTS = EngineSettings.defaults();

    @Option(
            names = {"-q", "--queue-policy"},
            paramLabel = "POLICY",
            description = "What a full queue does: block (waits), drop (drops and counts), adaptive or adaptive:TIME"
                    + " (waits 1, 2, 4 ... up to 64 ms or TIME, then drops), in any case of letters (default: block).")
    private OverflowPolicy policy = DEFAULTS.policy();

    @Option(
            names = "--queue-size",
            paramLabel = "N",
            description = "Packets between reading and matching (default: 10000).")
    private int queueSize = DEFAULTS.queueSize();

    @Option(names = "--pool-size", paramLabel = "N", description = "Packet descriptors (default: 20000).")
    private int poolSize = DEFAULTS.poolSize();

    @Option(names = "--buffer-size", paramLabel = "N", description = "Results waiting to be written (default: 1000).")
    private int bufferSize = DEFAULTS.bufferSize();

    @Option(
            names = "--shards",
            paramLabel = "N",
            description = "Parts of the store of unmatched packets (default: 16).")
    private int shards = DEFAULTS.shards();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that read and match; 0 for one a core (default: 0).")
    private int threads = DEFAULTS.threads();

    @Option(
            names = {"-c", "--cleanup-interval"},
            paramLabel = "MS",
            converter = Milliseconds.class,
            description = "How often output is flushed at least and, without --stats-interval, expired packets are"
                    + " reported with the other statistics; a plain number is milliseconds (default: 5000).")
    private Duration cleanupInterval = DEFAULTS.flushInterval();

    EngineOptions() {}

    Duration cleanupInterval() {
        return cleanupInterval;
    }

    /** Adds these options; a value out of range becomes wrong usage. */
    EngineSettings on(EngineSettings settings, Ranges ranges) {
        var s = settings.withPolicy(policy);
        s = ranges.checked("--queue-size", s, known -> known.withQueueSize(queueSize));
        s = ranges.checked("--pool-size", s, known -> known.withPoolSize(poolSize));
        s = ranges.checked("--buffer-size", s, known -> known.withBufferSize(bufferSize));
        s = ranges.checked("--shards", s, known -> known.withShards(shards));
        s = ranges.checked("--threads", s, known -> known.withThreads(threads));
        return ranges.checked("--cleanup-interval", s, known -> known.withFlushInterval(cleanupInterval));
    }

    /** The classic option counts in milliseconds. */
    static final class Milliseconds implements ITypeConverter<Duration> {
        Milliseconds() {}

        @Override
        public Duration convert(String text) {
            try {
                return DurationText.parse(text, TimeUnit.MILLISECONDS);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
