package io.pairwire.live;

import io.pairwire.capture.LinkType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Gathers Ethernet frames as a sender does, counts them, and sends none. */
final class DiscardedFrames implements FrameSender {
    private static final int LONGEST = 1_514;
    private static final int SLOT = 2_048;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory = arena.allocate((long) BATCH * SLOT);
    private int gathered;
    private long sent;
    private long bytes;
    private boolean closed;

    DiscardedFrames() {}

    @Override
    public int longestFrame() {
        return LONGEST;
    }

    @Override
    public int linkType() {
        return LinkType.ETHERNET;
    }

    @Override
    public void send(MemorySegment from, long at, int length) {
        if (length < 1 || length > SLOT)
            throw new IllegalArgumentException("length is not in 1.." + SLOT + ": " + length);
        MemorySegment.copy(from, at, memory, (long) gathered * SLOT, length);
        bytes += length;
        if (++gathered == BATCH) flush();
    }

    @Override
    public void flush() {
        sent += gathered;
        gathered = 0;
    }

    @Override
    public void drain() {
        flush();
    }

    @Override
    public int gathered() {
        return gathered;
    }

    @Override
    public TransmitCounts counts() {
        return new TransmitCounts(sent, bytes, 0, 0);
    }

    @Override
    public String description() {
        return "nowhere";
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        arena.close();
    }
}
