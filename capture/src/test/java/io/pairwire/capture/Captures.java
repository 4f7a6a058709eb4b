package io.pairwire.capture;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Captures made for a test, and what is in them. */
final class Captures {
    private Captures() {}

    /** A packet as it was seen, kept. */
    record Seen(int file, long number, long epochNanos, int originalLength, String bytes) {
        static Seen of(Packet packet) {
            return new Seen(packet.file(), packet.number(), packet.epochNanos(), packet.originalLength(), hex(packet));
        }
    }

    static String hex(Packet packet) {
        var hex = new StringBuilder();
        for (int i = 0; i < packet.capturedLength(); i++)
            hex.append(HexFormat.of().toHexDigits((byte) packet.u8(i)));
        return hex.toString();
    }

    /** Bytes from hexadecimal digits; blanks between them are for the reader. */
    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** A pcap file of one-byte packets at these times. */
    static byte[] pcap(PcapFormat format, long... epochNanos) {
        var bytes = new ByteArrayOutputStream();
        try (var writer = new PcapWriter(Channels.newChannel(bytes), format)) {
            byte content = 0;
            for (long time : epochNanos) writer.write(time, new byte[] {content++});
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    static byte[] pcap(long... epochNanos) {
        return pcap(PcapFormat.nanoseconds(LinkType.ETHERNET), epochNanos);
    }

    static String write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, content).toString();
    }

    static ReadableByteChannel channel(byte[] bytes) {
        return Channels.newChannel(new ByteArrayInputStream(bytes));
    }

    /** Hands over so many bytes a read at most, as a slow pipe does. */
    static ReadableByteChannel trickle(byte[] bytes, int length) {
        var all = ByteBuffer.wrap(bytes);
        return new ReadableByteChannel() {
            private boolean open = true;

            @Override
            public int read(ByteBuffer target) {
                if (!all.hasRemaining()) return -1;
                int count = Math.min(length, Math.min(all.remaining(), target.remaining()));
                target.put(all.slice(all.position(), count));
                all.position(all.position() + count);
                return count;
            }

            @Override
            public boolean isOpen() {
                return open;
            }

            @Override
            public void close() {
                open = false;
            }
        };
    }

    /** Reads to the end. */
    static List<Seen> readAll(CaptureReader reader) throws IOException {
        var seen = new ArrayList<Seen>();
        var packet = new Packet();
        while (reader.next(packet)) seen.add(Seen.of(packet));
        return seen;
    }

    /** Polls to the end. */
    static List<Seen> pollAll(PacketSource source, int limit) throws IOException {
        var seen = new ArrayList<Seen>();
        while (source.poll(packet -> seen.add(Seen.of(packet)), limit) != PacketSource.END) {}
        return seen;
    }
}
