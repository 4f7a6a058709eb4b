package io.pairwire.dpi.session;

import io.pairwire.dpi.Attribute;
import java.util.Set;

/** Which attributes somebody wants. Immutable. */
public final class Wanted {
    /** None: parsers only look for what the label needs. */
    public static final Wanted NONE = new Wanted(false, Set.of());

    /** All there are. */
    public static final Wanted ALL = new Wanted(true, Set.of());

    private final boolean all;
    private final Set<Attribute> some;

    private Wanted(boolean all, Set<Attribute> some) {
        this.all = all;
        this.some = some;
    }

    /** These. */
    public static Wanted of(Set<Attribute> attributes) {
        return new Wanted(false, Set.copyOf(attributes));
    }

    /** Any at all? */
    public boolean any() {
        return all || !some.isEmpty();
    }

    /** This one? */
    public boolean includes(Attribute attribute) {
        return all || some.contains(attribute);
    }
}
