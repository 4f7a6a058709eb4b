package io.pairwire.cli;

import io.pairwire.engine.watch.CommittedOutput;
import io.pairwire.engine.watch.Journal;
import io.pairwire.engine.watch.WatchCheckpoints;
import io.pairwire.output.HumanText;
import io.pairwire.output.ResumedFile;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The journal of a watch, if there is one, and the output that it is about. */
final class WatchJournal implements AutoCloseable {
    private static final String SUFFIX = ".journal";

    private final Optional<Journal> journal;
    private final Optional<Integer> shards;
    private final Optional<DataInput> state;
    private final WatchSink sink;
    private final Set<Path> files;
    private final boolean hasFile;

    private WatchJournal(
            Optional<Journal> journal,
            Optional<Integer> shards,
            Optional<DataInput> state,
            WatchSink sink,
            Set<Path> files,
            boolean hasFile) {
        this.journal = journal;
        this.shards = shards;
        this.state = state;
        this.sink = sink;
        this.files = files;
        this.hasFile = hasFile;
    }

    /**
     * Opens journal and output; cuts the output back to what was committed if a run did not end in good order.
     *
     * @param redirected where a settings file sends results, if it does
     */
    static WatchJournal open(FollowOptions options, OutputOptions output, Optional<Path> redirected, Streams streams)
            throws IOException {
        Optional<Path> file = output.regularFile();
        if (file.isEmpty()) {
            if (!output.discards()) {
                streams.tell("without --output FILE that is a regular file, a crash may lose results or repeat them");
            }
            if (options.journal.isPresent()) throw new IOException("--journal needs --output FILE to be of use");
            return without(WatchSink.of(output.stream(streams), output::sink), Set.of(), false);
        }
        Path results = redirected.orElse(file.get());
        Path path = options.journal.orElse(beside(file.get()));
        Set<Path> own = new HashSet<>();
        for (Path written : new Path[] {file.get(), results, path, beside(path, ".new")}) {
            own.add(written.toAbsolutePath().normalize());
        }
        if (options.noJournal) {
            return without(WatchSink.of(ResumedFile.append(results), output::sink), own, true);
        }
        Journal journal = Journal.open(path);
        try {
            return open(journal, results, own, output, streams);
        } catch (IOException | RuntimeException e) {
            journal.close();
            throw e;
        }
    }

    private static Path beside(Path file) {
        return beside(file, SUFFIX);
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static WatchJournal without(WatchSink sink, Set<Path> own, boolean hasFile) {
        return new WatchJournal(Optional.empty(), Optional.empty(), Optional.empty(), sink, own, hasFile);
    }

    private static WatchJournal open(
            Journal journal, Path results, Set<Path> own, OutputOptions output, Streams streams) throws IOException {
        journal.damages().forEach(streams::tell);
        Optional<DataInputStream> last = journal.last();
        if (last.isEmpty() && !journal.damages().isEmpty()) {
            throw new IOException("journal " + journal.path() + " has no whole record left. Move it away to begin anew;"
                    + " what is in " + results + " would then be found again");
        }
        if (last.isEmpty()) return begin(journal, results, own, output);
        WatchCheckpoints.Preface preface = preface(journal, last.get());
        CommittedOutput.Mark mark = preface.output();
        Path written = Path.of(mark.file());
        if (mark.length() > 0 && isEmpty(written)) {
            streams.tell(
                    written + " is gone or empty: everything is read again; the journal of what was written is now "
                            + journal.setAside());
            return begin(journal, results, own, output);
        }
        if (!journal.damages().isEmpty()) {
            streams.tell("going on from the last whole record of the journal, number " + journal.sequence());
        }
        var file = ResumedFile.resume(mark);
        if (file.cutBack() > 0) {
            streams.tell(written + ": took away " + HumanText.count(file.cutBack(), "byte")
                    + " that were written after the last commit; what they said is found again");
        }
        if (!written.equals(results.toAbsolutePath())) {
            file.close();
            file = ResumedFile.append(results);
        }
        return new WatchJournal(
                Optional.of(journal),
                Optional.of(preface.shards()),
                Optional.of(last.get()),
                WatchSink.of(file, output::sink),
                own,
                true);
    }

    private static WatchCheckpoints.Preface preface(Journal journal, DataInputStream in) throws IOException {
        try {
            return WatchCheckpoints.Preface.read(in);
        } catch (IOException e) {
            throw new IOException("journal " + journal.path() + ": " + e.getMessage(), e);
        }
    }

    private static boolean isEmpty(Path file) throws IOException {
        return !Files.exists(file) || Files.size(file) == 0;
    }

    private static WatchJournal begin(Journal journal, Path results, Set<Path> own, OutputOptions output)
            throws IOException {
        var sink = WatchSink.of(ResumedFile.append(results), output::sink);
        return new WatchJournal(Optional.of(journal), Optional.empty(), Optional.empty(), sink, own, true);
    }

    Optional<Journal> journal() {
        return journal;
    }

    /** Shards of the store that was kept. */
    Optional<Integer> shards() {
        return shards;
    }

    /** What was kept, for the folder and then for the engine. */
    Optional<DataInput> state() {
        return state;
    }

    WatchSink sink() {
        return sink;
    }

    /** Files that this run writes, and must not read. */
    Set<Path> files() {
        return files;
    }

    /** Do results go to a file of their own? */
    boolean hasFile() {
        return hasFile;
    }

    @Override
    public void close() throws IOException {
        if (journal.isPresent()) journal.get().close();
    }
}
