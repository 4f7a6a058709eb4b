package io.pairwire.decode.stream;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.decode.LayerDecoder;
import io.pairwire.decode.Layers;
import io.pairwire.decode.craft.Frame;
import io.pairwire.decode.wire.Tcp;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;

/** A wire with a reassembler at its end, which is checked after each packet. Times in milliseconds. */
final class Wire {
    static final StreamSettings SETTINGS = StreamSettings.defaults();

    final Recorder recorder = new Recorder();
    final TcpReassembler reassembler;
    private final StreamSettings settings;
    private final LayerDecoder decoder = new LayerDecoder();
    private final Layers layers = new Layers();
    private long millis;
    private int number;

    Wire(StreamSettings settings) {
        this.settings = settings;
        reassembler = new TcpReassembler(settings, recorder, new Random(7));
    }

    Wire() {
        this(SETTINGS);
    }

    static StreamSettings withGapTimeout(Duration timeout) {
        return SETTINGS.withTimeouts(timeout, SETTINGS.idleTimeout(), SETTINGS.lingerTimeout());
    }

    /** A segment of the side that calls. */
    static Frame client(long sequence, int flags, String payload) {
        return Frame.tcp("10.0.0.1", 1111, "10.0.0.2", 80)
                .sequence(sequence)
                .flags(flags)
                .payload(payload.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A segment of the side that answers. */
    static Frame server(long sequence, int flags, String payload) {
        return client(sequence, flags, payload).between("10.0.0.2", "10.0.0.1").ports(80, 1111);
    }

    static Frame client(long sequence, String payload) {
        return client(sequence, Tcp.ACK, payload);
    }

    static Frame server(long sequence, String payload) {
        return server(sequence, Tcp.ACK, payload);
    }

    Wire at(long millis) {
        this.millis = millis;
        return this;
    }

    Wire send(Frame frame) {
        return send(frame.toEthernet());
    }

    Wire send(byte[] bytes) {
        return send(bytes, bytes.length);
    }

    Wire sendCut(Frame frame, int captured) {
        return send(frame.toEthernet(), captured);
    }

    /** A frame of which the capture kept the first bytes. */
    Wire send(byte[] bytes, int captured) {
        return send(bytes, captured, LinkType.ETHERNET);
    }

    Wire send(byte[] bytes, int captured, int linkType) {
        MemorySegment memory = MemorySegment.ofArray(bytes).asSlice(0, captured);
        Packet packet = new Packet()
                .moveTo(memory, 0, captured, bytes.length, millis * 1_000_000)
                .linkType(linkType)
                .from(0, ++number);
        decoder.decode(packet, layers);
        reassembler.offer(packet, layers);
        check();
        return this;
    }

    Recorder finish() {
        reassembler.finish();
        check();
        StreamStatistics statistics = statistics();
        assertTrue(statistics.heldBytes() == 0 && statistics.memory() == 0, statistics::toString);
        assertTrue(statistics.connections() == 0 && recorder.openStreams() == 0, statistics::toString);
        return recorder;
    }

    StreamStatistics statistics() {
        return reassembler.statistics();
    }

    private void check() {
        StreamStatistics statistics = reassembler.statistics();
        assertTrue(statistics.balances(), statistics::toString);
        assertTrue(statistics.memory() <= settings.memory(), statistics::toString);
        assertTrue(statistics.heldBytes() <= statistics.memory(), statistics::toString);
        assertTrue(statistics.connections() <= settings.connections(), statistics::toString);
    }
}
