package io.pairwire.engine.analyse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.DeepDecoder;
import io.pairwire.decode.Layers;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

class CaptureAnalysisFuzzTest {
    @FuzzTest
    void every_packet_is_counted_whatever_it_holds(FuzzedDataProvider input) throws IOException {
        var settings = AnalyzerSettings.defaults().withMemoryLimitBytes(AnalyzerSettings.LEAST_MEMORY);
        long packets = 0;
        try (var analysis = new CaptureAnalysis(settings, input.consumeLong())) {
            var decoder = new DeepDecoder();
            var layers = new Layers();
            var packet = new Packet();
            while (input.remainingBytes() > 0) {
                packet.linkType(input.consumeBoolean() ? LinkType.RAW : LinkType.ETHERNET);
                long nanos = input.consumeBoolean() ? input.consumeLong() : packets * 1_000;
                byte[] bytes = input.consumeBytes(input.consumeInt(0, 120));
                int original = bytes.length + input.consumeInt(0, 64);
                packet.moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, original, nanos)
                        .from(0, ++packets);
                decoder.decode(packet, layers);
                analysis.packet(packet, layers);
            }
            CaptureReport report = analysis.finish(CaptureEnd.WHOLE);
            assertEquals(packets, report.counts().packets());
            assertEquals(
                    packets,
                    report.series().steps().stream()
                            .mapToLong(TimeSeries.Step::packets)
                            .sum());
            assertTrue(report.tcpStreams() <= packets);
            assertTrue(report.layer(TalkLayer.IPV4).conversations() <= packets * Layers.DEPTH);
        }
    }
}
