package io.pairwire.output;

import io.pairwire.engine.MatchedPair;
import java.nio.channels.WritableByteChannel;

/**
 * Comma-separated values, one line a pair, lines ended by LF. Quoted as in <a
 * href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a> section 2, which only a file name can need.
 *
 * <p>Times are nanoseconds since 1970, protocols {@code TCP} or {@code UDP}, direction {@code inbound} or
 * {@code outbound}, flags those of {@code retransmission}, {@code reordered}, {@code negative} that apply, separated by
 * {@code |}. {@code latency_last_ns} is from the last transmission of the request.
 */
public final class CsvSink extends FormattedSink {
    /** The names of the columns; also the names in {@link JsonLinesSink}. */
    public static final String COLUMNS = "kind,request_time_ns,response_time_ns,latency_ns,client,client_port,server,"
            + "server_port,request_protocol,response_protocol,request_file,request_packet,response_file,"
            + "response_packet,direction,latency_last_ns,flags";

    private static final byte[] INBOUND = Bytes.of("inbound,");
    private static final byte[] OUTBOUND = Bytes.of("outbound,");
    private static final int ROOM =
            512; // without kind and file names: all other columns at their longest are below 350

    private final NameCache kinds = new NameCache(CsvSink::quoted);
    private final NameCache requestFiles = new NameCache(CsvSink::quoted);
    private final NameCache responseFiles = new NameCache(CsvSink::quoted);

    /** @param heading print the names of the columns first? */
    public CsvSink(WritableByteChannel channel, boolean heading) {
        super(channel);
        if (heading) heading(Bytes.of(COLUMNS + "\n"));
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
        int next = text(to, at, kinds.bytes(pair.kind()));
        next = number(to, next, pair.requestEpochNanos());
        next = number(to, next, pair.responseEpochNanos());
        next = number(to, next, pair.latencyNanos());
        next = AddressText.address(to, next, pair.isIpv6(), pair.clientHigh(), pair.clientLow());
        to[next++] = ',';
        next = number(to, next, pair.clientPort());
        next = AddressText.address(to, next, pair.isIpv6(), pair.serverHigh(), pair.serverLow());
        to[next++] = ',';
        next = number(to, next, pair.serverPort());
        next = ProtocolText.name(to, next, pair.requestProtocol());
        to[next++] = ',';
        next = ProtocolText.name(to, next, pair.responseProtocol());
        to[next++] = ',';
        next = text(to, next, requestFiles.bytes(pair.requestFile()));
        next = number(to, next, pair.requestPacket());
        next = text(to, next, responseFiles.bytes(pair.responseFile()));
        next = number(to, next, pair.responsePacket());
        next = Bytes.copy(pair.isInbound() ? INBOUND : OUTBOUND, to, next);
        next = number(to, next, pair.latencyLastNanos());
        next = FlagText.flags(to, next, pair);
        to[next] = '\n';
        return next + 1;
    }

    private static int text(byte[] to, int at, byte[] text) {
        int next = Bytes.copy(text, to, at);
        to[next] = ',';
        return next + 1;
    }

    private static int number(byte[] to, int at, long value) {
        int next = Digits.decimal(to, at, value);
        to[next] = ',';
        return next + 1;
    }

    /** The field as RFC 4180 wants it. */
    static String quoted(String field) {
        boolean plain =
                field.indexOf(',') < 0 && field.indexOf('"') < 0 && field.indexOf('\n') < 0 && field.indexOf('\r') < 0;
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
