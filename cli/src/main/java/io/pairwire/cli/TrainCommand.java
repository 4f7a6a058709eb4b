package io.pairwire.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code pairwire train}: what the launcher runs once after a build, so that the start-up cache holds the classes of the commands
 * that matter and what the JVM learnt about them: it pairs the packets on standard input, then rehearses a capture.
 */
@Command(name = "train", hidden = true, description = "Runs what the start-up cache is to know.")
final class TrainCommand implements Callable<Integer> {
    private final Streams streams;

    TrainCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        int matched = Pairwire.run(List.of("match", "--format", "csv", "--quiet", "-"), streams);
        // The interface is not opened, so it need not exist.
        var capture = List.of("capture", "--rehearse", "-i", "any", "-w", "rehearsal.pcap", "--quiet");
        int captured = Pairwire.run(capture, streams);
        // A signal ends the JVM by way of this logger, and without the cache takes a quarter of a second to set up
        // logging.
        System.getLogger("java.lang.Runtime").isLoggable(System.Logger.Level.DEBUG);
        return Math.max(matched, captured);
    }
}
