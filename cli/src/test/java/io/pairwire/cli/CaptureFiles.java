package io.pairwire.cli;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CaptureInterface;
import io.pairwire.capture.CaptureReader;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import io.pairwire.capture.PcapngWriter;
import io.pairwire.capture.TimeResolution;
import io.pairwire.capture.WriteOptions;
import io.pairwire.decode.craft.Frame;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Captures for tests of commands, and what is in one. */
final class CaptureFiles {
    static final long START = 1_769_860_800_000_000_000L; // 2026-01-31T12:00:00Z

    private CaptureFiles() {}

    /** A packet as it was seen, kept. */
    record Seen(long epochNanos, int linkType, int originalLength, String bytes, List<String> comments) {}

    static List<Seen> read(Path file) throws IOException {
        var seen = new ArrayList<Seen>();
        var packet = new Packet();
        try (CaptureReader reader = CaptureFormat.open(FileChannel.open(file, StandardOpenOption.READ))) {
            while (reader.next(packet)) {
                byte[] bytes = packet.memory()
                        .asSlice(packet.start(), packet.capturedLength())
                        .toArray(ValueLayout.JAVA_BYTE);
                seen.add(new Seen(
                        packet.epochNanos(),
                        packet.linkType(),
                        packet.originalLength(),
                        HexFormat.of().formatHex(bytes),
                        packet.options().comments()));
            }
        }
        return seen;
    }

    /** Times of packets, relative to {@link #START}. */
    static List<Long> times(Path file) throws IOException {
        return read(file).stream().map(seen -> seen.epochNanos - START).toList();
    }

    /** A pcap file of datagrams at these times after {@link #START}. */
    static Path pcap(Path file, long... times) throws IOException {
        try (var writer = PcapWriter.create(file, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            for (long time : times) writer.write(START + time, datagram(time));
        }
        return file;
    }

    static byte[] datagram(long content) {
        return Frame.udp("203.0.113.77", 1000, "198.51.100.99", 2000)
                .payload(Long.toString(content).getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .toEthernet();
    }

    /** A pcapng file with a named interface, and a comment at every packet. */
    static Path pcapng(Path file, int linkType, long... times) throws IOException {
        var options = WriteOptions.of(CaptureFormat.PCAPNG).comments(List.of("a comment on the file"));
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try (var writer = new PcapngWriter(channel, options)) {
            writer.addInterface(
                    CaptureInterface.of(linkType, 0, TimeResolution.NANOSECONDS).named("tap" + linkType));
            for (long time : times) {
                byte[] frame = datagram(time);
                writer.write(
                        new Packet()
                                .moveTo(MemorySegment.ofArray(frame), 0, frame.length, frame.length, START + time)
                                .linkType(linkType),
                        List.of("at " + time));
            }
        }
        return file;
    }
}
