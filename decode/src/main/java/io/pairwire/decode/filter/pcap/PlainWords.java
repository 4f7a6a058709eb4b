package io.pairwire.decode.filter.pcap;

import io.pairwire.decode.filter.text.FilterSyntaxException;
import java.util.List;
import java.util.Optional;

/** Says in words how an expression was understood: what belongs together, and what a bare number stands for. */
public final class PlainWords {
    private final StringBuilder text = new StringBuilder();

    private PlainWords() {}

    /**
     * A line a question, what belongs together indented.
     *
     * @throws FilterSyntaxException if this is no expression
     */
    public static String of(String expression) {
        Optional<Expression> read = Parser.parse(expression);
        if (read.isEmpty()) return "every packet\n";
        var words = new PlainWords();
        words.tell(read.get(), 0);
        return words.text.toString();
    }

    private void line(int depth, String words) {
        text.repeat("  ", depth).append(words).append('\n');
    }

    private void tell(Expression expression, int depth) {
        switch (expression) {
            case Expression.All(var parts) -> tell("all of", parts, depth);
            case Expression.Any(var parts) -> tell("one of", parts, depth);
            case Expression.Not(var part) -> tell("not", List.of(part), depth);
            case Expression.Relation r -> line(depth, words(r.left()) + symbol(r) + words(r.right()));
            case Expression.Id id -> line(depth, words(id));
            case Expression.Bare(Protocol protocol, int _) -> line(depth, "the protocol is " + protocol.keyword());
            case Expression.Primitive primitive -> line(depth, words(primitive));
        }
    }

    private void tell(String what, List<Expression> parts, int depth) {
        line(depth, what);
        parts.forEach(part -> tell(part, depth + 1));
    }

    private static String symbol(Expression.Relation r) {
        String opposite = switch (r.comparison()) {
            case EQUAL -> " is not ";
            case GREATER -> " is at most ";
            case GREATER_OR_EQUAL -> " is less than ";
            case COMMON_BITS -> " has no bit in common with ";
        };
        String plain = switch (r.comparison()) {
            case EQUAL -> " is ";
            case GREATER -> " is greater than ";
            case GREATER_OR_EQUAL -> " is at least ";
            case COMMON_BITS -> " has a bit in common with ";
        };
        return r.opposite() ? opposite : plain;
    }

    private static String words(Expression.Value value) {
        return switch (value) {
            case Expression.Value.Number(int number) -> Integer.toUnsignedString(number);
            case Expression.Value.Length _ -> "the length on the wire";
            case Expression.Value.Field(Protocol protocol, var index, int size, int _) ->
                (size == 1 ? "the byte" : "the " + size + " bytes") + " at " + words(index) + " of "
                        + (protocol == Protocol.LINK ? "the frame" : protocol.keyword());
            case Expression.Value.Binary(var operator, var left, var right, int _) ->
                "(" + words(left) + " " + operator.symbol() + " " + words(right) + ")";
            case Expression.Value.Negative(var part) -> "-" + words(part);
        };
    }

    private static String words(Expression.Id id) {
        Qualifiers qualifiers = id.qualifiers();
        String mask = switch (id.mask()) {
            case Expression.Mask.None _ -> "";
            case Expression.Mask.Bits(int length) -> "/" + length;
            case Expression.Mask.Dotted(String dotted) -> " mask " + dotted;
        };
        boolean isPort = qualifiers.kind() == Qualifiers.Kind.PORT || qualifiers.kind() == Qualifiers.Kind.PORTRANGE;
        String protocol = qualifiers.protocol() != Protocol.ANY
                ? qualifiers.protocol().keyword() + ": "
                : isPort ? "tcp, udp or sctp: " : "";
        return protocol + direction(qualifiers.direction()) + kind(qualifiers.kind()) + " is "
                + id.id().text() + mask;
    }

    private static String direction(Qualifiers.Direction direction) {
        return switch (direction) {
            case ANY, SRC_OR_DST -> "the source or the destination ";
            case SRC -> "the source ";
            case DST -> "the destination ";
            case SRC_AND_DST -> "the source and the destination ";
            case RA -> "the receiver's ";
            case TA -> "the transmitter's ";
            case ADDR1 -> "the first ";
            case ADDR2 -> "the second ";
            case ADDR3 -> "the third ";
            case ADDR4 -> "the fourth ";
        };
    }

    private static String kind(Qualifiers.Kind kind) {
        return switch (kind) {
            case NONE, ANY, HOST -> "address";
            case NET -> "network";
            case PORT -> "port";
            case PORTRANGE -> "port range";
            case GATEWAY -> "gateway";
            case PROTO -> "protocol";
            case PROTOCHAIN -> "protocol, or one in the chain of headers,";
        };
    }

    private static String words(Expression.Primitive primitive) {
        String argument = primitive.arguments().isEmpty()
                ? ""
                : " "
                        + String.join(
                                " ",
                                primitive.arguments().stream().map(Token::text).toList());
        return switch (primitive.name()) {
            case "vlan", "mpls", "pppoes", "geneve", "vxlan" ->
                "inside " + primitive.name() + argument + "; all that is written behind is looked for in there";
            case "less" -> "the length on the wire is at most" + argument;
            case "greater" -> "the length on the wire is at least" + argument;
            case "inbound" -> "the packet came in";
            case "outbound" -> "the packet was sent";
            case "broadcast", "multicast" ->
                "the "
                        + (primitive.protocol() == Protocol.ANY
                                ? "link"
                                : primitive.protocol().keyword()) + " destination is a " + primitive.name()
                        + " address";
            default -> primitive.name() + argument;
        };
    }
}
