package io.pairwire.dpi.protocol;

import io.pairwire.decode.stream.Direction;
import io.pairwire.dpi.AttributeValues;
import io.pairwire.dpi.Confidence;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.Transport;
import java.util.List;

/** A session about to be recognised: endpoints and the word of memory, nothing counted yet. */
final class StubSession implements Session {
    private final Transport transport;
    private final int originatorPort;
    private final int responderPort;
    private long note;

    StubSession(Transport transport, int originatorPort, int responderPort) {
        this.transport = transport;
        this.originatorPort = originatorPort;
        this.responderPort = responderPort;
    }

    @Override
    public long id() {
        return 1;
    }

    @Override
    public long parent() {
        return 0;
    }

    @Override
    public int ipVersion() {
        return 4;
    }

    @Override
    public int ipProtocol() {
        return transport.number();
    }

    @Override
    public long originatorHigh() {
        return 0;
    }

    @Override
    public long originatorLow() {
        return 0x0a000001;
    }

    @Override
    public long responderHigh() {
        return 0;
    }

    @Override
    public long responderLow() {
        return 0xc0000201L;
    }

    @Override
    public int originatorPort() {
        return originatorPort;
    }

    @Override
    public int responderPort() {
        return responderPort;
    }

    @Override
    public int icmpType() {
        return 0;
    }

    @Override
    public int icmpCode() {
        return 0;
    }

    @Override
    public int file() {
        return 0;
    }

    @Override
    public long firstNanos() {
        return 0;
    }

    @Override
    public long lastNanos() {
        return 0;
    }

    @Override
    public long packets(Direction direction) {
        return 0;
    }

    @Override
    public long bytes(Direction direction) {
        return 0;
    }

    @Override
    public long ipBytes(Direction direction) {
        return 0;
    }

    @Override
    public long payloadBytes(Direction direction) {
        return 0;
    }

    @Override
    public long payloadPackets(Direction direction) {
        return 0;
    }

    @Override
    public long roundTripNanos() {
        return -1;
    }

    @Override
    public long retransmissions(Direction direction) {
        return 0;
    }

    @Override
    public long outOfOrder(Direction direction) {
        return 0;
    }

    @Override
    public long missedBytes(Direction direction) {
        return 0;
    }

    @Override
    public int tcpFlags(Direction direction) {
        return 0;
    }

    @Override
    public String state() {
        return "S1";
    }

    @Override
    public String history() {
        return "Sh";
    }

    @Override
    public List<String> label() {
        return List.of();
    }

    @Override
    public Confidence confidence() {
        return Confidence.UNKNOWN;
    }

    @Override
    public String path() {
        return "";
    }

    @Override
    public AttributeValues attributes() {
        return AttributeValues.NONE;
    }

    @Override
    public long note() {
        return note;
    }

    @Override
    public void note(long note) {
        this.note = note;
    }
}
