package io.pairwire.engine;

/**
 * One request with its response, as a view that moves from result to result: valid only during the
 * {@link ResultSink#write} it is handed to, on the thread of that call.
 */
public final class MatchedPair {
    private long requestEpochNanos;
    private long responseEpochNanos;
    private long lastTransmissionEpochNanos;
    private long clientHigh;
    private long clientLow;
    private long serverHigh;
    private long serverLow;
    private int clientPort;
    private int serverPort;
    private boolean ipv6;
    private int requestProtocol;
    private int responseProtocol;
    private String requestFile = "";
    private String responseFile = "";
    private int requestFileIndex;
    private int responseFileIndex;
    private long requestPacket;
    private long responsePacket;
    private boolean inbound;
    private boolean retransmitted;
    private boolean reordered;

    /** An empty view, to be filled by a {@link Matcher}. */
    public MatchedPair() {}

    /** A pair with every field given, for tests of sinks. */
    public static MatchedPair of(Fields fields) {
        var pair = new MatchedPair();
        pair.requestEpochNanos = fields.requestEpochNanos;
        pair.responseEpochNanos = fields.responseEpochNanos;
        pair.lastTransmissionEpochNanos = fields.lastTransmissionEpochNanos;
        pair.clientHigh = fields.clientHigh;
        pair.clientLow = fields.clientLow;
        pair.serverHigh = fields.serverHigh;
        pair.serverLow = fields.serverLow;
        pair.clientPort = fields.clientPort;
        pair.serverPort = fields.serverPort;
        pair.ipv6 = fields.ipv6;
        pair.requestProtocol = fields.requestProtocol;
        pair.responseProtocol = fields.responseProtocol;
        pair.requestFile = fields.requestFile;
        pair.responseFile = fields.responseFile;
        pair.requestPacket = fields.requestPacket;
        pair.responsePacket = fields.responsePacket;
        pair.inbound = fields.inbound;
        pair.retransmitted = fields.retransmitted;
        pair.reordered = fields.reordered;
        return pair;
    }

    /** Sets who sent the request. */
    public void client(long high, long low, int port) {
        clientHigh = high;
        clientLow = low;
        clientPort = port;
    }

    /** Sets who sent the response. */
    public void server(long high, long low, int port) {
        serverHigh = high;
        serverLow = low;
        serverPort = port;
    }

    /** Sets which packet the request is, and its IANA protocol number. */
    public void request(String file, long packet, int protocol) {
        requestFile = file;
        requestPacket = packet;
        requestProtocol = protocol;
    }

    /** Sets which packet the response is, and its IANA protocol number. */
    public void response(String file, long packet, int protocol) {
        responseFile = file;
        responsePacket = packet;
        responseProtocol = protocol;
    }

    /** Sets which files of the source the two packets are in, for those that look them up there again. */
    public void files(int request, int response) {
        requestFileIndex = request;
        responseFileIndex = response;
    }

    /** Sets the times of the request's first and last transmission and of the response, nanoseconds since 1970. */
    public void times(long request, long lastTransmission, long response) {
        requestEpochNanos = request;
        lastTransmissionEpochNanos = lastTransmission;
        responseEpochNanos = response;
    }

    /** Sets the rest; see the accessors of the same names. */
    public void traits(boolean ipv6, boolean inbound, boolean retransmitted, boolean reordered) {
        this.ipv6 = ipv6;
        this.inbound = inbound;
        this.retransmitted = retransmitted;
        this.reordered = reordered;
    }

    /** The same fields as a value. */
    public record Fields(
            long requestEpochNanos,
            long responseEpochNanos,
            long lastTransmissionEpochNanos,
            long clientHigh,
            long clientLow,
            int clientPort,
            long serverHigh,
            long serverLow,
            int serverPort,
            boolean ipv6,
            int requestProtocol,
            int responseProtocol,
            String requestFile,
            long requestPacket,
            String responseFile,
            long responsePacket,
            boolean inbound,
            boolean retransmitted,
            boolean reordered) {}

    /** This pair as a value that may be kept. */
    public Fields fields() {
        return new Fields(
                requestEpochNanos,
                responseEpochNanos,
                lastTransmissionEpochNanos,
                clientHigh,
                clientLow,
                clientPort,
                serverHigh,
                serverLow,
                serverPort,
                ipv6,
                requestProtocol,
                responseProtocol,
                requestFile,
                requestPacket,
                responseFile,
                responsePacket,
                inbound,
                retransmitted,
                reordered);
    }

    /** The matching kind: {@code pair}. */
    public String kind() {
        return "pair";
    }

    /** When the request was captured first, nanoseconds since 1970. */
    public long requestEpochNanos() {
        return requestEpochNanos;
    }

    /** When the response was captured, nanoseconds since 1970. */
    public long responseEpochNanos() {
        return responseEpochNanos;
    }

    /** From the first transmission of the request to the response, nanoseconds; negative if the roles say so. */
    public long latencyNanos() {
        return responseEpochNanos - requestEpochNanos;
    }

    /** From the last transmission of the request to the response; equal to latency without retransmission. */
    public long latencyLastNanos() {
        return responseEpochNanos - lastTransmissionEpochNanos;
    }

    /** Upper half of the client's IPv6 address; 0 for IPv4. The client sent the request. */
    public long clientHigh() {
        return clientHigh;
    }

    /** Lower half of the client's IPv6 address, or its IPv4 address. */
    public long clientLow() {
        return clientLow;
    }

    public int clientPort() {
        return clientPort;
    }

    /** Upper half of the server's IPv6 address; 0 for IPv4. */
    public long serverHigh() {
        return serverHigh;
    }

    /** Lower half of the server's IPv6 address, or its IPv4 address. */
    public long serverLow() {
        return serverLow;
    }

    public int serverPort() {
        return serverPort;
    }

    public boolean isIpv6() {
        return ipv6;
    }

    /** IANA protocol number of the request: 6 TCP, 17 UDP. */
    public int requestProtocol() {
        return requestProtocol;
    }

    /** IANA protocol number of the response: 6 TCP, 17 UDP. */
    public int responseProtocol() {
        return responseProtocol;
    }

    /** Index of the request's file in the source, as {@link io.pairwire.capture.Packet#file()}. */
    public int requestFileIndex() {
        return requestFileIndex;
    }

    /** Index of the response's file in the source. */
    public int responseFileIndex() {
        return responseFileIndex;
    }

    public String requestFile() {
        return requestFile;
    }

    /** Number of the request in its file, from 1. */
    public long requestPacket() {
        return requestPacket;
    }

    public String responseFile() {
        return responseFile;
    }

    /** Number of the response in its file, from 1. */
    public long responsePacket() {
        return responsePacket;
    }

    /** Did the request go from outside the internal networks to the inside? Otherwise it is outbound. */
    public boolean isInbound() {
        return inbound;
    }

    /** Was the request, or the response before it was matched, transmitted more than once? */
    public boolean isRetransmitted() {
        return retransmitted;
    }

    /** Is the latency negative, by the roles the user asked for? */
    public boolean isNegative() {
        return latencyNanos() < 0;
    }

    /** Was the response read before its request, although it bears the later time? */
    public boolean isReordered() {
        return reordered;
    }
}
