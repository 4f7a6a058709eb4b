package io.pairwire.dpi.condition;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.registry.Catalogue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A condition on a session: {@code tls.sni endswith "example.org" and tcp.retransmissions > 3}. Immutable; a test of numbers
 * makes no garbage.
 */
public final class Condition {
    private final Predicate<Session> test;
    private final Set<Attribute> attributes;

    Condition(Predicate<Session> test, Set<Attribute> attributes) {
        this.test = test;
        this.attributes = Set.copyOf(attributes);
    }

    /**
     * Compiles a text.
     *
     * @throws ConditionSyntaxException if it is not understood, or names what the catalogue does not have
     */
    public static Condition compile(String text, Catalogue catalogue) throws ConditionSyntaxException {
        return new ConditionParser(text, catalogue).parse();
    }

    /** Does it hold now? Most is known when the session has ended. */
    public boolean holds(Session session) {
        return test.test(session);
    }

    /** What must be wanted so that it can be tested. */
    public Set<Attribute> attributes() {
        return attributes;
    }
}
