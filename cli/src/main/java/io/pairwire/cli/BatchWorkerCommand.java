package io.pairwire.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code pairwire batch worker}: the other end of a {@link WorkerProcess}. Ends when its parent does. */
@Command(name = "worker", hidden = true, description = "Runs commands that a batch asks for on standard input.")
final class BatchWorkerCommand implements Callable<Integer> {
    private final Streams streams;

    BatchWorkerCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException {
        System.getLogger(BatchWorkerCommand.class.getName()); // as several threads that begin it make it complain
        streams.out().print(WorkerProcess.READY + "\n");
        streams.out().flush();
        var asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = asked.readLine(); line != null; line = asked.readLine()) {
            List<String> fields = WorkerLine.fields(line);
            UnitJob.Ended ended;
            try {
                ended = UnitJob.run(fields.subList(1, fields.size()), Path.of(fields.getFirst()));
            } catch (IOException e) {
                ended = new UnitJob.Ended(ExitCode.FAILED, String.valueOf(e.getMessage()));
            }
            streams.out()
                    .print(WorkerLine.of(
                            WorkerProcess.ANSWER, List.of(Integer.toString(ended.code()), ended.reason())));
            streams.out().flush();
        }
        return ExitCode.DONE;
    }
}
