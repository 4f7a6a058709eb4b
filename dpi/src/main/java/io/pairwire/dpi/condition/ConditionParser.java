package io.pairwire.dpi.condition;

import io.pairwire.dpi.Attribute;
import io.pairwire.dpi.AttributeType;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.registry.Catalogue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Recursive descent over {@code or}, {@code and}, {@code not}, parentheses and single tests; nests {@value #DEEPEST} deep. */
final class ConditionParser {
    private static final int DEEPEST = 100;
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<text>\"(?:[^\"\\\\]|\\\\.)*\")|(?<symbol>==|!=|<=|>=|&&|\\|\\||[=<>!(){},])|(?<word>[^\\s\"=<>!(){},&|]+))");

    private final String text;
    private final Catalogue catalogue;
    private final Set<Attribute> attributes = new HashSet<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private int next;
    private int depth;

    ConditionParser(String text, Catalogue catalogue) {
        this.text = text;
        this.catalogue = catalogue;
    }

    Condition parse() throws ConditionSyntaxException {
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group().strip());
            end = matcher.end();
            places.add(end - tokens.getLast().length());
        }
        if (!text.substring(end).isBlank()) throw wrong(end, "not understood");
        if (tokens.isEmpty()) throw wrong(0, "nothing to test");
        Predicate<Session> test = either();
        if (next < tokens.size()) throw wrong(place(), "nothing can stand here but and, or");
        return new Condition(test, attributes);
    }

    private ConditionSyntaxException wrong(int place, String reason) {
        return new ConditionSyntaxException(text, place, reason);
    }

    private int place() {
        return next < places.size() ? places.get(next) : text.length();
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private boolean accept(String... words) {
        for (String word : words) {
            if (peek().equalsIgnoreCase(word)) {
                next++;
                return true;
            }
        }
        return false;
    }

    private Predicate<Session> either() throws ConditionSyntaxException {
        Predicate<Session> test = both();
        while (accept("or", "||")) test = test.or(both());
        return test;
    }

    private Predicate<Session> both() throws ConditionSyntaxException {
        Predicate<Session> test = single();
        while (accept("and", "&&")) test = test.and(single());
        return test;
    }

    private Predicate<Session> single() throws ConditionSyntaxException {
        if (++depth > DEEPEST) throw wrong(place(), "nested too deeply");
        try {
            if (accept("not", "!")) return single().negate();
            if (accept("(")) {
                Predicate<Session> inside = either();
                if (!accept(")")) throw wrong(place(), "a ) is missing");
                return inside;
            }
            return test();
        } finally {
            depth--;
        }
    }

    private Predicate<Session> test() throws ConditionSyntaxException {
        int at = place();
        String name = peek();
        if (name.isEmpty()) throw wrong(at, "the name of an attribute is missing");
        next++;
        Optional<SessionField> field = SessionField.of(name);
        Optional<Attribute> attribute = catalogue.attribute(name);
        attribute.ifPresent(attributes::add);
        if (field.isEmpty() && attribute.isEmpty()) throw wrong(at, "there is no attribute " + name);
        String operator = operator();
        if (operator.isEmpty()) {
            return attribute.isPresent() ? s -> s.attributes().has(attribute.get()) : exists(field.orElseThrow());
        }
        boolean numeric = field.map(SessionField::isNumeric)
                .orElseGet(() -> attribute.orElseThrow().type().isNumeric());
        if (numeric) return ofNumbers(operator, field, attribute);
        return ofTexts(operator, field, attribute);
    }

    private static Predicate<Session> exists(SessionField field) {
        if (field.isNumeric()) return s -> field.number(s) > 0;
        return s -> field.texts(s).stream().anyMatch(text -> !text.isEmpty());
    }

    private String operator() {
        String token = peek().toLowerCase(Locale.ROOT);
        return switch (token) {
            case "==", "=", "!=", "<", "<=", ">", ">=", "contains", "startswith", "endswith", "matches", "in" -> {
                next++;
                yield token;
            }
            default -> "";
        };
    }

    private Predicate<Session> ofNumbers(String operator, Optional<SessionField> field, Optional<Attribute> attribute)
            throws ConditionSyntaxException {
        LongPredicate test;
        if (operator.equals("in")) {
            var numbers = new ArrayList<Long>();
            for (String value : set()) numbers.add(number(value));
            test = numbers::contains;
        } else {
            long bound = number(value());
            test = switch (operator) {
                case "==", "=" -> n -> n == bound;
                case "!=" -> n -> n != bound;
                case "<" -> n -> n < bound;
                case "<=" -> n -> n <= bound;
                case ">" -> n -> n > bound;
                case ">=" -> n -> n >= bound;
                default -> throw wrong(place(), operator + " is for text, this is a number");
            };
        }
        if (field.isPresent()) {
            SessionField known = field.get();
            return s -> test.test(known.number(s));
        }
        Attribute wanted = attribute.orElseThrow();
        return s -> {
            var values = s.attributes();
            for (int i = 0; i < values.count(); i++) {
                if (values.attribute(i).equals(wanted) && test.test(values.number(i))) return true;
            }
            return false;
        };
    }

    private Predicate<Session> ofTexts(String operator, Optional<SessionField> field, Optional<Attribute> attribute)
            throws ConditionSyntaxException {
        boolean address = field.map(SessionField::isAddress)
                .orElseGet(() -> attribute.orElseThrow().type() == AttributeType.ADDRESS);
        Predicate<String> test = operator.equals("in") ? among(set(), address) : compare(operator, value(), address);
        boolean none = operator.equals("!=");
        Predicate<List<String>> of = none
                ? values -> !values.isEmpty() && values.stream().allMatch(test)
                : values -> values.stream().anyMatch(test);
        if (field.isPresent()) {
            SessionField known = field.get();
            return s -> of.test(known.texts(s));
        }
        Attribute wanted = attribute.orElseThrow();
        return s -> of.test(s.attributes().texts(wanted));
    }

    private Predicate<String> compare(String operator, String value, boolean address) throws ConditionSyntaxException {
        return switch (operator) {
            case "==", "=" -> address ? among(List.of(value), true) : value::equalsIgnoreCase;
            case "!=" -> address ? among(List.of(value), true).negate() : text -> !value.equalsIgnoreCase(text);
            case "contains" -> lower(value, String::contains);
            case "startswith" -> lower(value, String::startsWith);
            case "endswith" -> lower(value, String::endsWith);
            case "matches" -> {
                try {
                    yield Pattern.compile(value).asPredicate();
                } catch (PatternSyntaxException e) {
                    throw wrong(place(), "not a regular expression: " + e.getDescription());
                }
            }
            default -> throw wrong(place(), operator + " is for numbers, this is text");
        };
    }

    private interface Comparison {
        boolean test(String text, String value);
    }

    private static Predicate<String> lower(String value, Comparison comparison) {
        String wanted = value.toLowerCase(Locale.ROOT);
        return text -> comparison.test(text.toLowerCase(Locale.ROOT), wanted);
    }

    private Predicate<String> among(List<String> values, boolean address) throws ConditionSyntaxException {
        if (!address) {
            return text -> values.stream().anyMatch(text::equalsIgnoreCase);
        }
        var prefixes = new ArrayList<AddressPrefix>();
        for (String value : values) {
            prefixes.add(AddressPrefix.parse(value)
                    .orElseThrow(() -> wrong(place(), "not an address or a prefix: " + value)));
        }
        return text -> prefixes.stream().anyMatch(prefix -> prefix.holds(text));
    }

    private List<String> set() throws ConditionSyntaxException {
        if (!accept("{")) return List.of(value());
        var values = new ArrayList<String>();
        do values.add(value());
        while (accept(","));
        if (!accept("}")) throw wrong(place(), "a } is missing");
        return values;
    }

    private String value() throws ConditionSyntaxException {
        String token = peek();
        if (token.isEmpty() || "(){},".contains(token)) throw wrong(place(), "a value is missing");
        next++;
        if (!token.startsWith("\"")) return token;
        return token.substring(1, token.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    private long number(String value) throws ConditionSyntaxException {
        if (value.equalsIgnoreCase("true")) return 1;
        if (value.equalsIgnoreCase("false")) return 0;
        try {
            return Long.decode(value);
        } catch (NumberFormatException e) {
            throw wrong(next == 0 ? 0 : places.get(next - 1), "not a number: " + value);
        }
    }
}
