package io.pairwire.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process takes. */
final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final long KIB = 1_024;

    private ProcessMemory() {}

    /** Its resident set, bytes; the heap in use where the system does not tell. */
    static long bytes() {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(RESIDENT)) return Long.parseLong(line.replaceAll("\\D", "")) * KIB;
            }
        } catch (IOException notLinux) {
            return heap(); // asked only to be shown
        }
        return heap();
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
