package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadCommandTest {
    @TempDir
    Path folder;

    @Test
    void the_count_is_one_line_as_tcpdump_prints_it() {
        assertEquals(new Cli.Run(0, "20 packets\n", ""), Cli.run("read", "--count", Cli.gateway(folder, 10)));
    }

    @Test
    void json_tells_each_file() throws IOException {
        Path cut = Cli.cut(folder, 10);
        Path whole = folder.resolve("gateway.pcap");
        var run = Cli.run("read", "--count", "--json", whole, cut);
        assertEquals(3, run.code());
        assertEquals(
                "{\"packets\":39,\"damaged_files\":1,\"files\":[{\"file\":\"" + whole
                        + "\",\"packets\":20},{\"file\":\"" + cut + "\",\"packets\":19}]}\n",
                run.out());
        assertTrue(run.err().startsWith("pairwire: " + cut + ": damaged at byte "), run.err());
    }

    @Test
    void wrong_usage_ends_with_2() {
        Path capture = Cli.gateway(folder, 1);
        assertEquals(2, Cli.run("read").code());
        assertEquals(2, Cli.run("read", "--count").code());
        assertEquals(2, Cli.run("read", "--json", capture).code());
        assertEquals(
                2, Cli.run("read", "--count", "--fields", "number", capture).code());
        assertEquals(2, Cli.run("read", "-c", "0", capture).code());
        assertEquals(2, Cli.run("read", "-tttttt", capture).code());
        assertEquals(1, Cli.run("read", "--count", folder.resolve("missing")).code());
    }

    @Test
    void lines_are_those_of_tcpdump() {
        Path capture = Cli.gateway(folder, 1);
        var run = Cli.run("read", "-n", "-tt", "-#", capture);
        assertEquals(0, run.code(), run.err());
        assertEquals(2, run.lines().size());
        assertTrue(run.lines().getFirst().matches(" {4}1  1767225600\\.000000 IP .* > .*: UDP, length 64"), run.out());
        assertTrue(
                run.lines().getLast().matches(" {4}2  1767225600\\.001000 IP .* > .*: Flags \\[P\\.\\], .*"),
                run.out());
        assertEquals("", run.err());
    }

    @Test
    void nanoseconds_are_printed_where_the_capture_has_them() {
        Path capture = folder.resolve("ns.pcap");
        Cli.run("generate", "--profile", "gateway", "--pairs", 1, "--precision", "ns", "-w", capture);
        assertTrue(Cli.run("read", "-tt", capture).out().startsWith("1767225600.000000000 IP "));
    }

    @Test
    void a_number_of_packets_is_enough() {
        Path capture = Cli.gateway(folder, 10);
        assertEquals(3, Cli.run("read", "-c", 3, capture).lines().size());
        assertEquals("3 packets\n", Cli.run("read", "--count", "-c", 3, capture).out());
        assertEquals(
                4,
                Cli.run("read", "--fields", "number", "-c", "3", capture)
                        .lines()
                        .size());
    }

    @Test
    void fields_stand_under_their_names_and_damage_is_told_apart() throws IOException {
        Path cut = Cli.cut(folder, 2);
        var run = Cli.run("read", "--fields", "file,number,ip_protocol", cut);
        assertEquals(3, run.code());
        assertEquals(
                "file\tnumber\tip_protocol\n" + cut + "\t1\t17\n" + cut + "\t2\t17\n" + cut + "\t3\t6\n", run.out());
        assertTrue(run.err().startsWith("pairwire: " + cut + ": damaged at byte "), run.err());
    }

    @Test
    void an_unknown_field_is_wrong_usage_with_advice() {
        var run = Cli.run("read", "--fields", "ip_scr", Cli.gateway(folder, 1));
        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().contains("did you mean ip_src?"), run.err());
    }

    @Test
    void a_tree_shows_every_header() {
        String out = Cli.run("read", "--tree", "-c", 1, Cli.gateway(folder, 1)).out();
        assertTrue(out.contains("\n  Internet Protocol version 4, RFC 791 section 3.1 (20 bytes at 14)\n"), out);
        assertTrue(out.contains("protocol: 17 (UDP)\n"), out);
    }

    @Test
    void bytes_follow_on_demand() {
        Path capture = Cli.gateway(folder, 1);
        assertTrue(Cli.run("read", "-c", 1, "-x", capture).out().contains("\n\t0x0000:  4500 "));
        assertTrue(Cli.run("read", "-c", 1, "-XX", capture).out().contains("\n\t0x0020:  "));
        assertTrue(Cli.run("read", "-c", 1, "-A", capture).out().contains("\nE..\\"));
    }

    @Test
    void selected_packets_are_written_as_a_capture() {
        Path capture = Cli.gateway(folder, 10);
        Path copy = folder.resolve("copy.pcapng");
        assertEquals(0, Cli.run("read", "-c", 5, "-w", copy, "--quiet", capture).code());
        assertEquals("5 packets\n", Cli.run("read", "--count", copy).out());
        assertEquals(
                Cli.run("read", "--fields", "time_ns,ip_src", "-c", 5, capture).out(),
                Cli.run("read", "--fields", "time_ns,ip_src", copy).out());
        assertEquals(2, Cli.run("read", "-w", capture, capture).code());
    }

    @Test
    void reading_goes_on_behind_a_damage_if_asked_to() throws IOException {
        byte[] bytes = Files.readAllBytes(Cli.gateway(folder, 20));
        bytes[24 + 8 + 3] = 0x7f; // the captured length of the first record
        Path damaged = Files.write(folder.resolve("damaged.pcap"), bytes);
        assertEquals("0 packets\n", Cli.run("read", "--count", damaged).out());
        var run = Cli.run("read", "--count", "--resync", damaged);
        assertEquals(3, run.code());
        assertEquals("39 packets\n", run.out());
    }

    @Test
    void times_that_are_missing_or_far_away_are_told_as_they_are() throws IOException {
        var file = ByteBuffer.allocate(28 + 20 + 36 + 20).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(0x0a0d0d0a)
                .putInt(28)
                .putInt(0x1a2b3c4d)
                .putShort((short) 1)
                .putShort((short) 0);
        file.putLong(-1).putInt(28);
        file.putInt(1)
                .putInt(20)
                .putShort((short) 1)
                .putShort((short) 0)
                .putInt(0)
                .putInt(20);
        file.putInt(6)
                .putInt(36)
                .putInt(0)
                .putInt(-1)
                .putInt(-2)
                .putInt(4)
                .putInt(4)
                .putInt(0)
                .putInt(36);
        file.putInt(3).putInt(20).putInt(4).putInt(0).putInt(20);
        Path capture = Files.write(folder.resolve("times.pcapng"), file.array());
        assertEquals(
                "number\ttime_ns\n1\t18446744073709551614000\n2\t\n",
                Cli.run("read", "--fields", "number,time_ns", capture).out());
    }
}
