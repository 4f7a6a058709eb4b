package io.pairwire.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether somebody looks at standard error. {@link System#console} only knows about the other two streams. */
final class Terminal {
    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private Terminal() {}

    /** By the name of what descriptor 2 is open on; false where there is no {@code /proc}. */
    static boolean isStandardError() {
        return is(STANDARD_ERROR);
    }

    /** The same for descriptor 1. */
    static boolean isStandardOutput() {
        return is(STANDARD_OUTPUT);
    }

    private static boolean is(Path descriptor) {
        try {
            if (!Files.isSymbolicLink(descriptor)) return false;
            String name = Files.readSymbolicLink(descriptor).toString();
            return name.startsWith("/dev/pts/") || name.startsWith("/dev/tty") || name.equals("/dev/console");
        } catch (IOException e) {
            return false; // closed, or not ours to ask: no bar then
        }
    }
}
