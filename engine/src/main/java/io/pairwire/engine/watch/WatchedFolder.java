package io.pairwire.engine.watch;

import io.pairwire.capture.DamageKind;
import io.pairwire.capture.MalformedCaptureException;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.SourceStatistics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The captures in folders, for ever: those that are there, oldest first, those that come, and what is written behind the end
 * of any, all merged by time. Files are never changed unless {@link OnDone} says so.
 *
 * <p>A file is read to the end of its last whole record and gone on with when it has grown. It is known by its place and its
 * beginning, not by its name: renamed it goes on, written anew it is another one.
 *
 * <p>One thread polls, saves and closes; statistics may be asked for by any.
 */
public final class WatchedFolder implements PacketSource {
    /*
     * Work is done in rounds. A round looks twice how long each file is that may have grown. It ends when all of every file
     * was read that was there at the first look, and in between it may read as far as the second look saw. So if a
     * program writes to one file and then to the next, the round that reads the second one reads the first one's end as
     * well, and nothing is handed over that would have come earlier had it been read later.
     */
    private static final Duration LOOK = Duration.ofMillis(40);

    /** A scan may take this part of the time. */
    private static final int SCAN_SHARE = 50;

    private final FolderSettings settings;
    private final FolderEvents events;
    private final LongSupplier nanoClock;
    private final Consumer<String> notices;
    private final FileTable files;
    private final FolderTree tree;
    private final DoneFiles doneFiles;
    private final Damages damages = new Damages();
    private final OpenFiles opened = new OpenFiles(this::damaged);
    private final FileExaminer examiner;
    private final FileMerge merge = new FileMerge(opened, this::exhausted);
    private final FolderEvents.Handler hints = new Hints();

    /** Files that end inside a record, as far as was seen. */
    private final Map<FollowedFile, MalformedCaptureException> cut = new LinkedHashMap<>();

    private boolean lost = true;
    private boolean scanned;
    private long lastScan;
    private long rescanNanos;
    private boolean ending;
    private boolean closed;
    private long latest = Long.MIN_VALUE;

    // Written by the polling thread once a poll, read by any.
    private volatile long packets;
    private volatile int unread;

    /**
     * @param events hints where to look; closed with this
     * @param nanoClock tells how long a file has been quiet
     * @param notices is told what a user should know, on the polling thread
     */
    public WatchedFolder(
            FolderSettings settings, FolderEvents events, LongSupplier nanoClock, Consumer<String> notices) {
        this.settings = settings;
        this.events = events;
        this.nanoClock = nanoClock;
        this.notices = notices;
        files = new FileTable(nanoClock);
        tree = new FolderTree(settings, events, files, this::unreadable);
        doneFiles = new DoneFiles(settings.onDone(), notices);
        examiner = new FileExaminer(settings, files, opened, nanoClock, notices, new Fates());
    }

    /** Goes on where another was when it was {@link #save}d; before the first poll. */
    public void restore(DataInput in) throws IOException {
        latest = in.readLong();
        files.restore(in);
    }

    /**
     * Writes how far every file is. Only while nothing polls.
     *
     * @param retentionNanos how long before the largest time there may be packets that wait
     */
    public void save(DataOutput out, long retentionNanos) throws IOException {
        for (FollowedFile file : opened.list()) latest = Math.max(latest, file.latest);
        out.writeLong(latest);
        files.save(out, latest < Long.MIN_VALUE + retentionNanos ? Long.MIN_VALUE : latest - retentionNanos);
    }

    @Override
    public int poll(PacketHandler handler, int limit) throws IOException {
        if (limit < 0) throw new IllegalArgumentException("limit is negative: " + limit);
        if (closed) throw new IllegalStateException("source is closed");
        if (!merge.isUnderWay() && !beginRound()) return idle();
        try {
            return merge.merge(handler, limit);
        } finally {
            packets = merge.packets();
            if (!merge.isUnderWay()) merge.end(files::changed);
        }
    }

    // --- looking

    /** Finds out what can be read now; false if nothing can. */
    private boolean beginRound() throws IOException {
        events.await(Duration.ZERO, hints);
        if (lost || nanoClock.getAsLong() - lastScan >= rescanNanos) scan();
        Set<FollowedFile> candidates = new LinkedHashSet<>(opened.list());
        candidates.addAll(files.takeChanged());
        var round = new ArrayList<FollowedFile>();
        for (FollowedFile file : candidates) {
            FollowedFile looked = examiner.examine(file);
            if (looked == null) continue;
            if (examiner.isReadable(looked)) round.add(looked);
            else if (looked.reader != null && (looked.gone || looked.closed || examiner.isQuiet(looked))) letGo(looked);
        }
        unread = round.size();
        if (round.isEmpty()) return false;
        for (FollowedFile file : round) file.goal = file.length;
        for (FollowedFile file : round) file.limit = round.size() == 1 ? file.length : FileExaminer.lengthNow(file);
        for (FollowedFile file : round) merge.enter(file, round.size() > OpenFiles.LIMIT);
        return merge.isUnderWay();
    }

    /** Nothing more is expected of a file that is open. */
    private void letGo(FollowedFile file) throws IOException {
        file.wasOpen = true;
        opened.close(file);
        if (file.gone) vanish(file);
    }

