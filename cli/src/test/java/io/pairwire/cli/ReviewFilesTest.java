package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.LinkType;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import io.pairwire.decode.craft.Frame;
import io.pairwire.testkit.RandomCaptures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewFilesTest {
    private static final long START = 1_769_860_800_000_000_000L;
    private static final int MICROSECOND = 1_000;

    @TempDir
    Path folder;

    private Path capture;
    private Path out;

    @BeforeEach
    void make() throws IOException {
        out = Files.createDirectory(folder.resolve("out"));
        capture = folder.resolve("made.pcap");
        write(
                capture,
                frame(0, ask(1, "a")),
                frame(1_234, answer(1, "a")),
                frame(2_000, ask(2, "lost")),
                frame(2_500, ask(3, "b")),
                frame(2_600, ask(3, "b")),
                frame(22_500, answer(3, "b")),
                frame(200_000, ask(4, "c")),
                frame(201_000, answer(4, "c")));
    }

    private record Timed(long micros, byte[] frame) {}

    private static Timed frame(long micros, byte[] frame) {
        return new Timed(micros, frame);
    }

    private static byte[] ask(int client, String text) {
        return Frame.udp("10.0.0." + client, 40_000, "192.168.0.9", 53)
                .payload(text.getBytes(StandardCharsets.US_ASCII))
                .toEthernet();
    }

    private static byte[] answer(int client, String text) {
        return Frame.udp("192.168.0.9", 53, "10.0.0." + client, 40_000)
                .payload(text.getBytes(StandardCharsets.US_ASCII))
                .toEthernet();
    }

    private static void write(Path file, Timed... frames) throws IOException {
        try (var writer = PcapWriter.create(file, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            for (Timed each : frames) writer.write(START + each.micros * MICROSECOND, each.frame);
        }
    }

    private static Cli.Run match(Object... options) {
        var args = new ArrayList<Object>(List.of("match", "--quiet", "--format", "none"));
        args.addAll(List.of(options));
        return Cli.run(args.toArray());
    }

    private static List<String> comments(Path file) throws IOException {
        var comments = new ArrayList<String>();
        try (var source = FileSource.open(List.of(file.toString()))) {
            while (source.poll(
                            packet -> comments.add(packet.number() + " "
                                    + String.join("; ", packet.options().comments())),
                            100)
                    != PacketSource.END) {}
            assertEquals(0, source.statistics().damagedFiles());
        }
        return comments;
    }

    @Test
    void an_annotated_copy_says_of_each_packet_what_became_of_it() throws IOException {
        Path annotated = out.resolve("a.pcapng");
        assertEquals(new Cli.Run(0, "", ""), match("--annotate", annotated, capture));
        assertEquals(
                List.of(
                        "1 answered by packet 2 after 1.234 ms",
                        "2 answers packet 1 after 1.234 ms",
                        "3 no answer within 30 s",
                        "4 answered by packet 6 after 20.000 ms",
                        "5 no answer within 30 s",
                        "6 answers packet 4 after 20.000 ms",
                        "7 answered by packet 8 after 1.000 ms",
                        "8 answers packet 7 after 1.000 ms"),
                comments(annotated));
    }

    @Test
    void of_several_inputs_packets_are_named_with_their_file_and_own_comments_stay() throws IOException {
        Path noted = CaptureFiles.pcapng(folder.resolve("noted.pcapng"), LinkType.ETHERNET, 5);
        Path other = CaptureFiles.pcapng(folder.resolve("other.pcapng"), LinkType.RAW, 6);
        Path annotated = out.resolve("a.pcapng.gz");
        assertEquals(new Cli.Run(0, "", ""), match("--annotate", annotated, capture, noted, other));
        var comments = comments(annotated);
        assertEquals(10, comments.size());
        assertTrue(
                comments.stream().anyMatch(each -> each.endsWith("answers packet 1 of " + capture + " after 1.234 ms")),
                comments.toString());
        assertTrue(
                comments.stream().anyMatch(each -> each.matches("\\d+ at 5; no (answer|request) .*")),
                comments.toString());
    }

    /** What a packet is, its comments aside. */
    private static List<String> packets(Path... files) throws IOException {
        var packets = new ArrayList<String>();
        for (Path file : files) {
            for (CaptureFiles.Seen seen : CaptureFiles.read(file)) {
                packets.add(
                        seen.epochNanos() + " " + seen.linkType() + " " + seen.originalLength() + " " + seen.bytes());
            }
        }
        packets.sort(null);
        return packets;
    }

    @Test
    void an_annotated_copy_keeps_every_packet_with_its_link_type_length_and_time() throws IOException {
        Path raw = CaptureFiles.pcapng(folder.resolve("raw.pcapng"), LinkType.RAW, 6, 9);
        Path random =
                Files.write(folder.resolve("random.pcap"), RandomCaptures.of(4).pcap());
        Path annotated = out.resolve("a.pcapng");
        assertEquals(0, match("--annotate", annotated, capture, raw, random).code());
        assertEquals(packets(capture, raw, random), packets(annotated));
        Path all = out.resolve("all.pcapng");
        assertEquals(
                0,
                match("--extract", "paired or not paired", "--extract-to", all, capture, raw, random)
                        .code());
        assertEquals(packets(annotated), packets(all));
    }

    @Test
    void an_answer_that_comes_too_late_is_named() throws IOException {
        Path late = folder.resolve("late.pcap");
        write(late, frame(0, ask(1, "slow")), frame(1_500_000, answer(1, "slow")));
        Path annotated = out.resolve("a.pcapng");
        Path unmatched = out.resolve("u.csv");
        match("--expiry", "1s", "--annotate", annotated, "--unmatched", unmatched, late);
        assertEquals(
                List.of(
                        "1 no answer within 1 s; packet 2 answers after 1.500 s",
                        "2 no request within 1 s; packet 1 asked before 1.500 s"),
                comments(annotated));
        assertTrue(Files.readAllLines(unmatched).get(1).endsWith(",expired,expired,1," + late + ",2,1500000000"));
    }

    @Test
    void unmatched_packets_bursts_and_duplicates_are_tables() throws IOException {
        Path unmatched = out.resolve("u.csv");
        Path bursts = out.resolve("b.csv");
        Path duplicates = out.resolve("d.jsonl");
        var run = match("--unmatched", unmatched, "--bursts", bursts, "--duplicates", duplicates, capture);
        assertEquals(new Cli.Run(0, "", ""), run);
        assertEquals(
                List.of(
                        "file,packet,time_ns,source,source_port,destination,destination_port,protocol,payload_length,"
                                + "outcome,reason,burst,late_file,late_packet,late_ns",
                        capture + ",3,1769860800002000000,10.0.0.2,40000,192.168.0.9,53,UDP,4,unmatched,no_answer,1,,,",
                        capture
                                + ",5,1769860800002600000,10.0.0.3,40000,192.168.0.9,53,UDP,1,unmatched,no_answer,2,,,"),
                Files.readAllLines(unmatched).stream().limit(9).toList());
        assertEquals("length,bursts,packets\n1,2,2\n", Files.readString(bursts));
        String row = Files.readString(duplicates);
        assertTrue(row.contains("\"packet\":5,"), row);
        assertTrue(
                row.endsWith("\"kind\":\"equal_payload\",\"of_file\":\"" + capture
                        + "\",\"of_packet\":4,\"after_ns\":100000}\n"),
                row);
    }

    @Test
    void chosen_packets_are_written_as_they_were() throws IOException {
        Path extracted = out.resolve("e.pcap");
        String[][] cases = {
            {"latency>10ms", "2"},
            {"unmatched", "2"},
            {"flow=10.0.0.1:40000-192.168.0.9:53", "2"},
            {"flow=192.168.0.9:53-10.0.0.1:40000", "2"},
            {"client=10.0.0.0/30 and not unmatched", "4"},
            {"server=192.168.0.9 and paired", "6"},
            {"port=53", "8"},
            {"client_port=53", "0"},
            {"direction=inbound", "8"},
            {"protocol=tcp or latency<1.1ms", "2"},
        };
        for (String[] each : cases) {
            var run = match("--extract", each[0], "--extract-to", extracted, capture);
            assertEquals(new Cli.Run(0, "", ""), run, each[0]);
            assertEquals(each[1], Integer.toString(comments(extracted).size()), each[0]);
        }
    }

    @Test
    void sums_of_the_tables_close_with_the_statistics() throws IOException {
        for (long seed = 1; seed < 6; seed++) {
            Path random = Files.write(
                    folder.resolve("random.pcap"), RandomCaptures.of(seed).pcap());
            Path unmatched = out.resolve("u.csv");
            Path duplicates = out.resolve("d.csv");
            Path statistics = out.resolve("s.json");
            match(
                    "--expiry",
                    "1ms",
                    "--max-unmatched",
                    "20",
                    "--unmatched",
                    unmatched,
                    "--duplicates",
                    duplicates,
                    "--stats-file",
                    statistics,
                    random);
            String json = Files.readString(statistics);
            assertEquals(number(json, "unmatched"), rows(unmatched, ",(TCP|UDP),\\d+,unmatched,"), json);
            assertEquals(number(json, "expired"), rows(unmatched, ",(TCP|UDP),\\d+,expired,"), json);
            assertEquals(number(json, "evicted"), rows(unmatched, ",(TCP|UDP),\\d+,evicted,evicted,"), json);
            assertEquals(number(json, "retransmissions"), rows(duplicates, ",retransmission,"), json);
        }
    }

    private static long number(String json, String name) {
        var found = Pattern.compile("\"" + name + "\":(\\d+)").matcher(json);
        assertTrue(found.find(), name);
        return Long.parseLong(found.group(1));
    }

    private static long rows(Path table, String pattern) throws IOException {
        var wanted = Pattern.compile(pattern);
        return Files.readAllLines(table).stream()
                .skip(1)
                .filter(line -> wanted.matcher(line).find())
                .count();
    }

    @Test
    void reports_are_the_same_to_the_byte_for_any_number_of_threads() throws IOException {
        Path random =
                Files.write(folder.resolve("random.pcap"), RandomCaptures.of(8).pcap());
        var answers = new ArrayList<List<String>>();
        for (int threads : new int[] {1, 2, 5}) {
            Path unmatched = out.resolve("u.csv");
            Path duplicates = out.resolve("d.csv");
            Path annotated = out.resolve("a.pcapng");
            match(
                    "--threads",
                    threads,
                    "--unmatched",
                    unmatched,
                    "--duplicates",
                    duplicates,
                    "--annotate",
                    annotated,
                    random);
            var answer = new ArrayList<>(Files.readAllLines(unmatched));
            answer.addAll(Files.readAllLines(duplicates));
            answer.addAll(comments(annotated));
            answers.add(answer);
        }
        assertEquals(answers.get(0), answers.get(1));
        assertEquals(answers.get(0), answers.get(2));
    }

    @Test
    void wrong_usage_is_told_and_touches_nothing() throws IOException {
        byte[] before = Files.readAllBytes(capture);
        Path report = out.resolve("r");
        for (var wrong : List.of(
                List.of("--extract", "latency>10ms"),
                List.of("--extract-to", report),
                List.of("--extract", "latncy>10ms", "--extract-to", report),
                List.of("--unmatched", capture),
                List.of("--annotate", capture))) {
            var args = new ArrayList<Object>(wrong);
            args.add(capture);
            assertEquals(2, match(args.toArray()).code(), wrong.toString());
        }
        var stdin = match("--unmatched", report, "-");
        assertEquals(2, stdin.code());
        assertTrue(stdin.err().contains("read their inputs twice"), stdin.err());
        String misspelt = match("--extract", "paired and latncy>1ms", "--extract-to", report, capture)
                .err();
        assertTrue(
                misspelt.contains("did you mean 'latency'? (column 12)\npaired and latncy>1ms\n           ^\n"),
                misspelt);
        assertArrayEquals(before, Files.readAllBytes(capture));
        assertFalse(Files.exists(report));
    }

    @Test
    void a_damaged_input_is_reported_up_to_the_damage() throws IOException {
        Path cut = Cli.cut(folder, 50);
        Path unmatched = out.resolve("u.csv");
        assertEquals(3, match("--unmatched", unmatched, cut).code());
        assertEquals(2, Files.readAllLines(unmatched).size());
    }

    @Test
    void a_report_that_cannot_be_written_is_a_failure_and_the_results_are_there() throws IOException {
        Path results = out.resolve("pairs.csv");
        Path impossible = folder.resolve("missing/u.csv");
        var run = Cli.run("match", "--quiet", "--format", "csv", "-o", results, "--unmatched", impossible, capture);
        assertEquals(new Cli.Run(1, "", "pairwire: " + impossible + ": no such file or directory\n"), run);
        assertEquals(4, Files.readAllLines(results).size());
    }

    @Test
    void a_port_for_metrics_is_told_and_one_that_is_none_refused() {
        var run = Cli.run("match", "--format", "none", "--metrics-port", "0", capture);
        assertEquals(0, run.code(), run.err());
        assertTrue(
                run.err()
                        .matches(
                                "(?s)pairwire: statistics at http://127.0.0.1:\\d+/metrics, /stats.json and /stats.txt\n.*"),
                run.err());
        assertEquals(2, match("--metrics-port", "65536", capture).code());
        assertEquals(2, match("--metrics-port", "x", capture).code());
    }
}
