package io.pairwire.output.flows;

import io.pairwire.dpi.Session;

/** How a session looks on a line. Implementations keep nothing of it. */
public interface FlowFormat {
    /** Prints nothing at all. */
    FlowFormat NONE = (_, _, _) -> {};

    /** What stands above the first line, with its line ends; empty if nothing does. */
    default String heading() {
        return "";
    }

    /**
     * Adds one line without its end.
     *
     * @param capture the file of its first packet
     */
    void print(StringBuilder line, Session session, String capture);
}
