package io.pairwire.decode;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Verdict;

/**
 * Looks for the outermost IP header and its transport behind more than {@value Layers#DEPTH} headers, for who wants their
 * fields all the same. What lies that deep is no traffic but a mistake or an attack; so this is kept apart from
 * {@link LayerDecoder}, and bounded too. Not thread-safe.
 */
public final class BeyondDepth {
    /** Times that as many headers again are looked at. */
    private static final int ROUNDS = 16;

    private final Layers further = new Layers();

    /** A view of what is behind. */
    public BeyondDepth() {}

    /**
     * Adds to {@code layers} what was found further on: addresses, ports and payload. The path stays as it is, and so does
     * the verdict. Does nothing unless that is {@link Verdict#TOO_DEEP}.
     *
     * @param layers what {@link LayerDecoder} found in this packet
     * @return where it says how the look ended: {@code layers} itself, or others that hold until the next look
     */
    public Layers look(Packet packet, Layers layers) {
        if (layers.verdict() != Verdict.TOO_DEEP) return layers;
        int wireEnd = Math.max(packet.originalLength(), packet.capturedLength());
        int end = wireEnd;
        if (layers.isIp()) end = IpHeaders.endOf(packet, layers, layers.first(ip(layers)));
        Layer kind = layers.failedKind();
        int at = layers.failedAt();
        for (int round = 0; round < ROUNDS; round++) {
            further.reset();
            if (!layers.isIp()) link(kind, packet, at, wireEnd);
            else if (!upper(kind, packet, layers, at, end)) return further;
            if (further.isIp()) layers.ipFieldsOf(further);
            if (further.verdict() != Verdict.TOO_DEEP) return further;
            if (further.has(Layer.IPV4) || further.has(Layer.IPV6)) {
                end = IpHeaders.endOf(packet, further, further.first(ip(further)));
            }
            kind = further.failedKind();
            at = further.failedAt();
        }
        return further;
    }

    private static Layer ip(Layers layers) {
        return layers.ipVersion() == 4 ? Layer.IPV4 : Layer.IPV6;
    }

    private void link(Layer kind, Packet packet, int at, int end) {
        switch (kind) {
            case ETHERNET -> LinkPayload.ethernet(packet, further, at, end);
            case VLAN -> LinkPayload.vlan(packet, further, at, end);
            case SERVICE_INSTANCE -> LinkPayload.serviceInstance(packet, further, at, end);
            case MPLS -> LabelStack.decode(packet, further, at, end);
            case IPV4 -> IpHeaders.ipv4(packet, further, at, end);
            case IPV6 -> IpHeaders.ipv6(packet, further, at, end);
            default -> {
                // of other headers nobody makes towers
            }
        }
    }

    /** Goes on inside the same IP packet; false if that header is none that we go on from. */
    private boolean upper(Layer kind, Packet packet, Layers layers, int at, int end) {
        int protocol = switch (kind) {
            case IPV6_HOP_BY_HOP -> IpProtocol.IPV6_HOP_BY_HOP;
            case IPV6_ROUTING -> IpProtocol.IPV6_ROUTING;
            case IPV6_FRAGMENT -> IpProtocol.IPV6_FRAGMENT;
            case IPV6_DESTINATION_OPTIONS -> IpProtocol.IPV6_DESTINATION_OPTIONS;
            case AUTHENTICATION_HEADER -> IpProtocol.AUTHENTICATION_HEADER;
            case TCP -> IpProtocol.TCP;
            case UDP -> IpProtocol.UDP;
            default -> -1;
        };
        if (protocol < 0) return false;
        further.ipFieldsOf(layers);
        IpHeaders.upper(protocol, packet, further, at, end);
        return true;
    }
}
