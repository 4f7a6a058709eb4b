package io.pairwire.decode.filter.pcap;

import io.pairwire.decode.filter.pcap.Expression.Mask;
import io.pairwire.decode.filter.pcap.Qualifiers.Direction;
import io.pairwire.decode.filter.pcap.Qualifiers.Kind;
import io.pairwire.decode.filter.text.FilterSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Understands expressions. {@code and} and {@code or} have the same rank and group from the left; {@code not} binds tighter;
 * an address without qualifiers has those of the last one before it.
 */
final class Parser {
    private static final int DEEPEST = 200;

    /** Primitives that are one word. */
    private static final Set<String> ALONE = Set.of(
            "inbound",
            "outbound",
            "pppoed",
            "lane",
            "metac",
            "bcc",
            "oam",
            "oamf4",
            "oamf4ec",
            "oamf4sc",
            "sc",
            "ilmic",
            "connectmsg",
            "metaconnect",
            "fisu",
            "lssu",
            "msu",
            "hfisu",
            "hlssu",
            "hmsu");

    /** Primitives that a number may follow. */
    private static final Set<String> MAYBE_NUMBER = Set.of("vlan", "mpls", "pppoes", "geneve", "vxlan");

    /** Primitives that a number follows. */
    private static final Set<String> NUMBER = Set.of("less", "greater", "ifindex", "rnr", "srnr");

    private static final Set<String> FIELDS =
            Set.of("vpi", "vci", "sio", "opc", "dpc", "sls", "hsio", "hopc", "hdpc", "hsls");

    private final Words words;
    private final ValueParser values;
    private int depth;

    /** What the last primitive was qualified by. */
    private Qualifiers last = Qualifiers.NONE;

    private Parser(String text) {
        words = new Words(text);
        values = new ValueParser(words);
    }

    /**
     * The expression; empty if the text is, which means every packet.
     *
     * @throws FilterSyntaxException if it is none
     */
    static Optional<Expression> parse(String text) {
        var parser = new Parser(text);
        if (parser.words.peek().is(Token.Kind.END)) return Optional.empty();
        Expression expression = parser.expression(Qualifiers.NONE);
        if (!parser.words.peek().is(Token.Kind.END)) throw parser.words.unexpected("\"and\" or \"or\" is missing");
        return Optional.of(expression);
    }

    private Expression expression(Qualifiers inherited) {
        Expression left = term(inherited);
        while (words.peek().is("and") || words.peek().is("or")) {
            boolean and = words.next().is("and");
            Qualifiers qualifiers = last;
            Expression right = words.startsWithId() ? id(qualifiers) : term(qualifiers);
            left = joined(and, left, right);
        }
        return left;
    }

    private static Expression joined(boolean and, Expression left, Expression right) {
        var parts = new ArrayList<Expression>();
        if (and) {
            if (left instanceof Expression.All(var before)) parts.addAll(before);
            else parts.add(left);
            parts.add(right);
            return new Expression.All(parts);
        }
        if (left instanceof Expression.Any(var before)) parts.addAll(before);
        else parts.add(left);
        parts.add(right);
        return new Expression.Any(parts);
    }

    private Expression term(Qualifiers inherited) {
        Token first = words.peek();
        if (first.is("not")) {
            deeper(first);
            words.next();
            Expression part = term(inherited);
            depth--;
            return new Expression.Not(part);
        }
        if (values.startsHere()) {
            last = Qualifiers.NONE;
            return values.relation();
        }
        if (first.is("(")) {
            deeper(first);
            words.next();
            Expression inner = expression(inherited);
            words.expect(")");
            depth--;
            last = inherited;
            return inner;
        }
        return primitive(first);
    }

    private void deeper(Token at) {
        if (++depth > DEEPEST) throw words.error("nested more than " + DEEPEST + " deep", at.column());
    }

