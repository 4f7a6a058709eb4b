package io.pairwire.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code pairwire train}: what the launcher runs once after a build, so that the start-up cache holds the classes of the commands
 * that matter and what the JVM learnt about them: it pairs the packets on standard input, rehearses a capture,
 * and keeps the sessions of a few packets, for which all protocols are loaded.
 */
@Command(name = "train", hidden = true, description = "Runs what the start-up cache is to know.")
final class TrainCommand implements Callable<Integer> {
    private final Streams streams;

    TrainCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        int matched = Pairwire.run(List.of("match", "--format", "csv", "--quiet", "-"), streams);
        // The interface is not opened, so it need not exist.
        var capture = List.of("capture", "--rehearse", "-i", "any", "-w", "rehearsal.pcap", "--quiet");
        int captured = Pairwire.run(capture, streams);
        int kept = sessions();
        // A signal ends the JVM by way of this logger, and without the cache takes a quarter of a second to set up
        // logging.
        System.getLogger("java.lang.Runtime").isLoggable(System.Logger.Level.DEBUG);
        return Math.max(matched, Math.max(captured, kept));
    }

    /** Only a few: what is to be known are the classes, and what matching taught the JVM is not to be outweighed. */
    private int sessions() throws IOException {
        Path folder = Files.createTempDirectory("pairwire-rehearsal");
        Path packets = folder.resolve("packets.pcap");
        try {
            var generate = List.of("generate", "--profile", "gateway", "--pairs", "500", "-w", packets.toString());
            int generated = Pairwire.run(generate, streams);
            var flows = List.of("flows", "--format", "jsonl", "--quiet", packets.toString());
            return Math.max(generated, Pairwire.run(flows, streams));
        } finally {
            Files.deleteIfExists(packets);
            Files.delete(folder);
        }
    }
}
