package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Commands run in this process. */
final class Cli {
    private Cli() {}

    /** What a command answered. */
    record Run(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    static Run run(Object... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var text = AnswerStream.to(out, StandardCharsets.UTF_8);
        var streams =
                new Streams(Channels.newChannel(out), text, new PrintStream(err, true, StandardCharsets.UTF_8), false);
        int code = Pairwire.run(Stream.of(args).map(Object::toString).toList(), streams);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A capture of that many gateway pairs, each answered after 1 ms. */
    static Path gateway(Path folder, int pairs) {
        Path file = folder.resolve("gateway.pcap");
        Run run = run("generate", "--profile", "gateway", "--pairs", pairs, "--latency", "1ms", "-w", file);
        assertEquals(0, run.code(), run.err());
        return file;
    }

    /** The same with the last bytes missing. */
    static Path cut(Path folder, int pairs) throws IOException {
        byte[] bytes = Files.readAllBytes(gateway(folder, pairs));
        return Files.write(folder.resolve("cut.pcap"), java.util.Arrays.copyOf(bytes, bytes.length - 5));
    }
}
