package io.pairwire.decode;

/**
 * What makes packets belong to one session: both endpoints in an order of their own, so that both directions have the same
 * key, and the protocol. Without ports (other protocols, fragments but the first) the addresses alone decide; all packets
 * without IP share one key.
 */
public record SessionKey(
        int ipVersion,
        int protocol,
        long lowerHigh,
        long lowerLow,
        int lowerPort,
        long upperHigh,
        long upperLow,
        int upperPort) {

    /** The key of the packet that was decoded last. */
    public static SessionKey of(Layers layers) {
        boolean ports = layers.transportAt() >= 0;
        int sourcePort = ports ? layers.sourcePort() : 0;
        int destinationPort = ports ? layers.destinationPort() : 0;
        int order = Long.compareUnsigned(layers.sourceHigh(), layers.destinationHigh());
        if (order == 0) order = Long.compareUnsigned(layers.sourceLow(), layers.destinationLow());
        if (order == 0) order = Integer.compare(sourcePort, destinationPort);
        return order <= 0
                ? new SessionKey(
                        layers.ipVersion(),
                        layers.ipProtocol(),
                        layers.sourceHigh(),
                        layers.sourceLow(),
                        sourcePort,
                        layers.destinationHigh(),
                        layers.destinationLow(),
                        destinationPort)
                : new SessionKey(
                        layers.ipVersion(),
                        layers.ipProtocol(),
                        layers.destinationHigh(),
                        layers.destinationLow(),
                        destinationPort,
                        layers.sourceHigh(),
                        layers.sourceLow(),
                        sourcePort);
    }
}
