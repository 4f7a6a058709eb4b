package io.pairwire.engine.fate.condition;

import io.pairwire.decode.filter.text.FilterSyntaxException;
import io.pairwire.engine.Prefix;
import io.pairwire.engine.fate.Fate;
import io.pairwire.memory.DurationText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads conditions.
 *
 * <pre>
 * condition  = chain { "or" chain }
 * chain      = part { "and" part }
 * part       = "not" part | "(" condition ")" | test
 * test       = "latency" compare duration
 *            | ( "client" | "server" | "host" ) equal network
 *            | ( "client_port" | "server_port" | "port" ) compare number
 *            | "flow" equal endpoint "-" endpoint
 *            | "direction" equal ( "inbound" | "outbound" )
 *            | "protocol" equal ( "tcp" | "udp" | number )
 *            | "paired" | "request" | "response" | "unmatched" | "expired" | "evicted" | "dropped"
 *            | "retransmission"
 * compare    = "=" | "==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;="
 * equal      = "=" | "==" | "!="
 * </pre>
 *
 * {@code &amp;&amp;}, {@code ||} and {@code !} mean and, or, not. {@code unmatched} is everything that could have had a partner and
 * has none.
 */
final class ConditionParser {
    private static final int DEEPEST = 64;
    private static final int PORTS = 1 << 16;
    private static final int PROTOCOLS = 1 << 8;
    private static final List<String> NAMES = List.of(
            "latency",
            "client",
            "server",
            "host",
            "client_port",
            "server_port",
            "port",
            "flow",
            "direction",
            "protocol",
            "paired",
            "request",
            "response",
            "unmatched",
            "expired",
            "evicted",
            "dropped",
            "retransmission");

    private final Words words;
    private int depth;

    ConditionParser(String text) {
        words = new Words(text);
    }

    /** @throws FilterSyntaxException if the text is no condition; it says where and why */
    Condition parse() {
        Condition condition = condition();
        if (!words.peek().equals(Words.END)) {
            throw words.wrong("'and' or 'or' expected, not " + words.shown());
        }
        return condition;
    }

    private Condition condition() {
        var any = new ArrayList<>(List.of(chain()));
        while (words.takes("or", "||")) any.add(chain());
        return any.size() == 1 ? any.getFirst() : new Condition.Or(any);
    }

    private Condition chain() {
        var all = new ArrayList<>(List.of(part()));
        while (words.takes("and", "&&")) all.add(part());
        return all.size() == 1 ? all.getFirst() : new Condition.And(all);
    }

    private Condition part() {
        if (++depth > DEEPEST) throw words.wrong("deeper than " + DEEPEST + " levels");
        try {
            if (words.takes("not", "!")) return new Condition.Not(part());
            if (!words.takes("(")) return test();
            Condition inside = condition();
            if (!words.takes(")")) throw words.wrong("')' expected, not " + words.shown());
            return inside;
        } finally {
            depth--;
        }
    }

    private Condition test() {
        String name = words.peek().toLowerCase(Locale.ROOT);
        if (!NAMES.contains(name)) throw words.wrong(unknown(name));
        words.take();
        return switch (name) {
            case "latency" -> new Condition.Latency(comparison(), duration());
            case "client" -> address(Condition.Side.CLIENT);
            case "server" -> address(Condition.Side.SERVER);
            case "host" -> address(Condition.Side.EITHER);
            case "client_port" -> port(Condition.Side.CLIENT);
            case "server_port" -> port(Condition.Side.SERVER);
            case "port" -> port(Condition.Side.EITHER);
            case "flow" -> unless(differs(), flow());
            case "direction" -> unless(differs(), direction());
            case "protocol" -> unless(differs(), protocol());
            case "paired" -> new Condition.Became(Set.of(Fate.REQUEST, Fate.RESPONSE));
            case "unmatched" -> new Condition.Became(Set.of(Fate.UNMATCHED, Fate.EXPIRED, Fate.EVICTED, Fate.DROPPED));
            default -> new Condition.Became(Set.of(Fate.valueOf(name.toUpperCase(Locale.ROOT))));
        };
    }

