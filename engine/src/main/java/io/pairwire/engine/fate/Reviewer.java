package io.pairwire.engine.fate;

import java.io.IOException;

/** Sees every packet of a run once more, with its fate. */
@FunctionalInterface
public interface Reviewer {
    /** Sees one packet; the view is valid only during the call. */
    void onPacket(ReviewedPacket reviewed) throws IOException;
}
