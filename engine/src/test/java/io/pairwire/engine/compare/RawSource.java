package io.pairwire.engine.compare;

import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.SourceStatistics;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Any bytes as a capture; the memory of a packet ends where the packet ends. */
final class RawSource implements PacketSource {
    private final List<RawPacket> packets;
    private final Packet packet = new Packet();
    private int next;

    RawSource(List<RawPacket> packets) {
        this.packets = packets;
    }

    @Override
    public int poll(PacketHandler handler, int limit) {
        if (next == packets.size()) return END;
        int handed = 0;
        for (; handed < limit && next < packets.size(); handed++) {
            RawPacket raw = packets.get(next++);
            int length = raw.bytes().length;
            packet.moveTo(MemorySegment.ofArray(raw.bytes()), 0, length, length + raw.missing(), raw.time())
                    .linkType(raw.linkType())
                    .from(0, next);
            handler.onPacket(packet);
        }
        return handed;
    }

    @Override
    public String fileName(int file) {
        return "memory";
    }

    @Override
    public SourceStatistics statistics() {
        return new SourceStatistics(1, 0, 0, next, 0, 0, List.of());
    }

    @Override
    public void close() {}
}