    private String unknown(String name) {
        if (name.equals(Words.END)) return "a condition expected, such as latency>10ms";
        String nearest = NAMES.stream()
                .min((one, other) -> Integer.compare(distance(name, one), distance(name, other)))
                .orElseThrow();
        boolean near = distance(name, nearest) <= Math.max(1, nearest.length() / 3);
        return words.shown() + " is no condition: "
                + (near ? "did you mean '" + nearest + "'?" : "known are " + String.join(", ", NAMES));
    }

    /** Letters to add, take out or change to make one of the other. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) row[j] = j;
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }

    private Comparison comparison() {
        if (words.takes("=", "==")) return Comparison.EQUAL;
        if (words.takes("!=")) return Comparison.NOT_EQUAL;
        if (words.takes("<")) return Comparison.LESS;
        if (words.takes("<=")) return Comparison.LESS_OR_EQUAL;
        if (words.takes(">")) return Comparison.GREATER;
        if (words.takes(">=")) return Comparison.GREATER_OR_EQUAL;
        throw words.wrong("one of = != < <= > >= expected, not " + words.shown());
    }

    private boolean differs() {
        if (words.takes("=", "==")) return false;
        if (words.takes("!=")) return true;
        throw words.wrong("= or != expected, not " + words.shown());
    }

    private static Condition unless(boolean differs, Condition condition) {
        return differs ? new Condition.Not(condition) : condition;
    }

    private long duration() {
        try {
            long nanos = DurationText.parseNanos(words.peek());
            words.take();
            return nanos;
        } catch (IllegalArgumentException e) {
            throw words.wrong("a duration with its unit expected, such as 10ms or 500us, not " + words.shown());
        }
    }

    private Condition address(Condition.Side side) {
        boolean differs = differs();
        try {
            Prefix network = Prefix.parse(words.peek());
            words.take();
            return unless(differs, new Condition.Address(side, network));
        } catch (IllegalArgumentException e) {
            throw words.wrong("an address or a network expected, such as 10.0.0.0/8, not " + words.shown());
        }
    }

    private Condition port(Condition.Side side) {
        return new Condition.Port(side, comparison(), number(PORTS, "a port"));
    }

    private int number(int limit, String what) {
        String digits = words.peek();
        if (!digits.matches("\\d{1,5}") || Integer.parseInt(digits) >= limit) {
            throw words.wrong(what + " from 0 to " + (limit - 1) + " expected, not " + words.shown());
        }
        return Integer.parseInt(words.take());
    }

    private Condition flow() {
        String[] ends = words.peek().split("-", -1);
        if (ends.length != 2) throw noFlow();
        var flow = new Condition.Flow(address(ends[0]), port(ends[0]), address(ends[1]), port(ends[1]));
        words.take();
        return flow;
    }

    private Prefix address(String endpoint) {
        String address = endpoint.substring(0, colon(endpoint));
        if (address.startsWith("[") && address.endsWith("]")) address = address.substring(1, address.length() - 1);
        else if (address.indexOf(':') >= 0) throw noFlow();
        try {
            if (address.indexOf('/') >= 0) throw noFlow();
            return Prefix.parse(address);
        } catch (IllegalArgumentException e) {
            throw noFlow();
        }
    }

    private int port(String endpoint) {
        String digits = endpoint.substring(colon(endpoint) + 1);
        if (!digits.matches("\\d{1,5}") || Integer.parseInt(digits) >= PORTS) throw noFlow();
        return Integer.parseInt(digits);
    }

    private int colon(String endpoint) {
        int colon = endpoint.lastIndexOf(':');
        if (colon < 0) throw noFlow();
        return colon;
    }

    private FilterSyntaxException noFlow() {
        return words.wrong("two endpoints expected, such as 10.0.0.1:5000-192.168.0.9:53 or"
                + " [2001:db8::1]:5000-[2001:db8::2]:53, not " + words.shown());
    }

    private Condition direction() {
        if (words.takes("inbound")) return new Condition.Direction(true);
        if (words.takes("outbound")) return new Condition.Direction(false);
        throw words.wrong("inbound or outbound expected, not " + words.shown());
    }

    private Condition protocol() {
        if (words.takes("tcp")) return new Condition.Protocol(6);
        if (words.takes("udp")) return new Condition.Protocol(17);
        return new Condition.Protocol(number(PROTOCOLS, "tcp, udp or a number"));
    }
}
