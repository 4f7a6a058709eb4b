package io.pairwire.dpi.condition;

/** A condition on attributes is not understood. */
public final class ConditionSyntaxException extends Exception {
    private static final long serialVersionUID = 1;

    private final int position;

    ConditionSyntaxException(String text, int position, String reason) {
        super(reason + "\n  " + text + "\n  " + " ".repeat(Math.min(position, text.length())) + "^");
        this.position = position;
    }

    /** Where in the text, in characters from 0. */
    public int position() {
        return position;
    }
}
