package io.pairwire.output;

import io.pairwire.engine.MatchedPair;
import java.nio.channels.WritableByteChannel;

/**
 * The classic text, three lines a pair:
 *
 * <pre>
 * REQ: 10.1.2.3:5000 -&gt; 192.168.0.9:7 [UDP] Time: 2026-01-31 12:00:00.000001
 * RES: 192.168.0.9:7 -&gt; 10.1.2.3:5000 [TCP] Time: 2026-01-31 12:00:00.001001
 * LATENCY: 1000000 ns
 * </pre>
 *
 * <p>IPv6 addresses are shortened (RFC 5952) and in brackets; times are UTC.
 */
public final class TextSink extends FormattedSink {
    private static final byte[] REQUEST = Bytes.of("REQ: ");
    private static final byte[] RESPONSE = Bytes.of("RES: ");
    private static final byte[] TO = Bytes.of(" -> ");
    private static final byte[] PROTOCOL = Bytes.of(" [");
    private static final byte[] TIME = Bytes.of("] Time: ");
    private static final byte[] LATENCY = Bytes.of("LATENCY: ");
    private static final byte[] NANOSECONDS = Bytes.of(" ns\n");
    private static final int ROOM = 512; // four endpoints of 47, two times of 30, a number of 20, some 60 fixed

    private final TimeText time;

    public TextSink(WritableByteChannel channel, TimeFormat format) {
        super(channel);
        time = new TimeText(format);
    }

    @Override
    int room(MatchedPair pair) {
        return ROOM;
    }

    @Override
    int print(byte[] to, int at, MatchedPair pair) {
        int next = Bytes.copy(REQUEST, to, at);
        next = client(to, next, pair);
        next = Bytes.copy(TO, to, next);
        next = server(to, next, pair);
        next = protocolAndTime(to, next, pair.requestProtocol(), pair.requestEpochNanos());
        next = Bytes.copy(RESPONSE, to, next);
        next = server(to, next, pair);
        next = Bytes.copy(TO, to, next);
        next = client(to, next, pair);
        next = protocolAndTime(to, next, pair.responseProtocol(), pair.responseEpochNanos());
        next = Bytes.copy(LATENCY, to, next);
        next = Digits.decimal(to, next, pair.latencyNanos());
        return Bytes.copy(NANOSECONDS, to, next);
    }

    private static int client(byte[] to, int at, MatchedPair pair) {
        return AddressText.endpoint(to, at, pair.isIpv6(), pair.clientHigh(), pair.clientLow(), pair.clientPort());
    }

    private static int server(byte[] to, int at, MatchedPair pair) {
        return AddressText.endpoint(to, at, pair.isIpv6(), pair.serverHigh(), pair.serverLow(), pair.serverPort());
    }

    private int protocolAndTime(byte[] to, int at, int protocol, long epochNanos) {
        int next = Bytes.copy(PROTOCOL, to, at);
        next = ProtocolText.name(to, next, protocol);
        next = Bytes.copy(TIME, to, next);
        next = time.moment(to, next, epochNanos);
        to[next] = '\n';
        return next + 1;
    }
}
