package io.pairwire.engine.analyse;

/** How an {@link Analyzer} came to an answer; it chooses by itself. */
public enum AnalysisWay {
    /** Read from the beginning to the end. */
    STREAMED("read as a whole"),

    /** Read where an index led to. */
    INDEXED("read by its index"),

    /** There already. */
    CACHED("cached");

    private final String text;

    AnalysisWay(String text) {
        this.text = text;
    }

    /** For people. */
    @Override
    public String toString() {
        return text;
    }
}