    private void scan() throws IOException {
        long begun = nanoClock.getAsLong();
        lost = false;
        tree.scan(!scanned);
        scanned = true;
        lastScan = nanoClock.getAsLong();
        rescanNanos = Math.max(events.rescanInterval().toNanos(), (lastScan - begun) * SCAN_SHARE);
    }

    // --- what was read

    /** Everything in it was read that is whole. */
    private void exhausted(FollowedFile file) throws IOException {
        TailReader reader = file.reader;
        if (reader == null) return; // damaged
        if (file.latest > latest) latest = file.latest;
        if (reader.cut().isPresent()) cut.put(file, reader.cut().get());
        else cut.remove(file);
        if (reader.cut().isEmpty() && file.number > 0) doneFiles.add(file);
        // A file that may still grow stays open, so that a ring may delete it and its last packets are read
        // nevertheless.
        boolean keep = !settings.once() && !file.closed && !file.gone && !file.packed && hasRoom(file);
        if (!keep) opened.close(file);
        if (file.gone) {
            file.wasOpen = true;
            vanish(file);
        }
    }

    private void vanish(FollowedFile file) {
        doneFiles.remove(file);
        cut.remove(file);
        examiner.tellVanished(file);
    }

    /** May it stay open? Those that were seen to grow have a right to; the others make room. */
    private boolean hasRoom(FollowedFile file) throws IOException {
        if (opened.count() <= OpenFiles.LIMIT / 2) return true;
        for (FollowedFile other : opened.list()) {
            if (other == file || other.grows || other.reader != null && other.reader.hasHead()) continue;
            opened.close(other);
            return true;
        }
        return false;
    }

    /** There is nothing to read now. */
    private int idle() throws IOException {
        tellCuts();
        if (settings.once()) {
            if (!ending) {
                ending = true; // once more: what came while reading was not there at the beginning, but is there
                lost = true;
                return 0;
            }
            return END;
        }
        events.await(LOOK, hints);
        return 0;
    }

    private void tellCuts() {
        cut.entrySet().removeIf(entry -> {
            FollowedFile file = entry.getKey();
            boolean over = settings.once() ? ending : file.closed && examiner.isQuiet(file);
            if (!over || file.length > file.readTo) return false;
            if (file.cutTold) return true;
            file.cutTold = true;
            tell(file, entry.getValue(), -1);
            return true;
        });
    }

    private void damaged(FollowedFile file, IOException reason, long resumedAt, boolean ends) {
        if (ends) {
            file.damaged = true;
            cut.remove(file);
        }
        tell(file, reason, resumedAt);
    }

    private void tell(FollowedFile file, IOException reason, long resumedAt) {
        var malformed = reason instanceof MalformedCaptureException e ? e : null;
        var damage = new SourceStatistics.Damage(
                file.name,
                malformed == null ? DamageKind.OTHER : malformed.kind(),
                malformed == null ? -1 : malformed.offset(),
                file.number,
                resumedAt,
                Reason.of(reason));
        if (damages.add(damage)) notices.accept(damage.toString());
    }

    private void unreadable(Path path, IOException reason) {
        var damage = new SourceStatistics.Damage(path.toString(), -1, 0, Reason.of(reason));
        if (damages.add(damage)) notices.accept(damage.toString());
    }

    // --- what becomes of files

    /** Is there a file that something is to be done with once its results are safe? Only for the thread that polls. */
    public boolean wantsCommit() {
        return doneFiles.isAny(this::isComplete);
    }

    /** All packets handed over so far are about to become safe. Only for the thread that polls. */
    public void beginCommit() {
        doneFiles.select(this::isComplete);
    }

    /**
     * They are: does what is to be done with files that were read to their end. Only for the thread that polls.
     *
     * @return whether anything was done
     */
    public boolean committed() {
        return doneFiles.finish(files);
    }

    /** Was all of it read, and is it complete as far as anybody can say? */
    private boolean isComplete(FollowedFile file) {
        return file.isReadTo(file.length)
                && !cut.containsKey(file)
                && (ending || file.closed || examiner.isQuiet(file));
    }

    // --- the rest

    @Override
    public String fileName(int file) {
        return files.name(file);
    }

    /** What results call the file that is being read, or was read last; empty before the first. */
    public String current() {
        return merge.current();
    }

    /** Packets handed over so far. */
    public long packets() {
        return packets;
    }

    /** Files that went away, or were written anew, with something in them that was not read. */
    public long vanished() {
        return files.vanished();
    }

    @Override
    public SourceStatistics statistics() {
        int known = examiner.captures();
        return damages.statistics(known, Math.max(0, known - unread), packets, 0);
    }

    @Override
    public void close() throws IOException {
        if (closed) return;
        closed = true;
        try (events) {
            opened.closeAll();
        }
    }

    private final class Fates implements FileExaminer.Listener {
        @Override
        public void gone(FollowedFile file) {
            vanish(file);
        }

        @Override
        public void unreadable(Path path, IOException reason) {
            WatchedFolder.this.unreadable(path, reason);
        }
    }

    /** Takes hints; what is to be looked at is looked at at once, so that a rename finds both its names. */
    private final class Hints implements FolderEvents.Handler {
        @Override
        public void changed(Path path) {
            look(path, false);
        }

        @Override
        public void closed(Path path) {
            look(path, true);
        }

        @Override
        public void lost() {
            lost = true;
        }

        private void look(Path path, boolean closed) {
            if (!lost && !tree.look(path, closed)) lost = true;
        }
    }
}
