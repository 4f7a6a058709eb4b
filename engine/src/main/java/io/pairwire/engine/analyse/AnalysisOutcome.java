package io.pairwire.engine.analyse;

import java.util.Optional;

/**
 * What became of one capture of a run: an answer or a failure.
 *
 * @param capture as the user wrote it
 * @param failure why there is no answer: an {@link java.io.IOException}, a {@link java.util.concurrent.CancellationException},
 *     or whatever the analysis threw
 * @param cached whether the answer was there already
 * @param elapsedNanos how long it took
 */
public record AnalysisOutcome<R>(
        String capture, Optional<R> answer, Optional<Throwable> failure, boolean cached, long elapsedNanos) {
    public AnalysisOutcome {
        if (answer.isPresent() == failure.isPresent()) {
            throw new IllegalArgumentException("neither or both of answer and failure: " + capture);
        }
    }
}
