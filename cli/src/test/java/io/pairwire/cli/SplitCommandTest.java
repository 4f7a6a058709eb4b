package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import io.pairwire.decode.craft.Frame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitCommandTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"--packets, 3, pcap", "--packets, 4, pcapng", "--bytes, 300, pcap.gz", "--seconds, 2ns, pcapng"})
    void the_parts_one_after_the_other_are_the_input(String by, String limit, String extension) throws IOException {
        Path input = CaptureFiles.pcap(folder.resolve("in.pcap"), 0, 1, 2, 3, 4, 9, 10, 11, 12, 13);
        Path parts = Files.createDirectory(folder.resolve("parts"));
        var run = Cli.run("split", by, limit, "-o", parts.resolve("p." + extension), input);
        assertEquals(0, run.code(), run.err());
        var joined = new ArrayList<CaptureFiles.Seen>();
        for (Path part : list(parts)) joined.addAll(CaptureFiles.read(part));
        assertEquals(CaptureFiles.read(input), joined);
    }

    @Test
    void parts_have_number_and_time_in_their_names() throws IOException {
        Path input = CaptureFiles.pcap(folder.resolve("in.pcap"), 0, 2_000_000_000);
        Path parts = Files.createDirectory(folder.resolve("parts"));
        Cli.run("split", "--packets", 1, "-o", parts.resolve("p.pcap"), input);
        assertEquals(
                List.of("p_00001_20260131120000.pcap", "p_00002_20260131120002.pcap"),
                list(parts).stream().map(part -> part.getFileName().toString()).toList());
    }

    @ParameterizedTest
    @CsvSource({"pcap, 2", "pcapng, 2", "pcap.gz, 1", "pcap, 64"})
    void each_session_has_its_part_however_few_files_may_be_open(String extension, int open) throws IOException {
        Path input = folder.resolve("in.pcap");
        try (var writer = PcapWriter.create(input, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            for (int i = 0; i < 40; i++) {
                Frame frame = i % 2 == 0
                        ? Frame.udp("10.0.0.1", i % 10 / 2, "10.0.0.2", 53)
                        : Frame.udp("10.0.0.2", 53, "10.0.0.1", i % 10 / 2);
                writer.write(CaptureFiles.START + i, frame.toEthernet());
            }
        }
        Path parts = Files.createDirectory(folder.resolve("parts"));
        var run = Cli.run("split", "--flow", "--max-open", open, "-o", parts.resolve("p." + extension), input);
        assertEquals(0, run.code(), run.err());
        assertEquals(5, list(parts).size());
        for (int session = 0; session < 5; session++) {
            var expected = new ArrayList<Long>();
            for (int i = 0; i < 40; i++) if (i % 10 / 2 == session) expected.add((long) i);
            assertEquals(expected, CaptureFiles.times(list(parts).get(session)));
        }
    }

    @Test
    void sessions_beyond_the_limit_share_part_0() throws IOException {
        Path input = folder.resolve("in.pcap");
        try (var writer = PcapWriter.create(input, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            for (int i = 0; i < 5; i++) {
                writer.write(
                        CaptureFiles.START + i,
                        Frame.udp("10.0.0.1", i, "10.0.0.2", 53).toEthernet());
            }
        }
        Path parts = Files.createDirectory(folder.resolve("parts"));
        Cli.run("split", "--flow", "--max-flows", 2, "-o", parts.resolve("p.pcap"), input);
        assertEquals(List.of(2L, 3L, 4L), CaptureFiles.times(list(parts).getFirst()));
        assertEquals(3, list(parts).size());
    }

    @Test
    void a_part_never_replaces_an_input() throws IOException {
        Path input = CaptureFiles.pcap(folder.resolve("p_00001_20260131120000.pcap"), 0, 1);
        byte[] before = Files.readAllBytes(input);
        assertEquals(
                2,
                Cli.run("split", "--packets", 1, "-o", folder.resolve("p.pcap"), input)
                        .code());
        assertEquals(List.of(0L, 1L), CaptureFiles.times(input));
        assertEquals(before.length, Files.size(input));
    }

    @Test
    void wrong_usage_ends_with_2() throws IOException {
        Path input = CaptureFiles.pcap(folder.resolve("in.pcap"), 0);
        Path out = folder.resolve("p.pcap");
        assertEquals(2, Cli.run("split", "-o", out, input).code());
        assertEquals(2, Cli.run("split", "--packets", 1, input).code());
        assertEquals(
                2, Cli.run("split", "--packets", 1, "--flow", "-o", out, input).code());
        assertEquals(2, Cli.run("split", "--packets", -1, "-o", out, input).code());
        assertEquals(2, Cli.run("split", "--bytes", "1.5", "-o", out, input).code());
        assertEquals(
                2, Cli.run("split", "--flow", "--max-open", 0, "-o", out, input).code());
    }

    private static List<Path> list(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
