package io.pairwire.cli;

/** What the process answers. Where several apply, the failure comes first, then the check, then the damage. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    /** Done, but some input was damaged, cut or of an unknown format. */
    static final int DAMAGED_INPUT = 3;
    /** A check asked for by {@code --fail-if} applies. */
    static final int CHECK_FAILED = 4;

    /** Above the list of them in the help. */
    static final String HEADING = "%nExit codes:%n";

    private ExitCode() {}
}
