package io.pairwire.engine.analyse;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import io.pairwire.decode.DeepDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.craft.Frame;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Frames handed to an analysis, and files of them. */
final class Captures {
    static final long START = 1_769_860_800_000_000_000L;

    private Captures() {}

    /** Hands over frames a millisecond apart and answers with the report. */
    static CaptureReport report(AnalyzerSettings settings, List<byte[]> frames) throws IOException {
        try (var analysis = new CaptureAnalysis(settings, 3)) {
            analysis.start("memory");
            var decoder = new DeepDecoder();
            var layers = new Layers();
            var packet = new Packet().linkType(LinkType.ETHERNET);
            for (int i = 0; i < frames.size(); i++) {
                byte[] frame = frames.get(i);
                packet.moveTo(MemorySegment.ofArray(frame), 0, frame.length, frame.length, START + i * 1_000_000L)
                        .from(0, i + 1);
                decoder.decode(packet, layers);
                analysis.packet(packet, layers);
            }
            return analysis.finish(CaptureEnd.WHOLE);
        }
    }

    static Path file(Path file, List<byte[]> frames) throws IOException {
        try (var writer = PcapWriter.create(file, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            for (int i = 0; i < frames.size(); i++) writer.write(START + i * 1_000_000L, frames.get(i));
        }
        return file;
    }

    /** Datagrams and segments between many ends, the same for the same seed. */
    static List<byte[]> manyTalks(int packets, int ends, long seed) {
        var random = new Random(seed);
        return java.util.stream.IntStream.range(0, packets)
                .mapToObj(i -> {
                    String source = "10." + random.nextInt(4) + "." + random.nextInt(256) + ".1";
                    int port = 1_024 + random.nextInt(ends);
                    boolean out = random.nextBoolean();
                    Frame frame = random.nextBoolean()
                            ? out
                                    ? Frame.udp(source, port, "192.168.0.1", 53)
                                    : Frame.udp("192.168.0.1", 53, source, port)
                            : out
                                    ? Frame.tcp(source, port, "2.2.2.2", 80).sequence(random.nextInt(100))
                                    : Frame.tcp("2.2.2.2", 80, source, port).sequence(random.nextInt(100));
                    return frame.payload(new byte[random.nextInt(40)]).toEthernet();
                })
                .toList();
    }
}
