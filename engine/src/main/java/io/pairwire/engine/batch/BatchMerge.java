package io.pairwire.engine.batch;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the results of a batch together, in the order of the plan, whoever made them. */
public final class BatchMerge {
    private static final int CHUNK = 1 << 16;

    private final BatchPlan plan;
    private final List<BatchResults> folders;

    /** @param folders where results are; the first that has one of a unit counts, as all are the same */
    public BatchMerge(BatchPlan plan, List<BatchResults> folders) {
        this.plan = plan;
        this.folders = List.copyOf(folders);
    }

    /** What became of a unit, and where its result is. */
    private record Found(UnitRecord told, Optional<BatchResults> where) {}

    private Found find(BatchUnit unit) throws IOException {
        UnitRecord best = UnitRecord.MISSING;
        for (BatchResults folder : folders) {
            UnitRecord told = folder.record(unit);
            if (told.state().hasResult()) return new Found(told, Optional.of(folder));
            if (best.state() == UnitState.MISSING) best = told;
        }
        return new Found(best, Optional.empty());
    }

    /** What became of all units, in their order. */
    public List<UnitRecord> records() throws IOException {
        var records = new ArrayList<UnitRecord>();
        for (BatchUnit unit : plan.units()) records.add(find(unit).told());
        return records;
    }

    /**
     * Writes all results that there are.
     *
     * @throws IOException also if a result is not what its record says
     */
    public void write(OutputStream to) throws IOException {
        boolean first = true;
        for (BatchUnit unit : plan.units()) {
            Found found = find(unit);
            if (found.where().isEmpty()) continue;
            BatchResults folder = found.where().get();
            if (BatchResults.check(folder.result(unit)) != found.told().check()) {
                throw new IOException(
                        folder.result(unit) + ": is not what was written; remove it and run the batch again");
            }
            if (found.told().length() == 0) continue;
            try (var in = new BufferedInputStream(folder.open(unit), CHUNK)) {
                if (!first) skipLines(in, plan.headerLines());
                in.transferTo(to);
            }
            first = false;
        }
    }

    private static void skipLines(InputStream in, int count) throws IOException {
        for (int left = count; left > 0; ) {
            int next = in.read();
            if (next < 0) return;
            if (next == '\n') left--;
        }
    }
}
