package io.pairwire.cli;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.output.HumanText;
import io.pairwire.output.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pairwire read}: counts the packets of captures. */
@Command(
        name = "read",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        description = "Reads captures and counts their packets.",
        exitCodeListHeading = ExitCode.HEADING,
        exitCodeList = {
            "0:done",
            "1:failed",
            "2:wrong usage",
            "3:done, but some input was damaged, cut or of an unknown format"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  pairwire read --count capture.pcap",
            "  pairwire read --count --json captures/",
            "  pairwire read --count capture.pcap -- tcp port 80"
        })
final class ReadCommand implements Callable<Integer> {
    private static final int LIMIT = 1 << 20;

    private final Streams streams;

    @Parameters(
            paramLabel = "INPUT",
            arity = "1..*",
            description = "Captures, folders of them, or - for standard input.")
    private List<String> inputs = List.of();

    @Option(names = "--count", required = true, description = "Print how many packets there are.")
    private boolean count;

    @Option(
            names = "--json",
            description = "As an object: packets, damaged_files, and files, a list of file and packets.")
    private boolean json;

    @Mixin
    private FilterOptions filters = new FilterOptions();

    @Mixin
    private LoggingOptions logging = new LoggingOptions();

    ReadCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        Optional<PacketFilter> filter = filters.filter(inputs);
        try (var source = FileSource.open(filters.inputs(inputs))) {
            if (json) {
                var perFile = new PerFile();
                long packets = readAll(source, filter, perFile);
                streams.out().println(json(source, packets, perFile));
            } else {
                long packets = readAll(source, filter, _ -> {});
                streams.out().println(packets + (packets == 1 ? " packet" : " packets")); // as tcpdump says it
            }
            if (streams.out().checkError()) throw new IOException("standard output: the answer could not be written");
            filter.ifPresent(used -> FilterOptions.tellProblems(used, streams));
            SourceStatistics statistics = source.statistics();
            statistics.damages().forEach(damage -> streams.tell(damage.toString()));
            int untold = statistics.damagedFiles() - statistics.damages().size();
            if (untold > 0) streams.tell("... and " + HumanText.count(untold, "more damaged input"));
            return statistics.damagedFiles() > 0 ? ExitCode.DAMAGED_INPUT : ExitCode.DONE;
        }
    }

    /** How many packets there are, of those that the filter accepts. */
    private static long readAll(PacketSource source, Optional<PacketFilter> filter, PacketHandler handler)
            throws IOException {
        if (filter.isEmpty()) return readAll(source, handler);
        var accepted = new Accepted(filter.get(), handler);
        readAll(source, accepted);
        return accepted.packets;
    }

    private static long readAll(PacketSource source, PacketHandler handler) throws IOException {
        long packets = 0;
        int handed = source.poll(handler, LIMIT);
        while (handed != PacketSource.END) {
            packets += handed;
            handed = source.poll(handler, LIMIT);
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
