package io.pairwire.dpi;

import java.util.List;
import java.util.Optional;

/**
 * A protocol: when to ask, how to recognise it, what it finds. One file each; {@link BuiltIn} on the class is the whole
 * registration here, a line in {@code META-INF/services/io.pairwire.dpi.Protocol} elsewhere.
 *
 * <p>Stateless: one instance serves all threads, memory belongs to the session. No method may throw on what a packet contains;
 * if one does, the protocol is switched off for the session and the error counted.
 */
public interface Protocol {

    /** Lower case, digits, {@code _} and {@code -}; unique. Paths, attributes and other protocols name it so. */
    String name();

    /** What people read; in labels the base protocol comes first. */
    default String label() {
        return name();
    }

    /** Names of what carries it, such as {@code tcp}, {@code tls}; for listings. */
    default List<String> parents() {
        return List.of();
    }

    /** When it is asked. Without a trigger nobody asks: then another protocol hands over to it by name. */
    List<Trigger> triggers();

    /** What it may find. */
    default List<Attribute> attributes() {
        return List.of();
    }

    /**
     * Is this payload, in this session, of the protocol?
     *
     * <p>A datagram comes once. Of a TCP stream everything comes that one side sent from its start, and again whenever it has
     * grown, however it was cut into segments: as long as more bytes could still make it {@link Recognition#YES} the answer is
     * {@link Recognition#MORE}. At most 4 KB are kept for this.
     */
    Recognition recognise(Payload payload, Session session);

    /**
     * Follows one session after {@link Recognition#YES}, from its first kept byte on; empty if there is nothing to find. Asked
     * once a session.
     */
    default Optional<SessionParser> parser(Session session) {
        return Optional.empty();
    }
}
