package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.index.CaptureIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexCommandTest {
    @TempDir
    Path folder;

    private Path mixed(String name, int pairs) {
        Path file = folder.resolve(name);
        var run = Cli.run("generate", "--profile", "mixed", "--pairs", pairs, "--flows", 40, "-w", file);
        assertEquals(0, run.code(), run.err());
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"day.pcap", "day.pcap.gz", "day.pcap.zst", "day.pcap.lz4", "day.pcap.xz"})
    void read_and_slice_answer_the_same_with_an_index_and_without(String name) throws IOException {
        Path file = mixed(name, 500);
        assertEquals(0, Cli.run("index", file).code());
        for (String filter : new String[] {"ip6 and udp", "port 17002 and tcp", "net 10.0.0.0/8 or arp"}) {
            var indexed = Cli.run("read", "-nn", "--filter", filter, file);
            assertFalse(indexed.out().isEmpty());
            assertEquals(Cli.run("read", "-nn", "--no-index", "--filter", filter, file), indexed);
        }
        assertArrayEquals(
                slice(file, "--no-index", "--packets", "500-520,900-"), slice(file, "--packets", "500-520,900-"));
        assertArrayEquals(
                slice(file, "--no-index", "--from", "+1ms", "--until", "+2ms"),
                slice(file, "--from", "+1ms", "--until", "+2ms"));
    }

    /** Accounts included: what an index leaves out counts as read and filtered. */
    @Test
    void match_and_flows_answer_the_same_with_an_index_and_without() throws IOException {
        Path file = folder.resolve("many.pcap");
        var made =
                Cli.run("generate", "--profile", "gateway", "--pairs", 4_000, "--loss", "0.1", "--seed", 5, "-w", file);
        assertEquals(0, made.code(), made.err());
        Path statistics = folder.resolve("statistics.json");
        for (String filter :
                List.of("host 192.168.0.18", "udp and net 192.168.0.0/28", "host 192.168.0.4 or host 192.168.0.9")) {
            var plain = Cli.run(
                    "match", "--format", "csv", "--quiet", "--stats-file", statistics, "--filter", filter, file);
            String counts = accounts(statistics);
            assertFalse(counts.contains("\"filtered\":0"), counts);
            var flows = Cli.run("flows", "--format", "csv", "--quiet", "--filter", filter, file);
            assertEquals(0, Cli.run("index", file).code());
            assertEquals(
                    plain,
                    Cli.run(
                            "match",
                            "--format",
                            "csv",
                            "--quiet",
                            "--stats-file",
                            statistics,
                            "--filter",
                            filter,
                            file));
            assertEquals(counts, accounts(statistics), filter);
            assertEquals(flows, Cli.run("flows", "--format", "csv", "--quiet", "--filter", filter, file));
            assertEquals(0, Cli.run("index", "--remove", file).code());
        }
    }

    /** Without what depends on how the reading went. */
    private static String accounts(Path statistics) throws IOException {
        return Files.readString(statistics).replaceAll("\"(queues|pool)\":\\{.*?\\}+", "");
    }

    @Test
    void a_flow_is_sliced_out_both_ways_and_behind_tags_with_an_index_and_without() throws IOException {
        Path file = mixed("day.pcap", 800);
        String[] first =
                Cli.run("read", "--fields", "ip_src,src_port,ip_dst,dst_port,vlan_id,ip_protocol", file)
                        .lines()
                        .stream()
                        .skip(1)
                        .map(line -> line.split("\t", -1))
                        .filter(fields -> !fields[1].isEmpty() && !fields[4].isEmpty() && !fields[0].contains(":"))
                        .findFirst()
                        .orElseThrow();
        String flow = first[2] + ":" + first[3] + "-" + first[0] + ":" + first[1];
        byte[] scanned = slice(file, "--flow", flow);
        assertEquals(0, Cli.run("index", file).code());
        assertArrayEquals(scanned, slice(file, "--flow", flow));
        assertEquals(
                2,
                Cli.run("slice", "--flow", "10.0.0.1-10.0.0.2", "-o", folder.resolve("x"), file)
                        .code());
        assertEquals(
                2,
                Cli.run("slice", "--flow", "tcp 10.0.0.1:1 [::1]:2", "-o", folder.resolve("x"), file)
                        .code());
    }

    @Test
    void numbers_and_moments_that_count_through_several_inputs_are_the_same_with_indexes() throws IOException {
        Path first = mixed("a.pcap", 300);
        Path second = folder.resolve("b.pcap");
        Cli.run("generate", "--profile", "mixed", "--pairs", 300, "--seed", 5, "-w", second);
        String[][] all = {
            {"--packets", "700-760"},
            {"--from", "2026-01-01T00:00:00.0005Z", "--packets", "200-900"},
            {"--from", "2026-01-01T00:00:00.001Z", "--until", "+1500us"},
            {"--from", "+1ms", "--filter", "ip6"},
            {"--packets", "50-500", "--from", "2026-01-01T00:00:00.0005Z", "--filter", "udp"},
            {"--from", "2026-01-01T00:00:00.001Z", "--until", "2026-01-01T00:00:00.0012Z"}
        };
        var scanned = new byte[all.length][];
        for (int i = 0; i < all.length; i++) scanned[i] = sliceBoth(first, second, all[i]);
        assertEquals(0, Cli.run("index", folder).code());
        for (int i = 0; i < all.length; i++) assertArrayEquals(scanned[i], sliceBoth(first, second, all[i]), all[i][0]);
    }

    private byte[] sliceBoth(Path first, Path second, String... options) throws IOException {
        Path out = folder.resolve("slice.out");
        var args = new ArrayList<Object>(List.of("slice", "-o", out, first, second));
        args.addAll(List.of(options));
        var run = Cli.run(args.toArray());
        assertEquals(0, run.code(), run.err());
        byte[] bytes = Files.readAllBytes(out);
        Files.delete(out);
        assertTrue(bytes.length > 24, "something was picked: " + String.join(" ", options));
        return bytes;
    }

    private byte[] slice(Path file, String... options) throws IOException {
        Path out = folder.resolve("slice.pcap");
        var args = new Object[options.length + 4];
        args[0] = "slice";
        System.arraycopy(options, 0, args, 1, options.length);
        args[options.length + 1] = "-o";
        args[options.length + 2] = out;
        args[options.length + 3] = file;
        var run = Cli.run(args);
        assertEquals(0, run.code(), run.err());
        byte[] bytes = Files.readAllBytes(out);
        assertTrue(bytes.length > 24);
        return bytes;
    }

    @Test
    void an_index_is_not_used_once_the_capture_has_changed() throws IOException {
        Path file = mixed("day.pcap", 200);
        assertEquals(0, Cli.run("index", file).code());
        var before = Files.getLastModifiedTime(file);
        Cli.run("generate", "--profile", "mixed", "--pairs", 300, "--seed", 9, "-w", file);
        var info = Cli.run("index", "--info", file);
        assertEquals(3, info.code());
        assertTrue(info.out().contains("the capture has changed"), info.out());
        Files.setLastModifiedTime(file, before); // not even then
        assertEquals(3, Cli.run("index", "--info", file).code());
        String count =
                Cli.run("read", "--count", "--no-index", file, "--", "udp").out();
        assertEquals(count, Cli.run("read", "--count", file, "--", "udp").out());
    }

    @Test
    void a_change_in_the_middle_of_equal_length_is_seen_by_its_time() throws IOException {
        Path file = mixed("day.pcap", 200);
        assertEquals(0, Cli.run("index", file).code());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1));
        assertEquals(3, Cli.run("index", "--info", file).code());
    }

    @Test
    void a_damaged_index_costs_time_but_no_packets() throws IOException {
        Path file = mixed("day.pcap", 500);
        assertEquals(0, Cli.run("index", file).code());
        Path index = CaptureIndex.fileOf(file);
        byte[] whole = Files.readAllBytes(index);
        String wanted =
                Cli.run("read", "--count", "--no-index", file, "--", "ip6").out();
        var random = new Random(1);
        for (int i = 0; i < 15; i++) {
            byte[] damaged = whole.clone();
            for (int k = 0; k < 3; k++) damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            if (i % 5 == 0) damaged = java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length));
            Files.write(index, damaged);
            assertEquals(wanted, Cli.run("read", "--count", file, "--", "ip6").out());
        }
    }

    @Test
    void damage_in_the_capture_is_told_as_without_an_index() throws IOException {
        byte[] bytes = Files.readAllBytes(mixed("day.pcap", 300));
        Path cut = Files.write(folder.resolve("cut.pcap"), java.util.Arrays.copyOf(bytes, bytes.length - 7));
        assertEquals(3, Cli.run("index", cut).code());
        assertEquals(
                Cli.run("read", "--no-index", "-nn", cut, "--", "host 198.51.100.1"),
                Cli.run("read", "-nn", cut, "--", "host 198.51.100.1"));
    }

    @Test
    void indexes_are_told_of_and_removed() throws IOException {
        Path file = mixed("day.pcap", 300);
        Path notes = Files.writeString(folder.resolve("notes.txt"), "no capture");
        assertTrue(Cli.run("index", "--info", folder).out().contains("no index"));
        assertTrue(Cli.run("index", "--sparse", folder).out().contains("built, sparse"));
        assertTrue(Files.size(CaptureIndex.fileOf(file)) < Files.size(file) / 1_000 + 300);
        assertTrue(Cli.run("index", "--json", folder).out().contains("\"kind\":\"full\""));
        assertTrue(Cli.run("index", folder).out().contains("fits, full"));
        Files.delete(notes);
        assertEquals("", Cli.run("read", "--count", folder).err());
        assertEquals(0, Cli.run("index", "--remove", folder).code());
        assertFalse(Files.exists(CaptureIndex.fileOf(file)));
    }

    @Test
    void what_is_no_capture_is_told_and_ends_with_3() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "no capture at all");
        var run = Cli.run("index", file);
        assertEquals(3, run.code());
        assertTrue(run.err().contains("not a capture file"), run.err());
        assertEquals(1, Cli.run("index", folder.resolve("absent")).code());
        assertEquals(2, Cli.run("index", "--sparse", "--full", file).code());
    }
}
