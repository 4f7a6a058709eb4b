package io.pairwire.cli;

import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.engine.replay.CutPackets;
import io.pairwire.engine.replay.ReplaySettings;
import io.pairwire.live.TransmitSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pairwire replay}: sends captures again. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        abbreviateSynopsis = true,
        description =
                "Sends the packets of captures at an interface: as they came, faster, slower, evenly or as fast as it"
                        + " goes; with other addresses if asked to. Tells what was not sent and why, and how well the times were kept.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:done, or stopped by a signal",
            "1:failed",
            "2:wrong usage",
            "3:done, but some input was damaged, cut or of an unknown format"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  As it was captured:",
            "    sudo pairwire replay -i eth0 day.pcap",
            "  Ten times as fast, with pauses of a second at most:",
            "    sudo pairwire replay -i eth0 --speed 10x --max-gap 1s day.pcap",
            "  100,000 packets a second, again and again until Ctrl-C:",
            "    sudo pairwire replay -i eth0 --pps 100000 --loop 0 day.pcap",
            "  Into another network, to the MAC address of its router:",
            "    sudo pairwire replay -i eth0 --map 10.0.0.0/8=172.0.0.0/8 --destination-mac 02:00:00:00:00:01 day.pcap"
        })
final class ReplayCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-i", "--interface"},
            required = true,
            paramLabel = "INTERFACE",
            description = "Where to send.")
    private String device = "";

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Mixin
    private SpeedOptions speed = new SpeedOptions();

    @Option(
            names = "--loop",
            paramLabel = "N",
            description = "Send the captures so many times; 0: until somebody stops it (default: 1).")
    private long loops = 1;

    @Option(
            names = {"-c", "--count"},
            paramLabel = "N",
            description = "Send so many packets at most.")
    private long count;

    @Option(names = "--max-gap", paramLabel = "TIME", description = "Cut longer pauses to that, such as 500ms or 1s.")
    private Optional<Duration> longestGap = Optional.empty();

    @Option(
            names = "--cut",
            paramLabel = "WHAT",
            description = "Packets that a snapshot length has cut: send what there is, pad it with zeros, or skip them"
                    + " (default: send).")
    private CutPackets cut = CutPackets.SEND;

    @Mixin
    private RewriteOptions rewriting = new RewriteOptions();

    @Option(
            names = "--backend",
            paramLabel = "BACKEND",
            description = "By what means: af-packet or af-xdp (default: af-packet).")
    private String backend = "af-packet";

    @Option(
            names = "--direct",
            description = "Straight to the driver, past the queueing discipline; programs that capture on this machine"
                    + " then do not see what is sent.")
    private boolean direct;

    @Option(names = "--queue", paramLabel = "N", description = "The transmit queue of af-xdp (default: 0).")
    private int queue;

    @Option(names = "--json", description = "The account as a JSON object.")
    private boolean json;

    @Option(
            names = "--hgrm",
            paramLabel = "FILE",
            description = "Write how late packets were there as an HdrHistogram file, in microseconds.")
    private Optional<Path> histogramFile = Optional.empty();

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    ReplayCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws Exception {
        logging.apply();
        Optional<PacketFilter> filter = filters.takeFrom(inputs);
        if (loops < 0) throw new ParameterException(spec.commandLine(), "--loop is negative: " + loops);
        if (loops != 1) refusePipes();
        var run = new ReplayRun(
                transmit(), settings(), loops, inputs, filter, rewriting.editor(), json, histogramFile, streams);
        // On a thread of its own, whose rights end with it.
        var task = new FutureTask<>(run::run);
        Thread.ofPlatform().name("pairwire-replay").start(task);
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) throw failure;
            throw e;
        }
    }

    private void refusePipes() {
        for (String input : inputs.inputs) {
            if (input.equals("-") || Files.exists(Path.of(input)) && !isFileOrFolder(Path.of(input))) {
                throw new ParameterException(spec.commandLine(), "a pipe cannot be sent twice: --loop with " + input);
            }
        }
    }

    private static boolean isFileOrFolder(Path path) {
        return Files.isRegularFile(path) || Files.isDirectory(path);
    }

    private ReplaySettings settings() {
        var wanted = speed.speed(spec.commandLine());
        try {
            return new ReplaySettings(wanted, longestGap.orElse(ReplaySettings.ANY_GAP), cut, count);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private TransmitSettings transmit() {
        var method = switch (backend) {
            case "af-packet", "af_packet" -> TransmitSettings.Method.PACKET;
            case "af-xdp", "af_xdp", "xdp" -> TransmitSettings.Method.XDP;
            default ->
                throw new ParameterException(
                        spec.commandLine(), "not a backend: '" + backend + "' (af-packet or af-xdp)");
        };
        try {
            return new TransmitSettings(device, method, !direct, queue);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
