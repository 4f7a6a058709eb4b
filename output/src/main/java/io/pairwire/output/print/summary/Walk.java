package io.pairwire.output.print.summary;

import io.pairwire.capture.Packet;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.PacketDecoder;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.output.print.Line;

/**
 * The way through one packet, from header to header: what is printed, where to, and where the bytes end.
 *
 * <p>Positions are bytes from the start of the packet. A header may say that it is longer than what was captured, so each
 * look at bytes is preceded by {@link #has}.
 */
final class Walk {
    /** Headers inside each other; a packet of headers only does not recurse deeper. */
    private static final int DEPTH = 64;

    final SummaryStyle style;
    final Sequences sequences = new Sequences();
    final PacketDecoder decoder = new LayerDecoder();
    final Layers layers = new Layers();
    Packet packet = new Packet();

    @SuppressWarnings("NullAway.Init") // set by begin, before anything is printed
    Line line;

    /** Behind the last byte that was captured and belongs to the header at hand. */
    int end;

    /** The IP header that the transport at hand lies in; its version is 0 where there is none. */
    int ipVersion;

    int ipAt;
    /** Whether extension headers or fragments stand between; then tcpdump prints ports without addresses. */
    boolean bare;

    private int depth;

    Walk(SummaryStyle style) {
        this.style = style;
    }

    void begin(Packet packet, Line line) {
        this.packet = packet;
        this.line = line;
        end = packet.capturedLength();
        depth = 0;
        ipVersion = 0;
        ipAt = 0;
        bare = false;
    }

    boolean has(int at, int length) {
        return end - at >= length;
    }

    /** Says that a header was cut. */
    void cut(String protocol) {
        line.text(" [|").text(protocol).text(']');
    }

    /** May another header be printed inside? Says so if not. */
    boolean enter() {
        if (depth++ < DEPTH) return true;
        line.text(" [too deep]");
        return false;
    }

    /** {@code 10.0.0.1.1234 > 10.0.0.2.80: }. */
    void endpoints(int sourcePort, int destinationPort, int protocol) {
        if (ipVersion == 0 || bare) {
            port(sourcePort, protocol);
            line.text(" > ");
            port(destinationPort, protocol);
        } else {
            IpSummary.source(this);
            line.text('.');
            port(sourcePort, protocol);
            line.text(" > ");
            IpSummary.destination(this);
            line.text('.');
            port(destinationPort, protocol);
        }
        line.text(": ");
    }

    private void port(int port, int protocol) {
        String name = style.numeric() ? "" : PortNames.of(port, protocol == IpProtocol.UDP);
        if (name.isEmpty()) line.decimal(port);
        else line.text(name);
    }

    /** {@code 10.0.0.1 > 10.0.0.2:}. */
    void addresses() {
        IpSummary.source(this);
        line.text(" > ");
        IpSummary.destination(this);
        line.text(':');
    }
}
