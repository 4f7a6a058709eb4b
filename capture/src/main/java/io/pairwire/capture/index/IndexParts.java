package io.pairwire.capture.index;

import io.pairwire.capture.Packet;
import java.io.IOException;

/** Gathers what an index says of packets and writes a segment whenever there is enough. */
final class IndexParts {
    /** Bytes of the capture that a chunk covers at least. */
    static final int CHUNK_LENGTH = 64 << 10;

    private final IndexFile target;
    private final boolean full;
    private final long mostStretches;
    private final FlowGathering flows = new FlowGathering();
    private final Varints chunks = new Varints();

    private long count;
    private long firstNanos;
    private long latestSoFar = Long.MIN_VALUE;
    private long end;
    private boolean ordered = true;
    private boolean timed = true;

    private final Span chunk = new Span();
    private final Span segment = new Span();
    private final Span all = new Span();
    private int chunkCount;
    private long chunkPackedAt;
    private long stretchFrom = -1;

    /** Packets in a row and their times. */
    private static final class Span {
        private long position;
        private long number;
        private int packets;
        private long earliest;
        private long latest;

        void begin(long at, long first) {
            position = at;
            number = first;
            packets = 0;
            earliest = Long.MAX_VALUE;
            latest = Long.MIN_VALUE;
        }

        void add(long time) {
            packets++;
            earliest = Math.min(earliest, time);
            latest = Math.max(latest, time);
        }
    }

    IndexParts(IndexFile target, boolean full, long captureLength) {
        this.target = target;
        this.full = full;
        mostStretches = Math.min(1 << 16, 16 + captureLength / CHUNK_LENGTH);
        all.begin(0, 1);
    }

    /** @param before where the packet before ended */
    void add(Packet packet, long before, long position, long after, long packed, FlowTuple tuple) throws IOException {
        long time = packet.epochNanos();
        if (count == 0) firstNanos = time;
        count++;
        timed &= packet.hasTime();
        ordered &= time >= latestSoFar;
        latestSoFar = Math.max(latestSoFar, time);
        if (position != before || stretchFrom < 0) {
            if (stretchFrom >= 0) stretch(before);
            stretchFrom = position;
        }
        if (segment.packets == FlowGathering.PACKETS) endSegment();
        if (segment.packets == 0) segment.begin(position, count);
        boolean chunkIsFull =
                position - chunk.position >= CHUNK_LENGTH && (packed == 0 || packed - chunkPackedAt >= CHUNK_LENGTH);
        if (chunk.packets > 0 && chunkIsFull) endChunk();
        if (chunk.packets == 0) {
            chunk.begin(position, count);
            chunkPackedAt = packed;
        }
        chunk.add(time);
        segment.add(time);
        all.add(time);
        if (full) flows.add(tuple, position - segment.position);
        end = after;
    }

    private void stretch(long to) {
        if (target.stretches() < mostStretches) target.stretch(stretchFrom, to);
    }

    private void endChunk() {
        chunks.putFixed(chunk.position, 8);
        chunks.putFixed(chunk.number, 8);
        chunks.putFixed(chunk.earliest, 8);
        chunks.putFixed(chunk.latest, 8);
        chunkCount++;
        chunk.packets = 0;
    }

    private void endSegment() throws IOException {
        if (chunk.packets > 0) endChunk();
        target.segment(
                segment.number,
                segment.packets,
                segment.position,
                segment.earliest,
                segment.latest,
                chunkCount,
                chunks,
                flows);
        chunks.clear();
        chunkCount = 0;
        flows.clear();
        segment.packets = 0;
    }

    /** Writes what is left and tells what the header says. */
    IndexHeader finish(FileIdentity identity, int flags, long read) throws IOException {
        if (stretchFrom >= 0) stretch(end);
        if (segment.packets > 0) endSegment();
        int more =
                (full ? IndexHeader.FULL : 0) | (ordered ? IndexHeader.ORDERED : 0) | (timed ? IndexHeader.TIMED : 0);
        return new IndexHeader(flags | more, identity, count, end, firstNanos, all.earliest, all.latest, 0, 0, 0, read);
    }
}
