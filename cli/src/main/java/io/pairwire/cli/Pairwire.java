package io.pairwire.cli;

import io.pairwire.output.ClosedPipeException;
import java.io.IOException;
import java.util.List;

/** The program. */
public final class Pairwire {
    private Pairwire() {}

    /** Ends with the exit code of the command. */
    public static void main(String[] args) {
        var streams = Streams.standard();
        int code = ExitCode.DONE;
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            streams.out().println(VersionText.line()); // without picocli, which takes most of the start
        } else {
            code = runAlone(List.of(args), streams);
        }
        if (code == ExitCode.DONE && !answered(streams))
            code = ExitCode.FAILED; // help, for one, is printed by nobody who looks
        streams.out().flush();
        streams.err().flush();
        // Runtime.exit would start the logging; after a plain success not even that is needed.
        if (code != ExitCode.DONE) Runtime.getRuntime().halt(code);
    }

    private static int runAlone(List<String> args, Streams streams) {
        try {
            return run(args, streams);
        } catch (OutOfMemoryError e) {
            Failures.tell(e, streams);
            return ExitCode.FAILED;
        }
    }

    private static boolean answered(Streams streams) {
        try {
            streams.out().confirm();
            return true;
        } catch (ClosedPipeException nobodyReads) {
            return true; // as after | head, by choice of the reader
        } catch (IOException e) {
            Failures.tell(e, streams);
            return false;
        }
    }

    /** Runs one command in this process and answers its exit code. */
    public static int run(List<String> args, Streams streams) {
        List<String> words = CommandTree.complete(args);
        return CommandTree.commandLine(streams, words).execute(words.toArray(String[]::new));
    }
}
