package io.pairwire.platform.xdp;

import java.io.IOException;

/** The kernel's verifier does not accept a program; it says why, instruction by instruction. */
public final class ProgramRefusedException extends IOException {
    private static final long serialVersionUID = 1;

    private final String log;

    /** @param log what the verifier said, its last lines the reason */
    public ProgramRefusedException(String log) {
        super("the kernel's verifier refused the program: " + reason(log));
        this.log = log;
    }

    /** Everything the verifier said. */
    public String log() {
        return log;
    }

    /** The last line that is no statistics. */
    private static String reason(String log) {
        String reason = "it did not say why";
        for (String line : log.split("\n")) {
            if (!line.isBlank() && !line.startsWith("processed ")) reason = line.strip();
        }
        return reason;
    }
}
