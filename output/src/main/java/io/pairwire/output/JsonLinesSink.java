package io.pairwire.output;

import io.pairwire.engine.MatchedPair;
import java.nio.channels.WritableByteChannel;

/**
 * One JSON object (<a href="https://www.rfc-editor.org/rfc/rfc8259">RFC 8259</a>) a pair and line, with the names of
 * {@link CsvSink#COLUMNS} and the same values: numbers as numbers, everything else as strings. Nanosecond times need 64
 * bits; a reader that keeps numbers as doubles rounds them.
 */
public final class JsonLinesSink extends FormattedSink {
    private static final byte[] KIND = Bytes.of("{\"kind\":");
    private static final byte[] REQUEST_TIME = Bytes.of(",\"request_time_ns\":");
    private static final byte[] RESPONSE_TIME = Bytes.of(",\"response_time_ns\":");
    private static final byte[] LATENCY = Bytes.of(",\"latency_ns\":");
    private static final byte[] CLIENT = Bytes.of(",\"client\":\"");
    private static final byte[] CLIENT_PORT = Bytes.of("\",\"client_port\":");
    private static final byte[] SERVER = Bytes.of(",\"server\":\"");
    private static final byte[] SERVER_PORT = Bytes.of("\",\"server_port\":");
    private static final byte[] REQUEST_PROTOCOL = Bytes.of(",\"request_protocol\":\"");
    private static final byte[] RESPONSE_PROTOCOL = Bytes.of("\",\"response_protocol\":\"");
    private static final byte[] REQUEST_FILE = Bytes.of("\",\"request_file\":");
    private static final byte[] REQUEST_PACKET = Bytes.of(",\"request_packet\":");
    private static final byte[] RESPONSE_FILE = Bytes.of(",\"response_file\":");
    private static final byte[] RESPONSE_PACKET = Bytes.of(",\"response_packet\":");
    private static final byte[] INBOUND = Bytes.of(",\"direction\":\"inbound\",\"latency_last_ns\":");
    private static final byte[] OUTBOUND = Bytes.of(",\"direction\":\"outbound\",\"latency_last_ns\":");
    private static final byte[] FLAGS = Bytes.of(",\"flags\":\"");
    private static final byte[] END = Bytes.of("\"}\n");
    private static final int ROOM = 1_024; // without kind and file names: names 330, values at their longest below 350

    private final NameCache kinds = new NameCache(JsonText::quoted);
    private final NameCache requestFiles = new NameCache(JsonText::quoted);
    private final NameCache responseFiles = new NameCache(JsonText::quoted);

    public JsonLinesSink(WritableByteChannel channel) {
        super(channel);
    }

    @Override
    int room(MatchedPair pair) {
        return ROOM
                + kinds.bytes(pair.kind()).length
                + requestFiles.bytes(pair.requestFile()).length
                + responseFiles.bytes(pair.responseFile()).length;
    }

    @Override
    int print(byte[] to, int at, MatchedPair pair) {
        int next = text(to, at, KIND, kinds.bytes(pair.kind()));
        next = number(to, next, REQUEST_TIME, pair.requestEpochNanos());
        next = number(to, next, RESPONSE_TIME, pair.responseEpochNanos());
        next = number(to, next, LATENCY, pair.latencyNanos());
        next = Bytes.copy(CLIENT, to, next);
        next = AddressText.address(to, next, pair.isIpv6(), pair.clientHigh(), pair.clientLow());
        next = number(to, next, CLIENT_PORT, pair.clientPort());
        next = Bytes.copy(SERVER, to, next);
        next = AddressText.address(to, next, pair.isIpv6(), pair.serverHigh(), pair.serverLow());
        next = number(to, next, SERVER_PORT, pair.serverPort());
        next = ProtocolText.name(to, Bytes.copy(REQUEST_PROTOCOL, to, next), pair.requestProtocol());
        next = ProtocolText.name(to, Bytes.copy(RESPONSE_PROTOCOL, to, next), pair.responseProtocol());
        next = text(to, next, REQUEST_FILE, requestFiles.bytes(pair.requestFile()));
        next = number(to, next, REQUEST_PACKET, pair.requestPacket());
        next = text(to, next, RESPONSE_FILE, responseFiles.bytes(pair.responseFile()));
        next = number(to, next, RESPONSE_PACKET, pair.responsePacket());
        next = number(to, next, pair.isInbound() ? INBOUND : OUTBOUND, pair.latencyLastNanos());
        next = FlagText.flags(to, Bytes.copy(FLAGS, to, next), pair);
        return Bytes.copy(END, to, next);
    }

    private static int number(byte[] to, int at, byte[] name, long value) {
        return Digits.decimal(to, Bytes.copy(name, to, at), value);
    }

    private static int text(byte[] to, int at, byte[] name, byte[] quoted) {
        return Bytes.copy(quoted, to, Bytes.copy(name, to, at));
    }
}
