package io.pairwire.examples;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.SourceStatistics;
import io.pairwire.decode.craft.Frame;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A source whose packets are made on the fly: pings, one a millisecond, answered 100 µs later and every tenth time 900.
 * Shows what the engine asks of a source: to move one view from packet to packet, to number them, and to count.
 */
public final class PingSource implements PacketSource {
    /** When the first ping is sent. */
    public static final long START = 1_700_000_000_000_000_000L;

    private final int packets;
    private final Packet packet = new Packet().linkType(VendorTagDecoder.LINK_TYPE);
    private volatile int next; // written by the polling thread, read by whoever asks for statistics
    private boolean closed;

    /** @param pings each of them two packets: the request and its reply */
    public PingSource(int pings) {
        packets = 2 * pings;
    }

    @Override
    public int poll(PacketHandler handler, int limit) {
        if (closed) throw new IllegalStateException("the source is closed");
        if (limit < 0) throw new IllegalArgumentException("limit is negative: " + limit);
        if (next == packets) return END;
        int last = packets - next > limit ? next + limit : packets;
        int first = next;
        while (next < last) make(next++, handler);
        return last - first;
    }

    private void make(int index, PacketHandler handler) {
        int ping = index / 2;
        boolean reply = index % 2 == 1;
        Frame frame = reply
                ? Frame.icmpEcho("192.0.2.1", "10.0.0.7", 77, ping & 0xffff).reply()
                : Frame.icmpEcho("10.0.0.7", "192.0.2.1", 77, ping & 0xffff);
        byte[] bytes = VendorTagDecoder.tagged(frame.toEthernet());
        long latency = !reply ? 0 : ping % 10 == 9 ? 900_000 : 100_000;
        packet.moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, START + ping * 1_000_000L + latency);
        handler.onPacket(packet.from(0, index + 1));
    }

    @Override
    public String fileName(int file) {
        return "pings";
    }

    @Override
    public SourceStatistics statistics() {
        int handed = next;
        return new SourceStatistics(1, handed == packets ? 1 : 0, 0, handed, 0, 0, List.of());
    }

    @Override
    public void close() {
        closed = true;
    }
}
