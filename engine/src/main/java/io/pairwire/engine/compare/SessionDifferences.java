package io.pairwire.engine.compare;

import java.util.List;

/**
 * What differs between the TCP sessions of two captures.
 *
 * @param sessions looked at
 * @param differing how many of them differ
 * @param packetsBeyond packets of sessions that were not looked at, as there were too many
 * @param worst those that differ most, a hundred at most
 */
public record SessionDifferences(long sessions, long differing, long packetsBeyond, List<SessionDifference> worst) {
    /** Not looked at, since every packet has its partner; or addresses change, and sessions cannot be told. */
    public static final SessionDifferences NONE = new SessionDifferences(0, 0, 0, List.of());

    public SessionDifferences {
        worst = List.copyOf(worst);
    }
}
