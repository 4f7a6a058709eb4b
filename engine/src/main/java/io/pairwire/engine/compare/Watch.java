package io.pairwire.engine.compare;

import java.io.IOException;

/** Looks at a comparison while it runs, every thousand packets or so; ends it by throwing. */
@FunctionalInterface
public interface Watch {
    /** Nobody looks. */
    Watch NONE = () -> {};

    void look() throws IOException;
}
