package io.pairwire.dpi.registry;

import io.pairwire.dpi.Payload;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Recognition;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A protocol made of lines of a signature file: one of its rules must hold. It finds no attributes. */
public final class Signature implements Protocol {
    private final String label;
    private final List<SignatureRule> rules;
    private final List<Trigger> numbers;
    private final List<Trigger> triggers;

    Signature(String label, List<SignatureRule> rules, List<Trigger> more) {
        this.label = label;
        this.rules = List.copyOf(rules);
        numbers = List.copyOf(more);
        var all = new ArrayList<Trigger>();
        for (SignatureRule rule : rules) all.addAll(rule.triggers());
        all.addAll(more);
        triggers = List.copyOf(all);
    }

    /** Does it only add ports and numbers? */
    boolean isWithoutRules() {
        return rules.isEmpty();
    }

    /** The ports and numbers that come with it. */
    List<Trigger> numbers() {
        return numbers;
    }

    /** The name that belongs to a label. */
    static String name(String label) {
        return label.toLowerCase(Locale.ROOT);
    }

    @Override
    public String name() {
        return name(label);
    }

    @Override
    public String label() {
        return label;
    }

    @Override
    public List<String> parents() {
        return rules.stream()
                .map(rule -> rule.transport().name().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    @Override
    public List<Trigger> triggers() {
        return triggers;
    }

    /** Never says NEVER: another payload of the session may match another rule. */
    @Override
    public Recognition recognise(Payload payload, Session session) {
        for (int i = 0; i < rules.size(); i++) {
            SignatureRule rule = rules.get(i);
            if (!rule.matches(payload, session)) continue;
            if (rule.times() <= 1) return Recognition.YES;
            long seen = session.note() + 1;
            if (seen >= rule.times()) return Recognition.YES;
            session.note(seen);
            return Recognition.MORE;
        }
        return Recognition.MORE;
    }
}
