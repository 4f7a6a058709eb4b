package io.pairwire.cli;

import io.pairwire.dpi.Session;
import io.pairwire.dpi.condition.Condition;
import io.pairwire.dpi.session.EndCause;
import io.pairwire.dpi.session.SessionListener;
import io.pairwire.output.flows.FlowSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.IntFunction;

/** Prints sessions when they end, those for which a condition holds. */
final class FlowListener implements SessionListener {
    private final FlowSink out;
    private final Optional<Condition> condition;
    private final IntFunction<String> fileNames;
    private long printed;
    private volatile long ended;

    FlowListener(FlowSink out, Optional<Condition> condition, IntFunction<String> fileNames) {
        this.out = out;
        this.condition = condition;
        this.fileNames = fileNames;
    }

    /** Sessions for which the condition held. */
    long printed() {
        return printed;
    }

    /** Sessions that ended so far; from any thread. */
    long ended() {
        return ended;
    }

    @Override
    public boolean hearsValues() {
        return false;
    }

    @Override
    public void ended(Session session, EndCause cause) {
        told(session, cause);
        ended++; // by one thread
    }

    private void told(Session session, EndCause cause) {
        if (condition.isPresent() && !condition.get().holds(session)) return;
        printed++;
        try {
            out.print(session, cause, fileNames.apply(session.file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
