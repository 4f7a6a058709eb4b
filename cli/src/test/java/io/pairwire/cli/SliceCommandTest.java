package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pairwire.capture.edit.TimeBound;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SliceCommandTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    Path folder;

    @Test
    void packets_are_picked_by_number_through_all_inputs() throws IOException {
        Path first = CaptureFiles.pcap(folder.resolve("a.pcap"), 0, 10, 20);
        Path second = CaptureFiles.pcap(folder.resolve("b.pcap"), 5, 15);
        assertEquals(List.of(5L, 10L, 20L), slice(first, second, "--packets", "2-3,5"));
    }

    @Test
    void packets_are_picked_by_time_in_any_way_of_writing_it() throws IOException {
        Path input = CaptureFiles.pcap(folder.resolve("a.pcap"), 0, SECOND, 2 * SECOND, 3 * SECOND);
        List<Long> middle = List.of(SECOND, 2 * SECOND);
        assertEquals(middle, slice(input, "--from", "+1s", "--until", "+3"));
        assertEquals(middle, slice(input, "--from", "2026-01-31T12:00:01Z", "--until", "2026-01-31 12:00:02.5"));
        assertEquals(middle, slice(input, "--from", "1769860801", "--until", "2026-01-31T13:00:03+01:00"));
        assertEquals(List.of(2 * SECOND), slice(input, "--from", "+1s", "--until", "+3", "--packets", "3-"));
    }

    @Test
    void wrong_usage_ends_with_2() throws IOException {
        Path input = CaptureFiles.pcap(folder.resolve("a.pcap"), 0);
        assertEquals(2, Cli.run("slice", input).code());
        assertEquals(2, Cli.run("slice", "--packets", "0", input).code());
        assertEquals(2, Cli.run("slice", "--from", "noon", input).code());
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00.000000001Z, 1",
        "1970-01-01T00:00:01, 1000000000",
        "1970-01-02, 86400000000000",
        "1970-01-01T00:00:00+01:00, -3600000000000",
        "0.000000001, 1",
        "-1.5, -1500000000"
    })
    void moments_are_exact_to_the_nanosecond(String text, long nanos) {
        assertEquals(new TimeBound.At(nanos), Moments.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "+-1s", "12:00", "0.0000000001", "9999-01-01", "999999999999", "2026-02-30"})
    void what_is_no_moment_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Moments.parse(text));
    }

    private List<Long> slice(Object... args) throws IOException {
        Path out = folder.resolve("out.pcap");
        var all = new Object[args.length + 3];
        all[0] = "slice";
        all[1] = "-o";
        all[2] = out;
        System.arraycopy(args, 0, all, 3, args.length);
        var run = Cli.run(all);
        assertEquals(0, run.code(), run.err());
        return CaptureFiles.times(out);
    }
}
