package io.pairwire.cli;

import io.pairwire.output.Reasons;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** How a failure is told: one line for the user, the stack trace only in the log. */
final class Failures {
    private Failures() {}

    static void tell(Throwable failure, Streams streams) {
        streams.tell(text(failure));
        if (!LogLevel.isDebug()) return; // asking for the logger alone would start the logging
        System.getLogger(Failures.class.getName()).log(System.Logger.Level.DEBUG, "failed", failure);
    }

    private static String text(Throwable failure) {
        return switch (failure) {
            case FileSystemException e -> e.getFile() + ": " + Reasons.of(e);
            case IOException e -> Reasons.of(e);
            case OutOfMemoryError e ->
                "out of memory: " + e.getMessage()
                        + " (allow fewer packets to wait with --max-unmatched, less for sessions with --memory,"
                        + " or more memory with PAIRWIRE_OPTS=-Xmx...)";
            case IllegalStateException e when e.getCause() instanceof OutOfMemoryError cause -> text(cause);
            default -> "internal error: " + failure + " (--log-level debug shows where)";
        };
    }
}
