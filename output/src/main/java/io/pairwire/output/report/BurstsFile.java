package io.pairwire.output.report;

import io.pairwire.engine.fate.Bursts;
import io.pairwire.output.TableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** How many bursts of packets without partner there were, by length: one row a length. Names are stable. */
public final class BurstsFile {
    private BurstsFile() {}

    /** Replaces that file. */
    public static void write(Path path, Bursts bursts) throws IOException {
        try (var table = new TableFile(path, List.of("length", "bursts", "packets"))) {
            for (var entry : bursts.lengths().entrySet()) {
                table.number(entry.getKey()).number(entry.getValue()).number(entry.getKey() * entry.getValue());
            }
            table.commit();
        }
    }
}
