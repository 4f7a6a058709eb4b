package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.PcapFormat;
import io.pairwire.capture.PcapWriter;
import io.pairwire.decode.craft.Frame;
import io.pairwire.live.Backend;
import io.pairwire.live.LiveSettings;
import io.pairwire.live.LiveSource;
import io.pairwire.platform.xdp.AttachedProgram;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ReplayCommandTest {
    private static final long PATIENCE = 10_000_000_000L;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"-t", "--pps=20000", "--speed=3x", "--backend=af-xdp", "--direct"})
    void what_is_replayed_arrives_as_it_was_captured_and_in_order(String how) throws Exception {
        Path file = capture(300);
        ReplayNetwork.with(1, 1500, () -> {
            try (var other = open()) {
                var run = Cli.run("replay", "-i", "va", how, file);
                assertEquals(0, run.code(), run.err());
                assertTrue(run.out().startsWith("sent 300 of 300 packets at va, "), run.out());
                assertEquals(
                        CaptureFiles.read(file).stream()
                                .map(CaptureFiles.Seen::bytes)
                                .toList(),
                        arrived(other));
            }
            return null;
        });
    }

    @Test
    void loops_counts_and_filters_decide_how_many_are_sent() throws Exception {
        Path file = capture(10);
        ReplayNetwork.with(1, 1500, () -> {
            try (var other = open()) {
                var run = Cli.run(
                        "replay", "-i", "va", "-t", "--json", "--loop", 3, "--count", 12, file, "--", "udp", "port",
                        1003);
                assertEquals(0, run.code(), run.err());
                assertTrue(run.out().contains("\"sent\":3,"), run.out());
                assertTrue(run.out().contains("\"filtered\":27,"), run.out());
                assertTrue(run.out().contains("\"loops\":3,"), run.out());
                assertEquals(3, arrived(other).size());
            }
            var endless = Cli.run("replay", "-i", "va", "-t", "--json", "--loop", 0, "-c", 25, file);
            assertTrue(endless.out().contains("\"sent\":25,"), endless.out());
            return null;
        });
    }

    @Test
    void addresses_are_rewritten_with_their_checksums() throws Exception {
        Path file = capture(1);
        ReplayNetwork.with(1, 1500, () -> {
            try (var other = open()) {
                var run = Cli.run(
                        "replay",
                        "-i",
                        "va",
                        "--map",
                        "10.0.0.0/8=172.0.0.0/8",
                        "--source-mac",
                        "02:00:00:00:00:aa",
                        file);
                assertEquals(0, run.code(), run.err());
                byte[] expected = Frame.udp("172.0.0.1", 1000, "172.0.0.2", 53)
                        .macs(0x0200_0000_00aaL, 0x0200_0000_0002L)
                        .payload(payload(0))
                        .toEthernet();
                assertEquals(List.of(HexFormat.of().formatHex(expected)), arrived(other));
            }
            return null;
        });
    }

    @Test
    void what_the_interface_does_not_take_is_counted_with_its_reason() throws Exception {
        Path file = folder.resolve("long.pcap");
        try (var writer = PcapWriter.create(file, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            writer.write(1, new byte[1515]);
            writer.write(2, new byte[10]);
            writer.write(3, new byte[1514]);
        }
        ReplayNetwork.with(1, 1500, () -> {
            var run = Cli.run("replay", "-i", "va", "-t", "--json", file);
            assertEquals(0, run.code(), run.err());
            assertTrue(run.out().contains("\"read\":3,\"sent\":1,\"bytes\":1514,"), run.out());
            assertTrue(run.out().contains("\"refused\":{\"too_long\":1,\"too_short\":1}"), run.out());
            return null;
        });
    }

    @Test
    void an_interface_that_is_missing_or_down_is_named() throws Exception {
        Path file = capture(1);
        ReplayNetwork.with(1, 1500, () -> {
            var missing = Cli.run("replay", "-i", "nix0", file);
            assertEquals(1, missing.code());
            assertEquals("pairwire: nix0: no such interface\n", missing.err());
            ReplayNetwork.ip("link set va down");
            var down = Cli.run("replay", "-i", "va", file);
            assertEquals(1, down.code());
            assertTrue(down.err().contains("va: is down. Bring it up: ip link set va up"), down.err());
            return null;
        });
    }

    @Test
    void options_that_contradict_each_other_are_wrong_usage() throws IOException {
        Path file = capture(1);
        assertEquals(2, Cli.run("replay", "-i", "va", "-t", "--pps", 5, file).code());
        assertEquals(2, Cli.run("replay", "-i", "va", "--speed", "fast", file).code());
        assertEquals(2, Cli.run("replay", "-i", "va", "--speed", "0", file).code());
        assertEquals(2, Cli.run("replay", "-i", "va", "--loop", 2, "-").code());
        assertEquals(
                2,
                Cli.run("replay", "-i", "va", "--map", "10.0.0.0/8=1.0.0.0/9", file)
                        .code());
        assertEquals(2, Cli.run("replay", file).code());
        assertEquals(2, Cli.run("capture", "-i", "va", "--xdp-mode", "native").code());
    }

    @Test
    void a_capture_that_is_killed_leaves_no_program_on_the_interface() throws Exception {
        ReplayNetwork.with(1, 1500, () -> {
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            Process process = new ProcessBuilder(
                            java.toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Pairwire.class.getName(),
                            "capture",
                            "-i",
                            "vb",
                            "--backend",
                            "af-xdp",
                            "-w",
                            folder.resolve("none.pcap").toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var said = process.errorReader(StandardCharsets.UTF_8)) {
                String first = said.readLine();
                assertTrue(first != null && first.contains("AF_XDP takes ALL traffic"), first);
                assertTrue(isAttached());
                process.destroyForcibly();
                assertTrue(process.waitFor(20, TimeUnit.SECONDS));
                long end = System.nanoTime() + PATIENCE; // the kernel takes it off in the background
                while (isAttached()) {
                    assertTrue(System.nanoTime() - end < 0, "the program is still there");
                    Thread.onSpinWait();
                }
            } finally {
                process.destroyForcibly();
            }
            return null;
        });
    }

    private static boolean isAttached() throws IOException {
        int index = ReplayNetwork.index("vb");
        return AttachedProgram.list().stream().anyMatch(attached -> attached.interfaceIndex() == index);
    }

    /** Datagrams, 100 us from each other. */
    private Path capture(int packets) throws IOException {
        Path file = folder.resolve("packets.pcap");
        Files.deleteIfExists(file);
        try (var writer = PcapWriter.create(file, PcapFormat.nanoseconds(LinkType.ETHERNET))) {
            for (int i = 0; i < packets; i++) {
                writer.write(
                        CaptureFiles.START + i * 100_000L,
                        Frame.udp("10.0.0.1", 1000 + i, "10.0.0.2", 53)
                                .payload(payload(i))
                                .toEthernet());
            }
        }
        return file;
    }

    private static byte[] payload(int i) {
        return ("packet " + i + " " + "x".repeat(i * 3)).getBytes(StandardCharsets.US_ASCII);
    }

    private static LiveSource open() throws IOException {
        return LiveSource.open(LiveSettings.of("vb").withBackend(Backend.AF_PACKET));
    }

    private static List<String> arrived(LiveSource source) throws IOException {
        var seen = new ArrayList<String>();
        source.stop();
        long end = System.nanoTime() + PATIENCE;
        while (source.poll(
                        packet -> seen.add(HexFormat.of()
                                .formatHex(packet.memory()
                                        .asSlice(packet.start(), packet.capturedLength())
                                        .toArray(ValueLayout.JAVA_BYTE))),
                        100)
                != PacketSource.END) {
            assertTrue(System.nanoTime() < end, "the source does not end");
        }
        return seen;
    }
}
