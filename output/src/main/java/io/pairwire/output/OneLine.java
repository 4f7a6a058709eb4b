package io.pairwire.output;

/** Text from a file, made fit for a terminal: one line, nothing that moves the cursor. */
final class OneLine {
    private static final int LONGEST = 500;

    private OneLine() {}

    static String of(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return shown.replaceAll("\\s+", " ").strip().replaceAll("\\p{Cntrl}", "?");
    }
}
