package io.pairwire.cli;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import io.pairwire.engine.generate.Delay;
import io.pairwire.engine.generate.Profile;
import io.pairwire.engine.generate.TrafficGenerator;
import io.pairwire.engine.generate.TrafficPlan;
import io.pairwire.engine.generate.Written;
import io.pairwire.memory.DurationText;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pairwire generate}: turns options into a {@link TrafficPlan} and reports what was written. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Write captures of made-up traffic with known answers: same options, same bytes.",
        footerHeading = "%nProfiles:%n",
        footer = {
            "  gateway           UDP requests from 10.0.0.0/8 to 192.168.0.0/16,",
            "                    answered over TCP with the same payload",
            "  request-response  half of the flows UDP, half TCP; half of the clients",
            "                    inside 192.168.0.0/16",
            "  mixed             IPv4, IPv6, VLAN, QinQ, MPLS, extension headers;",
            "                    unanswered requests; ARP, ICMP, fragments, empty",
            "                    packets; 590 bytes a packet in the mean",
            "  two-taps          request-response seen at two points of its way:",
            "                    -w NAME.pcap writes NAME-a.pcap and NAME-b.pcap",
            "",
            "DELAY is a span (1ms), a range (200us-5ms), lognormal, lognormal:MEDIAN,",
            "or lognormal:MEDIAN:SIGMA. Units are ns, us, ms, s, min.",
            "P is a probability from 0 to 1.",
            "",
            "Examples:",
            "  One million gateway pairs, one each 5 us, answered after exactly 1 ms:",
            "    pairwire generate --profile gateway --pairs 1000000 --flows 10000 \\",
            "        --payload 64 --latency 1ms --interval 5us -w gateway.pcap",
            "  Mixed traffic, some packets lost, repeated or out of order:",
            "    pairwire generate --profile mixed --pairs 100000 --rate 20000 \\",
            "        --latency lognormal:2ms --loss 0.001 --duplicates 0.002 \\",
            "        --reorder 0.005 --precision ns -w mixed.pcap",
            "  Two taps 300 us apart, the clock of the second 2 ms late:",
            "    pairwire generate --profile two-taps --tap-delay 300us \\",
            "        --clock-offset -2ms --loss 0.01 -w client.pcap -w server.pcap",
            "  Straight into the matcher:",
            "    pairwire generate --profile gateway -w - | pairwire match -"
        })
