package io.pairwire.output;

import java.io.IOException;

/** Nobody reads standard output any more, as after {@code | head}. */
public final class ClosedPipeException extends IOException {
    private static final long serialVersionUID = 1;

    ClosedPipeException(String message, IOException cause) {
        super(message, cause);
    }
}
