package io.pairwire.dpi.registry;

import io.pairwire.dpi.ErrorCode;

/** A line of a signature file or of a table of applications is not understood. */
public final class TableSyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    private final ErrorCode code;

    TableSyntaxException(ErrorCode code, String file, int line, String reason) {
        super(file + ":" + line + ": " + reason);
        this.code = code;
    }

    /** Which table. */
    public ErrorCode code() {
        return code;
    }
}
