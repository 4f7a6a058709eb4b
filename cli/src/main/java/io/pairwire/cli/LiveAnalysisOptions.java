package io.pairwire.cli;

import io.pairwire.live.LiveGroup;
import io.pairwire.live.LiveSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which interfaces are analysed, for how long, and how often results are told meanwhile. */
final class LiveAnalysisOptions {
    @Mixin
    private LiveOptions live = new LiveOptions();

    @Option(
            names = {"-c", "--count"},
            paramLabel = "N",
            description = "With -i: end after N packets.")
    private long count = Long.MAX_VALUE;

    @Option(names = "--duration", paramLabel = "TIME", description = "With -i: end after that time: 10s, 5m, 500ms.")
    private Duration duration = Duration.ZERO;

    @Option(
            names = "--refresh",
            paramLabel = "TIME",
            description = "With -i: how often results are told while packets come (default: 1s).")
    private Duration refresh = Duration.ofSeconds(1);

    @Option(
            names = {"-Z", "--relinquish-privileges"},
            paramLabel = "USER",
            description = "With -i: become that user once the interfaces are open.")
    private Optional<String> user = Optional.empty();

    LiveAnalysisOptions() {}

    /** Are interfaces asked for, instead of captures? */
    boolean isAsked() {
        return !live.interfaces().isEmpty();
    }

    void check(CommandLine command) {
        if (count < 1) throw new ParameterException(command, "-c is below 1: " + count);
        if (duration.isNegative()) throw new ParameterException(command, "--duration is negative: " + duration);
        if (refresh.isNegative() || refresh.isZero()) {
            throw new ParameterException(command, "--refresh is not positive: " + refresh);
        }
    }

    long count() {
        return count;
    }

    /** Zero for no end. */
    Duration duration() {
        return duration;
    }

    Duration refresh() {
        return refresh;
    }

    /** What the interfaces are called together. */
    String names() throws IOException {
        return String.join(", ", live.devices());
    }

    /** Opens the interfaces, then gives up the rights that needed. */
    LiveGroup open(Optional<String> filter, FilterOptions filters, CommandLine command) throws IOException {
        var settings = new ArrayList<LiveSettings>();
        var chosen = LiveFilters.of(filter, filters, command);
        for (String device : live.devices()) settings.add(live.settings(device, chosen, command));
        LiveGroup group = LiveGroup.open(settings);
        try {
            LiveRights.giveUp(user);
            return group;
        } catch (IOException | RuntimeException e) {
            group.close();
            throw e;
        }
    }
}
