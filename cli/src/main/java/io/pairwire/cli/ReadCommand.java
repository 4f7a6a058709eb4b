package io.pairwire.cli;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.output.HumanText;
import io.pairwire.output.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
        footer = {"  pairwire read --count capture.pcap", "  pairwire read --count --json captures/"})
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
    private LoggingOptions logging = new LoggingOptions();

    ReadCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        logging.apply();
        try (var source = FileSource.open(inputs)) {
            if (json) {
                var perFile = new PerFile();
                readAll(source, perFile);
                streams.out().println(json(source, perFile));
            } else {
                long packets = readAll(source, _ -> {});
                streams.out().println(packets + (packets == 1 ? " packet" : " packets")); // as tcpdump says it
            }
            if (streams.out().checkError()) throw new IOException("standard output: the answer could not be written");
            SourceStatistics statistics = source.statistics();
            statistics.damages().forEach(damage -> streams.tell(damage.toString()));
            int untold = statistics.damagedFiles() - statistics.damages().size();
            if (untold > 0) streams.tell("... and " + HumanText.count(untold, "more damaged input"));
            return statistics.damagedFiles() > 0 ? ExitCode.DAMAGED_INPUT : ExitCode.DONE;
        }
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

    private static String json(PacketSource source, PerFile perFile) {
        SourceStatistics statistics = source.statistics();
        var files = new ArrayList<String>();
        for (int i = 0; i < statistics.files(); i++) {
            files.add("{\"file\":" + JsonText.quoted(source.fileName(i)) + ",\"packets\":" + perFile.packets(i) + "}");
        }
        return "{\"packets\":" + statistics.packets() + ",\"damaged_files\":" + statistics.damagedFiles()
                + ",\"files\":[" + String.join(",", files) + "]}";
    }

    /** Packets by the index of their file. */
    private static final class PerFile implements PacketHandler {
        private long[] packets = new long[16];

        @Override
        public void onPacket(io.pairwire.capture.Packet packet) {
            int file = packet.file();
            if (file >= packets.length) packets = Arrays.copyOf(packets, Math.max(file + 1, 2 * packets.length));
            packets[file]++;
        }

        long packets(int file) {
            return file < packets.length ? packets[file] : 0;
        }
    }
}
