package io.pairwire.dpi.session;

import io.pairwire.decode.stream.Direction;
import io.pairwire.decode.stream.TcpConnection;
import io.pairwire.decode.wire.IpProtocol;
import io.pairwire.dpi.AttributeValues;
import io.pairwire.dpi.Confidence;
import io.pairwire.dpi.Session;
import io.pairwire.dpi.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A session in the table: pooled, and used again after its end. */
final class TrackedSession implements Session {
    /** What one takes on the heap with both sides, its history and its share of the table: an upper estimate, bytes. */
    static final int BYTES = 512;

    /** Nobody recognised it yet, and more payload may help. */
    static final int UNDECIDED = 0;

    /** Recognised, and its parser wants more. */
    static final int FOLLOWED = 1;

    /** Only counted from now on. */
    static final int COUNTED = 2;

    final Side originator = new Side();
    final Side responder = new Side();
    final History history = new History();

    // The key, lower endpoint first; what each packet reads stands together, for the sake of cache lines.
    long lowerLow;
    long upperLow;
    long lowerHigh;
    long upperHigh;

    /** Both ports, protocol and version in one. */
    long ends;

    /** When it was last heard of on the clock that never runs back. */
    long heardNanos;

    /** The same when it was last put at the end of its list. */
    long listedNanos;

    long lastNanos;
    int list;
    boolean originatorIsLower;
    int ipVersion;
    int protocol;
    int lowerPort;
    int upperPort;
    int hash;
    long id;
    long parent;
    int file;
    long firstNanos;

    @Nullable
    TrackedSession olderInList;

    @Nullable
    TrackedSession newerInList;

    boolean listedUndecided;

    @Nullable
    TrackedSession olderUndecided;

    @Nullable
    TrackedSession newerUndecided;

    long synNanos;
    long roundTripNanos = -1;
    int icmpType = -1;
    int icmpCode = -1;

    /** The connection by which a reassembler knows it since bytes came out of order, with its serial number. */
    @Nullable
    TcpConnection connection;

    long connectionSerial;

    int phase;
    int carrierPath;
    int pathNumber;
    int protocolId;

    /** Where in the label the application stands, or -1. */
    int application = -1;

    Confidence confidence = Confidence.UNKNOWN;
    List<String> label = List.of();

    @Nullable
    Inspection inspection;

    @Nullable
    AttributeValues values;

    /** Bytes beside {@link #BYTES} that count as memory, those of the values included. */
    int extraBytes;

    int valueBytes;
    private final PathTable paths;

    TrackedSession(PathTable paths) {
        this.paths = paths;
    }

    void reset() {
        originator.reset();
        responder.reset();
        history.reset();
        parent = 0;
        synNanos = 0;
        roundTripNanos = -1;
        icmpType = -1;
        icmpCode = -1;
        phase = UNDECIDED;
        protocolId = 0;
        application = -1;
        confidence = Confidence.UNKNOWN;
        label = List.of();
        inspection = null;
        connection = null;
        values = null;
        extraBytes = 0;
        valueBytes = 0;
    }

    Side side(boolean fromOriginator) {
        return fromOriginator ? originator : responder;
    }

    private Side side(Direction direction) {
        return side(direction == Direction.ORIGINATOR);
    }

    Transport transport() {
        return Transport.of(protocol);
    }

    boolean isEstablished() {
        return originator.state == Side.ESTABLISHED && responder.state == Side.ESTABLISHED;
    }

    /** The other side began. */
    void flip() {
        originatorIsLower = !originatorIsLower;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public long parent() {
        return parent;
    }

    @Override
    public int file() {
        return file;
    }

    @Override
    public int ipVersion() {
        return ipVersion;
    }

    @Override
    public int ipProtocol() {
        return protocol;
    }

    @Override
    public long originatorHigh() {
        return originatorIsLower ? lowerHigh : upperHigh;
    }

    @Override
    public long originatorLow() {
        return originatorIsLower ? lowerLow : upperLow;
    }

    @Override
    public long responderHigh() {
        return originatorIsLower ? upperHigh : lowerHigh;
    }

    @Override
    public long responderLow() {
        return originatorIsLower ? upperLow : lowerLow;
    }

    @Override
    public int originatorPort() {
        return originatorIsLower ? lowerPort : upperPort;
    }

    @Override
    public int responderPort() {
        return originatorIsLower ? upperPort : lowerPort;
    }

    @Override
    public int icmpType() {
        return icmpType;
    }

    @Override
    public int icmpCode() {
        return icmpCode;
    }

    @Override
    public long firstNanos() {
        return firstNanos;
    }

    @Override
    public long lastNanos() {
        return lastNanos;
    }

    @Override
    public long packets(Direction direction) {
        return side(direction).packets;
    }

    @Override
    public long bytes(Direction direction) {
        return side(direction).bytes;
    }

    @Override
    public long ipBytes(Direction direction) {
        return side(direction).ipBytes;
    }

    @Override
    public long payloadBytes(Direction direction) {
        return side(direction).payloadBytes;
    }

    @Override
    public long payloadPackets(Direction direction) {
        return side(direction).payloadPackets;
    }

    @Override
    public long roundTripNanos() {
        return roundTripNanos;
    }

    @Override
    public long retransmissions(Direction direction) {
        return side(direction).retransmissions;
    }

    @Override
    public long outOfOrder(Direction direction) {
        return side(direction).outOfOrder;
    }

    @Override
    public long missedBytes(Direction direction) {
        return side(direction).missedBytes;
    }

    @Override
    public int tcpFlags(Direction direction) {
        return side(direction).flags;
    }

    @Override
    public String state() {
        return switch (protocol) {
            case IpProtocol.TCP -> ConnectionState.ofTcp(originator, responder);
            case IpProtocol.UDP -> ConnectionState.ofUdp(originator, responder);
            default -> "OTH";
        };
    }

    @Override
    public String history() {
        return history.text();
    }

    @Override
    public List<String> label() {
        return label;
    }

    @Override
    public Confidence confidence() {
        return confidence;
    }

    @Override
    public String path() {
        return paths.text(pathNumber);
    }

    @Override
    public AttributeValues attributes() {
        return values == null ? AttributeValues.NONE : values;
    }

    @Override
    public long note() {
        return inspection == null ? 0 : inspection.note();
    }

    @Override
    public void note(long note) {
        if (inspection != null) inspection.note(note);
    }
}
