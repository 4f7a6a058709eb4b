package io.pairwire.engine.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.MalformedCaptureException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchPlanTest {
    @TempDir
    Path folder;

    private BatchPlan plan(int files) {
        var units = new ArrayList<BatchUnit>();
        for (int i = 1; i <= files; i++) units.add(new BatchUnit(i, "day\t" + i + "\\n\n.pcap", i, -i));
        return new BatchPlan(List.of("match", "--filter", "tcp\tport \\80\n"), 1, units);
    }

    @Test
    void a_plan_is_read_as_it_was_written() throws IOException {
        BatchPlan plan = plan(30);
        Path file = Files.writeString(folder.resolve("plan"), plan.text());
        assertEquals(plan, BatchPlan.read(file));
        assertEquals(plan.id(), BatchPlan.read(file).id());
        assertNotEquals(plan.id(), plan(29).id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "pairwire-batch\t2\nword\tx\n",
                "pairwire-batch\t1\n",
                "pairwire-batch\t1\nword\tx\nunit\t2\ta\t1\t0000000000000000\n",
                "pairwire-batch\t1\nword\tx\nunit\t1\ta\t1\n",
                "pairwire-batch\t1\nword\tx\\\n",
                "pairwire-batch\t1\nword\tx\nheader-lines\t-1\n"
            })
    void what_is_no_plan_is_refused(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("plan"), text);
        assertThrows(MalformedCaptureException.class, () -> BatchPlan.read(file));
    }

    @Test
    void each_file_belongs_to_exactly_one_part() {
        BatchPlan plan = plan(31);
        for (int parts = 1; parts < 40; parts++) {
            int all = 0;
            for (int part = 1; part <= parts; part++) {
                all += (int) plan.units().stream()
                        .filter(new BatchPart(part, parts)::has)
                        .count();
            }
            assertEquals(31, all);
        }
        assertThrows(IllegalArgumentException.class, () -> BatchPart.parse("3/2"));
        assertThrows(IllegalArgumentException.class, () -> BatchPart.parse("0/2"));
    }

    @Test
    void a_file_that_was_copied_is_the_same_and_one_that_was_changed_is_not() throws IOException {
        Path file = Files.writeString(folder.resolve("a.pcap"), "some bytes");
        BatchPlan plan = BatchPlan.of(List.of("info"), 0, List.of(file));
        BatchUnit unit = plan.units().getFirst();
        Files.setLastModifiedTime(file, FileTime.fromMillis(5));
        assertTrue(BatchPlan.isUnchanged(unit));
        Files.writeString(file, "some byteS");
        assertFalse(BatchPlan.isUnchanged(unit));
    }

    @Test
    void results_are_merged_to_the_same_bytes_in_whatever_order_and_place_they_were_made() throws IOException {
        BatchPlan plan = plan(12);
        var random = new Random(1);
        String merged = "";
        for (int run = 0; run < 20; run++) {
            var places = new ArrayList<BatchResults>();
            for (int i = 0; i < 3; i++) {
                places.add(new BatchResults(folder.resolve(run + "-" + i), plan));
                places.getLast().prepare();
            }
            var units = new ArrayList<>(plan.units());
            Collections.shuffle(units, random);
            for (BatchUnit unit : units) {
                BatchResults place = places.get(random.nextInt(3));
                if (random.nextInt(4) == 0) place.give(unit, UnitState.TIMED_OUT, "first attempt");
                Files.writeString(place.unfinished(unit), "header\nresult " + unit.number() + "\n");
                place.finish(unit, UnitState.DONE, "");
            }
            String bytes = merged(plan, places);
            if (run == 0) merged = bytes;
            assertEquals(merged, bytes);
        }
        assertEquals(13, merged.lines().count());
        assertTrue(merged.startsWith("header\nresult 1\nresult 2\n"), merged);
    }

    private static String merged(BatchPlan plan, List<BatchResults> places) throws IOException {
        var bytes = new ByteArrayOutputStream();
        new BatchMerge(plan, places).write(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_result_without_its_record_or_of_another_plan_is_none() throws IOException {
        BatchPlan plan = plan(1);
        BatchUnit unit = plan.units().getFirst();
        var results = new BatchResults(folder, plan);
        Files.writeString(results.result(unit), "half");
        assertEquals(UnitState.MISSING, results.record(unit).state());
        Files.writeString(results.unfinished(unit), "whole");
        assertEquals(UnitState.DONE, results.finish(unit, UnitState.DONE, "").state());
        assertEquals(UnitState.DONE, results.record(unit).state());
        var other = new BatchPlan(List.of("info"), 0, plan.units());
        assertEquals(
                UnitState.MISSING, new BatchResults(folder, other).record(unit).state());
        Files.writeString(results.result(unit), "cut");
        assertEquals(UnitState.MISSING, results.record(unit).state());
        Files.writeString(results.result(unit), "whale");
        assertThrows(IOException.class, () -> merged(plan, List.of(results)), "same length, other bytes");
    }
}
