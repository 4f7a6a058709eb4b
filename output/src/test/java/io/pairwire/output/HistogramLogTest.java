package io.pairwire.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.engine.LatencyRecorder;
import io.pairwire.engine.series.GroupBy;
import io.pairwire.engine.series.IntervalLatencies;
import io.pairwire.engine.series.LatencyGroups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistogramLogTest {
    private static final long SECOND = 1_000_000_000;
    private static final long START = 1_769_860_800 * SECOND;

    @TempDir
    Path folder;

    private static LatencyRecorder recorder(long... latencies) {
        var recorder = LatencyRecorder.packed(30 * SECOND);
        for (long latency : latencies) recorder.record(latency);
        return recorder;
    }

    private static IntervalLatencies.Interval interval(int second, long... latencies) {
        var group = new LatencyGroups.Group(
                GroupBy.parse("server/24"),
                "192.168.0.0/24",
                recorder(latencies[0]).latencies());
        return new IntervalLatencies.Interval(
                START + second * SECOND, START + (second + 1) * SECOND, recorder(latencies), List.of(group));
    }

    private static List<Histogram> read(Path file) throws IOException {
        var histograms = new ArrayList<Histogram>();
        try (var reader = new HistogramLogReader(file.toFile())) {
            for (EncodableHistogram next = reader.nextIntervalHistogram();
                    next != null;
                    next = reader.nextIntervalHistogram()) {
                histograms.add((Histogram) next);
            }
            assertEquals(START / SECOND, reader.getStartTimeSec(), 0.001);
        }
        return histograms;
    }

    @Test
    void the_reader_of_the_library_gets_back_what_was_written() throws IOException {
        Path file = folder.resolve("latency.hlog");
        try (var log = new HistogramLog(file)) {
            log.onInterval(interval(0, 1_000, 2_000_000, -5));
            log.onInterval(interval(7, 29 * SECOND));
            log.commit();
        }
        var read = read(file);
        assertEquals(4, read.size());
        assertEquals(null, read.get(0).getTag());
        assertEquals("server:192.168.0.0/24", read.get(1).getTag());
        assertEquals(2, read.get(0).getTotalCount(), "negative latencies are not part of it");
        assertTrue(read.get(0).valuesAreEquivalent(2_000_000, read.get(0).getMaxValue()));
        assertEquals(recorder(1_000, 2_000_000).latencies().histogram(), read.get(0));
        assertEquals(START / 1_000_000, read.get(0).getStartTimeStamp());
        assertEquals((START + 8 * SECOND) / 1_000_000, read.get(2).getEndTimeStamp());
        assertTrue(read.get(2).valuesAreEquivalent(29 * SECOND, read.get(2).getMaxValue()));
    }

    @Test
    void the_file_does_not_depend_on_the_zone_of_the_machine() throws IOException {
        TimeZone usual = TimeZone.getDefault();
        var texts = new ArrayList<String>();
        try {
            for (String zone : List.of("UTC", "Asia/Tokyo")) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                Path file = folder.resolve("latency.hlog");
                try (var log = new HistogramLog(file)) {
                    log.onInterval(interval(0, 1_000));
                    log.commit();
                }
                texts.add(Files.readString(file));
            }
        } finally {
            TimeZone.setDefault(usual);
        }
        assertEquals(texts.get(0), texts.get(1));
        assertTrue(texts.get(0).contains("#[StartTime: 1769860800.000 (seconds since epoch), 2026-01-31T12:00:00Z]\n"));
    }

    @Test
    void a_log_that_is_given_up_leaves_the_old_file() throws IOException {
        Path file = Files.writeString(folder.resolve("old.hlog"), "old");
        try (var log = new HistogramLog(file)) {
            log.onInterval(interval(0, 1_000));
        }
        assertEquals("old", Files.readString(file));
    }

    @Test
    void an_empty_log_is_a_log() throws IOException {
        Path file = folder.resolve("empty.hlog");
        try (var log = new HistogramLog(file)) {
            log.commit();
        }
        try (var reader = new HistogramLogReader(file.toFile())) {
            assertEquals(null, reader.nextIntervalHistogram());
        }
    }
}
