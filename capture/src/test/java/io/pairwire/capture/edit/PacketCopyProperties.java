package io.pairwire.capture.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CaptureReader;
import io.pairwire.capture.CaptureWriter;
import io.pairwire.capture.FileSource;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.WriteOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class PacketCopyProperties {
    /** What can be written, and how much of a second each keeps. */
    private enum Target {
        MICROSECONDS(WriteOptions.of(CaptureFormat.PCAP).nanoseconds(false), 1_000),
        NANOSECONDS(WriteOptions.of(CaptureFormat.PCAP), 1),
        PCAPNG(WriteOptions.of(CaptureFormat.PCAPNG), 1);

        final WriteOptions options;
        final long unit;

        Target(WriteOptions options, long unit) {
            this.options = options;
            this.unit = unit;
        }
    }

    private record Seen(long time, int originalLength, String bytes) {}

    @Property(tries = 60)
    void packets_survive_any_two_formats_one_after_the_other(
            @ForAll long seed, @ForAll Target first, @ForAll Target second) throws IOException {
        Path folder = Files.createTempDirectory("copies");
        try {
            var packets = random(new Random(seed));
            Path one = write(folder.resolve("one"), first.options, packets);
            Path two = copy(one, folder.resolve("two"), second.options, Integer.MAX_VALUE);
            long unit = Math.max(first.unit, second.unit);
            var expected = packets.stream()
                    .map(seen -> new Seen(seen.time / unit * unit, seen.originalLength, seen.bytes))
                    .toList();
            assertEquals(expected, read(two));
        } finally {
            delete(folder);
        }
    }

    @Property(tries = 20)
    void a_snapshot_length_cuts_what_is_longer_and_nothing_else(@ForAll long seed, @ForAll Target target)
            throws IOException {
        Path folder = Files.createTempDirectory("copies");
        try {
            var random = new Random(seed);
            var packets = random(random);
            int snaplen = 1 + random.nextInt(100);
            Path one = write(folder.resolve("one"), Target.PCAPNG.options, packets);
            Path two = copy(one, folder.resolve("two"), target.options, snaplen);
            var expected = packets.stream()
                    .map(seen -> new Seen(
                            seen.time / target.unit * target.unit,
                            seen.originalLength,
                            seen.bytes.substring(0, Math.min(seen.bytes.length(), 2 * snaplen))))
                    .toList();
            assertEquals(expected, read(two));
        } finally {
            delete(folder);
        }
    }

    private static List<Seen> random(Random random) {
        var packets = new ArrayList<Seen>();
        for (int left = random.nextInt(20); left > 0; left--) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            packets.add(new Seen(
                    random.nextLong(4_000_000_000_000_000_000L),
                    bytes.length + random.nextInt(50),
                    HexFormat.of().formatHex(bytes)));
        }
        return packets;
    }

    private static Path write(Path file, WriteOptions options, List<Seen> packets) throws IOException {
        try (var writer = CaptureWriter.create(file, options)) {
            for (Seen seen : packets) {
                byte[] bytes = HexFormat.of().parseHex(seen.bytes);
                writer.write(new Packet()
                        .moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, seen.originalLength, seen.time)
                        .linkType(LinkType.ETHERNET));
            }
        }
        return file;
    }

    private static Path copy(Path from, Path to, WriteOptions options, int snaplen) throws IOException {
        PacketCopy.Opener opener = section -> CaptureWriter.create(to, options);
        try (var source = FileSource.open(List.of(from.toString()));
                var copy = new PacketCopy(source, opener, UnaryOperator.identity(), snaplen)) {
            while (source.poll(packet -> write(copy, packet), 3) != PacketSource.END) {}
            copy.finish();
        }
        return to;
    }

    private static void write(PacketCopy copy, Packet packet) {
        try {
            copy.write(packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Seen> read(Path file) throws IOException {
        var seen = new ArrayList<Seen>();
        var packet = new Packet();
        try (CaptureReader reader = CaptureFormat.open(FileChannel.open(file))) {
            while (reader.next(packet)) {
                byte[] bytes = packet.memory()
                        .asSlice(packet.start(), packet.capturedLength())
                        .toArray(ValueLayout.JAVA_BYTE);
                seen.add(new Seen(
                        packet.epochNanos(),
                        packet.originalLength(),
                        HexFormat.of().formatHex(bytes)));
            }
        }
        return seen;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
        }
        Files.delete(folder);
    }
}
