package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.FileSource;
import io.pairwire.capture.PacketSource;
import io.pairwire.testkit.OracleInput;
import io.pairwire.testkit.PairOracle;
import io.pairwire.testkit.PairOracle.Pair;
import io.pairwire.testkit.PairOracle.Pairing;
import io.pairwire.testkit.PairOracle.RequestSide;
import io.pairwire.testkit.PairOracle.Rules;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class GenerateCommandTest {
    private static final Rules ANY = new Rules(Pairing.ANY, RequestSide.EARLIER, 30_000_000_000L);

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void forget() {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }

    private int run(String... arguments) {
        forget();
        return new CommandLine(new GenerateCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private List<Pair> pairs(String name) throws IOException {
        return PairOracle.judge(OracleInput.of(Files.readAllBytes(file(name))).packets(), ANY)
                .pairs();
    }

    @Test
    void the_classic_gateway_file_comes_from_options() throws IOException {
        assertEquals(
                0,
                run(
                        "--profile=gateway",
                        "--pairs=500",
                        "--flows=50",
                        "--payload=64",
                        "--latency=1ms",
                        "--interval=5us",
                        "-w",
                        file("p64.pcap").toString()));
        assertEquals("", out.toString());
        assertTrue(
                err.toString().contains("p64.pcap: 1000 packets, 112 bytes in the mean\n  500 pairs sent"),
                err::toString);
        List<Pair> pairs = pairs("p64.pcap");
        assertEquals(500, pairs.size());
        assertTrue(pairs.stream().allMatch(pair -> pair.latencyNanos() == 1_000_000));
    }

    @Test
    void a_capture_is_compressed_as_its_name_or_the_option_says() throws IOException {
        run("--profile=gateway", "--pairs=500", "-w", file("plain").toString());
        byte[] plain = Files.readAllBytes(file("plain"));
        for (String[] arguments : new String[][] {
            {"a.pcap.gz", "--pairs=500"},
            {"a.pcap.zst", "--pairs=500"},
            {"a.pcap.lz4", "--pairs=500"},
            {"a.pcap.xz", "--pairs=500"},
            {"a.pcap", "--pairs=500", "--compress=zstd"},
            {"b.gz", "--pairs=500", "--compress=none"}
        }) {
            String file = file(arguments[0]).toString();
            arguments[0] = "-w" + file;
            var whole = new ArrayList<>(List.of("--profile=gateway"));
            whole.addAll(List.of(arguments));
            assertEquals(0, run(whole.toArray(String[]::new)), err::toString);
            assertEquals(file.endsWith("b.gz"), Arrays.equals(plain, Files.readAllBytes(Path.of(file))));
            try (var source = FileSource.open(List.of(file))) {
                int packets = 0;
                for (int handed; (handed = source.poll(_ -> {}, 100)) != PacketSource.END; ) packets += handed;
                assertEquals(1_000, packets, file);
                assertEquals(List.of(), source.statistics().damages());
            }
        }
        assertEquals(
                2, run("--profile=gateway", "--compress=rar", "-w", file("c").toString()));
        assertTrue(err.toString().contains("unknown compression 'rar': gzip, lz4, xz, zstd or none"), err::toString);
    }

    @Test
    void a_rate_start_and_precision_set_the_times() throws IOException {
        assertEquals(
                0,
                run(
                        "--profile=request-response",
                        "--pairs=3",
                        "--rate=3",
                        "--start=2026-01-31T12:00:00.000000007Z",
                        "--precision=ns",
                        "--byte-order=big",
                        "-w",
                        file("x.pcap").toString()));
        List<Pair> pairs = pairs("x.pcap");
        assertEquals(1_769_860_800_000_000_007L, pairs.get(0).request().epochNanos());
        assertEquals(1_769_860_800_333_333_340L, pairs.get(1).request().epochNanos());
        assertEquals((byte) 0xa1, Files.readAllBytes(file("x.pcap"))[0]);
    }

    @Test
    void json_reports_the_same_counts_as_an_object() {
        assertEquals(
                0,
                run(
                        "--profile=mixed",
                        "--pairs=100",
                        "--noise=0",
                        "--unanswered=0",
                        "--json",
                        "-w",
                        file("m.pcap").toString()));
        assertEquals("", err.toString());
        String json = out.toString();
        assertTrue(
                json.startsWith(
                        "{\"profile\":\"mixed\",\"seed\":1,\"pairs\":100,\"unanswered\":0,\"captures\":[{\"file\":"),
                json);
        assertTrue(json.contains("\"packets\":200,") && json.contains("\"matches\":100,"), json);
        assertTrue(json.contains("\"not_eligible\":{}"), json);
    }

    @Test
    void two_taps_write_two_files() throws IOException {
        assertEquals(
                0,
                run("--profile=two-taps", "--pairs=10", "-w", file("taps.pcap").toString()));
        assertEquals(10, pairs("taps-a.pcap").size());
        assertEquals(10, pairs("taps-b.pcap").size());
        assertEquals(
                0,
                run(
                        "--profile=two-taps",
                        "--pairs=10",
                        "-w",
                        file("x").toString(),
                        "-w",
                        file("y").toString()));
        assertArrayEquals(Files.readAllBytes(file("taps-a.pcap")), Files.readAllBytes(file("x")));
        assertArrayEquals(Files.readAllBytes(file("taps-b.pcap")), Files.readAllBytes(file("y")));
    }

    @Test
    void an_existing_file_is_replaced() throws IOException {
        Files.write(file("x.pcap"), new byte[100_000]);
        assertEquals(
                0, run("--profile=gateway", "--pairs=1", "-w", file("x.pcap").toString()));
        assertEquals(24 + 2 * (16 + 14 + 20 + 64) + 8 + 20, Files.size(file("x.pcap")));
    }

    @Test
    void wrong_usage_exits_with_2_and_says_what_is_wrong() {
        String file = file("x.pcap").toString();
        assertUsage("unknown profile 'gatewya'", "--profile=gatewya", "-w", file);
        assertUsage("'5' is no duration", "--profile=gateway", "--interval=5", "-w", file);
        assertUsage("loss is not in 0..1: 2.0", "--profile=gateway", "--loss=2", "-w", file);
        assertUsage("no payload", "--profile=gateway", "--payload=a-b", "-w", file);
        assertUsage("no time", "--profile=gateway", "--start=yesterday", "-w", file);
        assertUsage("rate", "--profile=gateway", "--rate=0", "-w", file);
        assertUsage("exclusive", "--profile=gateway", "--rate=5", "--interval=5us", "-w", file);
        assertUsage(
                "one -w FILE", "--profile=gateway", "-w", file, "-w", file("y").toString());
        assertUsage("two taps need", "--profile=two-taps", "-w", "-");
        assertUsage("two taps need", "--profile=two-taps", "-w", file, "-w", file);
        assertUsage("byte order", "--profile=gateway", "--byte-order=middle", "-w", file);
        assertUsage("precision", "--profile=gateway", "--precision=ms", "-w", file);
        assertUsage("link type", "--profile=gateway", "--link-type=x25", "-w", file);
        assertUsage("mixed traffic", "--profile=mixed", "--link-type=raw", "-w", file);
        assertUsage("--profile", "-w", file);
        assertFalse(Files.exists(file("x.pcap")));
    }

    private void assertUsage(String reason, String... arguments) {
        assertEquals(2, run(arguments), reason);
        assertTrue(err.toString().contains(reason), err::toString);
    }

    @Test
    void a_file_that_cannot_be_written_exits_with_1() {
        String file = file("missing/x.pcap").toString();
        assertEquals(1, run("--profile=gateway", "-w", file));
        assertEquals("pairwire generate: cannot write " + file + ": no such folder\n", err.toString());
    }

    @Test
    void help_shows_profiles_and_examples_within_80_columns() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString().contains("pairwire generate --profile gateway --pairs 1000000"), out::toString);
        assertTrue(out.toString().lines().allMatch(line -> line.length() <= 80));
    }
}
