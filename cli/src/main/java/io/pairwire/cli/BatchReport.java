package io.pairwire.cli;

import io.pairwire.engine.batch.BatchResults;
import io.pairwire.engine.batch.BatchUnit;
import io.pairwire.engine.batch.UnitRecord;
import io.pairwire.engine.batch.UnitState;
import io.pairwire.engine.task.SkippedException;
import io.pairwire.engine.task.TaskOutcome;
import io.pairwire.output.HumanText;
import io.pairwire.output.JsonText;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** What became of the files of a batch; any thread may add to it. */
final class BatchReport {
    private static final int TOLD = 20;

    private final List<BatchUnit> units;
    private final Map<Integer, UnitRecord> records = new TreeMap<>();
    private int kept;
    private int ended;

    BatchReport(List<BatchUnit> units) {
        this.units = units;
    }

    /** It was done before. */
    synchronized void kept(BatchUnit unit, UnitRecord known) {
        records.put(unit.number(), known);
        kept++;
    }

    /** Says of what is known already how it ended, as for a merge. */
    synchronized void found(BatchUnit unit, UnitRecord known) {
        records.put(unit.number(), known);
    }

    /** A task has ended: writes it down. */
    void ended(BatchUnit unit, TaskOutcome<UnitJob.Ended> outcome, BatchResults folder) {
        UnitRecord made;
        try {
            made = record(unit, outcome, folder);
        } catch (IOException e) {
            made = new UnitRecord(UnitState.FAILED, "its result could not be kept: " + e.getMessage(), 0, 0);
        }
        synchronized (this) {
            records.put(unit.number(), made);
            ended++;
            notifyAll();
        }
    }

    private static UnitRecord record(BatchUnit unit, TaskOutcome<UnitJob.Ended> outcome, BatchResults folder)
            throws IOException {
        return switch (outcome) {
            case TaskOutcome.Done<UnitJob.Ended> done -> record(unit, done.value(), folder);
            case TaskOutcome.Failed<UnitJob.Ended> failed ->
                failed.cause() instanceof SkippedException skipped
                        ? folder.give(unit, UnitState.SKIPPED, String.valueOf(skipped.getMessage()))
                        : folder.give(unit, UnitState.FAILED, reason(failed));
            case TaskOutcome.TimedOut<UnitJob.Ended> late ->
                folder.give(
                        unit,
                        UnitState.TIMED_OUT,
                        "took longer than " + late.limit().toMillis() + " ms");
            case TaskOutcome.Cancelled<UnitJob.Ended> _ -> folder.give(unit, UnitState.SKIPPED, "cancelled");
        };
    }

    private static UnitRecord record(BatchUnit unit, UnitJob.Ended ended, BatchResults folder) throws IOException {
        return switch (ended.code()) {
            case ExitCode.DONE -> folder.finish(unit, UnitState.DONE, "");
            case ExitCode.DAMAGED_INPUT -> folder.finish(unit, UnitState.DAMAGED, ended.reason());
            default -> folder.give(unit, UnitState.FAILED, ended.reason());
        };
    }

    private static String reason(TaskOutcome.Failed<UnitJob.Ended> failed) {
        String times = failed.attempts() > 1 ? ", " + failed.attempts() + " times" : "";
        return reason(failed.cause()) + times;
    }

    private static String reason(Throwable cause) {
        return switch (cause) {
            case OutOfMemoryError e -> "out of memory: " + e.getMessage();
            case IOException e -> String.valueOf(e.getMessage());
            default -> "internal error: " + cause;
        };
    }

    /** Waits until so many tasks are written down. */
    synchronized void awaitAll(int count) throws InterruptedException {
        while (ended < count) wait();
    }

    private synchronized EnumMap<UnitState, Integer> counts() {
        var counts = new EnumMap<UnitState, Integer>(UnitState.class);
        for (UnitState state : UnitState.values()) counts.put(state, 0);
        Collection<UnitRecord> all = records.values();
        for (UnitRecord each : all) counts.merge(each.state(), 1, Integer::sum);
        return counts;
    }

    /** How far it is, for a terminal. */
    synchronized String line() {
        return HumanText.count(records.size()) + " of " + HumanText.count(units.size(), "file") + "  " + summary();
    }

    private String summary() {
        var counts = counts();
        var text = new StringJoiner(", ");
        counts.forEach((state, count) -> {
            if (count > 0 || state == UnitState.DONE)
                text.add(count + " " + state.toString().replace('_', ' '));
        });
        return text.toString();
    }

    synchronized String json() {
        var text = new StringBuilder("{\"files\":").append(units.size());
        counts().forEach((state, count) ->
                text.append(",\"").append(state).append("\":").append(count));
        text.append(",\"kept\":").append(kept).append(",\"units\":[");
        var each = new StringJoiner(",");
        for (BatchUnit unit : units) {
            UnitRecord known = records.getOrDefault(unit.number(), UnitRecord.MISSING);
            each.add("{\"unit\":" + unit.number() + ",\"file\":" + JsonText.quoted(unit.file()) + ",\"state\":\""
                    + known.state() + "\",\"reason\":" + JsonText.quoted(known.reason()) + ",\"bytes\":"
                    + known.length() + "}");
        }
        return text.append(each).append("]}").toString();
    }

    /** Tells what did not just end well, and a summary. */
    synchronized void tell(Streams streams) {
        int told = 0;
        for (BatchUnit unit : units) {
            UnitRecord known = records.getOrDefault(unit.number(), UnitRecord.MISSING);
            if (known.state() == UnitState.DONE) continue;
            if (told++ == TOLD) {
                streams.tell("... and more; --json tells of all");
                break;
            }
            streams.tell(unit.file() + ": " + known.state().toString().replace('_', ' ') + ": " + known.reason());
        }
        streams.tell(HumanText.count(units.size(), "file") + ": " + summary()
                + (kept > 0 ? "; " + HumanText.count(kept) + " of them before" : ""));
    }

    int exitCode() {
        var counts = counts();
        int withResult = counts.getOrDefault(UnitState.DONE, 0) + counts.getOrDefault(UnitState.DAMAGED, 0);
        if (withResult < units.size()) return ExitCode.FAILED;
        return counts.getOrDefault(UnitState.DAMAGED, 0) > 0 ? ExitCode.DAMAGED_INPUT : ExitCode.DONE;
    }
}
