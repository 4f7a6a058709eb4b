package io.pairwire.engine.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CaptureWriter;
import io.pairwire.capture.FileSource;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.PickFinder;
import io.pairwire.capture.ReadOptions;
import io.pairwire.capture.WriteOptions;
import io.pairwire.capture.edit.PacketNumbers;
import io.pairwire.capture.edit.PacketSelection;
import io.pairwire.capture.edit.TimeBound;
import io.pairwire.capture.index.CaptureIndex;
import io.pairwire.capture.index.IndexBuilder;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.decode.filter.ir.FlowHint;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** What an index leaves out is never what is looked for. */
class IndexedPicksProperties {
    private static final String[] HOSTS = {"10.0.0.1", "10.0.0.2", "192.0.2.7", "2001:db8::1", "2001:db8::2"};
    private static final String[] FILTERS = {
        "host 10.0.0.1",
        "src host 192.0.2.7 and port 53",
        "tcp port 80 or 443",
        "ip6 and host 2001:db8::1",
        "net 10.0.0.0/8 and udp",
        "net 2001:db8::/32",
        "arp or icmp",
        "not host 10.0.0.1",
        "not tcp and port 80",
        "vlan and host 10.0.0.2",
        "udp[8] = 0x61 and dst port 53",
        "portrange 50-60",
        "host 10.0.0.1 and 10.0.0.2 and (tcp or port 53)",
        "less 100",
        "net 0.0.0.0/1"
    };
    private static final long START = 1_769_860_800_000_000_000L;

    private Path folder;

