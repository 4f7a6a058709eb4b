package io.pairwire.decode;

import static io.pairwire.decode.LayerDecoder.available;
import static io.pairwire.decode.LayerDecoder.other;

import io.pairwire.capture.Packet;
import io.pairwire.decode.wire.Icmp;
import io.pairwire.decode.wire.Icmpv6;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.decode.wire.Ipv4;
import io.pairwire.decode.wire.Pim;
import io.pairwire.decode.wire.Verdict;

/**
 * The decoder that goes on where {@link LayerDecoder} ends: into tunnels, and into the packet that an ICMP error quotes.
 *
 * <p>The path in {@link Layers} grows; everything else there (addresses, ports, payload) stays as {@link LayerDecoder}
 * has it, that of the outermost IP header and its transport. {@link #decodeInner} reads any of the packets inside;
 * {@link Layers#innermostIp} says where the last one begins.
 *
 * <p>A tunnel that IP announces by its protocol number is held to its word: a header that contradicts itself is
 * {@link Verdict#MALFORMED}. A UDP port announces nothing: only if the header of the tunnel and the first one inside make
 * sense does the look go on, otherwise the datagram is payload and nothing is wrong. Fragments are not looked into, since
 * the lengths inside speak of the whole datagram. What an ICMP error quotes is as short as its sender liked, so nothing is
 * wrong with it either.
 *
 * <p>Keeps no packet, but the layers of the last one inside: one decoder a thread.
 */
public final class DeepDecoder implements PacketDecoder {
    private final LayerDecoder outermost = new LayerDecoder();
    private final Layers inner = new Layers();

    /** A decoder. */
    public DeepDecoder() {}

    @Override
    public Verdict decode(Packet packet, Layers layers) {
        outermost.decode(packet, layers);
        if (layers.transport() != IpProtocol.TCP) goOn(packet, layers);
        return layers.verdict();
    }

    /** Every round adds a layer at least, so {@link Layers#DEPTH} bounds them. */
    private void goOn(Packet packet, Layers layers) {
        Layers current = layers;
        int wireEnd = Math.max(packet.originalLength(), packet.capturedLength());
        while (reachedEnd(current) && layers.verdict() != Verdict.TOO_DEEP) {
            int last = current.depth() - 1;
            int at = current.at(last);
            int before = layers.depth();
            boolean forgiving = false;
            wireEnd = Math.min(wireEnd, networkEnd(packet, current, wireEnd));
            switch (current.kind(last)) {
                case UDP -> {
                    int end = current.payloadAt() + current.payloadLength();
                    if (!UdpTunnels.goInto(current, packet, layers, inner, end)) return;
                    wireEnd = end;
                }
                case OTHER -> {
                    if (!Tunnels.goInto(current.ipProtocol(), packet, layers, inner, at, wireEnd)) return;
                }
                case PIM -> {
                    if (!Tunnels.register(packet, inner, at, wireEnd)) return;
                    forgiving = Pim.isNullRegister(packet, at); // a packet without meaning, and as short as one likes
                }
                case ICMP, ICMPV6 -> {
                    if (!quote(packet, current.kind(last), at, wireEnd)) return;
                    forgiving = true;
                }
                default -> {
                    return;
                }
            }
            layers.append(inner, forgiving);
            if (forgiving || layers.depth() == before) return;
            current = inner;
        }
    }

    /** Was the last layer looked at, whole and in one piece, and is it one that IP announced? */
    private static boolean reachedEnd(Layers layers) {
        if (!layers.isIp() || layers.isFragment()) return false;
        return layers.failedAt() <= layers.at(layers.depth() - 1); // an IP header may promise too much and be followed
    }

    /** Where the outermost IP packet of {@code layers} ends. */
    private static int networkEnd(Packet packet, Layers layers, int wireEnd) {
        int at = layers.networkAt();
        int length = layers.ipVersion() == 4 ? Ipv4.totalLength(packet, at) : IpHeaders.ipv6Length(packet, at);
        return length == 0 || length > wireEnd - at ? wireEnd : at + length;
    }

    /** The start of another packet that an ICMP error quotes; false if it quotes none. */
    private boolean quote(Packet packet, Layer kind, int icmpAt, int end) {
        boolean ipv4 = kind == Layer.ICMP;
        boolean quoting = ipv4 ? Icmp.isQuoting(packet, icmpAt) : Icmpv6.isQuoting(packet, icmpAt);
        int at = icmpAt + (ipv4 ? Icmp.LENGTH : Icmpv6.LONG_LENGTH);
        if (!quoting || available(packet, at, end) < 1) return false;
        inner.reset();
        if (ipv4) IpHeaders.ipv4(packet, inner, at, end);
        else IpHeaders.ipv6(packet, inner, at, end);
        if (inner.transport() == 0 && inner.transportAt() >= 0) other(packet, inner, inner.transportAt(), end);
        return inner.depth() > 0;
    }

    /**
     * Reads the IP packet whose header is the layer at {@code index} of {@code path}, as if it were the outermost: its
     * addresses, transport, ports and payload, and the path from there to that transport. Positions still count from the
     * start of the packet. What an ICMP error quotes is usually cut, and its verdict says so.
     *
     * @param path what a decoder found in this packet
     * @param into is reset first; not {@code path} itself
     * @return the verdict, also kept in {@code into}
     * @throws IndexOutOfBoundsException if there is no layer at {@code index}
     * @throws IllegalArgumentException if that layer is no IP header, or {@code into} is {@code path}
     */
    public static Verdict decodeInner(Packet packet, Layers path, int index, Layers into) {
        if (into == path)
            throw new IllegalArgumentException("the layers of the packet inside need a place of their own");
        int at = path.at(index);
        int end = index == 0
                ? Math.max(packet.originalLength(), packet.capturedLength())
                : IpHeaders.endOf(packet, path, index - 1);
        into.reset();
        switch (path.kind(index)) {
            case IPV4 -> IpHeaders.ipv4(packet, into, at, end);
            case IPV6 -> IpHeaders.ipv6(packet, into, at, end);
            default -> throw new IllegalArgumentException("layer " + index + " is no IP header: " + path.kind(index));
        }
        return into.verdict();
    }
}
