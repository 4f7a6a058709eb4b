package io.pairwire.dpi;

import io.pairwire.decode.stream.Direction;

/**
 * Follows one session of its protocol and tells what it finds. Belongs to that session and its thread.
 *
 * <p>Gets the datagrams one by one, or the bytes of a stream in order. What it does not use of a stream comes again with more
 * behind it, so it never has to keep bytes itself.
 */
@FunctionalInterface
public interface SessionParser {
    /** Nothing more to find here: the session is not followed any further. */
    int DONE = -1;

    /** This is not my protocol after all: others are asked again. Only before anything was found. */
    int VIOLATION = -2;

    /**
     * Takes the next bytes.
     *
     * @return how many bytes of a stream are used up, 0 to wait for more; more than {@link Payload#length} to pass over bytes
     *     to come; or {@link #DONE} or {@link #VIOLATION}. For a datagram any number but these means that more is
     *     welcome; one that answers 0 and hands over leaves the datagram to its successor.
     */
    int take(Payload payload, Findings findings);

    /**
     * Bytes of the stream are missing; what was kept is lost.
     *
     * @return 0 to go on behind them, or {@link #DONE}
     */
    default int gap(Direction direction, long length) {
        return DONE;
    }
}