public final class GenerateCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final String STANDARD_OUTPUT = "-";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--profile",
            required = true,
            paramLabel = "PROFILE",
            description = "What kind of traffic; see below.")
    private String profile = "";

    @Option(
            names = {"-w", "--write"},
            required = true,
            paramLabel = "FILE",
            description = "Where to write, replacing what is there; - is standard output. Twice for two taps.")
    private List<String> files = List.of();

    @Option(names = "--pairs", paramLabel = "N", description = "Requests to send (default: 1000).")
    private @Nullable Long pairs;

    @Option(names = "--flows", paramLabel = "N", description = "Flows they go round (default: 100).")
    private @Nullable Integer flows;

    @Option(
            names = "--payload",
            paramLabel = "BYTES|MIN-MAX",
            description = "Length of payloads (default: 64; mixed: as many as give 590 bytes a packet).")
    private @Nullable String payload;

    @Option(
            names = "--latency",
            paramLabel = "DELAY",
            description = "From request to response (default: 1ms; mixed: lognormal).")
    private @Nullable String latency;

    @ArgGroup
    private @Nullable Pace pace;

    static final class Pace {
        @Option(names = "--interval", paramLabel = "SPAN", description = "From request to request (default: 5us).")
        private @Nullable String interval;

        @Option(names = "--rate", paramLabel = "PAIRS/S", description = "The same as a rate, to the nanosecond.")
        private @Nullable Double rate;
    }

    @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random (default: 1).")
    private @Nullable Long seed;

    @Option(
            names = "--start",
            paramLabel = "TIME",
            description = "Time of the first request, ISO 8601 (default: 2026-01-01T00:00:00Z).")
    private @Nullable String start;

    @Option(
            names = "--loss",
            paramLabel = "P",
            description = "A packet is missing in the capture; with two taps, it is lost between them.")
    private double loss;

    @Option(
            names = "--duplicates",
            paramLabel = "P",
            description = "A packet is sent twice; TCP with the same sequence number.")
    private double duplicates;

    @Option(names = "--reorder", paramLabel = "P", description = "A packet is written later than its time says.")
    private double reorder;

    @Option(
            names = "--unanswered",
            paramLabel = "P",
            description = "A request gets no response (default: 0; mixed: 0.02).")
    private @Nullable Double unanswered;

    @Option(
            names = "--noise",
            paramLabel = "P",
            description = "A request is followed by a packet no pairing can use (default: 0; mixed: 0.1).")
    private @Nullable Double noise;

    @Option(
            names = "--tap-delay",
            paramLabel = "DELAY",
            description = "From one tap to the other (default: 40us-60us).")
    private @Nullable String tapDelay;

    @Option(
            names = "--clock-offset",
            paramLabel = "SPAN",
            description = "What the clock of the second tap is ahead; may be negative (default: 0s).")
    private @Nullable String clockOffset;

    @Option(names = "--precision", paramLabel = "us|ns", description = "Unit of times in the file (default: us).")
    private String precision = "us";

    @Option(
            names = "--byte-order",
            paramLabel = "little|big",
            description = "Byte order of the file's headers (default: little).")
    private String byteOrder = "little";

    @Option(
            names = "--link-type",
            paramLabel = "TYPE",
            description = "ethernet, raw, linux_sll, linux_sll2 or null (default: ethernet).")
    private String linkType = "ethernet";

    @Mixin
    private CompressOption compress = new CompressOption();

    @Option(
            names = "--json",
            description = "Report as a JSON object on standard output, or on standard error if the capture goes there.")
    private boolean json;

    /** For picocli. */
    public GenerateCommand() {}

    @Override
    public Integer call() {
        compress.check(spec.commandLine());
        TrafficPlan plan = plan();
        List<String> names = names(plan.profile());
        PrintWriter err = spec.commandLine().getErr();
        Written written;
        try {
            written = write(plan, names);
        } catch (IOException e) {
            err.println("pairwire generate: cannot write " + String.join(", ", names) + ": " + reason(e));
            return FAILED;
        }
        var report = new GenerateReport(plan, written, names);
        if (!json) err.print(report.text());
        else if (names.contains(STANDARD_OUTPUT)) err.println(report.json());
        else spec.commandLine().getOut().println(report.json());
        err.flush();
        return 0;
    }

    private TrafficPlan plan() {
        try {
            var builder = TrafficPlan.builder(profile(profile))
                    .loss(loss)
                    .duplicates(duplicates)
                    .reorder(reorder)
                    .format(format());
            given(pairs).ifPresent(builder::pairs);
            given(flows).ifPresent(builder::flows);
            given(payload).ifPresent(text -> payload(builder, text));
            given(latency).map(Delay::parse).ifPresent(builder::latency);
            given(pace).ifPresent(chosen -> builder.intervalNanos(interval(chosen)));
            given(seed).ifPresent(builder::seed);
            given(start).map(GenerateCommand::epochNanos).ifPresent(builder::startEpochNanos);
            given(unanswered).ifPresent(builder::unanswered);
            given(noise).ifPresent(builder::noise);
            given(tapDelay).map(Delay::parse).ifPresent(builder::tapDelay);
            given(clockOffset).map(DurationText::parseNanos).ifPresent(builder::clockOffsetNanos);
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static <T> Optional<T> given(@Nullable T option) {
        return Optional.ofNullable(option);
    }

    private static Profile profile(String name) {
        for (Profile profile : Profile.values()) {
            if (GenerateReport.nameOf(profile).equals(name)) return profile;
        }
        throw new IllegalArgumentException(
                "unknown profile '" + name + "': gateway, request-response, mixed or two-taps");
    }

    private static void payload(TrafficPlan.Builder builder, String text) {
        try {
            String[] ends = text.split("-", 2);
            int least = Integer.parseInt(ends[0]);
            builder.payload(least, ends.length == 1 ? least : Integer.parseInt(ends[1]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no payload: a number of bytes or MIN-MAX", e);
        }
    }

    private static long interval(Pace pace) {
        if (pace.interval != null) return DurationText.parseNanos(pace.interval);
        double rate = pace.rate == null ? 0 : pace.rate;
        if (!(rate > 0 && rate <= 1e9)) throw new IllegalArgumentException("rate is not in 0..1e9: " + rate);
        return Math.round(1e9 / rate);
    }

    private static long epochNanos(String text) {
        try {
            Instant instant = Instant.parse(text);
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' is no time such as 2026-01-31T12:00:00Z", e);
        }
    }

    private PcapFormat format() {
        ByteOrder order = switch (byteOrder) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw new IllegalArgumentException("unknown byte order '" + byteOrder + "': little or big");
        };
        boolean nanoseconds = switch (precision) {
            case "us" -> false;
            case "ns" -> true;
            default -> throw new IllegalArgumentException("unknown precision '" + precision + "': us or ns");
        };
        int type = switch (linkType.toLowerCase(Locale.ROOT).replace('-', '_')) {
            case "ethernet" -> LinkType.ETHERNET;
            case "raw" -> LinkType.RAW;
            case "linux_sll" -> LinkType.LINUX_SLL;
            case "linux_sll2" -> LinkType.LINUX_SLL2;
            case "null" -> LinkType.NULL;
            default ->
                throw new IllegalArgumentException(
                        "unknown link type '" + linkType + "': ethernet, raw, linux_sll, linux_sll2 or null");
        };
        return new PcapFormat(order, nanoseconds, type, PcapFormat.SNAPLEN);
    }

    /** One name for each capture. */
    private List<String> names(Profile chosen) {
        int captures = chosen.captures();
        if (captures == 2 && files.size() == 1 && !files.contains(STANDARD_OUTPUT)) {
            String file = files.getFirst();
            int dot = file.lastIndexOf('.');
            int end = dot > file.lastIndexOf('/') + 1 ? dot : file.length();
            return List.of(
                    file.substring(0, end) + "-a" + file.substring(end),
                    file.substring(0, end) + "-b" + file.substring(end));
        }
        if (files.size() != captures || files.stream().distinct().count() != captures) {
            throw new ParameterException(
                    spec.commandLine(),
                    captures == 1
                            ? "one -w FILE, not " + files.size()
                            : "two taps need -w NAME, or -w twice with different files");
        }
        return files;
    }

    private Written write(TrafficPlan plan, List<String> names) throws IOException {
        try (PcapWriter first = open(names.getFirst(), plan.format());
                PcapWriter second = names.size() == 1 ? null : open(names.getLast(), plan.format())) {
            return TrafficGenerator.write(plan, second == null ? List.of(first) : List.of(first, second));
        }
    }

    @SuppressWarnings("resource") // the writer closes the channel
    private PcapWriter open(String name, PcapFormat format) throws IOException {
        return new PcapWriter(compress.apply(name, channel(name)), format);
    }

    private static FileChannel channel(String name) throws IOException {
        if (name.equals(STANDARD_OUTPUT)) return new FileOutputStream(FileDescriptor.out).getChannel();
        try {
            return FileChannel.open(
                    Path.of(name),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE);
        } catch (InvalidPathException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "no such folder";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }
}
