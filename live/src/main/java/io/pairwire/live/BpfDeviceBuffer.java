package io.pairwire.live;

import io.pairwire.capture.Packet;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What one read of a BPF device gives: packets, each behind a header, {@code struct bpf_hdr} of macOS.
 *
 * <pre>
 *  0 seconds   4 microseconds   8 captured   12 original   16 length of this header (16 bits)
 *  next packet: at the next multiple of 4 behind header and captured bytes
 * </pre>
 *
 * <p>A header that does not fit the buffer ends it; how many packets are lost by that nobody can know, so it counts as one.
 */
final class BpfDeviceBuffer {
    static final int CAPTURED = 8;
    static final int ORIGINAL = 12;
    static final int HEADER_LENGTH = 16;
    static final int HEADER = 18;

    private static final int ALIGNMENT = 4;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

    private final MemorySegment memory;
    private final int linkType;
    private long at;
    private long end;
    private volatile long damaged;

    BpfDeviceBuffer(MemorySegment memory, int linkType) {
        this.memory = memory;
        this.linkType = linkType;
    }

    /** A read has filled the first {@code length} bytes. */
    void filled(long length) {
        at = 0;
        end = Math.min(length, memory.byteSize());
    }

    /** Moves the view to the next packet; false if there is none left. */
    boolean next(Packet view) {
        if (end - at < HEADER) {
            at = end;
            return false;
        }
        int headerLength = memory.get(SHORT, at + HEADER_LENGTH) & 0xffff;
        long captured = Integer.toUnsignedLong(memory.get(INT, at + CAPTURED));
        if (headerLength < HEADER || end - at < headerLength || end - at - headerLength < captured) {
            damaged = damaged + 1;
            at = end;
            return false;
        }
        long epochNanos = Integer.toUnsignedLong(memory.get(INT, at)) * 1_000_000_000
                + Integer.toUnsignedLong(memory.get(INT, at + 4)) * 1_000;
        int original = memory.get(INT, at + ORIGINAL);
        view.moveTo(memory, at + headerLength, (int) captured, original, epochNanos)
                .linkType(linkType);
        at += headerLength + captured + ALIGNMENT - 1 & -ALIGNMENT; // the last packet may end without its padding
        return true;
    }

    /** Are there bytes of the last read that were not looked at? */
    boolean hasMore() {
        return end - at >= HEADER;
    }

    long damaged() {
        return damaged;
    }
}
