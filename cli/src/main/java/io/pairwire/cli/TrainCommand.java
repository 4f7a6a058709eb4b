package io.pairwire.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code pairwire train}: what the launcher runs once after a build, so that the start-up cache holds the classes of the commands
 * that matter and what the JVM learnt about them: it pairs the packets on standard input, then rehearses a capture. Other commands
 * see so few packets that their classes are known and what was learnt about pairing stays as it is.
 */
@Command(name = "train", hidden = true, description = "Runs what the start-up cache is to know.")
final class TrainCommand implements Callable<Integer> {
    private final Streams streams;

    TrainCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        int looked = looks();
        int matched = Pairwire.run(List.of("match", "--format", "csv", "--quiet", "-"), streams);
        // The interface is not opened, so it need not exist.
        var capture = List.of("capture", "--rehearse", "-i", "any", "-w", "rehearsal.pcap", "--quiet");
        int captured = Pairwire.run(capture, streams);
        // A signal ends the JVM by way of this logger, and without the cache takes a quarter of a second to set up
        // logging.
        System.getLogger("java.lang.Runtime").isLoggable(System.Logger.Level.DEBUG);
        return Math.max(looked, Math.max(matched, captured));
    }

    private int looks() throws IOException {
        Path folder = Files.createTempDirectory("pairwire-training");
        Path capture = folder.resolve("few.pcap");
        String few = capture.toString();
        try {
            int code = run("generate", "--profile", "mixed", "--pairs", "100", "--json", "-w", few);
            code = Math.max(code, run("analyze", "--no-cache", few));
            code = Math.max(code, run("analyze", "--no-cache", "--json", "--only", "conversations", few));
            code = Math.max(code, run("info", few));
            code = Math.max(code, run("read", few));
            code = Math.max(code, run("index", few));
            return Math.max(
                    code,
                    run(
                            "slice",
                            "--packets",
                            "3-5",
                            "-o",
                            folder.resolve("one.pcap").toString(),
                            few));
        } finally {
            try (DirectoryStream<Path> made = Files.newDirectoryStream(folder)) {
                for (Path file : made) Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    private int run(String... words) {
        return Pairwire.run(List.of(words), streams);
    }
}
