package io.pairwire.cli;

import io.pairwire.engine.batch.BatchPlan;
import io.pairwire.engine.batch.BatchResults;
import io.pairwire.engine.batch.BatchUnit;
import io.pairwire.engine.task.SkippedException;
import io.pairwire.engine.task.Task;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A command, run for one file of a batch; what it writes to standard output goes to a file. */
final class UnitJob implements Task<UnitJob.Ended> {
    private static final String PREFIX = "pairwire: ";

    private final BatchPlan plan;
    private final BatchUnit unit;
    private final BatchResults folder;
    private final Optional<WorkerProcesses> processes;
    private volatile @Nullable WorkerProcess child;
    private volatile boolean over;

    /**
     * How a command ended.
     *
     * @param reason the first thing it told, for one that did not just end well
     */
    record Ended(int code, String reason) {}

    /** @param processes where to run it; empty for in this one */
    UnitJob(BatchPlan plan, BatchUnit unit, BatchResults folder, Optional<WorkerProcesses> processes) {
        this.plan = plan;
        this.unit = unit;
        this.folder = folder;
        this.processes = processes;
    }

    @Override
    public String name() {
        return unit.file();
    }

    /** Long ones first, so that none is begun last and waited for alone. */
    @Override
    public int priority() {
        return Long.SIZE - Long.numberOfLeadingZeros(unit.length());
    }

    /** The start of a JVM is not the file's fault. */
    @Override
    public void prepare() throws IOException, SkippedException {
        checkFile();
        if (processes.isEmpty()) return;
        child = processes.get().take();
        if (over) child.destroy(); // nobody wants it any more
        child.awaitReady();
    }

    @Override
    public Ended run() throws IOException {
        var words = new ArrayList<>(plan.words());
        words.add(unit.file());
        Path target = folder.unfinished(unit);
        WorkerProcess process = child;
        Ended ended = process == null ? run(words, target) : runApart(process, words, target);
        if (ended.code() == ExitCode.FAILED) throw new IOException(ended.reason());
        return ended;
    }

    private void checkFile() throws IOException, SkippedException {
        try {
            if (!BatchPlan.isUnchanged(unit)) throw new SkippedException("has changed since the plan was made");
        } catch (NoSuchFileException e) {
            throw new SkippedException("is no longer there");
        }
    }

    private Ended runApart(WorkerProcess process, List<String> words, Path target) throws IOException {
        try (process) {
            return process.run(words, target);
        } finally {
            child = null;
        }
    }

    @Override
    public void end() {
        over = true;
        WorkerProcess running = child;
        if (running != null) running.destroy();
    }

    /** Runs a command in this process. */
    static Ended run(List<String> words, Path target) throws IOException {
        var err = new ByteArrayOutputStream();
        int code;
        try (var channel = FileChannel.open(
                target, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var out = AnswerStream.to(Channels.newOutputStream(channel), StandardCharsets.UTF_8);
            var told = new PrintStream(new Bounded(err), true, StandardCharsets.UTF_8);
            code = Pairwire.run(words, new Streams(channel, out, told, false));
            out.confirm();
        }
        return new Ended(code, code == ExitCode.DONE ? "" : reason(err.toString(StandardCharsets.UTF_8), code));
    }

    private static String reason(String told, int code) {
        return told.lines()
                .filter(line -> line.startsWith(PREFIX))
                .findFirst()
                .map(line -> line.substring(PREFIX.length()))
                .orElse("ended with exit code " + code);
    }

    /** Keeps the beginning of what is told, and only that. */
    private static final class Bounded extends java.io.OutputStream {
        private static final int MOST = 64 << 10;

        private final ByteArrayOutputStream kept;

        Bounded(ByteArrayOutputStream kept) {
            this.kept = kept;
        }

        @Override
        public void write(int b) {
            if (kept.size() < MOST) kept.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            kept.write(bytes, from, Math.min(length, MOST - kept.size()));
        }
    }
}
