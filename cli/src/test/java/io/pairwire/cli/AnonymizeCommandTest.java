package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnonymizeCommandTest {
    private static final String KEY = "00112233445566778899aabbccddeeff".repeat(2);
    private static final String CLIENT_HEX = "cb00714d";

    @TempDir
    Path folder;

    @Test
    void the_same_key_maps_the_same_way_and_another_one_does_not() throws IOException {
        Path input = CaptureFiles.pcap(folder.resolve("in.pcap"), 0, 1, 2);
        Path digits = Files.writeString(folder.resolve("key.txt"), KEY + "\n");
        Path raw = Files.write(folder.resolve("key"), java.util.HexFormat.of().parseHex(KEY));
        byte[] first = anonymized(input, "--key-file", digits);
        assertArrayEquals(first, anonymized(input, "--key-file", raw));
        assertFalse(java.util.Arrays.equals(first, anonymized(input)), "a new key each time");
    }

    @Test
    void a_new_key_is_told_and_can_be_used_again() throws IOException {
        Path input = CaptureFiles.pcap(folder.resolve("in.pcap"), 0);
        Path out = folder.resolve("out.pcap");
        var run = Cli.run("anonymize", "-o", out, input);
        var key = Pattern.compile("[0-9a-f]{64}").matcher(run.err());
        assertTrue(key.find(), run.err());
        byte[] first = Files.readAllBytes(out);
        Path file = Files.writeString(folder.resolve("key"), key.group());
        assertArrayEquals(first, anonymized(input, "--key-file", file));
    }

    @Test
    void addresses_and_payload_go_and_times_and_lengths_stay() throws IOException {
        Path input = CaptureFiles.pcap(folder.resolve("in.pcap"), 12345);
        Path out = folder.resolve("out.pcap");
        Cli.run("anonymize", "-o", out, input);
        var before = CaptureFiles.read(input).getFirst();
        var after = CaptureFiles.read(out).getFirst();
        assertEquals(before.epochNanos(), after.epochNanos());
        assertEquals(before.bytes().length(), after.bytes().length());
        assertTrue(before.bytes().contains(CLIENT_HEX));
        assertFalse(after.bytes().contains(CLIENT_HEX));
        assertTrue(after.bytes().endsWith("0000000000"));
    }

    @Test
    void comments_and_names_of_interfaces_do_not_get_out() throws IOException {
        Path input = CaptureFiles.pcapng(folder.resolve("in.pcapng"), LinkType.ETHERNET, 0);
        Path out = folder.resolve("out.pcapng");
        assertEquals(0, Cli.run("anonymize", "-o", out, input).code());
        var info = Cli.run("info", "--json", out).out();
        assertFalse(info.contains("tap1"), info);
        assertFalse(info.contains("a comment"), info);
        assertTrue(info.contains("\"commented\":0"), info);
    }

    @Test
    void the_mapping_lists_each_address_once() throws IOException {
        Path input = CaptureFiles.pcap(folder.resolve("in.pcap"), 0, 1, 2);
        Path mapping = folder.resolve("map.tsv");
        Path key = Files.writeString(folder.resolve("key.txt"), KEY); // one in 256 keys maps the last byte to itself
        anonymized(input, "--key-file", key, "--mapping", mapping, "--keep-prefix", "203.0.113.0/24");
        var lines = Files.readAllLines(mapping);
        assertEquals("kind\taddress\tmapped", lines.getFirst());
        assertEquals(5, lines.size(), "two addresses of each kind");
        String client = lines.stream()
                .filter(line -> line.startsWith("ipv4\t203.0.113.77\t"))
                .findFirst()
                .orElseThrow();
        String mapped = client.substring(client.lastIndexOf('\t') + 1);
        assertTrue(mapped.startsWith("203.0.113."), mapped);
        assertNotEquals("203.0.113.77", mapped);
    }

    @Test
    void packets_can_be_cut_before_the_payload() throws IOException {
        Path input = CaptureFiles.pcap(folder.resolve("in.pcap"), 0);
        Path out = folder.resolve("out.pcap");
        Cli.run("anonymize", "--payload", "cut", "-o", out, input);
        assertEquals(42, CaptureFiles.read(out).getFirst().bytes().length() / 2);
    }

    @Test
    void tcpdump_finds_the_checksums_right() throws Exception {
        Path input = CaptureFiles.pcap(folder.resolve("in.pcap"), 0, 1, 2);
        Path out = folder.resolve("out.pcap");
        Cli.run("anonymize", "-o", out, input);
        Process tcpdump;
        try {
            tcpdump = new ProcessBuilder("tcpdump", "-nvvr", out.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("tcpdump is not installed: " + e.getMessage());
            return;
        }
        String printed = new String(tcpdump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Assumptions.assumeTrue(tcpdump.waitFor() == 0, "tcpdump may not read here");
        assertEquals(3, printed.split("udp sum ok", -1).length - 1, printed);
        assertFalse(printed.contains("bad cksum"), printed);
    }

    @Test
    void wrong_usage_ends_with_2_and_does_not_show_the_key() throws IOException {
        Path input = CaptureFiles.pcap(folder.resolve("in.pcap"), 0);
        Path key = Files.writeString(folder.resolve("key"), "not a key");
        var run = Cli.run("anonymize", "--key-file", key, input);
        assertEquals(2, run.code());
        assertFalse(run.err().contains("not a key"), run.err());
        assertEquals(
                2,
                Cli.run("anonymize", "--mapping", input, "-o", folder.resolve("o"), input)
                        .code());
        assertEquals(
                1,
                Cli.run("anonymize", "--key-file", folder.resolve("none"), input)
                        .code());
    }

    private byte[] anonymized(Path input, Object... options) throws IOException {
        Path out = folder.resolve("out.pcap");
        var all = new Object[options.length + 4];
        all[0] = "anonymize";
        all[1] = "-o";
        all[2] = out;
        all[3] = input;
        System.arraycopy(options, 0, all, 4, options.length);
        var run = Cli.run(all);
        assertEquals(0, run.code(), run.err());
        return Files.readAllBytes(out);
    }
}
