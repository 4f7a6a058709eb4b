package io.pairwire.cli;

import java.util.List;

/** The program. */
public final class Pairwire {
    private Pairwire() {}

    /** Ends with the exit code of the command. */
    public static void main(String[] args) {
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            System.out.println(VersionText.line()); // without picocli, which takes most of the start
            return;
        }
        int code = run(List.of(args), Streams.standard());
        System.out.flush();
        System.err.flush();
        // Runtime.exit would start the logging; after a plain success not even that is needed.
        if (code != ExitCode.DONE) Runtime.getRuntime().halt(code);
    }

    /** Runs one command in this process and answers its exit code. */
    public static int run(List<String> args, Streams streams) {
        List<String> words = CommandTree.complete(args);
        return CommandTree.commandLine(streams, words).execute(words.toArray(String[]::new));
    }
}
