package io.pairwire.cli;

import io.pairwire.engine.MatchedPair;
import io.pairwire.engine.ResultSink;
import io.pairwire.engine.watch.CommittedOutput;
import io.pairwire.output.ResumedFile;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Optional;

/**
 * The results of a watch: a file that may be exchanged while it runs, or whatever else takes bytes. Used by the writing
 * thread; {@link #redirect} and {@link #written} by any.
 */
final class WatchSink implements ResultSink {
    /** How results look. */
    @FunctionalInterface
    interface Form {
        /**
         * @param heading is there nothing in front of the first result?
         */
        ResultSink sink(WritableByteChannel channel, boolean heading);
    }

    private final Form form;
    private ResultSink sink;
    private Optional<ResumedFile> file;
    private volatile ResultSink counted;
    private volatile long before;

    private WatchSink(Form form, ResultSink sink, Optional<ResumedFile> file) {
        this.form = form;
        this.sink = sink;
        this.counted = sink;
        this.file = file;
    }

    /** Results to a file that a journal may know. */
    static WatchSink of(ResumedFile file, Form form) throws IOException {
        return new WatchSink(form, form.sink(file, file.startsEmpty()), Optional.of(file));
    }

    /** Results to something that cannot be cut back. */
    static WatchSink of(WritableByteChannel channel, Form form) {
        return new WatchSink(form, form.sink(channel, true), Optional.empty());
    }

    /** Results go on in another file; on the writing thread, when what was written before is flushed. */
    void redirect(ResumedFile next) throws IOException {
        ResultSink old = sink;
        if (file.isPresent()) file.get().commit();
        sink = form.sink(next, next.startsEmpty());
        file = Optional.of(next);
        before += old.written(); // the only writer of this field
        counted = sink;
        old.close();
    }

    /** The file that results go to; only if there is one, as there is with a journal. */
    CommittedOutput committed() {
        return file.orElseThrow(() -> new IllegalStateException("the output cannot be committed"));
    }

    @Override
    public void write(MatchedPair pair) throws IOException {
        sink.write(pair);
    }

    @Override
    public void flush() throws IOException {
        sink.flush();
    }

    @Override
    public long written() {
        return before + counted.written();
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
