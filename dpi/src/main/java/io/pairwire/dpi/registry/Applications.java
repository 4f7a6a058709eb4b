package io.pairwire.dpi.registry;

import io.pairwire.dpi.ErrorCode;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which application a host, a certificate, a negotiated name or an address belongs to. Immutable.
 *
 * <p>One line a rule: {@code host example.org Label}, {@code alpn name Label}, {@code net 192.0.2.0/24 Label}; {@code #}
 * begins a comment. A host rule holds for the name and for all names below it, the longest suffix wins. Of two equal rules
 * the later one counts, so a table of one's own comes last.
 */
public final class Applications {
    private static final Pattern SPACE = Pattern.compile("\\s+");

    /** No rules. */
    public static final Applications NONE = new Applications(Map.of(), Map.of(), List.of());

    private final Map<String, String> hosts;
    private final Map<String, String> alpn;
    private final List<Network> networks;
    private final Set<String> labels = new LinkedHashSet<>();

    /** An address prefix; longer ones stand first. */
    private record Network(boolean ipv6, long high, long low, int bits, String label) {
        boolean holds(boolean six, long addressHigh, long addressLow) {
            if (six != ipv6) return false;
            if (!six) return bits == 0 || (addressLow ^ low) >>> 32 - bits == 0;
            if (bits <= 64) return bits == 0 || (addressHigh ^ high) >>> 64 - bits == 0;
            return addressHigh == high && (addressLow ^ low) >>> 128 - bits == 0;
        }
    }

    private Applications(Map<String, String> hosts, Map<String, String> alpn, List<Network> networks) {
        this.hosts = hosts;
        this.alpn = alpn;
        this.networks = networks;
        labels.addAll(hosts.values());
        labels.addAll(alpn.values());
        networks.forEach(network -> labels.add(network.label));
    }

    /**
     * These rules and those of a text.
     *
     * @param file its name, for messages
     * @throws TableSyntaxException if a line is not understood
     */
    public Applications and(String file, List<String> lines) throws TableSyntaxException {
        var moreHosts = new HashMap<>(hosts);
        var moreAlpn = new HashMap<>(alpn);
        var moreNetworks = new ArrayList<>(networks);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) continue;
            String[] words = SPACE.split(line);
            if (words.length != 3) throw wrong(file, i, "not three words: " + line);
            switch (words[0]) {
                case "host" -> moreHosts.put(words[1].toLowerCase(Locale.ROOT), words[2]);
                case "alpn" -> moreAlpn.put(words[1], words[2]);
                case "net" -> moreNetworks.add(network(file, i, words[1], words[2]));
                default -> throw wrong(file, i, "not host, alpn or net: " + words[0]);
            }
        }
        moreNetworks.sort((one, other) -> Integer.compare(other.bits, one.bits));
        return new Applications(moreHosts, moreAlpn, moreNetworks);
    }

    private static TableSyntaxException wrong(String file, int index, String reason) {
        return new TableSyntaxException(ErrorCode.HOST_TABLE_MALFORMED, file, index + 1, reason);
    }

    private static Network network(String file, int line, String prefix, String label) throws TableSyntaxException {
        int slash = prefix.indexOf('/');
        try {
            byte[] address = InetAddress.ofLiteral(slash < 0 ? prefix : prefix.substring(0, slash))
                    .getAddress();
            int bits = slash < 0 ? 8 * address.length : Integer.parseInt(prefix.substring(slash + 1));
            if (bits < 0 || bits > 8 * address.length) throw wrong(file, line, "prefix length out of range: " + prefix);
            return address.length == 4
                    ? new Network(false, 0, number(address, 0, 4), bits, label)
                    : new Network(true, number(address, 0, 8), number(address, 8, 8), bits, label);
        } catch (IllegalArgumentException e) {
            throw wrong(file, line, "not an address prefix: " + prefix);
        }
    }

    private static long number(byte[] bytes, int from, int count) {
        long number = 0;
        for (int i = from; i < from + count; i++) number = number << 8 | bytes[i] & 0xff;
        return number;
    }

    /** All labels, each once. */
    public Set<String> labels() {
        return Collections.unmodifiableSet(labels);
    }

    /** How many rules there are. */
    public int count() {
        return hosts.size() + alpn.size() + networks.size();
    }

    /** The application of a host by the longest suffix. Allocates; asked once a session. */
    public Optional<String> ofHost(String name) {
        String rest = name.toLowerCase(Locale.ROOT);
        if (rest.endsWith(".")) rest = rest.substring(0, rest.length() - 1);
        int colon = rest.indexOf(':');
        if (colon > 0 && rest.indexOf(':', colon + 1) < 0) rest = rest.substring(0, colon);
        if (rest.startsWith("*.")) rest = rest.substring(2);
        while (!rest.isEmpty()) {
            String label = hosts.get(rest);
            if (label != null) return Optional.of(label);
            int point = rest.indexOf('.');
            if (point < 0) break;
            rest = rest.substring(point + 1);
        }
        return Optional.empty();
    }

    /** The application of a name of application-layer protocol negotiation. */
    public Optional<String> ofAlpn(String name) {
        return Optional.ofNullable(alpn.get(name));
    }

    /** The application of an address by the longest prefix. */
    public Optional<String> ofAddress(int ipVersion, long high, long low) {
        for (Network network : networks) {
            if (network.holds(ipVersion == 6, high, low)) return Optional.of(network.label);
        }
        return Optional.empty();
    }
}