    @BeforeTry
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("pairwire-index");
    }

    @AfterTry
    void removeFolder() throws IOException {
        for (Path file : Files.list(folder).toList()) Files.delete(file);
        Files.delete(folder);
    }

    @Property(tries = 25)
    void an_index_finds_by_a_filter_what_a_scan_finds(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        var files = List.of(capture("a", random), capture("b", random));
        for (Path file : files) index(file, random.nextInt(4) > 0);
        for (int i = 0; i < 3; i++) {
            String expression = FILTERS[random.nextInt(FILTERS.length)];
            var hint = PacketFilter.compile(expression).hint();
            for (List<Path> read : List.of(List.of(files.getFirst()), files)) {
                var scanned = read(read, expression, PickFinder.NOTHING);
                assertEquals(scanned, read(read, expression, IndexedPicks.of(hint)), expression);
            }
        }
    }

    @Property(tries = 25)
    void an_index_finds_by_time_and_number_what_a_scan_finds(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        Path file = capture("a", random);
        index(file, random.nextBoolean());
        int first = random.nextInt(1, 400);
        var numbers = random.nextBoolean()
                ? Optional.of(PacketNumbers.parse(first + "-" + (first + random.nextInt(30)) + ",390-"))
                : Optional.<PacketNumbers>empty();
        Optional<TimeBound> from = random.nextBoolean()
                ? Optional.of(new TimeBound.AfterFirst(random.nextInt(1_000_000)))
                : Optional.of(new TimeBound.At(START + random.nextInt(1_000_000)));
        Optional<TimeBound> until = random.nextBoolean()
                ? Optional.of(new TimeBound.At(START + random.nextInt(1_000_000)))
                : Optional.empty();
        var picks = new IndexedPicks(numbers, from, until, FlowHint.UNKNOWN);
        assertEquals(select(file, numbers, from, until, PickFinder.NOTHING), select(file, numbers, from, until, picks));
    }

    @Property(tries = 8)
    void ranges_of_one_file_are_its_packets_each_once(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        Path file = capture("a", random);
        index(file, false);
        var index = CaptureIndex.find(file).orElseThrow();
        int parts = random.nextInt(1, 6);
        var seen = new ArrayList<Long>();
        for (PacketNumbers range : index.ranges(parts)) {
            var picks = new IndexedPicks(Optional.of(range), Optional.empty(), Optional.empty(), FlowHint.UNKNOWN);
            try (var source = FileSource.open(names(List.of(file)), ReadOptions.DEFAULT, picks)) {
                while (source.poll(packet -> seen.add(packet.number()), 64) != PacketSource.END) {}
            }
        }
        assertEquals(LongStream.rangeClosed(1, index.packets()).boxed().toList(), seen);
    }

    @Property(tries = 8)
    void a_full_index_takes_no_more_than_20_bytes_a_packet(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        Path file = folder.resolve("scan.pcap");
        int packets = 4_000;
        try (var writer = writer(file, false)) {
            for (int i = 0; i < packets; i++) {
                byte[] frame = Frame.tcp(random.nextInt() & 0xffff_ffffL, i, 0xc0000207L, random.nextInt(65_536))
                        .toEthernet();
                write(writer, frame, START + i);
            }
        }
        long length = IndexBuilder.full(file, new DecodedFlows()).build().length();
        assertTrue(length - 300 <= 20L * packets, "every packet a flow of its own: " + length);
    }

    private static String read(List<Path> files, String expression, PickFinder finder) throws IOException {
        var filter = PacketFilter.compile(expression);
        var found = new StringBuilder();
        try (var source = FileSource.open(names(files), ReadOptions.DEFAULT, finder)) {
            int handed = 0;
            while (handed != PacketSource.END) {
                handed = source.poll(packet -> note(filter.matches(packet), packet, found), 64);
            }
            return found.append(source.statistics().packets()).toString();
        }
    }

    private static String select(
            Path file,
            Optional<PacketNumbers> numbers,
            Optional<TimeBound> from,
            Optional<TimeBound> until,
            PickFinder finder)
            throws IOException {
        var selection = new PacketSelection(numbers.orElse(PacketNumbers.ALL), from, until, _ -> true);
        selection.firstIs(START);
        var found = new StringBuilder();
        try (var source = FileSource.open(names(List.of(file)), ReadOptions.DEFAULT, finder)) {
            int handed = 0;
            while (handed != PacketSource.END) {
                handed = source.poll(packet -> note(selection.test(packet, packet.number()), packet, found), 64);
            }
        }
        return found.toString();
    }

    private static void note(boolean wanted, Packet packet, StringBuilder found) {
        if (!wanted) return;
        found.append(packet.file()).append(':').append(packet.number()).append(':');
        found.append(packet.epochNanos()).append(':').append(packet.capturedLength());
        found.append(':').append(packet.u8(packet.capturedLength() - 1)).append(' ');
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(Path::toString).toList();
    }

    private static void index(Path file, boolean full) throws IOException {
        var builder = full ? IndexBuilder.full(file, new DecodedFlows()) : IndexBuilder.sparse(file);
        builder.build();
    }

    /** Two to six chunks, some of them out of order in time. */
    private Path capture(String name, Random random) throws IOException {
        boolean pcapng = random.nextBoolean();
        boolean late = random.nextInt(3) == 0;
        Path file = folder.resolve(name + (pcapng ? ".pcapng" : ".pcap"));
        try (var writer = writer(file, pcapng)) {
            int packets = random.nextInt(200, 500);
            for (int i = 0; i < packets; i++) {
                long time = START + 2_000L * i - (late && i > 0 ? random.nextInt(100_000) : 0);
                write(writer, frame(random), Math.max(time, START));
            }
        }
        return file;
    }

    private static CaptureWriter writer(Path file, boolean pcapng) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var writer = CaptureWriter.open(channel, WriteOptions.of(pcapng ? CaptureFormat.PCAPNG : CaptureFormat.PCAP));
        return writer;
    }

    private static void write(CaptureWriter writer, byte[] frame, long time) throws IOException {
        writer.write(new Packet()
                .moveTo(MemorySegment.ofArray(frame), 0, frame.length, frame.length, time)
                .linkType(LinkType.ETHERNET));
    }

    private static byte[] frame(Random random) {
        String source = HOSTS[random.nextInt(HOSTS.length)];
        String destination = HOSTS[random.nextInt(HOSTS.length)];
        boolean mixed = source.indexOf(':') >= 0 != destination.indexOf(':') >= 0;
        if (mixed) destination = source;
        int sourcePort = random.nextInt(50, 60);
        int destinationPort = random.nextBoolean() ? 80 : 53;
        byte[] payload = new byte[random.nextInt(1, 1_000)];
        payload[0] = 'a';
        Frame frame = switch (random.nextInt(6)) {
            case 0 -> Frame.arp("10.0.0.1", "10.0.0.2");
            case 1, 2 ->
                Frame.tcp(source, sourcePort, destination, destinationPort).payload(payload);
            case 3 -> Frame.ip(source, destination, 47).payload(payload);
            default ->
                Frame.udp(source, sourcePort, destination, destinationPort).payload(payload);
        };
        if (random.nextInt(5) == 0) frame = frame.vlan(7);
        byte[] bytes = frame.toEthernet();
        return random.nextInt(20) == 0 ? java.util.Arrays.copyOf(bytes, random.nextInt(15, bytes.length)) : bytes;
    }
}
