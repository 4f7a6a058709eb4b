package io.pairwire.output.report;

import io.pairwire.capture.Packet;
import io.pairwire.decode.Layers;
import io.pairwire.engine.fate.ReviewedPacket;
import io.pairwire.output.AddressText;
import io.pairwire.output.TableFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The columns with which a packet is named in every report. */
final class PacketColumns {
    static final List<String> NAMES = List.of(
            "file",
            "packet",
            "time_ns",
            "source",
            "source_port",
            "destination",
            "destination_port",
            "protocol",
            "payload_length");

    private static final int TCP = 6;
    private static final int UDP = 17;

    private final byte[] text = new byte[AddressText.LONGEST];

    void write(TableFile table, ReviewedPacket reviewed) throws IOException {
        Packet packet = reviewed.packet();
        Layers layers = reviewed.layers();
        table.text(reviewed.file()).number(packet.number());
        if (packet.hasTime()) table.number(packet.epochNanos());
        else table.nothing();
        boolean ports = layers.transport() != 0;
        address(table, layers, layers.sourceHigh(), layers.sourceLow());
        port(table, ports, layers.sourcePort());
        address(table, layers, layers.destinationHigh(), layers.destinationLow());
        port(table, ports, layers.destinationPort());
        protocol(table, layers);
        if (ports) table.number(layers.payloadLength());
        else table.nothing();
    }

    private void address(TableFile table, Layers layers, long high, long low) throws IOException {
        if (!layers.isIp()) {
            table.nothing();
            return;
        }
        int length = AddressText.address(text, 0, layers.ipVersion() == 6, high, low);
        table.text(new String(text, 0, length, StandardCharsets.US_ASCII));
    }

    private static void port(TableFile table, boolean known, int port) throws IOException {
        if (known) table.number(port);
        else table.nothing();
    }

    private static void protocol(TableFile table, Layers layers) throws IOException {
        if (!layers.isIp()) {
            table.nothing();
            return;
        }
        int protocol = layers.ipProtocol();
        table.text(protocol == TCP ? "TCP" : protocol == UDP ? "UDP" : Integer.toString(protocol));
    }
}
