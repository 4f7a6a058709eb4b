package io.pairwire.dpi;

import java.util.Optional;

/**
 * Gets the files that sessions carry, in pieces as they come. Called by the thread of the inspector. What it throws is taken
 * for a fault of the protocol, so one that writes keeps its failures to itself until it is asked.
 */
public interface FileHook {
    /** Wants no files. */
    FileHook NONE = new FileHook() {};

    /**
     * A file begins.
     *
     * @param session valid until this returns
     * @return who gets its bytes; empty if it is not wanted
     */
    default Optional<FileReceiver> begins(Session session, CarriedFile file) {
        return Optional.empty();
    }

    /** A session is over: files of it whose end nobody told are over too. Those without announced length may be whole. */
    default void sessionEnded(Session session) {}
}
