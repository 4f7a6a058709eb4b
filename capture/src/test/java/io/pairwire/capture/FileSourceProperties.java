package io.pairwire.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Captures.Seen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

class FileSourceProperties {
    private Path folder = Path.of("");

    @BeforeTry
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("pairwire");
    }

    @AfterTry
    void removeFolder() throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** Few different times, so that many are the same. */
    @Provide
    Arbitrary<List<long[]>> times() {
        return Arbitraries.longs()
                .between(0, 30)
                .array(long[].class)
                .ofMaxSize(12)
                .list()
                .ofMinSize(1)
                .ofMaxSize(9);
    }

    private List<String> files(List<long[]> times) throws IOException {
        var inputs = new ArrayList<String>();
        for (long[] file : times) {
            inputs.add(Captures.write(folder.resolve(inputs.size() + ".pcap"), Captures.pcap(file)));
        }
        return inputs;
    }

    private static List<Seen> packets(int file, long[] times) throws IOException {
        return Captures.readAll(PcapReader.open(Captures.channel(Captures.pcap(times)))).stream()
                .map(seen -> new Seen(file, seen.number(), seen.epochNanos(), seen.originalLength(), seen.bytes()))
                .toList();
    }

    @Property(tries = 200)
    void files_in_order_are_merged_as_a_stable_sort_would_do_however_few_may_be_open(
            @ForAll("times") List<long[]> times,
            @ForAll @IntRange(min = 1, max = 10) int openLimit,
            @ForAll @IntRange(min = 1, max = 20) int limit)
            throws IOException {
        var expected = new ArrayList<Seen>();
        for (int file = 0; file < times.size(); file++) {
            Arrays.sort(times.get(file));
            expected.addAll(packets(file, times.get(file)));
        }
        expected.sort(Comparator.comparing(Seen::epochNanos)); // stable: equal times stay in the order of the files
        try (var source = FileSource.open(files(times), ReadOptions.DEFAULT, openLimit)) {
            assertEquals(expected, Captures.pollAll(source, limit));
            var end = source.statistics();
            assertEquals(times.size(), end.filesDone());
            assertEquals(end.totalBytes(), end.bytes());
        }
    }

    @Property(tries = 100)
    void files_out_of_order_keep_their_own_order_and_lose_nothing(
            @ForAll("times") List<long[]> times, @ForAll @IntRange(min = 1, max = 10) int openLimit)
            throws IOException {
        try (var source = FileSource.open(files(times), ReadOptions.DEFAULT, openLimit)) {
            var seen = Captures.pollAll(source, 5);
            for (int i = 0; i < times.size(); i++) {
                int file = i;
                assertEquals(
                        packets(file, times.get(file)),
                        seen.stream().filter(one -> one.file() == file).toList());
            }
            assertTrue(source.statistics().damages().isEmpty());
        }
    }
}
