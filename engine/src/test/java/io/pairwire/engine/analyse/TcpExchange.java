package io.pairwire.engine.analyse;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.Tcp;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/** Two hosts that send each other segments, a millisecond apart unless told otherwise; what happened to each is answered. */
final class TcpExchange implements AutoCloseable {
    static final long START = 1_769_860_800_000_000_000L;

    private static final long SEED = 7;

    private final Workspace workspace = new Workspace(Workspace.LEAST, Path.of(System.getProperty("java.io.tmpdir")));
    private final StreamTable streams = new StreamTable(workspace, Workspace.LEAST / 4, SEED);
    private final TcpCounter counter = new TcpCounter(workspace, Workspace.LEAST / 4, true);
    private final TalkBatch batch = new TalkBatch();
    private final LayerDecoder decoder = new LayerDecoder();
    private final Layers layers = new Layers();
    private final Packet packet = new Packet().linkType(LinkType.ETHERNET);
    private int window = 1_000;
    private byte[] options = {};
    private long nanos = START;
    private long number;

    /** The window of the segments that follow. */
    TcpExchange window(int window) {
        this.window = window;
        return this;
    }

    /** The options of the segments that follow. */
    TcpExchange options(int... options) {
        this.options = new byte[options.length];
        for (int i = 0; i < options.length; i++) this.options[i] = (byte) options[i];
        return this;
    }

    TcpExchange after(long nanos) {
        this.nanos += nanos;
        return this;
    }

    Set<TcpEvent> client(long sequence, long acknowledgment, int length) {
        return client(sequence, acknowledgment, length, Tcp.ACK);
    }

    Set<TcpEvent> client(long sequence, long acknowledgment, int length, int flags) {
        return send(Frame.tcp("10.0.0.1", 40_000, "10.0.0.2", 80), sequence, acknowledgment, length, flags);
    }

    Set<TcpEvent> server(long sequence, long acknowledgment, int length) {
        return server(sequence, acknowledgment, length, Tcp.ACK);
    }

    Set<TcpEvent> server(long sequence, long acknowledgment, int length, int flags) {
        return send(Frame.tcp("10.0.0.2", 80, "10.0.0.1", 40_000), sequence, acknowledgment, length, flags);
    }

    /** SYN from 100, SYN and ACK from 500. */
    TcpExchange greet() {
        client(100, 0, 0, Tcp.SYN);
        server(500, 101, 0, Tcp.SYN | Tcp.ACK);
        client(101, 501, 0);
        return this;
    }

    private Set<TcpEvent> send(Frame frame, long sequence, long acknowledgment, int length, int flags) {
        byte[] bytes = frame.sequence(sequence & 0xffff_ffffL)
                .acknowledgment(acknowledgment & 0xffff_ffffL)
                .flags(flags)
                .window(window)
                .options(options)
                .payload(new byte[length])
                .toEthernet();
        nanos += 1_000_000;
        packet.moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, nanos)
                .from(0, ++number);
        decoder.decode(packet, layers);
        batch.clear();
        batch.add(packet, layers, TalkCounter.TCP, TalkBatch.SHOWN, number, SEED);
        int events = counter.count(batch, 0, streams);
        var set = EnumSet.noneOf(TcpEvent.class);
        for (TcpEvent event : TcpEvent.values()) {
            if ((events & event.bit()) != 0) set.add(event);
        }
        return set;
    }

    int streams() {
        return streams.count();
    }

    TcpTotals counter() {
        return counter.totals();
    }

    @Override
    public void close() throws Exception {
        streams.close();
        counter.close();
    }
}
