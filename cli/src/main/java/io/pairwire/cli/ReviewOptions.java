package io.pairwire.cli;

import io.pairwire.decode.filter.text.FilterSyntaxException;
import io.pairwire.engine.fate.condition.Condition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Reports about single packets; for them the inputs are read a second time. */
final class ReviewOptions {
    @Option(
            names = "--unmatched",
            paramLabel = "FILE",
            description = "Write every packet without partner there, with the reason; as CSV or, if named .jsonl, JSON"
                    + " lines.")
    Optional<Path> unmatchedFile = Optional.empty();

    @Option(
            names = "--bursts",
            paramLabel = "FILE",
            description = "Write there how many packets in a row had no partner: length, bursts, packets.")
    Optional<Path> burstsFile = Optional.empty();

    @Option(
            names = "--duplicates",
            paramLabel = "FILE",
            description = "Write every packet there whose like was seen before: retransmissions and equal payloads.")
    Optional<Path> duplicatesFile = Optional.empty();

    @Option(
            names = "--annotate",
            paramLabel = "FILE",
            description =
                    "Write a copy of the inputs as pcapng there, with comments such as 'answered by packet 2 after"
                            + " 1.234 ms'.")
    Optional<Path> annotatedFile = Optional.empty();

    @Option(
            names = "--extract",
            paramLabel = "CONDITION",
            description =
                    "Packets to write to --extract-to: latency>10ms, unmatched, flow=10.0.0.1:5000-192.168.0.9:53,"
                            + " client=, server=, host=, port=, direction=inbound, protocol=udp, and more, with and, or, not.")
    Optional<String> extract = Optional.empty();

    @Option(
            names = "--extract-to",
            paramLabel = "FILE",
            description = "The capture for --extract: pcapng if named so, otherwise pcap.")
    Optional<Path> extractedFile = Optional.empty();

    ReviewOptions() {}

    /** Is anything asked for that needs a second look at the packets? */
    boolean isAsked() {
        return unmatchedFile.isPresent()
                || burstsFile.isPresent()
                || duplicatesFile.isPresent()
                || annotatedFile.isPresent()
                || extractedFile.isPresent();
    }

    Stream<Path> files() {
        return Stream.of(unmatchedFile, burstsFile, duplicatesFile, annotatedFile, extractedFile)
                .flatMap(Optional::stream);
    }

    /** Refuses what contradicts itself. */
    void check(CommandLine command) {
        if (extract.isPresent() != extractedFile.isPresent()) {
            throw new ParameterException(command, "--extract and --extract-to need each other");
        }
        condition(command);
    }

    /** Refuses to write over what is read, and to read twice what can be read only once. */
    static void checkInput(CommandLine command, String input, Stream<Path> outputs) throws IOException {
        Path read = Path.of(input);
        if (!Files.isRegularFile(read)) {
            throw new ParameterException(
                    command,
                    "reports about single packets read their inputs twice, and that is not possible with " + input
                            + ": write it to a file first");
        }
        for (Path output : outputs.toList()) {
            if (Files.isRegularFile(output) && Files.isSameFile(read, output)) {
                throw new ParameterException(command, "a report would replace an INPUT: " + input);
            }
        }
    }

    /** The condition of --extract; a text that is none is wrong usage. */
    Optional<Condition> condition(CommandLine command) {
        try {
            return extract.map(Condition::parse);
        } catch (FilterSyntaxException e) {
            throw new ParameterException(
                    command, "--extract: wrong condition: " + e.getMessage() + "\n" + e.picture(), e);
        }
    }
}
