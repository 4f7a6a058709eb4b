package io.pairwire.cli;

import io.pairwire.output.StandardOutput;
import java.io.PrintStream;
import java.nio.channels.WritableByteChannel;

/**
 * Where a command talks to.
 *
 * @param results standard output for results, which are counted exactly
 * @param out standard output for short answers
 * @param err standard error: everything that is no result
 * @param errIsTerminal whether a progress bar makes sense there
 */
public record Streams(WritableByteChannel results, AnswerStream out, PrintStream err, boolean errIsTerminal) {

    /** Those of the process. */
    static Streams standard() {
        return new Streams(new StandardOutput(), AnswerStream.standard(), System.err, Terminal.isStandardError());
    }

    /** Tells the user something, with the name of the program in front. */
    void tell(String message) {
        err.println("pairwire: " + message);
    }
}
