package io.pairwire.cli;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.PickFinder;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.capture.edit.PacketCopy;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.engine.index.IndexedPicks;
import io.pairwire.output.ClosedPipeException;
import io.pairwire.output.JsonText;
import io.pairwire.output.print.FieldPrinter;
import io.pairwire.output.print.PacketField;
import io.pairwire.output.print.PacketPrinter;
import io.pairwire.output.print.PrintedPackets;
import io.pairwire.output.print.TimeDigits;
import io.pairwire.output.print.summary.SummaryPrinter;
import io.pairwire.output.print.tree.TreePrinter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pairwire read}: prints, counts or copies the packets of captures. */
@Command(
        name = "read",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description =
                "Prints the packets of captures, one line each as tcpdump does; or a table of fields, or trees of headers;"
                        + " or counts or copies them.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage",
            "3:done, but some input was damaged, cut or of an unknown format"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pairwire read capture.pcap",
            "  pairwire read -nn -e -c 10 capture.pcap",
            "  pairwire read --fields time_ns,ip_src,ip_dst,src_port,dst_port captures/ > packets.tsv",
            "  pairwire read --tree -c 1 capture.pcapng",
            "  pairwire read -c 1000 -w first.pcapng capture.pcap.gz",
            "  pairwire read --count --json captures/",
            "  pairwire read -nn capture.pcap -- tcp port 80"
        })
final class ReadCommand implements Callable<Integer> {
    private static final int LIMIT = 1 << 16;

    private final Streams streams;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private InputOptions inputs = new InputOptions();

    @Option(
            names = "--fields",
            paramLabel = "NAMES",
            description = "Print a table instead: fields separated by tabs, under a line with their names.")
    private Optional<String> fields = Optional.empty();

    @Option(names = "--tree", description = "Print all headers with all their fields and the bytes of each.")
    private boolean tree;

    @Option(names = "--count", description = "Print only how many packets there are.")
    private boolean count;

    @Option(names = "-c", paramLabel = "N", description = "End after N packets.")
    private long most = Long.MAX_VALUE;

    @Option(
            names = "--json",
            description = "With --count, as an object: packets, damaged_files, and files, a list of file and packets.")
    private boolean json;

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Mixin
    private WriterOptions output = new WriterOptions();

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    private Optional<PacketFilter> filter = Optional.empty();

    ReadCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        check();
        filter = filters.takeFrom(inputs);
        if (output.isGiven()) return copy();
        try (var source = inputs.open(streams, finder());
                var stop = StopReading.listen(streams);
                var _ = inputs.watch(source::statistics, showsProgress(), streams)) {
            int code = run(source, stop);
            stop.finished(code);
            return code;
        }
    }

    private void check() {
        var command = spec.commandLine();
        int ways = (count ? 1 : 0) + (tree ? 1 : 0) + (fields.isPresent() ? 1 : 0) + (output.isGiven() ? 1 : 0);
        if (ways > 1) throw new ParameterException(command, "one of --count, --fields, --tree and -w, not several");
        fieldList();
        if (json && !count) throw new ParameterException(command, "--json goes with --count");
        if (most < 1) throw new ParameterException(command, "-c is below 1: " + most);
        print.check(command);
    }

    /** A bar between lines that are printed would be no help. */
    private boolean showsProgress() {
        return inputs.showsProgress(streams) && (count || !Terminal.isStandardOutput());
    }

    private PickFinder finder() {
        return filter.<PickFinder>map(wanted -> IndexedPicks.of(wanted.hint())).orElse(PickFinder.NOTHING);
    }

    private int copy() throws IOException {
        var run = new CopyRun(inputs, output, spec.commandLine(), streams)
                .filtering(filter)
                .picking(finder());
        return run.to(new CopyRun.Step() {
            private long written;

            @Override
            public void onPacket(Packet packet, PacketCopy to) throws IOException {
                if (isOver()) return;
                to.write(packet);
                written++;
            }

            @Override
            public boolean isOver() {
                return written >= most;
            }
        });
    }

    private int run(FileSource source, StopReading stop) throws IOException {
        if (count) {
            count(source, stop);
        } else {
            try {
                print(source, stop);
            } catch (ClosedPipeException nobodyReads) {
                return ExitCode.DONE; // as after | head: whoever closed it has seen enough
            }
        }
        filter.ifPresent(used -> FilterOptions.tellProblems(used, streams));
        return InputOptions.tellDamages(source, streams);
    }

    private void count(FileSource source, StopReading stop) throws IOException {
        if (json) {
            var perFile = new PerFile();
            long packets = readAll(source, stop, perFile, () -> {});
            streams.out().println(json(source, packets, perFile));
        } else {
            long packets = readAll(source, stop, _ -> {}, () -> {});
            streams.out().println(packets + (packets == 1 ? " packet" : " packets")); // as tcpdump says it
        }
        streams.out().confirm();
    }

    private void print(FileSource source, StopReading stop) throws IOException {
        try (var printed = new PrintedPackets(streams.results(), printer(source))) {
            PacketHandler handler = packet -> {
                try {
                    printed.print(packet);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
            readAll(source, stop, handler, printed::flush);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private PacketPrinter printer(FileSource source) {
        if (fields.isPresent()) return new FieldPrinter(fieldList(), source::fileName);
        if (tree) return new TreePrinter(source::fileName, print.checksums());
        return new SummaryPrinter(print.style(), new TimeDigits(source::description));
    }

    private List<PacketField> fieldList() {
        try {
            return fields.isEmpty() ? List.of() : PacketField.parse(fields.get());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** What to do when input makes us wait. */
    private interface Pause {
        void run() throws IOException;
    }

    /** How many packets there are, of those that the filter accepts. */
    private long readAll(PacketSource source, StopReading stop, PacketHandler handler, Pause pause) throws IOException {
        var accepted = filter.map(wanted -> new Accepted(wanted, handler));
        long packets = 0;
        try {
            while (packets < most && !stop.isAsked()) {
                int limit = (int) Math.min(LIMIT, most - packets);
                int handed = source.poll(accepted.isPresent() ? accepted.get() : handler, limit);
                if (handed == PacketSource.END) break;
                packets = accepted.isPresent() ? accepted.get().packets : packets + handed;
                if (handed < limit) pause.run();
            }
        } catch (ClosedByInterruptException e) {
            if (!stop.isAsked()) throw e;
            Thread.interrupted(); // it did its duty; a flag left behind would close standard output
        }
        return packets;
    }

    private static String json(PacketSource source, long packets, PerFile perFile) {
        SourceStatistics statistics = source.statistics();
        var files = new ArrayList<String>();
        for (int i = 0; i < statistics.files(); i++) {
            files.add("{\"file\":" + JsonText.quoted(source.fileName(i)) + ",\"packets\":" + perFile.packets(i) + "}");
        }
        return "{\"packets\":" + packets + ",\"damaged_files\":" + statistics.damagedFiles() + ",\"files\":["
                + String.join(",", files) + "]}";
    }

    /** Hands on what a filter accepts. */
    private static final class Accepted implements PacketHandler {
        private final PacketFilter filter;
        private final PacketHandler next;
        private long packets;

        Accepted(PacketFilter filter, PacketHandler next) {
            this.filter = filter;
            this.next = next;
        }

        @Override
        public void onPacket(Packet packet) {
            if (!filter.matches(packet)) return;
            packets++;
            next.onPacket(packet);
        }
    }

    /** Packets by the index of their file. */
    private static final class PerFile implements PacketHandler {
        private long[] packets = new long[16];

        @Override
        public void onPacket(Packet packet) {
            int file = packet.file();
            if (file >= packets.length) packets = Arrays.copyOf(packets, Math.max(file + 1, 2 * packets.length));
            packets[file]++;
        }

        long packets(int file) {
            return file < packets.length ? packets[file] : 0;
        }
    }
}
