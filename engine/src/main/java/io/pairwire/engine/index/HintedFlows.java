package io.pairwire.engine.index;

import io.pairwire.capture.index.FlowTest;
import io.pairwire.capture.index.FlowTuple;
import io.pairwire.decode.filter.ir.FlowHint;

/** Asks of flows what a hint demands. Immutable. */
public final class HintedFlows implements FlowTest {
    private final FlowHint hint;

    public HintedFlows(FlowHint hint) {
        this.hint = hint;
    }

    @Override
    public boolean mayMatch(int lower, int upper, int lowerPort, int upperPort, int protocol, int marks) {
        return holds(hint, lower, upper, lowerPort, upperPort, protocol, marks);
    }

    private static boolean holds(
            FlowHint hint, int lower, int upper, int lowerPort, int upperPort, int protocol, int marks) {
        boolean ipv6 = (marks & FlowTuple.IPV6) != 0;
        boolean noIp = (marks & FlowTuple.NO_IP) != 0; // ARP has addresses, as filters see it
        return switch (hint) {
            case FlowHint.Unknown _ -> true;
            case FlowHint.All(var parts) -> {
                boolean all = true;
                for (FlowHint part : parts) all &= holds(part, lower, upper, lowerPort, upperPort, protocol, marks);
                yield all;
            }
            case FlowHint.Any(var parts) -> {
                boolean any = false;
                for (FlowHint part : parts) any |= holds(part, lower, upper, lowerPort, upperPort, protocol, marks);
                yield any;
            }
            case FlowHint.Ipv4(int address, int mask) ->
                noIp || !ipv6 && ((lower & mask) == (address & mask) || (upper & mask) == (address & mask));
            case FlowHint.Ipv6(long high, long low, int prefix) -> {
                if (!ipv6 || prefix < 128) yield ipv6; // a fingerprint knows nothing of networks
                int wanted = FlowTuple.fingerprint(high, low);
                yield lower == wanted || upper == wanted;
            }
            case FlowHint.Ports(int low, int high) ->
                !noIp && (marks & FlowTuple.PORTS) == 0
                        || (marks & FlowTuple.PORTS) != 0 && (isIn(low, high, lowerPort) || isIn(low, high, upperPort));
            case FlowHint.Protocol(int number) -> !noIp && protocol == number;
            case FlowHint.Version(int version) -> !noIp && ipv6 == (version == 6);
        };
    }

    private static boolean isIn(int low, int high, int port) {
        return port >= low && port <= high;
    }
}
