package io.pairwire.decode.filter.ir;

import java.util.List;

/**
 * What must be true of a packet's addresses, ports and protocol if a filter is to accept it: less than the filter asks, for
 * whoever knows flows and no packets. Said of the outermost IP header and the transport directly on it, of plain IP over
 * Ethernet, Linux cooked, loopback or raw links; of what has none, or is malformed, a hint says nothing.
 */
public sealed interface FlowHint {

    /** Nothing is known. */
    record Unknown() implements FlowHint {}

    /** All must hold. */
    record All(List<FlowHint> parts) implements FlowHint {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /** One must hold. */
    record Any(List<FlowHint> parts) implements FlowHint {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    /** One of both addresses is of IPv4 and in this network. */
    record Ipv4(int address, int mask) implements FlowHint {}

    /** One of both addresses is of IPv6 and begins with these bits. */
    record Ipv6(long high, long low, int prefix) implements FlowHint {
        public Ipv6 {
            if (prefix < 0 || prefix > 128) throw new IllegalArgumentException("prefix is not 0 to 128: " + prefix);
        }
    }

    /** One of both ports is in the range, ends inside. */
    record Ports(int low, int high) implements FlowHint {}

    /** The protocol above IP. */
    record Protocol(int number) implements FlowHint {}

    /** The version of IP. */
    record Version(int version) implements FlowHint {}

    Unknown UNKNOWN = new Unknown();

    /** Does it say anything? */
    default boolean says() {
        return switch (this) {
            case Unknown _ -> false;
            case All(var parts) -> parts.stream().anyMatch(FlowHint::says);
            case Any(var parts) -> !parts.isEmpty() && parts.stream().allMatch(FlowHint::says);
            case Ipv4 _, Ipv6 _, Ports _, Protocol _, Version _ -> true;
        };
    }
}
