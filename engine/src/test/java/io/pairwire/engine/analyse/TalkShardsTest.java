package io.pairwire.engine.analyse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.DeepDecoder;
import io.pairwire.decode.Layers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TalkShardsTest {
    private static final AnalyzerSettings SETTINGS = AnalyzerSettings.defaults();
    private static final List<byte[]> FRAMES = Captures.manyTalks(6_000, 300, 5);

    @TempDir
    Path folder;

    @Test
    void an_answer_does_not_depend_on_the_number_of_threads() throws IOException {
        CaptureReport alone = report(SETTINGS, 0);
        assertTrue(alone.tcp().count(TcpEvent.RETRANSMISSION) > 0, "or there is little to compare");
        for (int threads = 1; threads <= 3; threads++) {
            assertEquals(alone, report(SETTINGS, threads), threads + " threads");
        }
        try (var otherSeed = new CaptureAnalysis(SETTINGS, 987_654_321, 1)) {
            feed(otherSeed, FRAMES, 0);
            assertEquals(alone, otherSeed.finish(CaptureEnd.WHOLE), "nor on the seed, down to the memory it took");
        }
    }

    @Test
    void an_answer_does_not_depend_on_the_number_of_shards() throws IOException {
        CaptureReport split = report(SETTINGS, 0);
        CaptureReport whole = report(SETTINGS.withMemoryLimitBytes(30 << 20), 0);
        assertEquals(split.layers(), whole.layers());
        assertEquals(split.tcp(), whole.tcp());
        assertEquals(split.series(), whole.series());
        assertEquals(split.findings(), whole.findings());
        assertEquals(split.roundTrips(), whole.roundTrips());
    }

    @Test
    void a_report_may_be_asked_for_again_while_packets_come() throws IOException {
        try (var analysis = new CaptureAnalysis(SETTINGS, 3, 2)) {
            feed(analysis, FRAMES.subList(0, 4_000), 0);
            assertEquals(4_000, analysis.finish(CaptureEnd.WHOLE).counts().packets());
            feed(analysis, FRAMES.subList(4_000, 6_000), 4_000);
            CaptureReport all = analysis.finish(CaptureEnd.WHOLE);
            CaptureReport atOnce = report(SETTINGS, 0);
            assertEquals(atOnce.layers(), all.layers());
            assertEquals(atOnce.talkers(), all.talkers());
            assertEquals(atOnce.series(), all.series());
            assertEquals(atOnce.findings(), all.findings());
        }
    }

    @Test
    void parts_that_are_asked_for_are_the_same_as_in_a_whole_report() throws IOException {
        CaptureReport whole = report(SETTINGS, 0);
        var tcpAlone = SETTINGS.withParts(Set.of(ReportPart.CONVERSATIONS)).withLayers(EnumSet.of(TalkLayer.TCP));
        CaptureReport talks = report(tcpAlone, 1);
        assertEquals(whole.tcpStreams(), talks.tcpStreams());
        assertEquals(
                whole.layer(TalkLayer.TCP).conversations(),
                talks.layer(TalkLayer.TCP).conversations());
        assertEquals(
                whole.layer(TalkLayer.TCP).topConversations().getFirst().bytes(),
                talks.layer(TalkLayer.TCP).topConversations().getFirst().bytes());
        assertEquals(-1, talks.layer(TalkLayer.UDP).conversations());
        assertEquals(List.of(), talks.protocols());
        assertEquals(0, talks.lengths().count());
        for (ReportPart part : ReportPart.values()) {
            CaptureReport one = report(SETTINGS.withParts(Set.of(part)), 0);
            assertEquals(whole.counts(), one.counts());
            assertEquals(part == ReportPart.PROTOCOLS ? whole.protocols() : List.of(), one.protocols());
            if (part == ReportPart.ENDPOINTS) {
                for (TalkLayer layer : TalkLayer.values()) {
                    assertEquals(
                            whole.layer(layer).endpoints(), one.layer(layer).endpoints());
                }
            }
            if (part == ReportPart.TCP) assertEquals(whole.tcp(), one.tcp());
            if (part == ReportPart.FINDINGS) assertEquals(whole.findings(), one.findings());
            if (part == ReportPart.DISTRIBUTIONS) assertEquals(whole.gaps(), one.gaps());
        }
    }

    @Test
    void a_temporary_file_that_cannot_be_made_is_the_failure_of_who_adds() throws IOException {
        var nowhere = new AnalyzerSettings(
                1_000,
                AnalyzerSettings.LEAST_MEMORY,
                0,
                0,
                1,
                50,
                10,
                TalkMeasure.BYTES,
                SETTINGS.interval(),
                folder.resolve("missing"),
                SETTINGS.parts(),
                SETTINGS.layers());
        try (var analysis = new CaptureAnalysis(nowhere, 3, 1)) {
            var failure = assertThrows(UncheckedIOException.class, () -> {
                feed(analysis, Captures.manyTalks(20_000, 60_000, 9), 0);
                analysis.finish(CaptureEnd.WHOLE);
            });
            assertTrue(String.valueOf(failure.getMessage()).contains("missing"), failure::getMessage);
        }
    }

    private static CaptureReport report(AnalyzerSettings settings, int threads) throws IOException {
        try (var analysis = new CaptureAnalysis(settings, 3, threads)) {
            feed(analysis, FRAMES, 0);
            return analysis.finish(CaptureEnd.WHOLE);
        }
    }

    private static void feed(CaptureAnalysis analysis, List<byte[]> frames, int before) {
        var decoder = new DeepDecoder();
        var layers = new Layers();
        var packet = new Packet().linkType(LinkType.ETHERNET);
        for (int i = 0; i < frames.size(); i++) {
            byte[] frame = frames.get(i);
            long nanos = Captures.START + (before + i) * 1_000_000L;
            packet.moveTo(MemorySegment.ofArray(frame), 0, frame.length, frame.length, nanos)
                    .from(0, before + i + 1);
            decoder.decode(packet, layers);
            analysis.packet(packet, layers);
        }
    }
}
