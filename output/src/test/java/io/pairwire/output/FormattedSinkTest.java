package io.pairwire.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.engine.MatchedPair;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FormattedSinkTest {
    private static final List<Function<WritableByteChannel, FormattedSink>> SINKS = List.of(
            channel -> new TextSink(channel, TimeFormat.CLASSIC),
            channel -> new CsvSink(channel, true),
            JsonLinesSink::new);

    @Test
    void text_is_the_classic_three_lines() throws IOException {
        assertEquals("""
                REQ: 10.1.2.3:5000 -> 192.168.0.9:7 [UDP] Time: 2026-01-31 12:00:00.000001
                RES: 192.168.0.9:7 -> 10.1.2.3:5000 [TCP] Time: 2026-01-31 12:00:00.001001
                LATENCY: 1000000 ns
                REQ: [2001:db8::1]:65535 -> [fe80::202:b3ff:fe1e:8329]:0 [TCP] Time: 2026-01-31 12:00:00.000006
                RES: [fe80::202:b3ff:fe1e:8329]:0 -> [2001:db8::1]:65535 [132] Time: 2026-01-31 12:00:00.000001
                LATENCY: -5123 ns
                """, printed(channel -> new TextSink(channel, TimeFormat.CLASSIC)));
    }

    @Test
    void iso_time_shows_every_nanosecond() throws IOException {
        assertEquals("""
                REQ: 10.1.2.3:5000 -> 192.168.0.9:7 [UDP] Time: 2026-01-31T12:00:00.000001000Z
                RES: 192.168.0.9:7 -> 10.1.2.3:5000 [TCP] Time: 2026-01-31T12:00:00.001001000Z
                LATENCY: 1000000 ns
                REQ: [2001:db8::1]:65535 -> [fe80::202:b3ff:fe1e:8329]:0 [TCP] Time: 2026-01-31T12:00:00.000006123Z
                RES: [fe80::202:b3ff:fe1e:8329]:0 -> [2001:db8::1]:65535 [132] Time: 2026-01-31T12:00:00.000001000Z
                LATENCY: -5123 ns
                """, printed(channel -> new TextSink(channel, TimeFormat.ISO)));
    }

    @Test
    void csv_has_a_heading_and_quotes_only_what_needs_it() throws IOException {
        assertEquals("""
                kind,request_time_ns,response_time_ns,latency_ns,client,client_port,server,server_port,request_protocol,\
                response_protocol,request_file,request_packet,response_file,response_packet,direction,latency_last_ns,flags
                pair,1769860800000001000,1769860800001001000,1000000,10.1.2.3,5000,192.168.0.9,7,UDP,TCP,\
                gateway.pcap,1,gateway.pcap,2,inbound,1000000,
                pair,1769860800000006123,1769860800000001000,-5123,2001:db8::1,65535,fe80::202:b3ff:fe1e:8329,0,TCP,132,\
                "a,""b""
                .pcap",4294967296,ä\\.pcap,9,outbound,1,retransmission|reordered|negative
                """, printed(channel -> new CsvSink(channel, true)));
    }

    @Test
    void json_lines_bear_the_names_of_the_csv_columns() throws IOException {
        assertEquals("""
                {"kind":"pair","request_time_ns":1769860800000001000,"response_time_ns":1769860800001001000,\
                "latency_ns":1000000,"client":"10.1.2.3","client_port":5000,"server":"192.168.0.9","server_port":7,\
                "request_protocol":"UDP","response_protocol":"TCP","request_file":"gateway.pcap","request_packet":1,\
                "response_file":"gateway.pcap","response_packet":2,"direction":"inbound","latency_last_ns":1000000,"flags":""}
                {"kind":"pair","request_time_ns":1769860800000006123,"response_time_ns":1769860800000001000,\
                "latency_ns":-5123,"client":"2001:db8::1","client_port":65535,"server":"fe80::202:b3ff:fe1e:8329",\
                "server_port":0,"request_protocol":"TCP","response_protocol":"132","request_file":"a,\\"b\\"\\n.pcap",\
                "request_packet":4294967296,"response_file":"ä\\\\.pcap","response_packet":9,"direction":"outbound",\
                "latency_last_ns":1,"flags":"retransmission|reordered|negative"}
                """, printed(JsonLinesSink::new));
    }

    @Test
    void nothing_goes_out_before_a_flush_and_everything_at_close() throws IOException {
        for (var form : SINKS) {
            var taken = new Taken();
            var sink = form.apply(taken);
            sink.write(MatchedPair.of(Pairs.GATEWAY));
            assertEquals(0, taken.length());
            assertEquals(0, sink.written());
            sink.flush();
            assertEquals(1, sink.written());
            sink.write(MatchedPair.of(Pairs.STRANGE));
            sink.close();
            assertEquals(2, sink.written());
            assertFalse(taken.isOpen());
        }
    }

    @Test
    void a_heading_alone_is_no_result() throws IOException {
        var taken = new Taken();
        var sink = new CsvSink(taken, true);
        sink.close();
        assertEquals(CsvSink.COLUMNS + "\n", taken.text());
        assertEquals(0, sink.written());
    }

    /** At every byte a disk can be full at; a short write in front of it or not. */
    @Test
    void written_counts_exactly_the_results_whose_last_byte_was_taken() throws IOException {
        for (var form : SINKS) {
            var ends = ends(form);
            int all = ends[ends.length - 1];
            for (int space = 0; space < all; space++) {
                for (int atOnce : new int[] {7, Integer.MAX_VALUE}) {
                    var taken = new Taken(atOnce, space);
                    var sink = form.apply(taken);
                    for (int i = 0; i < ends.length; i++) sink.write(pair(i));
                    var failure = assertThrows(IOException.class, sink::flush);
                    int whole = 0;
                    while (ends[whole] <= space) whole++;
                    assertEquals(whole, sink.written(), "space for " + space);
                    assertSame(failure, assertThrows(IOException.class, sink::flush));
                    sink.close();
                    assertEquals(1, taken.failures(), "nothing is tried after a failure");
                    assertEquals(whole, sink.written());
                    assertFalse(taken.isOpen());
                }
            }
        }
    }

    @Test
    void a_failure_while_the_buffer_is_handed_over_surfaces_in_write() throws IOException {
        var taken = new Taken(Integer.MAX_VALUE, 100_000);
        var sink = new TextSink(taken, TimeFormat.CLASSIC);
        assertThrows(IOException.class, () -> {
            for (int i = 0; i < 10_000; i++) sink.write(pair(0));
        });
        int length = ends(channel -> new TextSink(channel, TimeFormat.CLASSIC))[0];
        assertEquals(100_000 / length, sink.written());
    }

    @Test
    void a_name_longer_than_the_buffer_is_still_one_result() throws IOException {
        String name = "\"".repeat(100_000);
        var f = Pairs.GATEWAY;
        var pair = MatchedPair.of(new MatchedPair.Fields(
                f.requestEpochNanos(),
                f.responseEpochNanos(),
                f.lastTransmissionEpochNanos(),
                0,
                f.clientLow(),
                1,
                0,
                f.serverLow(),
                2,
                false,
                6,
                6,
                name,
                1,
                name,
                2,
                true,
                false,
                false));
        for (var form : SINKS) {
            var taken = new Taken();
            var sink = form.apply(taken);
            sink.write(pair);
            sink.write(pair);
            sink.close();
            assertEquals(2, sink.written());
            assertTrue(taken.text().endsWith("\n"));
        }
    }

    @Test
    void many_results_go_out_in_order() throws IOException {
        for (var form : SINKS) {
            var once = new Taken();
            var sink = form.apply(once);
            for (int i = 0; i < 5_000; i++) sink.write(pair(i));
            sink.close();
            var each = new Taken(1_000, Integer.MAX_VALUE);
            sink = form.apply(each);
            for (int i = 0; i < 5_000; i++) {
                sink.write(pair(i));
                sink.flush();
            }
            sink.close();
            assertEquals(once.text(), each.text());
            assertEquals(5_000, sink.written());
        }
    }

    private static int[] ends(Function<WritableByteChannel, FormattedSink> form) throws IOException {
        var taken = new Taken();
        var sink = form.apply(taken);
        var ends = new int[4];
        for (int i = 0; i < ends.length; i++) {
            sink.write(pair(i));
            sink.flush();
            ends[i] = taken.length();
        }
        return ends;
    }

    private static MatchedPair pair(int index) {
        return MatchedPair.of(index % 2 == 0 ? Pairs.GATEWAY : Pairs.STRANGE);
    }

    private static String printed(Function<WritableByteChannel, FormattedSink> form) throws IOException {
        var taken = new Taken(11, Integer.MAX_VALUE);
        try (var sink = form.apply(taken)) {
            sink.write(MatchedPair.of(Pairs.GATEWAY));
            sink.write(MatchedPair.of(Pairs.STRANGE));
        }
        return taken.text();
    }
}
