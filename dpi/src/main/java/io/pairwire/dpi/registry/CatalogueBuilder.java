package io.pairwire.dpi.registry;

import io.pairwire.dpi.ErrorCode;
import io.pairwire.dpi.Protocol;
import io.pairwire.dpi.Trigger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link Catalogue} together. What is wrong with one protocol leaves that one out and is listed as a
 * {@link Problem}; nothing else suffers. Not thread-safe.
 */
public final class CatalogueBuilder {
    private static final Set<String> LAYERS = Set.of("ethernet", "ip", "tcp", "udp", "sctp");
    private static final String SIGNATURES = "signatures.txt";
    private static final String APPLICATIONS = "applications.txt";

    private final List<Protocol> protocols = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, List<Trigger>> more = new HashMap<>();
    private Applications applications = Applications.NONE;

    /** Nothing yet. */
    public CatalogueBuilder() {}

    CatalogueBuilder(Catalogue known) {
        known.protocols().forEach(this::with);
        problems.addAll(known.problems());
        applications = known.applications();
        more.putAll(known.moreTriggers());
    }

    /** Adds what comes with this module: protocols, signatures, applications. */
    public CatalogueBuilder withBuiltIn() {
        var loader = ServiceLoader.load(Protocol.class, CatalogueBuilder.class.getClassLoader());
        loader.stream()
                .filter(provider -> provider.type().getModule() == CatalogueBuilder.class.getModule())
                .filter(provider -> provider.type().getClassLoader() == CatalogueBuilder.class.getClassLoader())
                .sorted((one, other) ->
                        one.type().getName().compareTo(other.type().getName()))
                .forEach(provider -> with(provider.get()));
        try {
            withSignatures(SIGNATURES, resource(SIGNATURES));
            withApplications(APPLICATIONS, resource(APPLICATIONS));
        } catch (TableSyntaxException e) {
            throw new IllegalStateException("a table of this module: " + e.getMessage(), e);
        }
        return this;
    }

    private static List<String> resource(String name) {
        try (var stream = CatalogueBuilder.class.getResourceAsStream(name)) {
            if (stream == null) throw new IllegalStateException("missing in this module: " + name);
            return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a protocol; if its name is taken or it throws when asked what it is, it is left out. */
    public CatalogueBuilder with(Protocol protocol) {
        String where = protocol.getClass().getName();
        try {
            String name = protocol.name();
            if (!isName(name)) {
                problems.add(new Problem(ErrorCode.PLUG_IN_UNREADABLE, where, "not a name: " + name));
            } else if (names.contains(name)) {
                problems.add(new Problem(ErrorCode.PLUG_IN_DUPLICATE, where, "there is already a protocol " + name));
            } else {
                protocol.label();
                protocol.triggers().forEach(Object::hashCode);
                protocol.attributes().forEach(Object::hashCode);
                protocol.parents().forEach(Object::hashCode);
                names.add(name);
                protocols.add(protocol);
            }
        } catch (RuntimeException | LinkageError e) { // a stranger's code at its edge
            problems.add(new Problem(ErrorCode.PLUG_IN_THREW, where, e.toString()));
        }
        return this;
    }

    private static boolean isName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' && c != '+' && c != '-') return false;
        }
        return !name.isEmpty();
    }

    /**
     * Adds signatures.
     *
     * @param file its name, for messages
     * @throws TableSyntaxException if a line is not understood
     */
    public CatalogueBuilder withSignatures(String file, List<String> lines) throws TableSyntaxException {
        new SignatureParser(file).parse(lines).forEach(this::withSignature);
        return this;
    }

    /** A protocol in code knows better than a signature for its label, which then only adds ports and numbers. */
    private void withSignature(Signature signature) {
        Protocol known = known(signature);
        if (known == null) {
            with(signature);
        } else if (known instanceof Signature && !signature.isWithoutRules()) {
            problems.add(new Problem(ErrorCode.PLUG_IN_DUPLICATE, signature.label(), "there is already a signature"));
        } else {
            more.computeIfAbsent(known.name(), _ -> new ArrayList<>()).addAll(signature.numbers());
        }
    }

    /** The first with this name or this label. */
    private @Nullable Protocol known(Signature signature) {
        String name = signature.name();
        String label = signature.label();
        for (Protocol protocol : protocols) {
            if (protocol.name().equals(name) || protocol.label().equalsIgnoreCase(label)) return protocol;
        }
        return null;
    }

    /** Adds the signatures of a file. */
    public CatalogueBuilder withSignatures(Path file) throws IOException, TableSyntaxException {
        return withSignatures(file.toString(), Files.readAllLines(file));
    }

    /**
     * Adds rules for applications.
     *
     * @param file its name, for messages
     * @throws TableSyntaxException if a line is not understood
     */
    public CatalogueBuilder withApplications(String file, List<String> lines) throws TableSyntaxException {
        applications = applications.and(file, lines);
        return this;
    }

    /** Adds the rules of a file. */
    public CatalogueBuilder withApplications(Path file) throws IOException, TableSyntaxException {
        return withApplications(file.toString(), Files.readAllLines(file));
    }

    /** Adds the protocols of all jars in a folder, each jar loaded by itself, in the order of their names. */
    public CatalogueBuilder withFolder(Path folder) throws IOException {
        new ProtocolFolder(this).loadAll(folder);
        return this;
    }

    /** Looks whether all parents are there; if not, the protocol is taken out. */
    private boolean hasParents(Protocol protocol) {
        for (String parent : protocol.parents()) {
            if (LAYERS.contains(parent) || names.contains(parent)) continue;
            problems.add(new Problem(
                    ErrorCode.PLUG_IN_PARENT, protocol.getClass().getName(), "there is no protocol " + parent));
            names.remove(protocol.name());
            protocols.remove(protocol);
            return false;
        }
        return true;
    }

    void problem(Problem problem) {
        problems.add(problem);
    }

    /** The catalogue as it stands now; protocols whose parents are missing are left out. */
    public Catalogue build() {
        for (boolean changed = true; changed; ) {
            changed = false;
            for (Protocol protocol : List.copyOf(protocols)) changed |= !hasParents(protocol);
        }
        return new Catalogue(protocols, more, applications, problems);
    }
}
