package io.pairwire.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether somebody looks at standard error. {@link System#console} only knows about the other two streams. */
final class Terminal {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** By the name of what descriptor 2 is open on; false where there is no {@code /proc}. */
    static boolean isStandardError() {
        try {
            if (!Files.isSymbolicLink(STANDARD_ERROR)) return false;
            String name = Files.readSymbolicLink(STANDARD_ERROR).toString();
            return name.startsWith("/dev/pts/") || name.startsWith("/dev/tty") || name.equals("/dev/console");
        } catch (IOException e) {
            return false; // closed, or not ours to ask: no bar then
        }
    }
}
