package io.pairwire.dpi.condition;

import io.pairwire.dpi.ErrorCode;

/** A condition on attributes is not understood. */
public final class ConditionSyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    private final int position;

    ConditionSyntaxException(String text, int position, String reason) {
        super(reason + "\n  " + text + "\n  " + " ".repeat(Math.min(position, text.length())) + "^");
        this.position = position;
    }

    /** Its number among errors. */
    public ErrorCode code() {
        return ErrorCode.CONDITION_MALFORMED;
    }

    /** Where in the text, in characters from 0. */
    public int position() {
        return position;
    }
}
