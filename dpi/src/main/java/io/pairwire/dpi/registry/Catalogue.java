package io.pairwire.dpi.registry;

import io.pairwire.decode.Layer;
import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Trigger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All protocols with their numbers. Immutable; may serve many threads, and while traffic runs an inspector can be given a
 * newer one that {@link #with} made: numbers stay what they were.
 *
 * <p>0 is nobody; then come the layers that the decoder knows, then protocols, then applications that were only named.
 */
public final class Catalogue {
    /** The number of the first protocol that is no layer. */
    static final int FIRST_PROTOCOL = 1 + Layer.values().length;

    private final List<Protocol> protocols;
    private final List<String> names;
    private final List<String> labels;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Attribute> attributes;
    private final int[] layerNumbers = new int[Layer.values().length];
    private final TriggerTable triggers;
    private final Map<String, List<Trigger>> more;
    private final Applications applications;
    private final List<Problem> problems;

    Catalogue(
            List<Protocol> protocols,
            Map<String, List<Trigger>> more,
            Applications applications,
            List<Problem> problems) {
        this.more = Map.copyOf(more);
        this.protocols = List.copyOf(protocols);
        this.applications = applications;
        this.problems = List.copyOf(problems);
        names = new ArrayList<>();
        labels = new ArrayList<>();
        add("unknown", "Unknown");
        for (Layer layer : Layer.values()) {
            add(lower(layer), label(layer));
        }
        attributes = new HashMap<>();
        for (Protocol protocol : protocols) {
            add(protocol.name(), protocol.label());
            for (Attribute attribute : protocol.attributes()) attributes.putIfAbsent(attribute.name(), attribute);
        }
        for (String application : applications.labels()) {
            String name = application.toLowerCase(Locale.ROOT);
            if (!numbers.containsKey(name)) add(name, application);
        }
        for (Layer layer : Layer.values()) layerNumbers[layer.ordinal()] = numbers.getOrDefault(lower(layer), 0);
        triggers = new TriggerTable(protocols, more, FIRST_PROTOCOL);
    }

    private static String lower(Layer layer) {
        return layer.name().toLowerCase(Locale.ROOT);
    }

    /** Layers that are labels of the sessions that carry them. */
    private static String label(Layer layer) {
        return switch (layer) {
            case GTP_U, GTP_0 -> "GTP";
            case VXLAN -> "VXLAN";
            case GENEVE -> "GENEVE";
            case L2TP, L2TP_3 -> "L2TP";
            case TEREDO -> "TEREDO";
            default -> lower(layer);
        };
    }

    private void add(String name, String label) {
        numbers.put(name, names.size()); // a protocol may bear the name of a layer, and stands for it from then on
        names.add(name);
        labels.add(label);
    }

    /** Everything that comes with this module. */
    public static Catalogue builtIn() {
        return new CatalogueBuilder().withBuiltIn().build();
    }

    /** The same and one protocol more. */
    public Catalogue with(Protocol protocol) {
        return new CatalogueBuilder(this).with(protocol).build();
    }

    /** Protocols that are no layers, in the order of their numbers. */
    public List<Protocol> protocols() {
        return protocols;
    }

    /** How many numbers there are; the greatest is one less. */
    public int count() {
        return names.size();
    }

    /** The number of that name in lower case, or 0. */
    public int number(String name) {
        return numbers.getOrDefault(name, 0);
    }

    /** The number of a layer, or of the protocol that bears its name. */
    public int number(Layer layer) {
        return layerNumbers[layer.ordinal()];
    }

    /** The name of that number. */
    public String name(int number) {
        return names.get(number);
    }

    /** What people read. */
    public String label(int number) {
        return labels.get(number);
    }

    /** The protocol of that number, empty for layers and applications. */
    public Optional<Protocol> protocol(int number) {
        int index = number - FIRST_PROTOCOL;
        return index < 0 || index >= protocols.size() ? Optional.empty() : Optional.of(protocols.get(index));
    }

    /**
     * The protocol of that number.
     *
     * @throws IndexOutOfBoundsException if the number is no protocol's
     */
    public Protocol asked(int number) {
        return protocols.get(number - FIRST_PROTOCOL);
    }

    /** The attribute of that name. */
    public Optional<Attribute> attribute(String name) {
        return Optional.ofNullable(attributes.get(name));
    }

    /** All attributes by name. */
    public List<Attribute> attributes() {
        var all = new ArrayList<>(attributes.values());
        all.sort((one, other) -> one.name().compareTo(other.name()));
        return Collections.unmodifiableList(all);
    }

    /** Triggers beyond those that protocols have by themselves. */
    Map<String, List<Trigger>> moreTriggers() {
        return more;
    }

    public TriggerTable triggers() {
        return triggers;
    }

    public Applications applications() {
        return applications;
    }

    /** What was left out, and why. */
    public List<Problem> problems() {
        return problems;
    }
}
