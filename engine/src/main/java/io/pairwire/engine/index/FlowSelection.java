package io.pairwire.engine.index;

import io.pairwire.capture.Packet;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.filter.ir.FlowHint;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Picks the packets of one flow, in both directions, by the outermost IP header and the transport on it, behind whatever tags
 * or labels. Fragments but the first have no ports and are not picked. Not thread-safe.
 */
public final class FlowSelection implements Predicate<Packet> {
    /** Any protocol. */
    private static final int ANY = -1;

    private final Endpoint one;
    private final Endpoint other;
    private final int protocol;
    private final LayerDecoder decoder = new LayerDecoder();
    private final Layers layers = new Layers();

    /** An address and a port. */
    private record Endpoint(int version, long high, long low, int port) {

        FlowHint hint() {
            return version == 4 ? new FlowHint.Ipv4((int) low, -1) : new FlowHint.Ipv6(high, low, 128);
        }
    }

    private FlowSelection(Endpoint one, Endpoint other, int protocol) {
        this.one = one;
        this.other = other;
        this.protocol = protocol;
    }

    /**
     * Reads {@code 192.0.2.7:40000-198.51.100.1:443}, {@code tcp [2001:db8::1]:40000 [2001:db8::2]:53}: two endpoints, in
     * either order, and a protocol if it matters.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static FlowSelection parse(String text) {
        int protocol = ANY;
        var endpoints = new ArrayList<Endpoint>();
        for (String word : text.toLowerCase(Locale.ROOT).strip().split("[\\s,>-]+")) {
            switch (word) {
                case "tcp" -> protocol = 6;
                case "udp" -> protocol = 17;
                case "dccp" -> protocol = 33;
                case "sctp" -> protocol = 132;
                case "udplite" -> protocol = 136;
                default -> endpoints.add(endpoint(word, text));
            }
        }
        if (endpoints.size() != 2 || endpoints.getFirst().version != endpoints.getLast().version) throw wrong(text);
        return new FlowSelection(endpoints.getFirst(), endpoints.getLast(), protocol);
    }

    private static Endpoint endpoint(String word, String text) {
        int colon = word.lastIndexOf(':');
        String address = colon < 0 ? "" : word.substring(0, colon);
        String port = word.substring(colon + 1);
        boolean ipv6 = address.startsWith("[") && address.endsWith("]");
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 0xffff) throw wrong(text);
        if (!ipv6 && !address.matches("\\d{1,3}(\\.\\d{1,3}){3}")) throw wrong(text);
        try {
            String literal = ipv6 ? address.substring(1, address.length() - 1) : address;
            byte[] bytes = InetAddress.ofLiteral(literal).getAddress();
            var buffer = ByteBuffer.wrap(bytes);
            return bytes.length == 4
                    ? new Endpoint(4, 0, Integer.toUnsignedLong(buffer.getInt()), Integer.parseInt(port))
                    : new Endpoint(6, buffer.getLong(), buffer.getLong(), Integer.parseInt(port));
        } catch (IllegalArgumentException e) {
            throw (IllegalArgumentException) wrong(text).initCause(e);
        }
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
                "not a flow: '" + text + "' (such as tcp 192.0.2.7:40000-198.51.100.1:443, [2001:db8::1]:53-[::1]:9)");
    }

    @Override
    public boolean test(Packet packet) {
        decoder.decode(packet, layers);
        if (layers.transportAt() < 0 || layers.ipVersion() != one.version) return false;
        if (protocol != ANY && layers.ipProtocol() != protocol) return false;
        return isSource(one) && isDestination(other) || isSource(other) && isDestination(one);
    }

    private boolean isSource(Endpoint end) {
        return layers.sourceLow() == end.low && layers.sourceHigh() == end.high && layers.sourcePort() == end.port;
    }

    private boolean isDestination(Endpoint end) {
        return layers.destinationLow() == end.low
                && layers.destinationHigh() == end.high
                && layers.destinationPort() == end.port;
    }

    /** What it demands of flows. */
    public FlowHint hint() {
        var hints = new ArrayList<FlowHint>(List.of(
                one.hint(),
                other.hint(),
                new FlowHint.Ports(one.port, one.port),
                new FlowHint.Ports(other.port, other.port)));
        if (protocol != ANY) hints.add(new FlowHint.Protocol(protocol));
        return new FlowHint.All(hints);
    }
}
