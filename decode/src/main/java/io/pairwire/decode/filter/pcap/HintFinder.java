package io.pairwire.decode.filter.pcap;

import io.pairwire.decode.filter.ir.FlowHint;
import java.util.List;
import java.util.Set;

/**
 * What an expression demands of addresses, ports and protocols. Whatever it is not sure of it leaves out, and an expression
 * with a primitive that moves the layers, {@code vlan} for instance, says nothing at all.
 */
final class HintFinder {
    /** Primitives that leave the layers where they are. */
    private static final Set<String> HARMLESS =
            Set.of("less", "greater", "broadcast", "multicast", "inbound", "outbound");

    private static final int ICMP = 1;
    private static final int ICMP6 = 58;

    private final Names names;

    HintFinder(Names names) {
        this.names = names;
    }

    FlowHint of(Expression expression) {
        return moves(expression) ? FlowHint.UNKNOWN : hint(expression);
    }

    private static boolean moves(Expression expression) {
        return switch (expression) {
            case Expression.All(var parts) -> parts.stream().anyMatch(HintFinder::moves);
            case Expression.Any(var parts) -> parts.stream().anyMatch(HintFinder::moves);
            case Expression.Not(var part) -> moves(part);
            case Expression.Primitive primitive -> !HARMLESS.contains(primitive.name());
            case Expression.Relation _, Expression.Id _, Expression.Bare _ -> false;
        };
    }

    private FlowHint hint(Expression expression) {
        return switch (expression) {
            case Expression.All(var parts) -> new FlowHint.All(hints(parts));
            case Expression.Any(var parts) -> new FlowHint.Any(hints(parts));
            case Expression.Bare bare -> bare(bare.protocol());
            case Expression.Id id -> id(id);
            case Expression.Not _, Expression.Relation _, Expression.Primitive _ -> FlowHint.UNKNOWN;
        };
    }

    private List<FlowHint> hints(List<Expression> parts) {
        return parts.stream().map(this::hint).toList();
    }

    private static FlowHint bare(Protocol protocol) {
        return switch (protocol) {
            case TCP -> new FlowHint.Protocol(ProtocolTests.TCP);
            case UDP -> new FlowHint.Protocol(ProtocolTests.UDP);
            case SCTP -> new FlowHint.Protocol(ProtocolTests.SCTP);
            case ICMP -> new FlowHint.Protocol(ICMP);
            case ICMP6 -> new FlowHint.Protocol(ICMP6);
            case IP -> new FlowHint.Version(4);
            case IP6 -> new FlowHint.Version(6);
            default -> FlowHint.UNKNOWN;
        };
    }

    private FlowHint id(Expression.Id id) {
        Qualifiers q = id.qualifiers();
        boolean plain = switch (q.direction()) {
            case ANY, SRC, DST, SRC_OR_DST, SRC_AND_DST -> true;
            case RA, TA, ADDR1, ADDR2, ADDR3, ADDR4 -> false;
        };
        if (!plain) return FlowHint.UNKNOWN;
        return switch (q.kind()) {
            case PORT -> port(id);
            case ANY, HOST, NET -> address(id);
            case PORTRANGE, GATEWAY, PROTO, PROTOCHAIN, NONE -> FlowHint.UNKNOWN;
        };
    }

    private FlowHint port(Expression.Id id) {
        int number = switch (id.id().kind()) {
            case NUMBER -> id.id().number();
            case NAME -> names.port(id.id().text()).number();
            default -> -1;
        };
        if (number < 0 || number > 0xffff) return FlowHint.UNKNOWN;
        FlowHint ports = new FlowHint.Ports(number, number);
        FlowHint transport = bare(id.qualifiers().protocol());
        return new FlowHint.All(List.of(ports, transport));
    }

    private static FlowHint address(Expression.Id id) {
        Protocol protocol = id.qualifiers().protocol();
        boolean ofIp = protocol == Protocol.ANY || protocol == Protocol.IP || protocol == Protocol.IP6;
        if (!ofIp) return FlowHint.UNKNOWN;
        return switch (id.id().kind()) {
            case DOTTED -> ipv4(Addresses.ipv4(id.id().text()), id.mask());
            case IPV6 -> ipv6(Addresses.ipv6(id.id().text()), id.mask());
            default -> FlowHint.UNKNOWN;
        };
    }

    private static FlowHint ipv4(Addresses.Ipv4Prefix address, Expression.Mask mask) {
        int bits = switch (mask) {
            case Expression.Mask.None() -> mask(address.bits());
            case Expression.Mask.Bits(int length) -> mask(Math.clamp(length, 0, 32));
            case Expression.Mask.Dotted(String dotted) -> Addresses.ipv4(dotted).address();
        };
        return new FlowHint.Ipv4(address.address(), bits);
    }

    private static int mask(int length) {
        return length == 0 ? 0 : -1 << 32 - Math.min(length, 32);
    }

    private static FlowHint ipv6(int[] words, Expression.Mask mask) {
        long high = (long) words[0] << 32 | Integer.toUnsignedLong(words[1]);
        long low = (long) words[2] << 32 | Integer.toUnsignedLong(words[3]);
        int prefix = mask instanceof Expression.Mask.Bits(int length) ? Math.clamp(length, 0, 128) : 128;
        return new FlowHint.Ipv6(high, low, prefix);
    }

    /** As {@link #of}; says nothing of an expression that will turn out to be none. */
    FlowHint orUnknown(Expression expression) {
        try {
            return of(expression);
        } catch (IllegalArgumentException e) {
            return FlowHint.UNKNOWN; // an address that is none: compiling it says what is wrong
        }
    }
}
