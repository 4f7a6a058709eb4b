package io.pairwire.dpi.session;

import io.pairwire.capture.Packet;
import io.pairwire.decode.stream.Direction;
import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.Session;

/**
 * Is told what becomes of sessions. Called by the thread of the {@link Inspector}, from inside its methods, which must not be
 * called in turn. A session is valid until the method returns.
 */
public interface SessionListener {
    /** Wants to hear nothing. */
    SessionListener NONE = new SessionListener() {
        @Override
        public boolean hearsValues() {
            return false;
        }
    };

    /** The first packet of a session came. */
    default void began(Session session) {}

    /** A packet was counted; those of tunnels once for each session they belong to. */
    default void packet(Session session, Packet packet, Direction direction) {}

    /** Does {@link #found} do something? Asked once; if not, nobody makes the text of values for it. */
    default boolean hearsValues() {
        return true;
    }

    /** A value was found; it is the latest of that attribute in the session, also if there was no room to keep it. */
    default void found(Session session, Attribute attribute, String value) {}

    /**
     * Something in the packet is made to fool an observer, or looks like it: one of the errors that
     * {@link ErrorCode#isEvasion} says so of. The packet is valid until this returns; it is counted whatever is told.
     */
    default void evasion(ErrorCode code, Packet packet) {}

    /** The label changed. */
    default void labelled(Session session) {}

    /**
     * A batch of packets that {@link Inspector#poll} took is through: the time to hand over what was gathered.
     *
     * @param packets of the batch
     * @param sessions that began or ended with it
     */
    default void batch(int packets, long sessions) {}

    /** It is over: everything about it is known. */
    default void ended(Session session, EndCause cause) {}
}
