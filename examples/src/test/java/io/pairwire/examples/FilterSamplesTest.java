package io.pairwire.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.PacketSource;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.filter.FilterLanguage;
import io.pairwire.decode.filter.PacketFilter;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The filters in {@code examples/filters} over the captures beside them. */
class FilterSamplesTest {
    private static final Path FILTERS = Path.of("filters");
    /** Those without tags, which the expressions do not look behind. */
    private static final List<String> CAPTURES = List.of("captures/gateway.pcap", "captures/request-response.pcap");

    private static long count(PacketFilter filter, String capture) throws IOException {
        long[] matches = {0};
        try (var source = FileSource.open(List.of(capture))) {
            while (source.poll(packet -> matches[0] += filter.matches(packet) ? 1 : 0, 1000) != PacketSource.END)
                continue;
        }
        return matches[0];
    }

    private static PacketFilter sample(String name) throws IOException {
        var language = name.endsWith(".vfl") ? FilterLanguage.VFLISP : FilterLanguage.VFM;
        return PacketFilter.compile(language, Files.readString(FILTERS.resolve(name)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "inside-to-outside.vfl ~ ip and src net 10 and dst net 192.168",
                "tcp-syn.vfl           ~ tcp[tcpflags] & (tcp-syn|tcp-ack) = tcp-syn",
                "any-udp.vfm           ~ udp",
                "small-udp.vfm         ~ ip and udp and ip[2:2] <= 100",
            })
    void a_sample_accepts_what_the_same_expression_accepts(String name, String expression) throws IOException {
        long all = 0;
        for (String capture : CAPTURES) {
            long expected = count(PacketFilter.compile(expression), capture);
            assertEquals(expected, count(sample(name), capture), name + " on " + capture);
            all += expected;
        }
        assertTrue(all > 0 || name.startsWith("tcp-syn"), "no capture has such packets");
    }

    @ParameterizedTest
    @CsvSource({"high-ports-v6.vfl, 223", "any-udp.vfm, 318", "first-of-flow.vfm, 132", "small-udp.vfm, 19"})
    void a_sample_accepts_as_many_packets_of_mixed_pcap(String name, int expected) throws IOException {
        assertEquals(expected, count(sample(name), "captures/mixed.pcap"));
    }

    @Test
    void a_connection_begins_with_a_packet_that_the_sample_accepts() throws IOException {
        var filter = sample("tcp-syn.vfl").forLinkType(LinkType.ETHERNET).orElseThrow();
        for (int flags : new int[] {0x02, 0x12, 0x10}) {
            byte[] frame =
                    Frame.tcp("10.0.0.1", 1000, "10.0.0.2", 80).flags(flags).toEthernet();
            int kept = filter.code().run(MemorySegment.ofArray(frame), 0, frame.length, frame.length);
            assertEquals(flags == 0x02, kept != 0, "flags " + flags);
        }
    }

    @Test
    void every_sample_is_a_filter() throws IOException {
        try (var files = Files.list(FILTERS)) {
            for (Path file : files.filter(f -> !f.toString().endsWith(".md")).toList()) {
                sample(file.getFileName().toString());
            }
        }
    }
}
