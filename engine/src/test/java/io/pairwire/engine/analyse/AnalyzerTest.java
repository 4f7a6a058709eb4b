package io.pairwire.engine.analyse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.Packet;
import io.pairwire.capture.ReadOptions;
import io.pairwire.capture.index.IndexBuilder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.filter.PacketFilter;
import io.pairwire.engine.cache.CacheSettings;
import io.pairwire.engine.cache.ResultCache;
import io.pairwire.engine.index.DecodedFlows;
import io.pairwire.engine.index.IndexedPicks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzerTest {
    @TempDir
    Path folder;

    private final Analyzer analyzer = new Analyzer(AnalyzerSettings.defaults());
    private String capture = "";

    /** Somebody's analysis: counts packets, or does something bad. */
    private static class PacketCount implements Analysis<Long> {
        private long packets;
        boolean closed;

        @Override
        public void packet(Packet packet, Layers layers) {
            packets++;
        }

        @Override
        public Long finish(CaptureEnd end) {
            return packets;
        }

        @Override
        public Long merge(Long first, Long second) {
            return first + second;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @BeforeEach
    void write() throws IOException {
        capture = Captures.file(folder.resolve("a.pcap"), Captures.manyTalks(5_000, 50, 1))
                .toString();
    }

    @Test
    void the_defaults_are_those_of_the_manual() {
        AnalyzerSettings defaults = AnalyzerSettings.defaults();
        assertEquals(1_000, defaults.chunkPackets());
        assertEquals(512L << 20, defaults.memoryLimitBytes());
        assertEquals(128L << 20, defaults.memoryCacheBytes());
        assertEquals(512L << 20, defaults.diskCacheBytes());
        assertEquals(4, defaults.workers());
        assertEquals(50, defaults.batchFiles());
    }

    @Test
    void settings_that_make_no_sense_are_refused_with_the_value() {
        AnalyzerSettings defaults = AnalyzerSettings.defaults();
        var wrong = assertThrows(IllegalArgumentException.class, () -> defaults.withWorkers(0));
        assertEquals("workers is below 1: 0", wrong.getMessage());
        assertThrows(IllegalArgumentException.class, () -> defaults.withMemoryLimitBytes(1));
        assertThrows(IllegalArgumentException.class, () -> defaults.withTop(-1));
    }

    @Test
    void a_run_answers_what_a_call_answers() throws IOException {
        CaptureReport here = analyzer.analyze(capture);
        assertEquals(5_000, here.counts().packets());
        assertEquals("pcap", here.end().format());
        try (AnalysisRun<CaptureReport> run = analyzer.start(List.of(capture, capture, capture))) {
            List<AnalysisOutcome<CaptureReport>> all =
                    run.all().toCompletableFuture().join();
            assertEquals(3, all.size());
            for (var outcome : all) {
                assertEquals(here.layers(), outcome.answer().orElseThrow().layers());
            }
            assertEquals(15_000, run.progress().packets());
            assertEquals(3, run.progress().filesDone());
            assertEquals(run.progress().totalBytes(), run.progress().bytes());
            assertTrue(run.chosen().startsWith("3 workers for 3 captures"), run.chosen());
            assertEquals(Optional.of(AnalysisWay.STREAMED), all.getFirst().way());
        }
        assertEquals(4, analyzer.metrics().captures());
        assertEquals(20_000, analyzer.metrics().packets());
    }

    @Test
    void an_index_leads_to_the_same_answer_as_reading_everything() throws IOException {
        Path file = Path.of(capture);
        IndexBuilder.full(file, new DecodedFlows()).build();
        PacketFilter filter = PacketFilter.compile("udp and src net 10.1.7.0/24");
        var whole = new Analyzer(AnalyzerSettings.defaults(), ReadOptions.DEFAULT, () -> filter::matches);
        CaptureReport expected = whole.analyze(capture);
        assertTrue(expected.counts().packets() > 0);
        Analyzer indexed = whole.withIndexes(IndexedPicks.of(filter.hint()));
        try (AnalysisRun<CaptureReport> run = indexed.start(List.of(capture))) {
            AnalysisOutcome<CaptureReport> outcome = run.await(0);
            CaptureReport answer = outcome.answer().orElseThrow();
            assertEquals(Optional.of(AnalysisWay.INDEXED), outcome.way());
            assertEquals(expected.counts(), answer.counts());
            assertEquals(expected.layers(), answer.layers());
            assertEquals(expected.findings(), answer.findings());
            assertEquals(expected.end().refused(), answer.end().refused());
        }
    }

    @Test
    void analyses_of_others_run_in_the_same_way_and_can_be_merged() {
        try (AnalysisRun<Long> run = analyzer.start(List.of(capture, capture), PacketCount::new)) {
            long sum = run.all().toCompletableFuture().join().stream()
                    .map(outcome -> outcome.answer().orElseThrow())
                    .reduce(new PacketCount()::merge)
                    .orElseThrow();
            assertEquals(10_000, sum);
        }
    }

    @Test
    void more_captures_than_a_batch_are_handed_over_in_their_order() {
        var captures = new ArrayList<String>();
        for (int i = 0; i < 60; i++)
            captures.add(i % 20 == 7 ? folder.resolve("missing" + i).toString() : capture);
        var seen = new ArrayList<String>();
        analyzer.analyzeAll(captures, outcome -> {
            assertEquals(
                    outcome.capture().contains("missing"), outcome.failure().isPresent());
            seen.add(outcome.capture());
        });
        assertEquals(captures, seen);
        assertEquals(3, analyzer.metrics().failed());
    }

    @Test
    void one_that_fails_leaves_the_others_alone() {
        var broken = folder.resolve("missing.pcap").toString();
        try (AnalysisRun<CaptureReport> run = analyzer.start(List.of(capture, broken, capture))) {
            assertTrue(run.await(0).answer().isPresent());
            assertInstanceOf(NoSuchFileException.class, run.await(1).failure().orElseThrow());
            assertTrue(run.await(2).answer().isPresent());
        }
        assertEquals(1, analyzer.metrics().failed());
    }

    @Test
    void an_analysis_that_throws_is_a_failure_and_is_closed() {
        var thrown = new IllegalStateException("not this packet");
        var analysis = new PacketCount() {
            @Override
            public void packet(Packet packet, Layers layers) {
                throw thrown;
            }
        };
        try (AnalysisRun<Long> run = analyzer.start(List.of(capture), () -> analysis)) {
            assertEquals(thrown, run.await(0).failure().orElseThrow());
        }
        assertTrue(analysis.closed);
    }

    @Test
    void cancelling_ends_what_is_not_done() throws Exception {
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        var waiting = new PacketCount() {
            @Override
            public void packet(Packet packet, Layers layers) {
                begun.countDown();
                try {
                    go.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        var one = new Analyzer(AnalyzerSettings.defaults().withWorkers(1));
        try (AnalysisRun<Long> run = one.start(List.of(capture, capture), () -> waiting)) {
            begun.await();
            run.cancel();
            go.countDown();
            assertInstanceOf(CancellationException.class, run.await(0).failure().orElseThrow());
            assertInstanceOf(CancellationException.class, run.await(1).failure().orElseThrow());
        }
        assertTrue(waiting.closed);
    }

    @Test
    void everything_before_a_damage_is_analysed() throws IOException {
        byte[] bytes = Files.readAllBytes(Path.of(capture));
        Path cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(bytes, bytes.length - 3));
        CaptureReport report = analyzer.analyze(cut.toString());
        assertEquals(4_999, report.counts().packets());
        assertFalse(report.isWhole());
        assertEquals(1, report.end().damageCount());
        assertEquals("damaged", report.findings().getFirst().kind());
    }

    @Test
    void what_a_filter_refuses_is_counted() throws IOException {
        var filtering =
                new Analyzer(AnalyzerSettings.defaults(), ReadOptions.DEFAULT, () -> packet -> packet.number() <= 10);
        CaptureReport report = filtering.analyze(capture);
        assertEquals(10, report.counts().packets());
        assertEquals(4_990, report.end().refused());
    }

    @Test
    void an_answer_is_kept_and_used_until_the_capture_or_the_question_changes() throws IOException {
        String large = Captures.file(folder.resolve("large.pcap"), Captures.manyTalks(15_000, 50, 1))
                .toString();
        try (var cache = new ResultCache(CacheSettings.inMemory(), Clock.systemUTC())) {
            var caching = analyzer.withCache(cache, List.of());
            CaptureReport read = caching.analyze(large);
            CaptureReport kept = caching.analyze(large);
            assertEquals(1, caching.metrics().cached());
            assertEquals(1, caching.metrics().captures());
            assertEquals(read.layers(), kept.layers());
            try (AnalysisRun<CaptureReport> run = caching.start(List.of(large))) {
                assertTrue(run.await(0).cached());
            }
            analyzer.withCache(cache, List.of("PCAP", "tcp")).analyze(large);
            new Analyzer(AnalyzerSettings.defaults().withTop(3))
                    .withCache(cache, List.of())
                    .analyze(large);
            assertEquals(2, caching.metrics().cached());
            Captures.file(Path.of(large), Captures.manyTalks(15_001, 50, 2));
            assertEquals(15_001, caching.analyze(large).counts().packets());
            assertEquals(2, caching.metrics().cached());
        }
    }
}
