package io.pairwire.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.Tcp;
import io.pairwire.output.CsvSink;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The programs do what their comments say. */
@Timeout(60)
class ProgramsTest {
    private static final String GATEWAY = "captures/gateway.pcap";

    @FunctionalInterface
    private interface Program {
        void run() throws Exception;
    }

    private static List<String> printedBy(Program program) throws Exception {
        var bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            program.run();
        } finally {
            System.setOut(out);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void match_a_file_prints_pairs_and_percentiles() throws Exception {
        List<String> lines = printedBy(() -> MatchAFile.main(GATEWAY));
        assertEquals(List.of("992 pairs, p50 943.103 us, p99 3.430 ms"), lines);
    }

    @Test
    void capture_to_pairs_writes_a_table_and_prints_a_summary(@TempDir Path folder) throws Exception {
        Path table = folder.resolve("pairs.csv");
        List<String> lines = printedBy(() -> CaptureToPairs.main(GATEWAY, table.toString()));
        List<String> rows = Files.readAllLines(table);
        assertEquals(CsvSink.COLUMNS, rows.getFirst());
        assertEquals("pairs         " + (rows.size() - 1), lines.getFirst());
    }

    @Test
    void all_parts_replaced_prints_what_pings_took() throws Exception {
        List<String> lines = printedBy(AllPartsReplaced::main);
        assertEquals(
                List.of(
                        "read 2,000, pairs 1,000, waiting 0, lost 0, not eligible 0: balanced",
                        "p50 100.031 us",
                        "packets 19 and 20: 900.000 us",
                        "packets 39 and 40: 900.000 us",
                        "packets 59 and 60: 900.000 us"),
                lines);
    }

    @Test
    void print_streams_prints_both_sides_in_order(@TempDir Path folder) throws Exception {
        Path capture = folder.resolve("http.pcap");
        Frame client = Frame.tcp("10.0.0.1", 40000, "10.0.0.2", 80);
        Frame server = Frame.tcp("10.0.0.2", 80, "10.0.0.1", 40000);
        try (var writer = PcapWriter.create(capture, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            writer.write(0, client.sequence(99).flags(Tcp.SYN).toEthernet());
            writer.write(1, server.sequence(7).flags(Tcp.SYN | Tcp.ACK).toEthernet());
            writer.write(2, said(client, 106, "HTTP/1.1"));
            writer.write(3, said(client, 100, "GET / "));
            writer.write(4, said(server, 8, "HTTP/1.1 200 "));
            writer.write(5, said(server, 23, "Bye"));
        }
        assertEquals(
                List.of(
                        "1 > packet 4: GET /",
                        "1 > packet 3: HTTP/1.1",
                        "1 < packet 5: HTTP/1.1 200",
                        "1 < 2 bytes missing",
                        "1 < packet 6: Bye"),
                printedBy(() -> PrintStreams.main(capture.toString())));
    }

    private static byte[] said(Frame side, long sequence, String text) {
        return side.sequence(sequence)
                .flags(Tcp.ACK)
                .payload(text.getBytes(StandardCharsets.UTF_8))
                .toEthernet();
    }
}
