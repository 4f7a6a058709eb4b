package io.pairwire.engine.analyse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.DeepDecoder;
import io.pairwire.decode.Layer;
import io.pairwire.decode.Layers;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.testkit.Allocations;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CaptureAnalysisTest {
    private final AnalyzerSettings settings = AnalyzerSettings.defaults();

    private static List<byte[]> dnsAndWeb() {
        return List.of(
                Frame.udp("10.0.0.1", 5_000, "10.0.0.53", 53)
                        .payload(new byte[30])
                        .toEthernet(),
                Frame.udp("10.0.0.53", 53, "10.0.0.1", 5_000)
                        .payload(new byte[80])
                        .toEthernet(),
                Frame.tcp("10.0.0.9", 80, "10.0.0.1", 40_000)
                        .flags(Tcp.ACK)
                        .sequence(7)
                        .acknowledgment(1)
                        .toEthernet(),
                Frame.tcp("10.0.0.1", 40_000, "10.0.0.9", 80).flags(Tcp.SYN).toEthernet(),
                Frame.sctp("2001:db8::1", 9, "2001:db8::2", 10).toEthernet(),
                Frame.icmpEcho("10.0.0.1", "10.0.0.9", 1, 1).toEthernet(),
                Frame.arp("10.0.0.1", "10.0.0.9").toEthernet());
    }

    @Test
    void conversations_and_endpoints_are_counted_at_each_layer() throws IOException {
        CaptureReport report = Captures.report(settings, dnsAndWeb());
        assertEquals(1, report.layer(TalkLayer.ETHERNET).conversations());
        assertEquals(2, report.layer(TalkLayer.IPV4).conversations());
        assertEquals(3, report.layer(TalkLayer.IPV4).endpoints());
        assertEquals(1, report.layer(TalkLayer.IPV6).conversations());
        assertEquals(1, report.layer(TalkLayer.TCP).conversations());
        assertEquals(1, report.layer(TalkLayer.UDP).conversations());
        assertEquals(1, report.layer(TalkLayer.SCTP).conversations());
        assertEquals(2, report.layer(TalkLayer.SCTP).endpoints());
        assertEquals(1, report.tcpStreams());
        assertEquals(1, report.udpStreams());
    }

    @Test
    void the_first_packet_names_the_originator() throws IOException {
        CaptureReport report = Captures.report(settings, dnsAndWeb());
        Conversation dns = report.layer(TalkLayer.UDP).topConversations().getFirst();
        assertEquals(5_000, dns.originator().port());
        assertEquals(1, dns.packetsOut());
        assertEquals(72, dns.bytesOut());
        assertEquals(122, dns.bytesIn());
        assertEquals(1, dns.firstPacket());
        assertEquals(Captures.START, dns.firstNanos());
        assertEquals(Captures.START + 1_000_000, dns.lastNanos());
        Conversation web = report.layer(TalkLayer.TCP).topConversations().getFirst();
        assertEquals(80, web.originator().port());
        assertEquals(0, web.stream());
    }

    @Test
    void an_endpoint_adds_up_its_conversations() throws IOException {
        CaptureReport report = Captures.report(settings, dnsAndWeb());
        Endpoint first = report.layer(TalkLayer.IPV4).topEndpoints().getFirst();
        assertEquals(0x0a00_0001L, first.end().low());
        assertEquals(3, first.packetsOut());
        assertEquals(2, first.packetsIn());
        assertEquals(3, first.sessions());
        assertEquals(first, report.talkers().get(TalkMeasure.BYTES).getFirst());
    }

    @Test
    void the_hierarchy_follows_the_headers() throws IOException {
        List<ProtocolNode> roots = Captures.report(settings, dnsAndWeb()).protocols();
        assertEquals(1, roots.size());
        ProtocolNode ethernet = roots.getFirst();
        assertEquals(Layer.ETHERNET, ethernet.layer());
        assertEquals(7, ethernet.packets());
        assertEquals(Layer.IPV4, ethernet.children().getFirst().layer());
        assertEquals(5, ethernet.children().getFirst().packets());
        assertEquals(
                List.of(Layer.TCP, Layer.UDP, Layer.ICMP),
                ethernet.children().getFirst().children().stream()
                        .map(ProtocolNode::layer)
                        .toList());
    }

    @Test
    void tables_that_spill_give_the_same_report() throws IOException {
        List<byte[]> frames = Captures.manyTalks(30_000, 3_000, 1);
        CaptureReport roomy = Captures.report(settings.withTop(50), frames);
        CaptureReport tight =
                Captures.report(settings.withTop(50).withMemoryLimitBytes(AnalyzerSettings.LEAST_MEMORY), frames);
        assertEquals(0, roomy.spilledBytes());
        assertTrue(tight.spilledBytes() > 1_000_000, () -> "spilled " + tight.spilledBytes());
        assertTrue(tight.memoryBytes() <= 2_000_000, () -> "memory " + tight.memoryBytes());
        assertTrue(roomy.layer(TalkLayer.UDP).conversations() > 10_000);
        assertEquals(roomy.layers(), tight.layers());
        assertEquals(roomy.talkers(), tight.talkers());
        assertEquals(roomy.tcp(), tight.tcp());
        assertEquals(roomy.tcpStreams(), tight.tcpStreams());
        assertEquals(roomy.udpStreams(), tight.udpStreams());
        assertEquals(roomy.findings(), tight.findings());
        assertEquals(roomy.series(), tight.series());
    }

    @Test
    void a_scan_is_found_with_its_first_packets() throws IOException {
        var frames = new ArrayList<byte[]>();
        for (int port = 1; port <= 200; port++) {
            frames.add(Frame.tcp("10.0.0.1", 40_000, "10.0.0.9", port)
                    .flags(Tcp.SYN)
                    .toEthernet());
        }
        Finding finding = Captures.report(settings, frames).findings().getFirst();
        assertEquals("unanswered_syn", finding.kind());
        assertEquals(Finding.Severity.HIGH, finding.severity());
        assertEquals(200, finding.count());
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L), finding.packets());
    }

    /** As Wireshark counts: the first segment of a datagram is counted, all name streams. */
    @Test
    void segments_that_sflow_copied_name_their_streams() throws IOException {
        byte[] first = Frame.tcp("10.0.0.1", 4_000, "10.0.0.2", 80)
                .payload(new byte[40])
                .toEthernet();
        byte[] second = Frame.tcp("10.0.0.3", 4_000, "10.0.0.2", 80).toEthernet();
        byte[] samples = sflow(first, second);
        CaptureReport report = Captures.report(
                settings,
                List.of(Frame.udp("192.0.2.1", 50_000, "192.0.2.2", 6_343)
                        .payload(samples)
                        .toEthernet()));
        assertEquals(1, report.tcpStreams());
        assertEquals(1, report.tcp().packets());
        assertEquals(0, report.tcp().payloadBytes());
        assertEquals(0, report.layer(TalkLayer.TCP).conversations());
        assertEquals(1, report.layer(TalkLayer.UDP).conversations());
        for (int length = 0; length < samples.length; length++) { // whatever is missing, nothing is read behind the end
            byte[] cut = Frame.udp("192.0.2.1", 50_000, "192.0.2.2", 6_343)
                    .payload(Arrays.copyOf(samples, length))
                    .toEthernet();
            assertTrue(Captures.report(settings, List.of(cut)).tcpStreams() <= 1);
        }
    }

    private static byte[] sflow(byte[]... frames) {
        var bytes = ByteBuffer.allocate(2_000)
                .putInt(5)
                .putInt(1)
                .put(new byte[4])
                .put(new byte[12])
                .putInt(frames.length);
        bytes.putInt(2).putInt(4).putInt(7); // a sample of counters
        for (byte[] frame : frames) {
            bytes.putInt(1).putInt(32 + 8 + 16 + frame.length).put(new byte[28]).putInt(1);
            bytes.putInt(1).putInt(16 + frame.length);
            bytes.putInt(1).putInt(frame.length).putInt(4).putInt(frame.length).put(frame);
        }
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    @Test
    void an_empty_capture_has_an_empty_report() throws IOException {
        CaptureReport report = Captures.report(settings, List.of());
        assertEquals(0, report.counts().packets());
        assertEquals(List.of(), report.findings());
        assertEquals(List.of(), report.series().steps());
        assertEquals(0, report.gaps().count());
    }

    @Test
    void reports_of_two_captures_add_up() throws IOException {
        CaptureReport one = Captures.report(settings, dnsAndWeb());
        try (var analysis = new CaptureAnalysis(settings, 1)) {
            CaptureReport both = analysis.merge(one, one);
            assertEquals(14, both.counts().packets());
            assertEquals(2, both.udpStreams());
            assertEquals(4, both.tcp().packets());
            assertEquals(14, both.protocols().getFirst().packets());
            assertEquals(14, both.lengths().count());
            assertEquals(one.lengths().most(), both.lengths().most());
            assertEquals(6, both.talkers().get(TalkMeasure.BYTES).getFirst().packetsOut());
            assertEquals(one.series().steps().size(), both.series().steps().size());
        }
    }

    @Test
    void a_packet_of_known_ends_allocates_nothing() throws Exception {
        List<byte[]> frames = dnsAndWeb();
        MemorySegment[] memories = frames.stream().map(MemorySegment::ofArray).toArray(MemorySegment[]::new);
        var decoder = new DeepDecoder();
        var layers = new Layers();
        var packet = new Packet().linkType(LinkType.ETHERNET);
        var number = new long[1];
        try (var analysis = new CaptureAnalysis(settings, 3)) {
            Runnable all = () -> {
                for (MemorySegment memory : memories) {
                    int length = (int) memory.byteSize();
                    packet.moveTo(memory, 0, length, length, Captures.START + number[0] * 1_000)
                            .from(0, ++number[0]);
                    decoder.decode(packet, layers);
                    analysis.packet(packet, layers);
                }
            };
            Runnable many = () -> {
                for (int i = 0; i < 200; i++) all.run();
            };
            assertEquals(0, Allocations.bytesPerCall(many, 600, 20));
        }
    }
}
