package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfoCommandTest {
    @TempDir
    Path folder;

    @Test
    void a_capture_is_told_a_fact_a_line() throws IOException {
        Path file = CaptureFiles.pcap(folder.resolve("a.pcap"), 0, 1_000_000_000);
        var run = Cli.run("info", file);
        assertEquals(0, run.code(), run.err());
        assertEquals(
                file + "\n"
                        + "  format            pcap 2.4, little endian\n"
                        + "  file size         " + Files.size(file) + " bytes\n"
                        + "  packets           2\n"
                        + "  captured          95 bytes\n"
                        + "  on the wire       95 bytes\n"
                        + "  mean length       47.500 bytes\n"
                        + "  link type         ETHERNET (1)\n"
                        + "  first packet      2026-01-31T12:00:00.000000000Z\n"
                        + "  last packet       2026-01-31T12:00:01.000000000Z\n"
                        + "  duration          1.000 s\n"
                        + "  rate              2.000 packets/s, 760.000 bits/s\n"
                        + "  in order of time  yes\n"
                        + "  interface 0       ETHERNET, snaplen 262,144, times in 10^-9 s, 2 packets\n",
                run.out());
    }

    @Test
    void what_is_wrong_is_told_with_its_kind_and_place_and_ends_with_3() throws IOException {
        Path cut = Cli.cut(folder, 10);
        var text = Cli.run("info", cut);
        assertEquals(3, text.code());
        assertTrue(text.out().contains("DAMAGED           CUT_RECORD at byte "), text.out());
        var json = Cli.run("info", "--json", cut);
        assertEquals(3, json.code());
        assertTrue(
                json.out().contains("\"damage_count\":1,\"damages\":[{\"kind\":\"CUT_RECORD\",\"offset\":"),
                json.out());
        assertTrue(json.out().contains("\"packets\":19,"), json.out());
    }

    @Test
    void json_is_an_object_a_line_for_all_files_of_a_folder() throws IOException {
        CaptureFiles.pcap(folder.resolve("a.pcap"), 5, 3, 9);
        CaptureFiles.pcapng(folder.resolve("b.pcapng"), LinkType.LINUX_SLL, 0);
        var run = Cli.run("info", "--json", "--sha256", folder);
        assertEquals(0, run.code(), run.err());
        assertEquals(2, run.lines().size());
        String first = run.lines().getFirst();
        assertTrue(first.contains("\"in_order\":false,\"out_of_order\":1,"), first);
        assertTrue(first.contains(
                "\"first_ns\":" + (CaptureFiles.START + 3) + ",\"last_ns\":" + (CaptureFiles.START + 9)));
        assertTrue(first.matches(".*\"sha256\":\"[0-9a-f]{64}\".*"), first);
        String second = run.lines().getLast();
        assertTrue(second.contains("\"link_types\":{\"LINUX_SLL\":1}"), second);
        assertTrue(second.contains("\"commented\":1"), second);
        assertTrue(second.contains("\"comments\":[\"a comment on the file\"]"), second);
    }

    @Test
    void a_compressed_capture_tells_what_it_is_packed_with() throws IOException {
        Path file = CaptureFiles.pcap(folder.resolve("a.pcap"), 5);
        Path packed = folder.resolve("b.pcap.gz");
        Cli.run("convert", "-o", packed, file);
        String json = Cli.run("info", "--json", packed).out();
        assertTrue(
                json.contains("\"format\":\"pcap\",\"compression\":\"gzip\",\"file_bytes\":" + Files.size(packed)),
                json);
    }

    @Test
    void what_is_no_capture_is_told_and_the_others_too() throws IOException {
        Path file = CaptureFiles.pcap(folder.resolve("a.pcap"), 5);
        Path text = Files.writeString(folder.resolve("b.txt"), "no capture at all");
        var run = Cli.run("info", text, file);
        assertEquals(3, run.code());
        assertTrue(run.out().contains("not a capture file"), run.out());
        assertTrue(run.out().contains("packets           1\n"), run.out());
        assertEquals(1, Cli.run("info", folder.resolve("missing")).code());
    }
}
