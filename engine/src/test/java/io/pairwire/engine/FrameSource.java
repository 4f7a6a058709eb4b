package io.pairwire.engine;

import io.pairwire.capture.LinkType;
import io.pairwire.capture.Packet;
import io.pairwire.capture.PacketHandler;
import io.pairwire.capture.PacketSource;
import io.pairwire.capture.SourceStatistics;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Ethernet frames from memory, a few at each poll. */
final class FrameSource implements PacketSource {
    private record Timed(long epochNanos, byte[] frame) {}

    private final List<Timed> frames = new ArrayList<>();
    private final int pollLimit;
    private final Packet packet = new Packet().linkType(LinkType.ETHERNET);
    private volatile int next;
    volatile boolean closed;

    FrameSource(int pollLimit) {
        this.pollLimit = pollLimit;
    }

    FrameSource add(long epochNanos, byte[] frame) {
        frames.add(new Timed(epochNanos, frame));
        return this;
    }

    int packets() {
        return frames.size();
    }

    @Override
    public int poll(PacketHandler handler, int limit) {
        if (next == frames.size()) return END;
        int handed = 0;
        while (handed < Math.min(limit, pollLimit) && next < frames.size()) {
            Timed timed = frames.get(next++);
            int length = timed.frame().length;
            packet.moveTo(MemorySegment.ofArray(timed.frame()), 0, length, length, timed.epochNanos())
                    .from(0, next);
            handler.onPacket(packet);
            handed++;
        }
        return handed;
    }

    @Override
    public String fileName(int file) {
        return "memory";
    }

    @Override
    public SourceStatistics statistics() {
        return new SourceStatistics(1, next == frames.size() ? 1 : 0, 0, next, 0, 0, List.of());
    }

    @Override
    public void close() {
        closed = true;
    }
}
