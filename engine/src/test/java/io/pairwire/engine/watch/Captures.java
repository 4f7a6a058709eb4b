package io.pairwire.engine.watch;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.CaptureInterface;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import io.pairwire.capture.PcapngWriter;
import io.pairwire.capture.TimeResolution;
import io.pairwire.capture.WriteOptions;
import io.pairwire.decode.craft.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/** Captures as bytes, so that tests can write them in pieces. */
final class Captures {
    static final long START = 1_769_860_800_000_000_000L; // 2026-01-31T12:00:00Z

    private Captures() {}

    static byte[] frame(long content) {
        return Frame.udp("203.0.113.77", 1000, "198.51.100.99", 2000)
                .payload(Long.toString(content).getBytes(StandardCharsets.US_ASCII))
                .toEthernet();
    }

    /** A pcap file of datagrams at these times after {@link #START}. */
    static byte[] pcap(long... times) throws IOException {
        Path file = Files.createTempFile("capture", ".pcap");
        try {
            try (var writer = PcapWriter.create(file, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
                for (long time : times) writer.write(START + time, frame(time));
            }
            return Files.readAllBytes(file);
        } finally {
            Files.delete(file);
        }
    }

    static byte[] pcapng(long... times) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var writer = new PcapngWriter(Channels.newChannel(bytes), WriteOptions.of(CaptureFormat.PCAPNG))) {
            writer.addInterface(CaptureInterface.of(LinkType.ETHERNET, 0, TimeResolution.NANOSECONDS));
            for (long time : times) {
                byte[] frame = frame(time);
                writer.write(new Packet()
                        .moveTo(MemorySegment.ofArray(frame), 0, frame.length, frame.length, START + time)
                        .linkType(LinkType.ETHERNET));
            }
        }
        return bytes.toByteArray();
    }

    static byte[] gzip(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(bytes)) {
            packed.write(plain);
        }
        return bytes.toByteArray();
    }

    static void append(Path file, byte[] bytes, int from, int to) throws IOException {
        byte[] piece = java.util.Arrays.copyOfRange(bytes, from, to);
        Files.write(file, piece, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
