package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.CaptureFormat;
import io.pairwire.capture.LinkType;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
    @TempDir
    Path folder;

    @Test
    void packets_times_and_comments_survive_the_way_there_and_back() throws IOException {
        Path original = CaptureFiles.pcapng(folder.resolve("a.pcapng"), LinkType.ETHERNET, 0, 1, 999_999_999);
        Path pcap = folder.resolve("b.pcap");
        Path again = folder.resolve("c.pcapng");
        Path direct = folder.resolve("d.pcapng");
        assertEquals(0, Cli.run("convert", "-o", pcap, original).code());
        assertEquals(0, Cli.run("convert", "-o", again, pcap).code());
        assertEquals(0, Cli.run("convert", "-o", direct, original).code());
        assertEquals(CaptureFiles.times(original), CaptureFiles.times(again));
        assertEquals(CaptureFiles.read(original), CaptureFiles.read(direct), "comments too");
        try (var reader = CaptureFormat.open(FileChannel.open(direct))) {
            assertEquals(
                    List.of("a comment on the file"),
                    reader.description().sections().getFirst().comments());
        }
    }

    @Test
    void an_interface_keeps_its_name() throws IOException {
        Path original = CaptureFiles.pcapng(folder.resolve("a.pcapng"), LinkType.ETHERNET, 0);
        Path converted = folder.resolve("b.pcapng");
        Cli.run("convert", "-o", converted, original);
        var info = Cli.run("info", "--json", converted);
        assertTrue(info.out().contains("\"name\":\"tap1\""), info.out());
    }

    @Test
    void microseconds_and_a_snapshot_length_can_be_asked_for() throws IOException {
        Path original = CaptureFiles.pcap(folder.resolve("a.pcap"), 1_999);
        Path cut = folder.resolve("b.pcap");
        assertEquals(
                0,
                Cli.run("convert", "--no-nanoseconds", "--snaplen", 42, "-o", cut, original)
                        .code());
        var seen = CaptureFiles.read(cut).getFirst();
        assertEquals(CaptureFiles.START + 1_000, seen.epochNanos());
        assertEquals(42, seen.bytes().length() / 2);
        assertEquals(CaptureFiles.datagram(1_999).length, seen.originalLength());
    }

    @Test
    void the_ratio_of_a_compressed_output_is_told_and_nothing_of_it_otherwise() throws IOException {
        Path original = CaptureFiles.pcap(folder.resolve("a.pcap"), 5, 6, 7, 8);
        Path packed = folder.resolve("b.pcap.zst");
        String told = Cli.run("convert", "-o", packed, original).err();
        String sizes = String.format(
                java.util.Locale.ROOT,
                ", %d bytes packed to %d, ratio %.2f",
                Files.size(original),
                Files.size(packed),
                (double) Files.size(original) / Files.size(packed));
        assertTrue(told.endsWith(packed + sizes + "\n"), told);
        assertFalse(Cli.run("convert", "-o", folder.resolve("c.pcap"), original)
                .err()
                .contains("ratio"));
    }

    @Test
    void the_name_of_the_output_says_format_and_compression_unless_an_option_does() throws IOException {
        Path original = CaptureFiles.pcap(folder.resolve("a.pcap"), 5);
        Path packed = folder.resolve("b.pcapng.gz");
        Path named = folder.resolve("c.pcapng");
        Cli.run("convert", "-o", packed, original);
        Cli.run("convert", "--to", "pcap", "-o", named, original);
        assertEquals(List.of(5L), CaptureFiles.times(packed));
        assertEquals(0x1f, Files.readAllBytes(packed)[0]);
        assertEquals(CaptureFormat.PCAP, CaptureFormat.of(Files.readAllBytes(named)));
    }

    @Test
    void pcap_refuses_a_second_link_type_and_the_old_file_stays() throws IOException {
        Path ethernet = CaptureFiles.pcapng(folder.resolve("a.pcapng"), LinkType.ETHERNET, 0);
        Path cooked = CaptureFiles.pcapng(folder.resolve("b.pcapng"), LinkType.LINUX_SLL, 1);
        Path target = CaptureFiles.pcap(folder.resolve("c.pcap"), 7);
        byte[] before = Files.readAllBytes(target);
        var run = Cli.run("convert", "-o", target, ethernet, cooked);
        assertEquals(1, run.code());
        assertTrue(run.err().contains("one link type"), run.err());
        assertArrayEquals(before, Files.readAllBytes(target));
        assertEquals(List.of(0L), CaptureFiles.times(folder.resolve("c.pcap.partial")), "what was written is there");
        assertEquals(
                0,
                Cli.run("convert", "--to", "pcapng", "-o", target, ethernet, cooked)
                        .code());
        assertEquals(2, CaptureFiles.read(target).size());
    }

    @Test
    void an_input_is_never_written_over() throws IOException {
        Path original = CaptureFiles.pcap(folder.resolve("a.pcap"), 5);
        byte[] before = Files.readAllBytes(original);
        Path link = Files.createSymbolicLink(folder.resolve("link.pcap"), original);
        Path inFolder = folder.resolve(".").resolve("a.pcap");
        for (Path target : List.of(original, link, inFolder)) {
            assertEquals(2, Cli.run("convert", "-o", target, original).code(), target.toString());
            assertEquals(2, Cli.run("convert", "-o", target, folder).code(), target.toString());
        }
        assertArrayEquals(before, Files.readAllBytes(original));
    }

    @Test
    void of_a_damaged_capture_all_that_is_before_the_damage_is_converted() throws IOException {
        Path cut = Cli.cut(folder, 10);
        Path target = folder.resolve("saved.pcapng");
        var run = Cli.run("convert", "-o", target, cut);
        assertEquals(3, run.code());
        assertTrue(run.err().contains("cut.pcap: damaged at byte "), run.err());
        assertEquals(19, CaptureFiles.read(target).size());
    }

    @Test
    void standard_output_gets_packets_and_nothing_else() throws IOException {
        Path original = CaptureFiles.pcap(folder.resolve("a.pcap"), 5);
        var run = Cli.run("convert", "--quiet", original);
        assertEquals(0, run.code());
        assertEquals("", run.err());
        assertFalse(run.out().isEmpty());
    }

    @Test
    void a_capture_without_packets_keeps_its_link_type() throws IOException {
        Path none = CaptureFiles.pcapng(folder.resolve("a.pcapng"), LinkType.LINUX_SLL);
        Path pcap = folder.resolve("b.pcap");
        assertEquals(0, Cli.run("convert", "-o", pcap, none).code());
        assertEquals(LinkType.LINUX_SLL, Files.readAllBytes(pcap)[20]);
    }

    @Test
    void wrong_usage_ends_with_2() throws IOException {
        Path original = CaptureFiles.pcap(folder.resolve("a.pcap"), 5);
        assertEquals(2, Cli.run("convert", "--snaplen", 0, original).code());
        assertEquals(2, Cli.run("convert", "--to", "snoop", original).code());
        assertEquals(2, Cli.run("convert", "--compress", "rar", original).code());
        assertEquals(2, Cli.run("convert").code());
    }
}
