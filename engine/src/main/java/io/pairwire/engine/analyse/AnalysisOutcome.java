package io.pairwire.engine.analyse;

import java.util.Optional;

/**
 * What became of one capture of a run: an answer or a failure.
 *
 * @param capture as the user wrote it
 * @param failure why there is no answer: an {@link java.io.IOException}, a {@link java.util.concurrent.CancellationException},
 *     or whatever the analysis threw
 * @param way how the answer was found; empty if there is none
 * @param elapsedNanos how long it took
 */
public record AnalysisOutcome<R>(
        String capture, Optional<R> answer, Optional<Throwable> failure, Optional<AnalysisWay> way, long elapsedNanos) {
    public AnalysisOutcome {
        if (answer.isPresent() == failure.isPresent()) {
            throw new IllegalArgumentException("neither or both of answer and failure: " + capture);
        }
    }

    /** Was the answer there already? */
    public boolean cached() {
        return way.filter(AnalysisWay.CACHED::equals).isPresent();
    }
}
