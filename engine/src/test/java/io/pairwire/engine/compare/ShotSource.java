package io.pairwire.engine.compare;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.SourceStatistics;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A made-up capture as a source. */
final class ShotSource implements PacketSource {
    private final List<Shot> shots;
    private final Packet packet = new Packet().linkType(LinkType.ETHERNET);
    private int next;

    ShotSource(List<Shot> shots) {
        this.shots = shots;
    }

    @Override
    public int poll(PacketHandler handler, int limit) {
        if (next == shots.size()) return END;
        int handed = 0;
        for (; handed < limit && next < shots.size(); handed++) {
            Shot shot = shots.get(next++);
            byte[] bytes = shot.bytes();
            packet.moveTo(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length, shot.time())
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
