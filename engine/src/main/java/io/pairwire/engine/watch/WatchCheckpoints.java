package io.pairwire.engine.watch;

import io.pairwire.engine.Checkpoints;
import io.pairwire.engine.EngineState;
import java.io.DataInput;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps in a journal how far a {@link WatchedFolder}, the engine and the output are, about once a second; and, with a journal
 * or without, lets the folder know when results are safe.
 */
public final class WatchCheckpoints implements Checkpoints {
    private static final int FORMAT = 1;
    private static final long INTERVAL_NANOS = 1_000_000_000;

    /** Keeping may take this part of the time. */
    private static final int SHARE = 20;

    private final WatchedFolder folder;
    private final Optional<Journal> journal;
    private final Supplier<CommittedOutput> output;
    private final int shards;
    private final LongSupplier retentionNanos;
    private final LongSupplier nanoClock;
    private long keptPackets = -1;
    private long keptNanos;
    private long intervalNanos = INTERVAL_NANOS;
    private volatile long kept;

    /**
     * What a journal says about the run it was written by, in front of what folder and engine have written.
     *
     * @param output how much of which file was safe
     * @param shards shards of the store
     */
    public record Preface(CommittedOutput.Mark output, int shards) {
        /** Reads it; what follows is for {@link WatchedFolder#restore}, then for the engine. */
        public static Preface read(DataInput in) throws IOException {
            int format = in.readInt();
            if (format != FORMAT) throw new IOException("written by another version: format " + format);
            String file = in.readUTF();
            long length = in.readLong();
            int tailLength = in.readInt();
            int checksum = in.readInt();
            int shards = in.readInt();
            if (length < 0 || tailLength < 0 || tailLength > length || shards < 1) {
                throw new IOException("says impossible things of its output");
            }
            return new Preface(new CommittedOutput.Mark(file, length, tailLength, checksum), shards);
        }
    }

    /**
     * @param journal empty to keep nothing
     * @param output where results go at the moment; asked only if there is a journal
     * @param shards shards of the store
     * @param retentionNanos how long packets may wait at most
     * @param nanoClock tells when it is time again
     */
    public WatchCheckpoints(
            WatchedFolder folder,
            Optional<Journal> journal,
            Supplier<CommittedOutput> output,
            int shards,
            LongSupplier retentionNanos,
            LongSupplier nanoClock) {
        this.folder = folder;
        this.journal = journal;
        this.output = output;
        this.shards = shards;
        this.retentionNanos = retentionNanos;
        this.nanoClock = nanoClock;
        this.keptNanos = nanoClock.getAsLong();
    }

    @Override
    public boolean isDue() {
        // At once: a run that is killed before its first commit must leave behind how long the output was.
        if (journal.isPresent() && keptPackets < 0) return true;
        if (nanoClock.getAsLong() - keptNanos < intervalNanos) return false;
        return journal.isPresent() && folder.packets() != keptPackets || folder.wantsCommit();
    }

    @Override
    public void begin() {
        folder.beginCommit();
    }

    @Override
    public void keep(EngineState state) throws IOException {
        if (journal.isEmpty()) return;
        long begun = nanoClock.getAsLong();
        CommittedOutput.Mark mark = output.get().commit();
        journal.get().append(out -> {
            out.writeInt(FORMAT);
            out.writeUTF(mark.file());
            out.writeLong(mark.length());
            out.writeInt(mark.tailLength());
            out.writeInt(mark.tailChecksum());
            out.writeInt(shards);
            folder.save(out, retentionNanos.getAsLong());
            state.save(out);
        });
        intervalNanos = Math.max(INTERVAL_NANOS, (nanoClock.getAsLong() - begun) * SHARE);
        kept++;
    }

    @Override
    public boolean kept() {
        keptNanos = nanoClock.getAsLong();
        keptPackets = folder.packets();
        return folder.committed() && journal.isPresent();
    }

    /** How often everything was kept. */
    public long count() {
        return kept;
    }
}
