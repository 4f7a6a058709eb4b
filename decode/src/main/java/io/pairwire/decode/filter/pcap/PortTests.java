package io.pairwire.decode.filter.pcap;

import static io.pairwire.decode.filter.ir.Condition.and;
import static io.pairwire.decode.filter.ir.Condition.or;

import io.pairwire.decode.filter.ir.Comparison;
import io.pairwire.decode.filter.ir.Condition;
import io.pairwire.decode.filter.ir.Width;
import io.pairwire.decode.filter.pcap.Code.From;
import io.pairwire.decode.filter.pcap.Qualifiers.Direction;
import java.util.Locale;

/** Ports of TCP, UDP and SCTP over IPv4 and IPv6, without extension headers. */
final class PortTests {
    /** Any of the three transports. */
    static final int ANY = -1;

    private final Code code;
    private final LinkTests links;
    private final ProtocolTests protocols;

    PortTests(Code code, LinkTests links, ProtocolTests protocols) {
        this.code = code;
        this.links = links;
        this.protocols = protocols;
    }

    /** Ports from {@code low} to {@code high}, both inside. A range of one is asked as two, as libpcap does. */
    Condition ports(int low, int high, boolean range, int transport, Direction direction) {
        switch (direction) {
            case ANY, SRC, DST, SRC_OR_DST, SRC_AND_DST -> {}
            default -> throw code.error("a port has no " + direction.name().toLowerCase(Locale.ROOT));
        }
        var wanted = new Range(Math.min(low, high), Math.max(low, high), range);
        Condition ip6 = and(links.carries(LinkTests.IP6), transports(transport, wanted, direction, From.TRANSPORT6));
        return or(ip6, ip4(wanted, transport, direction));
    }

    /** One destination port of UDP over IPv4, or over IPv6. */
    Condition udpDestination(int port, boolean overIp6) {
        var wanted = new Range(port, port, false);
        return overIp6
                ? and(
                        links.carries(LinkTests.IP6),
                        transports(ProtocolTests.UDP, wanted, Direction.DST, From.TRANSPORT6))
                : ip4(wanted, ProtocolTests.UDP, Direction.DST);
    }

    private record Range(int low, int high, boolean isRange) {}

    private Condition ip4(Range wanted, int transport, Direction direction) {
        return and(links.carries(LinkTests.IP), transports(transport, wanted, direction, From.TRANSPORT4));
    }

    private Condition transports(int transport, Range wanted, Direction direction, From from) {
        if (transport != ANY) return transport(transport, wanted, direction, from);
        return or(
                transport(ProtocolTests.SCTP, wanted, direction, from),
                or(
                        transport(ProtocolTests.TCP, wanted, direction, from),
                        transport(ProtocolTests.UDP, wanted, direction, from)));
    }

    private Condition transport(int transport, Range wanted, Direction direction, From from) {
        Condition carried = from == From.TRANSPORT6
                ? code.equal(From.NETWORK, 6, Width.BYTE, transport)
                : and(code.equal(From.NETWORK, 9, Width.BYTE, transport), protocols.isFirstFragment());
        Condition ports = switch (direction) {
            case SRC -> port(from, 0, wanted);
            case DST -> port(from, 2, wanted);
            case SRC_AND_DST -> and(port(from, 0, wanted), port(from, 2, wanted));
            default -> or(port(from, 0, wanted), port(from, 2, wanted));
        };
        return and(carried, ports);
    }

    private Condition port(From from, int offset, Range wanted) {
        if (!wanted.isRange()) return code.equal(from, offset, Width.HALF, wanted.low());
        return and(
                code.test(from, offset, Width.HALF, Comparison.GREATER_OR_EQUAL, wanted.low()),
                Condition.not(code.test(from, offset, Width.HALF, Comparison.GREATER, wanted.high())));
    }
}
