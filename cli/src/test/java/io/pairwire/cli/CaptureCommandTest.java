package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on the loopback of a network namespace of its own, where nobody else sends. */
class CaptureCommandTest {
    @TempDir
    private Path folder;

    private static String count(Path file) {
        return Cli.run("read", "--count", file).out().strip();
    }

    @Test
    void packets_are_printed_until_enough_have_come() throws Exception {
        LoopbackTraffic.during(() -> {
            var run = Cli.run("capture", "-i", "lo", "-c", "4", "-nn", "-t", "udp", "src", "port", "53");
            assertEquals(0, run.code(), run.err());
            assertEquals(4, run.lines().size(), run.out());
            assertTrue(run.lines().getFirst().startsWith("IP 10.0.0.2.53 > 10.0.0.1."), run.out());
            assertTrue(run.err().contains("lo: 4 packets captured"), run.err());
            return null;
        });
    }

    @Test
    void a_file_has_the_packets_and_the_counts_are_told_as_json() throws Exception {
        LoopbackTraffic.during(() -> {
            Path file = folder.resolve("x.pcapng");
            Path statistics = folder.resolve("x.json");
            var run = Cli.run(
                    "capture", "-i", "lo", "-c", "20", "-w", file, "--comment", "why", "--stats-file", statistics);
            assertEquals(0, run.code(), run.err());
            assertEquals("", run.out());
            assertEquals("20 packets", count(file));
            String json = Files.readString(statistics);
            for (String name : List.of(
                    "received", "filtered", "dropped_kernel", "dropped_interface", "dropped_application", "bytes")) {
                assertTrue(json.contains("\"" + name + "\":"), json);
            }
            assertTrue(json.contains("\"delivered\":20,"), json);
            assertTrue(json.contains("\"written\":20,"), json);
            var facts = Cli.run("info", "--json", file);
            assertTrue(facts.out().contains("why"), facts.out());
            assertTrue(facts.out().contains("\"lo\""), facts.out());
            return null;
        });
    }

    @Test
    void files_follow_each_other_and_the_last_ones_are_kept() throws Exception {
        LoopbackTraffic.during(() -> {
            Path file = folder.resolve("ring.pcap.gz");
            var run = Cli.run("capture", "-i", "lo", "-c", "25", "-b", "packets:5", "-b", "files:2", "-w", file);
            assertEquals(0, run.code(), run.err());
            try (var files = Files.list(folder)) {
                List<Path> left = files.sorted().toList();
                assertEquals(2, left.size(), left.toString());
                assertTrue(left.getFirst().getFileName().toString().startsWith("ring_00004_"), left.toString());
                for (Path one : left) assertEquals("5 packets", count(one));
            }
            return null;
        });
    }

    @Test
    void the_classic_ring_has_numbers_at_the_end_of_its_names() throws Exception {
        LoopbackTraffic.during(() -> {
            Path file = folder.resolve("c.pcap");
            var run = Cli.run("capture", "-i", "lo", "-c", "60", "-C", "1k", "-W", "3", "-w", file);
            assertEquals(0, run.code(), run.err());
            try (var files = Files.list(folder)) {
                assertEquals(
                        List.of("c.pcap0", "c.pcap1", "c.pcap2"),
                        files.map(path -> path.getFileName().toString())
                                .sorted()
                                .toList());
            }
            return null;
        });
    }

    @Test
    void pairs_are_printed_as_they_come() throws Exception {
        LoopbackTraffic.during(() -> {
            Path statistics = folder.resolve("x.json");
            var run = Cli.run(
                    "capture", "-i", "lo", "-c", "100", "--match", "--format", "csv", "--stats-file", statistics);
            assertEquals(0, run.code(), run.err());
            assertTrue(run.lines().size() >= 49, run.out());
            assertTrue(run.lines().getFirst().startsWith("kind,request_time_ns"), run.out());
            assertTrue(
                    Files.readString(statistics).contains("\"match\":{\"read\":100,"), "the engine's counts as well");
            return null;
        });
    }

    @Test
    void a_capture_to_standard_output_is_a_capture() throws Exception {
        LoopbackTraffic.during(() -> {
            var run = Cli.run("capture", "-i", "lo", "-c", "3", "-w", "-", "--quiet");
            assertEquals(0, run.code(), run.err());
            assertFalse(run.out().isEmpty());
            assertEquals("", run.err());
            return null;
        });
    }

    @Test
    void an_interface_that_is_not_there_is_named_and_nothing_is_written() throws Exception {
        LoopbackTraffic.during(() -> {
            Path file = folder.resolve("x.pcap");
            var run = Cli.run("capture", "-i", "nosuch0", "-w", file);
            assertEquals(1, run.code());
            assertTrue(run.err().contains("nosuch0: no such interface; there are lo and any"), run.err());
            assertFalse(Files.exists(file));
            return null;
        });
    }

    @Test
    void options_that_make_no_sense_are_wrong_usage() {
        for (String[] wrong : new String[][] {
            {"-c", "0"},
            {"-C", "1"},
            {"-W", "3", "-w", "x"},
            {"-b", "files:3", "-w", "x"},
            {"-b", "size:3", "-w", "x"},
            {"-a", "duration:never"},
            {"-p", "--promiscuous"},
            {"-s", "-1"},
            {"-B", "1"},
            {"--comment", "x", "-w", "x.pcap"},
            {"-w", "-", "--print"},
            {"tcp", "porrt", "80"},
            {"-f", "udp", "tcp"},
            {"-Q", "up"}
        }) {
            var args = new java.util.ArrayList<Object>(List.of("capture", "-i", "lo"));
            args.addAll(List.of(wrong));
            var run = Cli.run(args.toArray());
            assertEquals(2, run.code(), List.of(wrong) + ": " + run.err());
        }
    }

    @Test
    void interfaces_and_what_the_machine_allows_are_told() {
        Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc/self/ns")), "needs Linux");
        assertTrue(Cli.run("interfaces").out().contains("lo"));
        assertTrue(Cli.run("interfaces", "--json").out().contains("\"name\":\"lo\""));
        assertTrue(Cli.run("capture", "-D").out().contains("lo [Up"));
        var doctor = Cli.run("doctor", "--json");
        assertEquals(0, doctor.code(), doctor.err());
        assertTrue(doctor.out().contains("\"name\":\"CAP_NET_RAW\""), doctor.out());
        assertTrue(Cli.run("doctor").out().contains("JDK"));
    }
}
