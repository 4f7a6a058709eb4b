package io.pairwire.dpi;

import io.pairwire.decode.stream.Direction;

/** Who may have sent something. */
public enum Sides {
    EITHER,
    ORIGINATOR,
    RESPONDER;

    /** Is that one of them? */
    public boolean include(Direction direction) {
        return this == EITHER || (this == ORIGINATOR) == (direction == Direction.ORIGINATOR);
    }
}
