package io.pairwire.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A child process that runs commands, one after the other. It reads a line for each: where the result goes and the words, and
 * answers with a line: the exit code and the reason. Words stand behind tabs.
 */
final class WorkerProcess implements AutoCloseable {
    /** What an answer begins with; other lines come from the JVM itself. */
    static final String ANSWER = "=";

    /** The line that it says first. */
    static final String READY = "ready";

    private final WorkerProcesses pool;
    private final Process process;
    private final Writer to;
    private final BufferedReader from;
    private volatile boolean sound = true;
    private boolean ready;

    private WorkerProcess(WorkerProcesses pool, Process process) {
        this.pool = pool;
        this.process = process;
        to = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static WorkerProcess start(WorkerProcesses pool, Optional<ByteCount> memory) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        memory.ifPresent(bytes -> command.add("-Xmx" + bytes.count()));
        command.addAll(List.of(
                "-XX:+ExitOnOutOfMemoryError", // an error is then the end of one file, not of a process half alive
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Pairwire.class.getName(),
                "batch",
                "worker"));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        return new WorkerProcess(pool, builder.start());
    }

    /** Waits until it has started; at once if it was ready before. */
    void awaitReady() throws IOException {
        if (ready) return;
        String first = from.readLine();
        if (first == null) {
            destroy();
            throw new IOException("its process did not start");
        }
        ready = first.equals(READY);
        if (!ready) {
            destroy();
            throw new IOException("its process did not start: " + first);
        }
    }

    UnitJob.Ended run(List<String> words, Path target) throws IOException {
        sound = false;
        to.write(WorkerLine.of(target.toString(), words));
        to.flush();
        String said = "";
        for (String line = from.readLine(); line != null; line = from.readLine()) {
            List<String> fields = WorkerLine.fields(line);
            if (fields.size() == 3 && fields.getFirst().equals(ANSWER)) {
                sound = true;
                return new UnitJob.Ended(Integer.parseInt(fields.get(1)), fields.get(2));
            }
            said = ": " + line;
        }
        throw new IOException("its process ended before it did" + said);
    }

    /** Can it take another? */
    boolean isSound() {
        return sound && process.isAlive();
    }

    /** Ends it, whatever it does. */
    void destroy() {
        process.destroyForcibly();
    }

    /** Gives it back, or ends it if it did not end what it was given. */
    @Override
    public void close() {
        pool.give(this);
    }
}
