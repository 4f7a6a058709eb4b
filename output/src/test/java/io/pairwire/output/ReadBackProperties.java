package io.pairwire.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.engine.MatchedPair;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ReadBackProperties {

    @Property(tries = 500)
    void csv_reads_back_to_the_same_values(@ForAll("pairs") List<MatchedPair.Fields> pairs) throws IOException {
        var taken = new Taken();
        try (var sink = new CsvSink(taken, true)) {
            for (var pair : pairs) sink.write(MatchedPair.of(pair));
        }
        var lines = Csv.parse(taken.text());
        assertEquals(String.join(",", lines.getFirst()), CsvSink.COLUMNS);
        assertEquals(pairs.size(), lines.size() - 1);
        for (int i = 0; i < pairs.size(); i++) {
            var line = new LinkedHashMap<String, String>();
            for (int column = 0; column < lines.getFirst().size(); column++) {
                line.put(lines.getFirst().get(column), lines.get(i + 1).get(column));
            }
            assertSamePair(pairs.get(i), line);
        }
    }

    @Property(tries = 500)
    void json_lines_read_back_to_the_same_values(@ForAll("pairs") List<MatchedPair.Fields> pairs) throws IOException {
        var taken = new Taken();
        try (var sink = new JsonLinesSink(taken)) {
            for (var pair : pairs) sink.write(MatchedPair.of(pair));
        }
        var lines = taken.text().lines().toList();
        if (taken.text().codePoints().noneMatch(c -> c == '\u0085' || c == '\u2028'))
            assertEquals(pairs.size(), lines.size());
        for (int i = 0; i < pairs.size(); i++) {
            var line = Json.object(lines.get(i));
            assertEquals(List.of(CsvSink.COLUMNS.split(",")), new ArrayList<>(line.keySet()));
            assertSamePair(pairs.get(i), line);
        }
    }

    @Property
    void any_text_in_json_reads_back(@ForAll String text) {
        assertEquals(text, Json.parse(JsonText.quoted(text)));
    }

    @Provide
    Arbitrary<List<MatchedPair.Fields>> pairs() {
        return Pairs.any().list().ofMaxSize(5);
    }

    private static void assertSamePair(MatchedPair.Fields pair, Map<String, ?> line) throws IOException {
        var view = MatchedPair.of(pair);
        assertEquals("pair", line.get("kind"));
        assertEquals(Long.toString(pair.requestEpochNanos()), line.get("request_time_ns"));
        assertEquals(Long.toString(pair.responseEpochNanos()), line.get("response_time_ns"));
        assertEquals(Long.toString(view.latencyNanos()), line.get("latency_ns"));
        assertEquals(Long.toString(view.latencyLastNanos()), line.get("latency_last_ns"));
        assertSameAddress(pair.ipv6(), pair.clientHigh(), pair.clientLow(), (String) line.get("client"));
        assertSameAddress(pair.ipv6(), pair.serverHigh(), pair.serverLow(), (String) line.get("server"));
        assertEquals(Integer.toString(pair.clientPort()), line.get("client_port"));
        assertEquals(Integer.toString(pair.serverPort()), line.get("server_port"));
        assertEquals(protocol(pair.requestProtocol()), line.get("request_protocol"));
        assertEquals(protocol(pair.responseProtocol()), line.get("response_protocol"));
        assertEquals(pair.requestFile(), line.get("request_file"));
        assertEquals(pair.responseFile(), line.get("response_file"));
        assertEquals(Long.toString(pair.requestPacket()), line.get("request_packet"));
        assertEquals(Long.toString(pair.responsePacket()), line.get("response_packet"));
        assertEquals(pair.inbound() ? "inbound" : "outbound", line.get("direction"));
        var flags = new ArrayList<String>();
        if (pair.retransmitted()) flags.add("retransmission");
        if (pair.reordered()) flags.add("reordered");
        if (view.isNegative()) flags.add("negative");
        assertEquals(String.join("|", flags), line.get("flags"));
    }

    private static void assertSameAddress(boolean ipv6, long high, long low, String text) throws IOException {
        byte[] bytes = ipv6
                ? ByteBuffer.allocate(16).putLong(high).putLong(low).array()
                : ByteBuffer.allocate(4).putInt((int) low).array();
        assertEquals(InetAddress.getByAddress(bytes), InetAddress.getByName(text));
    }

    private static String protocol(int number) {
        return number == 6 ? "TCP" : number == 17 ? "UDP" : Integer.toString(number);
    }
}
