package io.pairwire.engine.fate.condition;

import io.pairwire.decode.Layers;
import io.pairwire.engine.Prefix;
import io.pairwire.engine.fate.Fate;
import io.pairwire.engine.fate.ReviewedPacket;
import java.util.List;
import java.util.Set;

/** What a packet must be like. Both packets of a pair have the same latency, client, server and direction. */
public sealed interface Condition {

    /** Which end of a conversation is meant. */
    enum Side {
        CLIENT,
        SERVER,
        /** One of the two, whichever. */
        EITHER
    }

    /** Reads {@code latency>10ms and not client=10.0.0.0/8}; see {@link ConditionParser} for the whole language. */
    static Condition parse(String text) {
        return new ConditionParser(text).parse();
    }

    /** Is the packet like that? */
    boolean test(ReviewedPacket packet);

    /** All of them hold. */
    record And(List<Condition> all) implements Condition {
        public And {
            all = List.copyOf(all);
        }

        @Override
        public boolean test(ReviewedPacket packet) {
            for (Condition each : all) if (!each.test(packet)) return false;
            return true;
        }
    }

    /** One of them holds at least. */
    record Or(List<Condition> any) implements Condition {
        public Or {
            any = List.copyOf(any);
        }

        @Override
        public boolean test(ReviewedPacket packet) {
            for (Condition each : any) if (each.test(packet)) return true;
            return false;
        }
    }

    /** It does not hold. */
    record Not(Condition condition) implements Condition {
        @Override
        public boolean test(ReviewedPacket packet) {
            return !condition.test(packet);
        }
    }

    /** It is one of a pair with such a latency. */
    record Latency(Comparison comparison, long nanos) implements Condition {
        @Override
        public boolean test(ReviewedPacket packet) {
            return packet.fate().isPaired() && comparison.holds(packet.latencyNanos(), nanos);
        }
    }

    /** One of these became of it. */
    record Became(Set<Fate> fates) implements Condition {
        public Became {
            fates = Set.copyOf(fates);
        }

        @Override
        public boolean test(ReviewedPacket packet) {
            return fates.contains(packet.fate());
        }
    }

    /** That side lies in that network. */
    record Address(Side side, Prefix network) implements Condition {
        @Override
        public boolean test(ReviewedPacket packet) {
            return packet.layers().isIp()
                    && (side != Side.SERVER && contains(packet.layers(), packet.asks())
                            || side != Side.CLIENT && contains(packet.layers(), !packet.asks()));
        }

        /** The client is the source of a packet that asks, the server that of one that answers. */
        private boolean contains(Layers layers, boolean source) {
            boolean ipv6 = layers.ipVersion() == 6;
            return source
                    ? network.contains(ipv6, layers.sourceHigh(), layers.sourceLow())
                    : network.contains(ipv6, layers.destinationHigh(), layers.destinationLow());
        }
    }

    /** That side has such a port. */
    record Port(Side side, Comparison comparison, int port) implements Condition {
        @Override
        public boolean test(ReviewedPacket packet) {
            Layers layers = packet.layers();
            if (layers.transport() == 0) return false;
            int client = packet.asks() ? layers.sourcePort() : layers.destinationPort();
            int server = packet.asks() ? layers.destinationPort() : layers.sourcePort();
            return side != Side.SERVER && comparison.holds(client, port)
                    || side != Side.CLIENT && comparison.holds(server, port);
        }
    }

    /** It goes between these two, in either direction. */
    record Flow(Prefix one, int onePort, Prefix other, int otherPort) implements Condition {
        @Override
        public boolean test(ReviewedPacket packet) {
            Layers layers = packet.layers();
            return layers.isIp()
                    && (isFrom(layers, one, onePort, other, otherPort)
                            || isFrom(layers, other, otherPort, one, onePort));
        }

        private static boolean isFrom(Layers layers, Prefix from, int fromPort, Prefix to, int toPort) {
            boolean ipv6 = layers.ipVersion() == 6;
            return layers.sourcePort() == fromPort
                    && layers.destinationPort() == toPort
                    && from.contains(ipv6, layers.sourceHigh(), layers.sourceLow())
                    && to.contains(ipv6, layers.destinationHigh(), layers.destinationLow());
        }
    }

    /** Its request goes to the inside, or does not. */
    record Direction(boolean inbound) implements Condition {
        @Override
        public boolean test(ReviewedPacket packet) {
            return packet.layers().isIp() && packet.isInbound() == inbound;
        }
    }

    /** It is of that IP protocol, an IANA number. */
    record Protocol(int number) implements Condition {
        @Override
        public boolean test(ReviewedPacket packet) {
            return packet.layers().isIp() && packet.layers().ipProtocol() == number;
        }
    }
}
