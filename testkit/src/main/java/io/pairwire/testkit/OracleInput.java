package io.pairwire.testkit;

import io.pairwire.capture.CaptureReader;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PcapReader;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.testkit.PairOracle.Endpoint;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a capture gives the {@link PairOracle}: its packets with payload, and why the others have none. Reads and decodes
 * with the product's reader and decoder, which have tests of their own. 192.168.0.0/16 is inside.
 *
 * @param packets in the order of reading, retransmissions included
 * @param notEligible packets left out, by the engine's reasons; retransmissions are not among them
 * @param read all packets
 */
public record OracleInput(List<PairOracle.Packet> packets, Map<String, Long> notEligible, long read) {

    /** Reads a whole classic pcap file. */
    public static OracleInput of(byte[] pcap) throws IOException {
        var packets = new ArrayList<PairOracle.Packet>();
        var notEligible = new TreeMap<String, Long>();
        var decoder = new LayerDecoder();
        var layers = new Layers();
        var packet = new Packet();
        long read = 0;
        try (CaptureReader reader = PcapReader.open(Channels.newChannel(new ByteArrayInputStream(pcap)))) {
            while (reader.next(packet)) {
                read++;
                decoder.decode(packet, layers);
                String reason = reason(layers);
                if (reason.isEmpty()) packets.add(oraclePacket(packet, layers));
                else notEligible.merge(reason, 1L, Long::sum);
            }
        }
        return new OracleInput(packets, notEligible, read);
    }

    private static String reason(Layers layers) {
        switch (layers.verdict()) {
            case OK -> {}
            case TRUNCATED -> {
                return "cut_header";
            }
            case MALFORMED -> {
                return "malformed";
            }
            case UNSUPPORTED_LINK_TYPE -> {
                return "unsupported_link_type";
            }
            case TOO_DEEP -> {
                return "too_deep";
            }
        }
        if (!layers.isIp()) return "not_ip";
        if (layers.isFragment()) return "fragment";
        if (layers.transport() != PairOracle.TCP && layers.transport() != PairOracle.UDP) return "no_transport";
        if (layers.payloadLength() == 0) return "no_payload";
        return layers.payloadCaptured() < layers.payloadLength() ? "truncated" : "";
    }

    private static PairOracle.Packet oraclePacket(Packet packet, Layers layers) {
        byte[] payload = new byte[layers.payloadLength()];
        MemorySegment.copy(
                packet.memory(),
                ValueLayout.JAVA_BYTE,
                packet.start() + layers.payloadAt(),
                payload,
                0,
                payload.length);
        boolean tcp = layers.transport() == PairOracle.TCP;
        return new PairOracle.Packet(
                packet.number(),
                packet.epochNanos(),
                layers.transport(),
                endpoint(layers.ipVersion(), layers.sourceHigh(), layers.sourceLow(), layers.sourcePort()),
                endpoint(
                        layers.ipVersion(),
                        layers.destinationHigh(),
                        layers.destinationLow(),
                        layers.destinationPort()),
                HexFormat.of().formatHex(payload),
                tcp ? Integer.toUnsignedLong(packet.u32(layers.transportAt() + 4)) : 0);
    }

    private static Endpoint endpoint(int version, long high, long low, int port) {
        boolean internal = version == 4 && low >>> 16 == 0xc0a8;
        return new Endpoint("v" + version + " " + Long.toHexString(high) + ":" + Long.toHexString(low), port, internal);
    }
}
