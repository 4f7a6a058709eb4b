package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import io.pairwire.decode.craft.Frame;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowsCommandTest {
    private static final String QUERY = "\1\2\1\0\0\1\0\0\0\0\0\0\3www\7example\3org\0\0\1\0\1";
    private static final String ANSWER =
            "\1\2\201\200\0\1\0\1\0\0\0\0\3www\7example\3org\0\0\1\0\1\300\14\0\1\0\1\0\0\0\74\0\4\300\0\2\7";

    @TempDir
    Path folder;

    /** A question, its answer 5 ms later, and an ARP request. */
    private Path capture() throws IOException {
        Path file = folder.resolve("dns.pcap");
        try (var writer = PcapWriter.create(file, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            var query = Frame.udp("192.0.2.1", 5000, "192.0.2.53", 53).payload(bytes(QUERY));
            var answer = Frame.udp("192.0.2.53", 53, "192.0.2.1", 5000).payload(bytes(ANSWER));
            writer.write(CaptureFiles.START, query.toEthernet());
            writer.write(CaptureFiles.START + 5_000_000, answer.toEthernet());
            writer.write(
                    CaptureFiles.START + 6_000_000,
                    Frame.arp("192.0.2.1", "192.0.2.53").toEthernet());
        }
        return file;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void json_lines_have_the_names_that_others_rely_on() throws IOException {
        Path file = capture();
        var run = Cli.run("flows", "--format", "jsonl", file);
        assertEquals(0, run.code(), run.err());
        String start = "{\"capture\":\"" + file + "\",\"start_ns\":1769860800000000000,\"end_ns\":1769860800005000000,"
                + "\"l4\":17,\"src\":\"192.0.2.1\",\"src_port\":5000,\"dst\":\"192.0.2.53\",\"dst_port\":53,"
                + "\"path\":\"ethernet.ipv4.udp.dns\",\"label\":[\"DNS\"],\"confidence\":\"dpi\",\"packets_out\":1,"
                + "\"packets_in\":1,\"bytes_out\":75,\"bytes_in\":91,\"state\":\"SF\",\"history\":\"Dd\",";
        assertTrue(run.out().startsWith(start), run.out());
        assertTrue(run.out().endsWith("}\n"), run.out());
        assertFalse(run.out().contains("attributes"), "nobody wanted any");
        assertTrue(run.err().contains("sessions      1\n"), run.err());
    }

    @Test
    void wanted_attributes_are_told_in_every_format() throws IOException {
        Path file = capture();
        String json = Cli.run("flows", "--format", "jsonl", "--attributes", "dns.qname,dns.answer,dns.rtt", file)
                .out();
        assertTrue(
                json.contains("\"attributes\":{\"dns.qname\":[\"www.example.org\"],\"dns.rtt\":5000000,"
                        + "\"dns.answer\":[\"192.0.2.7\"]}"),
                json);
        String text = Cli.run("flows", "--attributes", "dns.qname", file).out();
        assertTrue(text.contains(" UDP 192.0.2.1:5000 -> 192.0.2.53:53 DNS (dpi) 1/1 packets 75/91 bytes"), text);
        assertTrue(text.endsWith("\n    dns.qname: www.example.org\n"), text);
        String csv = Cli.run("flows", "--format", "csv", "--attributes", "dns.qname", file)
                .out();
        assertTrue(csv.startsWith("capture,start_ns,end_ns,l4,src,src_port,dst,dst_port,path,label,confidence,"), csv);
        assertTrue(csv.endsWith(",dns.qname=www.example.org\n"), csv);
    }

    @Test
    void conn_has_the_columns_of_zeek() throws IOException {
        var lines = Cli.run("flows", "--format", "conn", capture()).lines();
        String fields = lines.stream()
                .filter(line -> line.startsWith("#fields"))
                .findFirst()
                .orElseThrow();
        assertTrue(fields.startsWith("#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\t"));
        String[] columns = lines.getLast().split("\t");
        assertEquals(fields.split("\t").length - 1, columns.length);
        assertEquals("1769860800.000000", columns[0]);
        assertEquals("udp", columns[6]);
        assertEquals("dns", columns[7]);
        assertEquals("0.005000", columns[8]);
        assertEquals("SF", columns[11]);
    }

    @Test
    void evasions_and_damaged_inputs_stand_in_the_statistics() throws IOException {
        Path file = folder.resolve("evasive.pcap");
        try (var writer = PcapWriter.create(file, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            byte[] wrong = Frame.udp("192.0.2.1", 5000, "192.0.2.53", 53)
                    .payload(bytes(QUERY))
                    .checksum(7)
                    .toEthernet();
            writer.write(CaptureFiles.START, wrong);
            var tiny = Frame.udp("192.0.2.1", 9, "192.0.2.2", 9).fragment(1, 0, true);
            writer.write(CaptureFiles.START, tiny.payload(new byte[8]).toEthernet());
        }
        Path statistics = folder.resolve("e.json");
        var run = Cli.run("flows", "--evasions", "--stats-file", statistics, file, Cli.cut(folder, 10));
        assertEquals(3, run.code());
        assertTrue(run.err().contains("evasion       1 time: a checksum is wrong"), run.err());
        String json = Files.readString(statistics);
        assertTrue(json.contains("\"evasions\":{\"fragment_tiny\":1,\"checksum_wrong\":1}"), json);
        assertTrue(json.contains("\"5002 input_cut\":1"), json);
        assertFalse(Cli.run("flows", "--quiet", file).err().contains("evasion"));
    }

    @Test
    void files_are_taken_out_into_an_empty_folder() throws IOException {
        Path file = folder.resolve("http.pcap");
        try (var writer = PcapWriter.create(file, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            var request = Frame.tcp("192.0.2.1", 4000, "192.0.2.2", 80).sequence(1);
            var answer = Frame.tcp("192.0.2.2", 80, "192.0.2.1", 4000).sequence(1);
            request.payload(bytes("GET /a.txt HTTP/1.1\r\nHost: h\r\n\r\n"));
            answer.payload(bytes("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
            writer.write(CaptureFiles.START, request.toEthernet());
            writer.write(CaptureFiles.START, answer.toEthernet());
        }
        Path found = folder.resolve("found");
        Path statistics = folder.resolve("f.json");
        var run = Cli.run("flows", "--extract-files", found, "--extract-limit", "4", "--stats-file", statistics, file);
        assertEquals(0, run.code(), run.err());
        assertEquals("hell", Files.readString(found.resolve("1-1-a.txt")));
        assertTrue(run.err().contains("files         1 written, 1 longer than the limit, 4 bytes\n"), run.err());
        assertTrue(Files.readString(statistics)
                .contains(
                        "\"files\":{\"seen\":1,\"written\":0,\"cut\":1,\"refused\":0,\"incomplete\":0,\"bytes\":4},"));
        var again = Cli.run("flows", "--extract-files", found, file);
        assertEquals(1, again.code());
        assertTrue(again.err().contains("is not empty"), again.err());
    }

    @Test
    void ristretto_writes_tables_into_a_folder_or_under_a_name() throws IOException {
        Path file = capture();
        Path data = folder.resolve("data");
        var run = Cli.run("flows", "--format", "ristretto", "-o", data, file);
        assertEquals(0, run.code(), run.err());
        assertEquals("", run.out());
        assertEquals(1 << 20, Files.size(data.resolve("packet_flows.rdb")));
        assertTrue(Files.exists(data.resolve("packet_flows_counts.rdb")));
        var named = Cli.run("flows", "--format", "ristretto", "-o", folder.resolve("mine.rdb"), file);
        assertEquals(0, named.code(), named.err());
        assertTrue(Files.exists(folder.resolve("mine.rdb")) && Files.exists(folder.resolve("mine_ways.rdb")));
        var nowhere = Cli.run("flows", "--format", "ristretto", file);
        assertEquals(2, nowhere.code());
        assertTrue(nowhere.err().contains("say with --output in which folder"), nowhere.err());
        assertEquals(
                2, Cli.run("flows", "--format", "ristretto", "-o", "-", file).code());
        Path plain = Files.writeString(folder.resolve("plain"), "a file");
        var taken = Cli.run("flows", "--format", "ristretto", "-o", plain, file);
        assertEquals(1, taken.code());
        assertTrue(taken.err().contains("plain"), taken.err());
    }

    @Test
    void a_condition_chooses_sessions_and_a_wrong_one_is_wrong_usage() throws IOException {
        Path file = capture();
        assertEquals(
                1,
                Cli.run("flows", "--format", "jsonl", "--where", "dns.qname endswith \"example.org\"", file)
                        .lines()
                        .size());
        assertEquals(
                "", Cli.run("flows", "--where", "tcp.retransmissions > 3", file).out());
        var wrong = Cli.run("flows", "--where", "dns.nothing == 1", file);
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains("there is no attribute dns.nothing"), wrong.err());
        assertEquals(2, Cli.run("flows", "--attributes", "dns.nothing", file).code());
    }

    @Test
    void paths_and_statistics_account_for_every_packet() throws IOException {
        Path statistics = folder.resolve("s.json");
        var run = Cli.run("flows", "--paths", "--stats-file", statistics, capture());
        assertEquals(
                "path\tpackets\tbytes\tpayload_bytes\tsessions\tfirst_ns\tlast_ns",
                run.lines().getFirst());
        assertEquals(
                "ethernet.arp\t1\t42\t0\t0\t1769860800006000000\t1769860800006000000",
                run.lines().get(1));
        assertTrue(run.lines().get(2).startsWith("ethernet.ipv4.udp.dns\t2\t166\t82\t1\t"), run.out());
        String json = Files.readString(statistics);
        assertTrue(json.startsWith("{\"packets\":3,\"counted\":2,\"without_ip\":1,\"fragments_held\":0,"), json);
    }

    @Test
    void signatures_and_applications_of_ones_own_are_used() throws IOException {
        Path signatures = Files.writeString(folder.resolve("s.txt"), "Odd udp 2=0100/ff00 has=\"example\" len=33\n");
        Path applications = Files.writeString(folder.resolve("a.txt"), "host example.org OurShop\n");
        Path file = capture();
        assertTrue(Cli.run("flows", "--applications", applications, file).out().contains(" DNS.OurShop (dpi)"));
        assertEquals(0, Cli.run("flows", "--signatures", signatures, file).code());
        Path wrong = Files.writeString(folder.resolve("w.txt"), "Odd udp nonsense\n");
        var run = Cli.run("flows", "--signatures", wrong, file);
        assertEquals(2, run.code());
        assertTrue(run.err().contains("w.txt:1: not a condition: nonsense"), run.err());
    }

    @Test
    void a_damaged_capture_gives_what_was_before_and_code_3() throws IOException {
        var run = Cli.run("flows", "--format", "jsonl", Cli.cut(folder, 10));
        assertEquals(3, run.code());
        assertTrue(run.err().contains("damaged at byte"), run.err());
        assertFalse(run.out().isEmpty());
    }

    @Test
    void results_go_to_a_file_that_is_replaced() throws IOException {
        Path out = Files.writeString(folder.resolve("out.jsonl"), "old");
        var run = Cli.run("flows", "--format", "jsonl", "-o", out, capture());
        assertEquals("", run.out());
        assertTrue(Files.readString(out).startsWith("{\"capture\":"));
        assertEquals(
                2, Cli.run("flows", "--format", "none", "-o", out, capture()).code());
    }

    /** A capture of pieces of one stream at these seconds. */
    private Path pieces(String name, int... seconds) throws IOException {
        Path file = folder.resolve(name);
        try (var writer = PcapWriter.create(file, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            for (int second : seconds) {
                var frame = Frame.udp("192.0.2.1", 5000, "192.0.2.2", 6000).payload(bytes("abc"));
                writer.write(CaptureFiles.START + second * 1_000_000_000L, frame.toEthernet());
            }
        }
        return file;
    }

    @Test
    void sessions_span_files_that_follow_each_other_and_not_those_that_overlap() throws IOException {
        Path first = pieces("1.pcap", 0, 1, 2);
        Path second = pieces("2.pcap", 3, 4);
        var rotated = Cli.run("flows", "--format", "jsonl", first, second);
        assertEquals(1, rotated.lines().size(), rotated.out());
        assertTrue(rotated.out().contains("\"packets_out\":5,"), rotated.out());
        Path overlapping = pieces("3.pcap", 1, 5);
        var apart = Cli.run("flows", "--format", "jsonl", first, overlapping);
        assertEquals(2, apart.lines().size(), apart.out());
        assertTrue(apart.err().contains("sessions      2\npackets       5\n"), apart.err());
        assertTrue(apart.out().contains("\"id\":2,"), apart.out());
    }

    /** Query and answer are five milliseconds apart. */
    @Test
    void timeouts_are_those_that_were_asked_for() throws IOException {
        Path file = capture();
        var brief = Cli.run("flows", "--format", "jsonl", "--timeouts", "4ms,1s,1s,1s", file);
        assertEquals(2, brief.lines().size(), brief.out());
        var longer = Cli.run("flows", "--format", "jsonl", "--timeouts", "6ms,1s,1s,1s", file);
        assertEquals(1, longer.lines().size(), longer.out());
        assertEquals(2, Cli.run("flows", "--timeouts", "1s,1s", file).code(), "four are wanted");
    }

    @Test
    void statistics_tell_what_a_session_takes() throws IOException {
        Path stats = folder.resolve("stats.json");
        var run = Cli.run("flows", "--format", "none", "--stats-file", stats, capture());
        assertTrue(run.err().contains("memory        1 session open at most, "), run.err());
        String told = Files.readString(stats);
        assertTrue(told.contains("\"most_open\":1,\"most_memory_bytes\":"), told);
        assertTrue(told.contains("\"bytes_per_session\":"), told);
    }

    @Test
    void a_filter_chooses_packets() throws IOException {
        Path file = capture();
        assertTrue(Cli.run("flows", file, "--", "src", "port", "53").out().contains(" 1/0 packets "));
        assertEquals("", Cli.run("flows", file, "--", "tcp").out());
    }

    @Test
    void protocols_attributes_and_errors_are_listed() {
        String protocols = Cli.run("protocols").out();
        assertTrue(protocols.startsWith("name\tlabel\tover\tattributes\n"));
        assertTrue(protocols.contains("\ndns\tDNS\tudp,tcp\t7\n"), protocols);
        String attributes = Cli.run("protocols", "--attributes").out();
        assertTrue(attributes.contains("\nhttp.host\ttext list\thost of a request\n"), attributes);
        assertTrue(attributes.contains("\ntcp.rtt\tnumber\t"), attributes);
        String errors = Cli.run("protocols", "--errors").out();
        assertTrue(errors.contains("\n1001\tsession_evicted\tmemory\twarning\t"), errors);
        assertTrue(Cli.run("protocols", "--json").lines().getFirst().startsWith("{\"name\":\""));
    }
}