    /** An address, or a list of them in parentheses, that takes its qualifiers from before. */
    private Expression id(Qualifiers qualifiers) {
        last = qualifiers;
        Token first = words.peek();
        if (first.is("not")) {
            deeper(first);
            words.next();
            Expression part = id(qualifiers);
            depth--;
            return new Expression.Not(part);
        }
        if (first.is("(")) {
            deeper(first);
            words.next();
            Expression list = id(qualifiers);
            while (words.peek().is("and") || words.peek().is("or")) {
                boolean and = words.next().is("and");
                list = joined(and, list, id(qualifiers));
            }
            words.expect(")");
            depth--;
            return list;
        }
        return address(qualifiers);
    }

    private Expression address(Qualifiers qualifiers) {
        Token id = words.peek();
        switch (id.kind()) {
            case NAME, NUMBER, DOTTED, IPV6, MAC, ARCNET -> {}
            case KEYWORD ->
                throw words.error(
                        "a name, number or address is missing before \"" + id.text()
                                + "\"; if that is the name of a protocol, write \\" + id.text(),
                        id.column());
            case SYMBOL, END -> throw words.unexpected("a name, number or address is missing");
        }
        if (qualifiers.kind() == Kind.NONE) {
            throw words.error(
                    "\"" + id.text() + "\" needs a word before it that says what it is, such as host, net or port",
                    id.column());
        }
        words.next();
        boolean isMasked = words.peek().is("/") || words.peek().is("mask");
        if (isMasked && id.is(Token.Kind.NUMBER) && qualifiers.kind() == Kind.NET) {
            String mask =
                    (words.peek().is("/") ? "/" : " mask ") + words.peek(1).text();
            throw words.error(
                    "a network with a mask is written with dots; did you mean net " + id.text() + ".0" + mask + "?",
                    words.peek().column());
        }
        return new Expression.Id(qualifiers, id, mask(id), id.column());
    }

    private Mask mask(Token id) {
        if (id.is(Token.Kind.DOTTED) && words.take("mask")) {
            return new Mask.Dotted(words.expect(Token.Kind.DOTTED, "a mask such as 255.255.0.0")
                    .text());
        }
        if ((id.is(Token.Kind.DOTTED) || id.is(Token.Kind.IPV6)) && words.take("/")) {
            return new Mask.Bits(
                    words.expect(Token.Kind.NUMBER, "the length of the mask").number());
        }
        return new Mask.None();
    }

    private Expression primitive(Token first) {
        last = Qualifiers.NONE;
        Protocol protocol = first.is(Token.Kind.KEYWORD) ? Protocol.of(first.text()) : Protocol.ANY;
        if (protocol != Protocol.ANY) words.next();
        Token word = words.peek();
        if (word.is("broadcast") || word.is("multicast")) {
            words.next();
            return new Expression.Primitive(word.text(), protocol, List.of(), first.column());
        }
        if (word.is("type") || word.is("subtype") || word.is("dir")) return wlan(protocol, first.column());
        Direction direction = direction();
        Kind kind = kind(direction != Direction.ANY);
        if (direction != Direction.ANY || kind != Kind.ANY) return id(new Qualifiers(protocol, direction, kind));
        if (protocol != Protocol.ANY) return new Expression.Bare(protocol, first.column());
        return special(first);
    }

    private Direction direction() {
        Token word = words.peek();
        if (!word.is(Token.Kind.KEYWORD)) return Direction.ANY;
        switch (word.text()) {
            case "src", "dst" -> {
                words.next();
                String other = word.text().equals("src") ? "dst" : "src";
                if (words.peek(1).is(other) && words.take("or")) {
                    words.next();
                    return Direction.SRC_OR_DST;
                }
                if (words.peek(1).is(other) && words.take("and")) {
                    words.next();
                    return Direction.SRC_AND_DST;
                }
                return word.is("src") ? Direction.SRC : Direction.DST;
            }
            case "ra" -> words.next();
            case "ta" -> words.next();
            case "addr1", "addr2", "addr3", "addr4" -> words.next();
            default -> {
                return Direction.ANY;
            }
        }
        return Direction.valueOf(word.text().toUpperCase(Locale.ROOT));
    }

