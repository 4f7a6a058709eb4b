package io.pairwire.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the project's scripts in copies of the checkout, with an environment that holds only what a test puts there. */
final class Shell {
    /** The JDK that runs the tests. */
    static final Path JDK = Path.of(System.getProperty("java.home"));

    private static final Path SH = Path.of("/bin/sh");

    private final Path directory;
    private final Map<String, String> environment = new LinkedHashMap<>();

    /** What a process left behind. */
    record Outcome(int exit, String out, String err) {}

    /** A process under way; {@link #outcome} waits for it. */
    record Running(Process process, Path out, Path err) {
        Outcome outcome() throws IOException, InterruptedException {
            assertTrue(process.waitFor(3, TimeUnit.MINUTES), "still running after three minutes");
            return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    /** Processes start in {@code directory}. */
    Shell(Path directory) {
        assumeTrue(Files.isExecutable(SH), "no /bin/sh on this system, so no launcher either");
        this.directory = directory;
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", directory.toString());
    }

    Shell with(String name, Object value) {
        environment.put(name, value.toString());
        return this;
    }

    Running start(List<String> command) throws IOException {
        var out = Files.createTempFile(directory, "out", null);
        var err = Files.createTempFile(directory, "err", null);
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }

    Outcome run(Object... command) throws IOException, InterruptedException {
        return start(Stream.of(command).map(Object::toString).toList()).outcome();
    }

    /** The shells of this system that understand POSIX scripts. */
    static List<String> shells() {
        return Stream.of("/bin/sh", "/bin/dash", "/bin/bash")
                .filter(shell -> Files.isExecutable(Path.of(shell)))
                .toList();
    }

    /** The checkout that is being tested: the directory of the wrapper, above the module in which the tests run. */
    static Path checkout() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
        }
        return directory;
    }

    /** Copies the launcher, the wrapper and the finder into {@code target}, which then looks like a checkout. */
    static Path copyScripts(Path target) throws IOException {
        Path root = checkout();
        Files.createDirectories(target.resolve(".mvn/wrapper"));
        for (var script : List.of("pairwire", "mvnw", ".mvn/jdk.sh", ".mvn/wrapper/maven-wrapper.properties")) {
            Files.copy(root.resolve(script), target.resolve(script)); // keeps the permission to execute
        }
        return target;
    }

    static Path script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        assertTrue(file.toFile().setExecutable(true));
        return file;
    }
}
