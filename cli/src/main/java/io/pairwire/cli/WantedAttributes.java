package io.pairwire.cli;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.registry.Catalogue;
import io.pairwire.dpi.session.Wanted;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The names of {@code --attributes}. */
final class WantedAttributes {
    private WantedAttributes() {}

    /**
     * What they stand for; a name that nothing has is wrong usage.
     *
     * @param names separated by commas, or {@code all}
     * @param also what is needed besides
     */
    static Wanted of(Optional<String> names, Set<Attribute> also, Catalogue catalogue, CommandLine command) {
        if (names.isPresent() && names.get().equals("all")) return Wanted.ALL;
        Set<Attribute> wanted = new HashSet<>(also);
        if (names.isPresent()) {
            for (String name : names.get().split(",")) {
                wanted.add(catalogue
                        .attribute(name.strip())
                        .orElseThrow(() -> new ParameterException(
                                command,
                                "there is no attribute '" + name.strip() + "'; pairwire protocols --attributes lists"
                                        + " them")));
            }
        }
        return wanted.isEmpty() ? Wanted.NONE : Wanted.of(wanted);
    }
}
