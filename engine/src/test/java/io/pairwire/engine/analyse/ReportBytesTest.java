package io.pairwire.engine.analyse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.pairwire.capture.DamageKind;
import io.pairwire.capture.SourceStatistics;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReportBytesTest {
    private final ReportBytes form = new ReportBytes();

    private static CaptureReport report() throws IOException {
        var settings = AnalyzerSettings.defaults();
        CaptureReport report = Captures.report(settings, Captures.manyTalks(500, 20, 4));
        var damage = new SourceStatistics.Damage("memory", DamageKind.CUT_RECORD, 7, 8, 9, "cut");
        try (var analysis = new CaptureAnalysis(settings, 1)) {
            analysis.start("memory");
            CaptureReport damaged = analysis.finish(new CaptureEnd("pcap", 1, 2, List.of(damage), 3));
            return analysis.merge(damaged, report);
        }
    }

    @Test
    void a_report_comes_back_as_it_was_but_for_its_name() throws IOException {
        CaptureReport report = report();
        byte[] bytes = form.encode(report);
        CaptureReport back = form.decode(bytes, report.file());
        assertEquals(report.layers(), back.layers());
        assertEquals(report.talkers(), back.talkers());
        assertEquals(report.counts(), back.counts());
        assertEquals(report.tcp(), back.tcp());
        assertEquals(report.protocols(), back.protocols());
        assertEquals(report.series(), back.series());
        assertEquals(report.lengths(), back.lengths());
        assertEquals(report.gaps(), back.gaps());
        assertEquals(report.findings(), back.findings());
        assertEquals(report.end().damageCount(), back.end().damageCount());
        CaptureReport renamed = form.decode(bytes, "other");
        assertEquals("other", renamed.file());
        assertEquals("other", renamed.end().damages().getFirst().file());
    }

    @Test
    void bytes_that_are_no_report_are_refused() throws IOException {
        byte[] bytes = form.encode(report());
        for (int length = 0; length < bytes.length; length += 97) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(IOException.class, () -> form.decode(cut, "x"), "cut after " + length);
        }
        bytes[3]++;
        assertThrows(IOException.class, () -> form.decode(bytes, "x"), "another version");
    }

    @Test
    void damaged_bytes_give_a_report_or_are_refused() throws IOException {
        byte[] bytes = form.encode(report());
        var random = new Random(6);
        for (int i = 0; i < 2_000; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                form.decode(damaged, "x");
            } catch (IOException refused) {
                continue;
            }
        }
    }
}
