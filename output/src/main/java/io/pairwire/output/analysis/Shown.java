package io.pairwire.output.analysis;

import io.pairwire.engine.analyse.TalkLayer;
import java.util.EnumSet;
import java.util.Set;

/**
 * What of a report is shown besides its summary.
 *
 * @param conversations layers whose conversations are listed
 * @param endpoints layers whose endpoints are listed
 */
public record Shown(Set<TalkLayer> conversations, Set<TalkLayer> endpoints) {
    /** Everything. */
    public static final Shown ALL = new Shown(EnumSet.allOf(TalkLayer.class), EnumSet.allOf(TalkLayer.class));

    public Shown {
        conversations = Set.copyOf(conversations);
        endpoints = Set.copyOf(endpoints);
    }
}