    private Kind kind(boolean afterDirection) {
        Token word = words.peek();
        if (!word.is(Token.Kind.KEYWORD)) return Kind.ANY;
        Kind kind = switch (word.text()) {
            case "host" -> Kind.HOST;
            case "net" -> Kind.NET;
            case "port" -> Kind.PORT;
            case "portrange" -> Kind.PORTRANGE;
            case "gateway" -> Kind.GATEWAY;
            case "proto" -> Kind.PROTO;
            case "protochain" -> Kind.PROTOCHAIN;
            default -> Kind.ANY;
        };
        if (kind == Kind.ANY) return kind;
        if (afterDirection && (kind == Kind.GATEWAY || kind == Kind.PROTO || kind == Kind.PROTOCHAIN)) {
            throw words.error("\"" + word.text() + "\" has no direction", word.column());
        }
        words.next();
        return kind;
    }

    private Expression special(Token first) {
        if (!first.is(Token.Kind.KEYWORD)) {
            if (first.is(Token.Kind.END) || first.is(Token.Kind.SYMBOL))
                throw words.unexpected("an expression is missing");
            return address(Qualifiers.NONE); // says what is missing, unless a keyword was meant
        }
        String name = first.text();
        words.next();
        var arguments = new ArrayList<Token>();
        if (MAYBE_NUMBER.contains(name)) {
            if (isNumber()) arguments.add(number());
        } else if (NUMBER.contains(name)) {
            arguments.add(words.expect(Token.Kind.NUMBER, "a number"));
        } else if (name.equals("llc")) {
            if (words.peek().is(Token.Kind.NAME) || words.peek().is("rnr")) arguments.add(words.next());
        } else if (name.equals("byte")) {
            arguments.add(words.expect(Token.Kind.NUMBER, "an offset"));
            if (!Set.of("&", "|", "<", ">", "=").contains(words.peek().text())) {
                throw words.unexpected("one of & | < > = is missing");
            }
            arguments.add(words.next());
            arguments.add(words.expect(Token.Kind.NUMBER, "a number"));
        } else if (name.equals("ifname") || name.equals("rset") || name.equals("action")) {
            arguments.add(words.expect(Token.Kind.NAME, "a name"));
        } else if (name.equals("reason")) {
            arguments.add(
                    words.peek().is(Token.Kind.NUMBER) ? words.next() : words.expect(Token.Kind.NAME, "a reason"));
        } else if (FIELDS.contains(name)) {
            field(arguments);
        } else if (!ALONE.contains(name)) {
            throw words.error("\"" + name + "\" does not belong here", first.column());
        }
        return new Expression.Primitive(name, Protocol.ANY, List.copyOf(arguments), first.column());
    }

    /** A number, alone in parentheses or without. */
    private Token number() {
        if (words.take("(")) {
            Token number = number();
            words.expect(")");
            return number;
        }
        return words.expect(Token.Kind.NUMBER, "a number");
    }

    private boolean isNumber() {
        int further = 0;
        while (words.peek(further).is("(")) further++;
        return words.peek(further).is(Token.Kind.NUMBER);
    }

    /** A comparison with a number, a number, or a list of numbers in parentheses. */
    private void field(List<Token> arguments) {
        if (words.take("(")) {
            arguments.add(words.expect(Token.Kind.NUMBER, "a number"));
            while (words.take("or")) arguments.add(words.expect(Token.Kind.NUMBER, "a number"));
            words.expect(")");
            return;
        }
        if (ValueParser.isRelation(words.peek())) arguments.add(words.next());
        arguments.add(words.expect(Token.Kind.NUMBER, "a number"));
    }

    private Expression wlan(Protocol protocol, int column) {
        Token name = words.next();
        var arguments = new ArrayList<Token>();
        arguments.add(nameOrNumber(name));
        if (name.is("type") && words.peek().is("subtype")) arguments.add(nameOrNumber(words.next()));
        return new Expression.Primitive(name.text(), protocol, List.copyOf(arguments), column);
    }

    private Token nameOrNumber(Token of) {
        if (!words.peek().is(Token.Kind.NAME) && !words.peek().is(Token.Kind.NUMBER)) {
            throw words.unexpected("a name or number of the 802.11 " + of.text());
        }
        return words.next();
    }
}
