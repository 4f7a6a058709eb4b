package io.pairwire.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code pairwire train}: what the launcher runs once after a build, so that the start-up cache holds the classes of the
 * commands that matter. Each does its work once, on made-up captures that are deleted again, from the first option to the
 * summary: what is missing here is read from the jars at every start.
 */
@Command(name = "train", hidden = true, description = "Runs what the start-up cache is to know.")
final class TrainCommand implements Callable<Integer> {
    private final Streams streams;

    TrainCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("pairwire-train");
        try {
            return train(
                    folder.resolve("few.pcap").toString(),
                    folder.resolve("slice.pcap").toString());
        } finally {
            try (var files = Files.newDirectoryStream(folder)) {
                for (Path file : files) Files.delete(file);
            }
            Files.delete(folder);
        }
    }

    private int train(String capture, String slice) {
        int worst = run("generate", "--profile", "mixed", "--pairs", "2000", "--json", "-w", capture);
        worst = Math.max(worst, run("match", "--format", "csv", capture));
        worst = Math.max(worst, run("match", "--format", "none", "--threads", "1", capture));
        worst = Math.max(worst, run("flows", "--format", "jsonl", capture));
        worst = Math.max(worst, run("read", capture));
        worst = Math.max(worst, run("read", "--count", capture));
        worst = Math.max(worst, run("analyze", "--no-cache", capture));
        worst = Math.max(worst, run("analyze", "--no-cache", "--json", "--only", "conversations", capture));
        worst = Math.max(worst, run("info", capture));
        worst = Math.max(worst, run("index", capture));
        worst = Math.max(worst, run("slice", "--packets", "3-5", "-o", slice, capture));
        // The interface is not opened, so it need not exist.
        worst = Math.max(worst, run("capture", "--rehearse", "-i", "any", "-w", "rehearsal.pcap", "--quiet"));
        // A signal ends the JVM by way of this logger, and without the cache takes a quarter of a second to set up
        // logging.
        System.getLogger("java.lang.Runtime").isLoggable(System.Logger.Level.DEBUG);
        return worst;
    }

    private int run(String... arguments) {
        return Pairwire.run(List.of(arguments), streams);
    }
}
