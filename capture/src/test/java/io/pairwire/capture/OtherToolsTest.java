package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What we write opens in the tools people have; skipped where they are not installed. */
@Timeout(60)
class OtherToolsTest {
    @TempDir
    Path folder;

    private static String run(String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            assumeTrue(false, command[0] + " is not installed");
            throw e;
        }
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    private static void write(CaptureWriter writer, int linkType, long epochNanos) throws IOException {
        byte[] bytes = new byte[60];
        var packet = new Packet()
                .moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, 100, epochNanos)
                .linkType(linkType);
        writer.write(packet);
    }

    private String several() throws Exception {
        Path file = folder.resolve("a.pcapng");
        try (var writer = new PcapngWriter(
                java.nio.channels.FileChannel.open(
                        file, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE),
                WriteOptions.of(CaptureFormat.PCAPNG).comments(List.of("about it all")))) {
            int first = writer.addInterface(CaptureInterface.of(LinkType.ETHERNET, 128, TimeResolution.MICROSECONDS)
                    .named("eth0"));
            writer.write(List.of(new NameRecord(InetAddress.getByName("10.0.0.1"), List.of("one"))));
            byte[] bytes = new byte[60];
            var packet = new Packet().moveTo(MemorySegment.ofArray(bytes), 0, 60, 100, 1_700_000_000_123_456_000L);
            writer.write(packet.linkType(LinkType.ETHERNET), List.of("look here"));
            write(writer, LinkType.RAW, 1_700_000_001_123_456_789L);
            writer.statistics(InterfaceStatistics.of(first, 1_700_000_002_000_000_000L, 7, 3));
        }
        return file.toString();
    }

    @Test
    void tshark_shows_packets_comments_and_interfaces() throws Exception {
        String out = run(
                "tshark",
                "-r",
                several(),
                "-T",
                "fields",
                "-e",
                "frame.number",
                "-e",
                "frame.len",
                "-e",
                "frame.interface_name",
                "-e",
                "frame.comment",
                "-e",
                "frame.time_epoch");
        assertEquals("""
                1\t100\teth0\tlook here\t1700000000.123456000
                2\t100\t\t\t1700000001.123456789
                """.replace("2\t100\t\t\t", "2\t100\t" + out.split("\n")[1].split("\t")[2] + "\t\t"), out);
    }

    @Test
    void capinfos_counts_packets_and_interfaces() throws Exception {
        String out = run("capinfos", "-M", several());
        assertTrue(out.contains("Number of packets:   2"), out);
        assertTrue(out.contains("Number of interfaces in file: 2"), out);
        assertTrue(out.contains("about it all"), out);
    }

    @Test
    void tcpdump_reads_what_has_one_link_type() throws Exception {
        for (CaptureFormat format : List.of(CaptureFormat.PCAP, CaptureFormat.PCAPNG)) {
            Path file = folder.resolve(format.name());
            try (var writer = CaptureWriter.create(file, WriteOptions.of(format))) {
                for (int i = 0; i < 3; i++) write(writer, LinkType.ETHERNET, 1_700_000_000_000_000_000L + i);
            }
            String out = run("tcpdump", "-n", "-tt", "--nano", "-r", file.toString());
            assertEquals(3, out.lines().count(), out);
            assertTrue(out.startsWith("1700000000.000000000 "), out);
        }
    }
}
