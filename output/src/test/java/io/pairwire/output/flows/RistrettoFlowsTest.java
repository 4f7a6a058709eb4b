package io.pairwire.output.flows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.dpi.session.EndCause;
import io.pairwire.dpi.session.Inspector;
import io.pairwire.dpi.session.SessionListener;
import io.pairwire.dpi.session.SessionSettings;
import io.pairwire.dpi.session.Wanted;
import io.pairwire.output.ristretto.RistrettoFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RistrettoFlowsTest {
    private static final long START = 1_700_000_000_250_000_000L;
    private static final String QUERY = "\1\2\1\0\0\1\0\0\0\0\0\0\3www\7example\3org\0\0\1\0\1";

    @TempDir
    Path folder;

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A question over IPv6, and a TCP connection that is closed, each packet 900 ms after the other. */
    private static void offerAll(Inspector inspector) {
        var packet = new Packet();
        long at = START;
        var frames = List.of(
                Frame.udp("2001:db8::1", 5000, "2001:db8::53", 53).payload(latin(QUERY)),
                Frame.tcp("10.0.0.1", 4000, "10.0.0.2", 9).flags(Tcp.SYN).sequence(1),
                Frame.tcp("10.0.0.2", 9, "10.0.0.1", 4000)
                        .flags(Tcp.SYN | Tcp.ACK)
                        .sequence(8),
                Frame.tcp("10.0.0.1", 4000, "10.0.0.2", 9)
                        .flags(Tcp.FIN | Tcp.ACK)
                        .sequence(2),
                Frame.tcp("10.0.0.2", 9, "10.0.0.1", 4000)
                        .flags(Tcp.FIN | Tcp.ACK)
                        .sequence(9));
        for (Frame frame : frames) {
            byte[] bytes = frame.toEthernet();
            inspector.offer(packet.moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, at)
                    .linkType(LinkType.ETHERNET));
            at += 900_000_000;
        }
        inspector.finish();
    }

    private static void print(FlowSink sink) {
        var listener = new SessionListener() {
            @Override
            public void ended(Session session, EndCause cause) {
                try {
                    sink.print(session, cause, "a.pcap");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
        offerAll(new Inspector(
                Catalogue.builtIn(),
                SessionSettings.defaults().withGuessing(false),
                Wanted.ALL,
                listener,
                new Random(1)));
    }

    private void table(Path data, String name, List<String> columns, List<?>... rows) throws IOException {
        var file = RistrettoFile.read(data.resolve(name + ".rdb"));
        assertEquals("flow_id", file.names().getFirst());
        assertEquals(columns, file.names().subList(1, file.names().size()), name);
        assertEquals(Arrays.asList(rows), file.rows(), name);
    }

    @Test
    void flow_id_joins_the_tables() throws IOException {
        Path data = folder.resolve("data");
        try (var sink = new RistrettoFlows(data)) {
            print(sink);
            assertEquals(2, sink.printed());
        }
        table(
                data,
                "packet_flows",
                List.of("src_ip", "dst_ip", "src_port", "dst_port"),
                List.of(1L, "2001:db8::1", "2001:db8::53", 5000L, 53L),
                List.of(2L, "10.0.0.1", "10.0.0.2", 4000L, 9L));
        table(
                data,
                "packet_flows_times",
                List.of("protocol", "first_seen", "last_seen", "duration_ms"),
                List.of(1L, 17L, 1_700_000_000L, 1_700_000_000L, 0L),
                List.of(2L, 6L, 1_700_000_001L, 1_700_000_003L, 2_700L));
        table(
                data,
                "packet_flows_counts",
                List.of("packet_count", "byte_count", "tcp_flags", "flow_state"),
                List.of(1L, 1L, 95L, 0L, 1L),
                List.of(2L, 4L, 216L, 0x13L, 4L));
        table(
                data,
                "packet_flows_ways",
                List.of("packets_out", "packets_in", "bytes_out", "bytes_in"),
                List.of(1L, 1L, 0L, 95L, 0L),
                List.of(2L, 2L, 2L, 108L, 108L));
        table(
                data,
                "packet_flows_exact",
                List.of("start_ns", "end_ns", "rtt_ns", "parent"),
                List.of(1L, START, START, -1L, 0L),
                List.of(2L, START + 900_000_000, START + 3_600_000_000L, 1_800_000_000L, 0L));
        table(
                data,
                "packet_flows_protocols",
                List.of("label", "path", "confidence", "state"),
                List.of(1L, "DNS", "ethernet.ipv6.udp.dns", "dpi", "S0"),
                List.of(2L, "", "ethernet.ipv4.tcp", "unknown", "SF"));
        table(
                data,
                "packet_flows_captures",
                List.of("capture", "history"),
                List.of(1L, "a.pcap", "D"),
                List.of(2L, "a.pcap", "ShFf"));
        var attributes = RistrettoFile.read(data.resolve("packet_flows_attributes.rdb"));
        assertEquals(List.of("flow_id", "attribute", "value"), attributes.names());
        assertTrue(attributes.rows().contains(List.<Object>of(1L, "dns.qname", "www.example.org")));
    }

    @Test
    void a_failure_leaves_the_old_tables_as_they_were() throws IOException {
        Path first = folder.resolve("t.rdb");
        Files.writeString(first, "old");
        Files.createDirectory(folder.resolve("t_ways.rdb")); // where a table should go
        boolean failed = false;
        try (var sink = new RistrettoFlows(first)) {
            print(sink);
        } catch (IOException e) {
            failed = e.getMessage() != null && e.getMessage().contains("t_ways.rdb");
        }
        assertTrue(failed);
        assertEquals("old", Files.readString(first));
        assertFalse(Files.exists(folder.resolve("t_exact.rdb")));
    }
}
